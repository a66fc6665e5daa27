"""One tip, opened for a member of its team: both sides' words, files, history and what hangs from it."""
