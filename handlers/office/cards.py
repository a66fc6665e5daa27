"""Contact cards: a batch has one code, and the words on its sheets come from the texts and the round."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.errors import Reason, Refused
from domain.ids import BatchId, MemberId, OfficeId, RoundId, TeamId, UnitId, new_id
from domain.rounds import BatchState, CardBatch, Round, RoundState, Target, Team, TeamKind, Unit
from domain.words import gist
from handlers import texts
from handlers.intake.admission import covered, shown_place
from handlers.people import trail
from handlers.services import DeskServices
from qr import codes
from qr.back import CardBack
from qr.front import CardFront, Labelled
from qr.poster import Poster, poster_pdf
from qr.sheet import CardSheet, cards_pdf, printed
from storage import cards, rounds, teams
from storage.store import Conflict, Tx

MOST = 5000
"""Cards of one batch in one PDF."""

_WAY = 20  # characters of how a batch is handed out


@dataclass(frozen=True, slots=True)
class Press:
    """What stands on every card: where the codes point. `bot` is the bot's name, or empty without Telegram."""

    public_url: str
    bot: str
    lang: str


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with what its cards say."""

    batch: CardBatch
    round: Round
    team: Team
    units: tuple[Unit, ...]
    place: str
    scope: str
    printed: int


async def make_batch(
    services: DeskServices, *, round_id: RoundId, team_id: TeamId, unit_ids: tuple[UnitId, ...], way: str,
    target: Target = Target.WEB, is_test: bool = False, by: MemberId | None = None,
) -> BatchId:  # fmt: skip
    """A new batch with a code of its own.

    Raises `Refused`: BAD_INPUT for units that the team does not inspect (`units`) and for a `way` that is empty or
    over 20 characters (`way`), WRONG_STATE (`round-closed`).
    """
    words = gist(way, _WAY + 1)
    if not words or len(words) > _WAY:
        raise Refused(Reason.BAD_INPUT, "way")

    def write(tx: Tx) -> BatchId:
        round_ = rounds.get_round(tx, round_id)
        if round_.state is RoundState.CLOSED:
            raise Refused(Reason.WRONG_STATE, "round-closed")
        if not unit_ids or any(teams.team_for_unit(tx, round_id, unit_id) != team_id for unit_id in unit_ids):
            raise Refused(Reason.BAD_INPUT, "units")
        code = codes.new_code(services.intake.card_mac_key)
        batch = CardBatch(BatchId(new_id()), round_id, team_id, code, words, target, BatchState.ACTIVE, is_test)
        cards.insert_batch(tx, batch, unit_ids)
        trail.note(tx, services, trail.Deed(round_.office_id, by, "make-cards", "card_batch", batch.id))
        return batch.id

    while True:
        try:
            return await services.store.write(write)
        except Conflict:  # one chance in a thousand million per batch: those six characters are taken
            continue


async def make_all_batches(
    services: DeskServices, round_id: RoundId, way: str, by: MemberId | None = None
) -> list[BatchId]:
    """One batch per team and assigned unit that has none in use. Raises `Refused`."""

    def load(tx: Tx) -> list[tuple[TeamId, UnitId]]:
        in_use = [batch for batch in cards.list_batches(tx, round_id) if batch.state is BatchState.ACTIVE]
        known = {unit.id for batch in in_use for unit in cards.units_of_batch(tx, batch.id)}
        ordinary = [team for team in teams.list_teams(tx, round_id) if team.kind is TeamKind.TEAM]
        return [
            (team.id, unit.id)
            for team in ordinary
            for unit in teams.units_of_team(tx, round_id, team.id)
            if unit.id not in known
        ]

    wanted = await services.store.read(load)
    return [
        await make_batch(services, round_id=round_id, team_id=team_id, unit_ids=(unit_id,), way=way, by=by)
        for team_id, unit_id in wanted
    ]


async def list_batches(services: DeskServices, round_id: RoundId, lang: str) -> list[BatchView]:
    """All batches of a round, in the order of teams and places."""

    def load(tx: Tx) -> list[BatchView]:
        views = [_view(tx, batch, lang) for batch in cards.list_batches(tx, round_id)]
        return sorted(views, key=lambda view: (view.team.ordinal, view.units[0].path, view.batch.code))

    return await services.store.read(load)


async def get_batch(services: DeskServices, office_id: OfficeId, batch_id: BatchId, lang: str) -> BatchView:
    """One batch of the office. Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> BatchView:
        batch = cards.get_batch(tx, batch_id)
        if batch is None or rounds.get_round(tx, batch.round_id).office_id != office_id:
            raise Refused(Reason.UNKNOWN)
        return _view(tx, batch, lang)

    return await services.store.read(load)


async def print_cards(
    services: DeskServices, views: list[BatchView], press: Press, count: int, by: MemberId | None = None
) -> bytes:
    """A4 PDF of `count` cards (rounded up to full sheets) of each batch that is not revoked; noted as printed.

    Raises `Refused(BAD_INPUT)`: `card-count` for a count that is not 1 to `MOST`, `no-cards` when there is nothing to
    print, else words that say which text does not fit or which character the font lacks.
    """
    active = [view for view in views if view.batch.state is BatchState.ACTIVE]
    if not 1 <= count <= MOST:
        raise Refused(Reason.BAD_INPUT, "card-count")
    if not active:
        raise Refused(Reason.BAD_INPUT, "no-cards")
    sheets = [CardSheet(_front(services, view, press), _back(view, press), count) for view in active]
    pdf = await asyncio.to_thread(cards_pdf, sheets)  # seconds, and somebody may be telling a tip meanwhile
    today = services.clock().date()

    def write(tx: Tx) -> None:
        for view in active:
            cards.insert_print_run(tx, view.batch.id, printed(count), today, by=by)
            deed = trail.Deed(view.round.office_id, by, "print-cards", "card_batch", view.batch.id)
            trail.note(tx, services, deed)

    await services.store.write(write)
    return pdf


async def print_poster(services: DeskServices, view: BatchView, press: Press) -> bytes:
    """The A4 notice of one batch. Raises `Refused`: `no-cards` when it is revoked, else as `print_cards`."""
    if view.batch.state is not BatchState.ACTIVE:
        raise Refused(Reason.BAD_INPUT, "no-cards")
    front, back, say = _front(services, view, press), _back(view, press), texts.say
    return await asyncio.to_thread(
        poster_pdf,
        Poster(
            title=front.title,
            where=front.where,
            until=front.until,
            code_hint=front.code_hint,
            short_code=front.short_code,
            words=front.words,
            hint=front.hint,
            web=front.web,
            telegram=front.telegram,
            phone=front.phone,
            scope_title=say(press.lang, "card-back-scope-title"),
            scope=view.scope,
            doors_title=say(press.lang, "card-back-doors-title"),
            doors=back.doors,
            url=front.url,
        ),
    )


async def revoke(services: DeskServices, office_id: OfficeId, batch_id: BatchId, by: MemberId | None = None) -> None:
    """The batch's code opens nothing any more. Raises `Refused`."""

    def write(tx: Tx) -> None:
        batch = cards.get_batch(tx, batch_id)
        if batch is None or rounds.get_round(tx, batch.round_id).office_id != office_id:
            raise Refused(Reason.UNKNOWN)
        cards.revoke_batch(tx, batch_id)
        trail.note(tx, services, trail.Deed(office_id, by, "revoke-cards", "card_batch", batch_id))

    await services.store.write(write)


def url_of(batch: CardBatch, press: Press) -> str:
    """What the batch's QR code holds. Raises `Refused(BAD_INPUT, "no-bot")` for a Telegram batch without a bot."""
    if batch.target is Target.TELEGRAM and not press.bot:
        raise Refused(Reason.BAD_INPUT, "no-bot")
    if batch.target is Target.TELEGRAM:
        return codes.telegram_url(press.bot, batch.code)
    return codes.landing_url(press.public_url, batch.code)


def short_code(batch: CardBatch) -> str:
    """The six characters that a villager types, as they are printed."""
    return codes.shown(batch.code)


def _view(tx: Tx, batch: CardBatch, lang: str) -> BatchView:
    scope = rounds.get_text(tx, batch.round_id, lang, "scope") or texts.say(lang, "card-back-scope")
    named = tuple(covered(tx, cards.units_of_batch(tx, batch.id)))
    round_, team = rounds.get_round(tx, batch.round_id), teams.get_team(tx, batch.team_id)
    place, _ = shown_place(named, lang)
    return BatchView(batch, round_, team, named, place, scope, cards.cards_printed(tx, batch.id))


def _front(services: DeskServices, view: BatchView, press: Press) -> CardFront:
    say, lang, batch = texts.say, press.lang, view.batch
    return CardFront(
        title=say(lang, "card-title", team=view.team.name),
        where=view.place,
        until=say(lang, "card-until", **_moment(view.round)),
        words=codes.check_words(services.intake.card_mac_key, batch.code, codes.known_words()),
        hint=say(lang, "card-words-hint"),
        web=Labelled(say(lang, "card-web"), urlsplit(press.public_url).netloc),
        telegram=Labelled("Telegram", f"@{press.bot}") if press.bot else None,
        phone=Labelled(say(lang, "card-phone"), view.team.phone),
        code_hint=say(lang, "card-code-hint"),
        short_code=short_code(batch),
        url=url_of(batch, press),
        batch_line=say(lang, "card-batch-line", ordinal=view.round.ordinal, place=view.place, way=batch.way),
    )


def _back(view: BatchView, press: Press) -> CardBack:
    say, lang = texts.say, press.lang
    return CardBack(
        scope_title=say(lang, "card-back-scope-title"),
        scope=view.scope,
        doors_title=say(lang, "card-back-doors-title"),
        doors=tuple(say(lang, f"card-back-door-{door}") for door in ("110", "12345", "12388")),
        boxes_label=say(lang, "card-back-boxes"),
        sheet_note=say(lang, "card-back-note"),
    )


def _moment(round_: Round) -> dict[str, int | str]:
    ends = round_.closes_at
    return {"year": str(ends.year), "month": ends.month, "day": ends.day, "time": f"{ends:%H:%M}"}
