"""Rows of a team's work: a tip's state, clocks and figures, and the queue they stand in."""
