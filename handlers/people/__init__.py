"""Who belongs to the house, how they sign in, and the record of what they did."""
