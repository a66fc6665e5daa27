"""Rows of the office: units, rounds, teams, cards and what it published. No content of tips is named here."""
