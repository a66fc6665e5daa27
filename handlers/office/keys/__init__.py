"""Keys of the office and of teams: made at the opening, changed, kept by custodians, given back."""
