"""Rows of what reporters bring: drafts, sealed tips and files, and what was promised to their chats."""
