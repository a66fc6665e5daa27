"""A sender's file name is shown, never used: it reaches no path, no header and no column unsealed."""

from domain.words import clean

MAX_NAME = 80
_MAX_EXTENSION = 12


def display_name(name: str) -> str:
    """`name` without folders, controls and direction tricks, at most 80 characters; empty when nothing is left."""
    last = clean(name.replace("\\", "/")).rsplit("/", 1)[-1]
    line = " ".join(last.split()).lstrip(". ")
    if len(line) <= MAX_NAME:
        return line
    stem, dot, extension = line.rpartition(".")
    if not dot or len(extension) > _MAX_EXTENSION:
        return line[: MAX_NAME - 1] + "…"
    return stem[: MAX_NAME - len(extension) - 2] + "…." + extension
