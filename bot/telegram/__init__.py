"""Telegram, and the only room that knows its library."""
