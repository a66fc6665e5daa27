"""Plays a conversation without storage: feeds events, answers what the conversation asks others to do."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from domain.ids import BatchId, RoundId, TeamId, UnitId
from domain.rounds import Intake
from handlers.conversation import advance, effects, events
from handlers.conversation.effects import Effect
from handlers.conversation.events import Event
from handlers.conversation.replies import Reply
from handlers.conversation.talk import Card, File, News, Part, PartKind, Place, State
from handlers.texts import render

CODE = "1234567890123452"
STONE_BRIDGES = (
    Place(UnitId(b"1" * 16), "苇庄镇石桥村"),
    Place(UnitId(b"2" * 16), "青坪乡石桥村"),
)
LIUGOU = Place(UnitId(b"3" * 16), "苇庄镇柳沟村")
TOWN = (Place(UnitId(b"4" * 16), "苇庄镇"), STONE_BRIDGES[0], LIUGOU)
PLACES = (*STONE_BRIDGES, *TOWN[:1], LIUGOU)

VILLAGE_CARD = Card(
    round_id=RoundId(b"r" * 16),
    team_id=TeamId(b"t" * 16),
    batch_id=BatchId(b"b" * 16),
    code="VILLAGE",
    team="第三巡察组",
    place="苇庄镇石桥村",
    unit_count=1,
    only_unit=STONE_BRIDGES[0],
    phone="0000-0000000",
    closes_at="2026-11-27T18:00:00+08:00",
    words=("青山", "木桥", "晚稻"),
    intake=Intake.OPEN,
    year=2026,
)
TOWN_CARD = replace(
    VILLAGE_CARD, code="TOWN", batch_id=BatchId(b"c" * 16), place="苇庄镇和所属 12 个村", unit_count=13, only_unit=None
)
NO_CARD = replace(
    TOWN_CARD, code="", team_id=None, batch_id=None, team="程河县委巡察办", place="", unit_count=0, words=()
)
CARDS = {card.code: card for card in (VILLAGE_CARD, TOWN_CARD, NO_CARD)}
PHOTO = File(id="ab" * 16, key="cd" * 32, name="照片.jpg", mime="image/jpeg", size=1000)


@dataclass
class Talk:
    """One chat. `kept` is the draft as storage would hold it, `done` every effect so far, `said` the last replies."""

    state: State = field(default_factory=State)
    cards: dict[str, Card] = field(default_factory=lambda: dict(CARDS))
    news: tuple[News, ...] = ()
    late: bool = False
    kept: dict[int, Part] = field(default_factory=dict)
    done: list[Effect] = field(default_factory=list)
    said: list[Reply] = field(default_factory=list)
    handed_in: list[tuple[Part, ...]] = field(default_factory=list)

    def has(self, *happened: Event) -> "Talk":
        """Lets events happen, each with all that follows from it."""
        for event in happened:
            self.said = []
            pending: Event | None = event
            while pending is not None:
                pending = self._step(pending)
        return self

    def scans(self, code: str) -> "Talk":
        """Reads a card."""
        return self.has(events.Start(code))

    def says(self, *texts: str) -> "Talk":
        """Types texts."""
        return self.has(*(events.Said(text) for text in texts))

    def taps(self, *choices: str) -> "Talk":
        """Taps buttons, each of which must be offered."""
        for choice in choices:
            assert choice in self.offered, f"{choice} is not among {self.offered}"
            self.has(events.Chose(choice))
        return self

    def sends(self, kind: PartKind = PartKind.IMAGE, *, album: str = "", caption: str = "", ref: str = "") -> "Talk":
        """Sends a file."""
        return self.has(events.Sent(kind, PHOTO, caption, ref, album))

    @property
    def offered(self) -> list[str]:
        """Choice ids of the newest reply."""
        return [choice.id for choice in self.said[-1].choices] if self.said else []

    @property
    def keys(self) -> list[str]:
        """The newest replies by key."""
        return [reply.key for reply in self.said]

    @property
    def words(self) -> str:
        """The newest replies as the reporter reads them."""
        return "\n".join(render(reply, self.state.lang).text for reply in self.said)

    @property
    def counted(self) -> list[str]:
        """Steps of the funnel so far."""
        return [effect.step for effect in self.done if isinstance(effect, effects.Count)]

    def _step(self, event: Event) -> Event | None:
        moved = advance(self.state, event)
        assert moved.replies or moved.effects or isinstance(event, events.Sent)
        self.state = moved.state
        self.said += moved.replies
        self.done += moved.effects
        answers = [self._do(effect) for effect in moved.effects]
        assert not any(answers[:-1]), "an effect with an answer comes last"
        return answers[-1] if answers else None

    def _do(self, effect: Effect) -> Event | None:
        match effect:
            case effects.Keep(part=part):
                self.kept[part.seq] = part
                return None
            case effects.Drop(seqs=seqs):
                for seq in seqs or tuple(self.kept):
                    del self.kept[seq]
                return None
            case effects.Count():
                return None
            case _:
                return self._ask(effect)

    def _ask(self, effect: Effect) -> Event:
        match effect:
            case effects.Admit(code=code):
                card = self.cards.get(code)
                return events.Admitted(card) if card else events.NotAdmitted("card-unknown" if code else "no-round")
            case effects.FindPlace(text=text):
                return events.Places(self._places(text), text)
            case effects.Prepare(code=code):
                return events.Prepared(code or CODE, "ab" * 32, tuple(self.kept[p.seq] for p in self.state.parts), ())
            case effects.Submit():
                self._hand_in()
                return events.Submitted(
                    "第三巡察组", "0000-0000000", date(2026, 11, 18), date(2026, 11, 25), late=self.late
                )
            case effects.Append():
                self._hand_in()
                return events.Added()
            case effects.LookUp(code=code):
                return events.LookedUp(code, "ab" * 32, self.news)
            case effects.Withdraw():
                return events.Withdrawn()
            case effects.Subscribe():
                return events.Subscribed()
            case effects.Wipe():
                return events.Wiped()
            case effects.Keep() | effects.Drop() | effects.Count():
                raise AssertionError("these have no answer")
            case never:
                assert_never(never)

    def _places(self, text: str) -> tuple[Place, ...]:
        return tuple(place for place in PLACES if text in place.name) if text else TOWN

    def _hand_in(self) -> None:
        self.handed_in.append(tuple(self.kept[part.seq] for part in self.state.parts))
        self.kept.clear()


def at_check(card: str = "VILLAGE") -> Talk:
    """A talk that stands on the check page with one text, no name, nobody of the inspection concerned."""
    return Talk().scans(card).says("会计家多领了补贴。").taps("anonymous", "recusal:no")


def at_receipt() -> Talk:
    """A talk that has just handed in."""
    return at_check().taps("submit")
