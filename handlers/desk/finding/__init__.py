"""Search over what a member can open: in memory, per session, never on disk."""
