"""Which keys open a tip: who holds them, who is given them, and from whom they are taken away."""
