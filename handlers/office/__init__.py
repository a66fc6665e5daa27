"""What the office does: rounds, cards and numbers. Nothing in here can open a tip."""
