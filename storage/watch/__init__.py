"""What is read across the house: late work, who opened what, and the archive of a round."""
