"""Planning a round by screens: its frame, teams, units, who inspects what, the rotation, and ties of members."""
