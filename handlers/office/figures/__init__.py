"""The office's figures: a snapshot of a round's counts, and what is measured of it."""
