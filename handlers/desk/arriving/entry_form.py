"""A letter, call or visit as a member types it in: every field is looked at, and every wrong one is named at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Reason, Refused
from domain.rounds import Unit
from domain.tips import Channel, Kind
from domain.words import clean, day_of
from handlers.conversation.talk import Identity

CHANNELS = (Channel.LETTER, Channel.PHONE, Channel.VISIT)
LONGEST = 20_000
"""Characters of all that was said."""
MOST_PARTS = 50
DAYS_BACK = 60
LONGEST_NAME = 40
NO_UNIT = "unknown"

_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they came; each may be empty or wrong. `unit`: its id in hex, or `NO_UNIT`."""

    channel: str = ""
    day: str = ""
    unit: str = ""
    kind: str = ""
    identity: str = ""
    name: str = ""
    phone: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is entered. `parts`: what was said, a paragraph each; none when everything stands in the files."""

    channel: Channel
    received_on: date
    unit: Unit | None
    kind: Kind
    identity: Identity
    name: str
    phone: str
    parts: tuple[str, ...]


class Unfilled(Refused):
    """Fields that are missing or wrong, by name, in the order of the form."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(Reason.BAD_INPUT, f"entry-{fields[0]}")
        self.fields = tuple(fields)


def read_entry(typed: Typed, units: Sequence[Unit], today: date, *, files: int) -> Entry:
    """The entry, of a form with so many `files`. `units`: those that may be chosen. Raises `Unfilled`."""
    named = {one.id.hex(): one for one in units}
    words, name, phone = (clean(one).strip() for one in (typed.words, typed.name, typed.phone))
    good = {
        "channel": typed.channel in CHANNELS,
        "day": _is_recent(typed.day, today),
        "unit": typed.unit in {NO_UNIT, *named},
        "kind": typed.kind in set(Kind),
        "identity": typed.identity in set(Identity),
        "name": _is_named(typed.identity, name, phone),
        "words": len(words) <= LONGEST and bool(words or files),
    }
    if wrong := [field for field, is_good in good.items() if not is_good]:
        raise Unfilled(wrong)
    return Entry(
        channel=Channel(typed.channel),
        received_on=date.fromisoformat(typed.day),
        unit=named.get(typed.unit),
        kind=Kind(typed.kind),
        identity=Identity(typed.identity),
        name=name,
        phone=phone,
        parts=tuple(one for one in _GAP.split(words, maxsplit=MOST_PARTS - 1) if one.strip()),
    )


def _is_recent(text: str, today: date) -> bool:
    day = day_of(text)
    return day is not None and today - timedelta(days=DAYS_BACK) <= day <= today


def _is_named(identity: str, name: str, phone: str) -> bool:
    """A name where one was given, and none where none was: a slip of the hand must not name anybody."""
    if identity == Identity.REAL_NAME:
        return 0 < len(name) <= LONGEST_NAME and len(phone) <= LONGEST_NAME
    return not name and not phone
