"""What a team does with its tips."""
