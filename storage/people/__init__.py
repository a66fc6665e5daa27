"""Rows of members: seats, sessions, keys, and the chained record of what they did."""
