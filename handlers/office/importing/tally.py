"""What a plan would change of one sheet, to be shown before it is done."""

from dataclasses import dataclass, field

from reports.forms import forms


@dataclass(frozen=True, slots=True)
class Change:
    """Something that stands and changes: its name, and the headings of what changes with what will stand there
    (empty for a long text)."""

    name: str
    fields: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Tally:
    """`part` is a sheet's name in plan.toml. `gone` is taken out of the round; `left` stands, though the file does
    not name it; `same` counts."""

    part: str
    new: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    same: int = 0

    @property
    def title(self) -> str:
        return forms().sheets[self.part].title

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.new or self.changed or self.gone)

    def note(self, name: str, changes: dict[str, str]) -> None:
        """Counts something that stands: as it is, or with `changes` of its fields (what will stand there)."""
        if changes:
            headings = forms().sheets[self.part].headings
            self.changed.append(Change(name, tuple((headings[field], value) for field, value in changes.items())))
        else:
            self.same += 1


def word(field: str, identifier: str) -> str:
    """The first of the office's own words for a level, a role or a rule."""
    return next(word for word, known in forms().choices[field].items() if known == identifier)
