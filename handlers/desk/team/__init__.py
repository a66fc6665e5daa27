"""What belongs to a team as a whole: its key, its group outside, its short replies and what it is told."""
