"""Numbers that stand in addresses: those a tip can have, and nothing that a database would choke on."""

_DIGITS = 9  # a database's integer ends at 2147483647


def number_of(text: str) -> int:
    """Raises `ValueError` for anything but a plain number of nine digits at most."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise ValueError("no number of a tip")
    return int(text)
