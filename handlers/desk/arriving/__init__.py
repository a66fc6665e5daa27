"""How a tip comes to a team: from the intake, from a letter or a visit typed in, or split off another tip."""
