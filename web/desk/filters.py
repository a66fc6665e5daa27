"""What a queue can be narrowed by, in words: the fields of its form, and the chips that say what is on."""

from dataclasses import dataclass

from domain.tips import Channel, Kind, State
from handlers.conversation.talk import Identity
from handlers.desk.labels import place_name
from handlers.desk.listing.queue import Queue
from handlers.texts import say
from storage.desk.queue import Blank
from web.desk.asked import FILTERS, Asked


@dataclass(frozen=True, slots=True)
class Option:
    """`value` stands in the address. `depth`: how far below the first ones a place lies."""

    value: str
    words: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """One filter: its values in the order they are offered, and the one that is on."""

    name: str
    label: str
    options: tuple[Option, ...]
    on: str

    @property
    def chosen(self) -> Option | None:
        return next((one for one in self.options if one.value == self.on), None)


def fields_of(lang: str, queue: Queue, asked: Asked) -> list[Field]:
    """Every filter of the queue's page."""
    offered = {
        "unit": _units(lang, queue),
        "kind": _named(lang, "kind", [one.value for one in Kind]),
        "state": _named(lang, "state", [one.value for one in State]),
        "assignee": _people(lang, queue),
        "identity": _named(lang, "identity", [one.value for one in Identity]),
        "channel": _named(lang, "channel", [one.value for one in Channel]),
    }
    return [Field(name, say(lang, f"queue-by-{name}"), offered[name], asked.params.get(name, "")) for name in FILTERS]


def _named(lang: str, what: str, values: list[str]) -> tuple[Option, ...]:
    return tuple(Option(one, say(lang, f"desk-{what}-{one.replace('_', '-')}")) for one in values)


def _units(lang: str, queue: Queue) -> tuple[Option, ...]:
    places = [Option(one.id.hex(), place_name(one.path), one.path.count("/")) for one in queue.choices.units]
    top = min((one.depth for one in places), default=0)
    own = [Option(one.value, one.words, one.depth - top) for one in places]
    return (Option(Blank.NONE, say(lang, "queue-blank", what=say(lang, "desk-no-unit"))), *own)


def _people(lang: str, queue: Queue) -> tuple[Option, ...]:
    people = [Option(one.id.hex(), one.name) for one in queue.choices.people]
    return (Option(Blank.NONE, say(lang, "queue-blank", what=say(lang, "desk-nobody"))), *people)
