"""Contact cards: a batch has one code, and the words on its sheets come from the texts and the round."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from domain.errors import Reason, Refused
from domain.ids import BatchId, OfficeId, RoundId, TeamId, UnitId, new_id
from domain.rounds import BatchState, CardBatch, Round, Target, Team, TeamKind, Unit
from handlers import texts
from handlers.admission import covered, shown_place
from handlers.services import DeskServices
from qr import codes
from qr.back import CardBack
from qr.front import CardFront, Labelled
from qr.poster import Poster, poster_pdf
from qr.sheet import CardSheet, cards_pdf, printed
from storage import cards, rounds, teams
from storage.store import Conflict, Tx


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
    scope: str
    printed: int


async def make_batch(
    services: DeskServices, *, round_id: RoundId, team_id: TeamId, unit_ids: tuple[UnitId, ...], way: str,
    target: Target = Target.WEB, is_test: bool = False,
) -> BatchId:  # fmt: skip
    """A new batch with a code of its own. Raises `Refused(BAD_INPUT)` for units that the team does not inspect."""

    def write(tx: Tx) -> BatchId:
        if not unit_ids or any(teams.team_for_unit(tx, round_id, unit_id) != team_id for unit_id in unit_ids):
            raise Refused(Reason.BAD_INPUT, "units")
        code = codes.new_code(services.intake.card_mac_key)
        batch = CardBatch(BatchId(new_id()), round_id, team_id, code, way, target, BatchState.ACTIVE, is_test)
        cards.insert_batch(tx, batch, unit_ids)
        return batch.id

    while True:
        try:
            return await services.store.write(write)
        except Conflict:  # one chance in a thousand million per batch: those six characters are taken
            continue


async def make_all_batches(services: DeskServices, round_id: RoundId, way: str) -> list[BatchId]:
    """One batch per team and assigned unit that has none yet."""

    def load(tx: Tx) -> list[tuple[TeamId, UnitId]]:
        known = {unit.id for batch in cards.list_batches(tx, round_id) for unit in cards.units_of_batch(tx, batch.id)}
        ordinary = [team for team in teams.list_teams(tx, round_id) if team.kind is TeamKind.TEAM]
        return [
            (team.id, unit.id)
            for team in ordinary
            for unit in teams.units_of_team(tx, round_id, team.id)
            if unit.id not in known
        ]

    wanted = await services.store.read(load)
    return [
        await make_batch(services, round_id=round_id, team_id=team_id, unit_ids=(unit_id,), way=way)
        for team_id, unit_id in wanted
    ]


async def list_batches(services: DeskServices, round_id: RoundId, lang: str) -> list[BatchView]:
    """All batches of a round, in the order of teams and places."""

    def load(tx: Tx) -> list[BatchView]:
        round_ = rounds.get_round(tx, round_id)
        scope = rounds.get_text(tx, round_id, lang, "scope") or texts.say(lang, "card-back-scope")
        views = [
            BatchView(
                batch,
                round_,
                teams.get_team(tx, batch.team_id),
                tuple(covered(tx, cards.units_of_batch(tx, batch.id))),
                scope,
                cards.cards_printed(tx, batch.id),
            )
            for batch in cards.list_batches(tx, round_id)
        ]
        return sorted(views, key=lambda view: (view.team.ordinal, view.units[0].path, view.batch.code))

    return await services.store.read(load)


async def print_cards(services: DeskServices, views: list[BatchView], press: Press, count: int) -> bytes:
    """A4 PDF of `count` cards (rounded up to full sheets) of each batch that is not revoked; noted as printed.

    Raises `Refused(BAD_INPUT)` when there is nothing to print or a character is not in the font.
    """
    active = [view for view in views if view.batch.state is BatchState.ACTIVE]
    pdf = cards_pdf([CardSheet(_front(services, view, press), _back(view, press), count) for view in active])
    today = services.clock().date()

    def write(tx: Tx) -> None:
        for view in active:
            cards.insert_print_run(tx, view.batch.id, printed(count), today)

    await services.store.write(write)
    return pdf


def print_poster(services: DeskServices, view: BatchView, press: Press) -> bytes:
    """The A4 notice of one batch."""
    front, back, say = _front(services, view, press), _back(view, press), texts.say
    return poster_pdf(
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
        )
    )


async def revoke(services: DeskServices, office_id: OfficeId, batch_id: BatchId) -> None:
    """The batch's code opens nothing any more. Raises `Refused`."""

    def write(tx: Tx) -> None:
        batch = cards.get_batch(tx, batch_id)
        if batch is None or rounds.get_round(tx, batch.round_id).office_id != office_id:
            raise Refused(Reason.UNKNOWN)
        cards.revoke_batch(tx, batch_id)

    await services.store.write(write)


def url_of(batch: CardBatch, press: Press) -> str:
    """What the batch's QR code holds."""
    if batch.target is Target.TELEGRAM and press.bot:
        return codes.telegram_url(press.bot, batch.code)
    return codes.landing_url(press.public_url, batch.code)


def _front(services: DeskServices, view: BatchView, press: Press) -> CardFront:
    say, lang, batch = texts.say, press.lang, view.batch
    place, _ = shown_place(view.units, lang)
    return CardFront(
        title=say(lang, "card-title", team=view.team.name),
        where=place,
        until=say(lang, "card-until", **_moment(view.round)),
        words=codes.check_words(services.intake.card_mac_key, batch.code, codes.known_words()),
        hint=say(lang, "card-words-hint"),
        web=Labelled(say(lang, "card-web"), urlsplit(press.public_url).netloc),
        telegram=Labelled("Telegram", f"@{press.bot}") if press.bot else None,
        phone=Labelled(say(lang, "card-phone"), view.team.phone),
        code_hint=say(lang, "card-code-hint"),
        short_code=codes.shown(batch.code),
        url=url_of(batch, press),
        batch_line=say(lang, "card-batch-line", ordinal=view.round.ordinal, place=place, way=batch.way),
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
