"""What members do to a tip: one engine for every move, and the use cases that ask it."""
