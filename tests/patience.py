"""How long a test waits for what must come: a busy machine is no failure, only what never comes is."""

PATIENCE = 60.0
"""Seconds. Some twenty times what the slowest of these things takes on a machine with nothing else to do."""
