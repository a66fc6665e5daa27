"""What the office keeps an eye on: alerts, late work and reminders, the progress wall, and the archive of a round."""
