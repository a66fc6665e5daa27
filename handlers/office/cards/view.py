"""A batch of contact cards as it is shown: with its round, its team, its places, and what its code holds."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import BatchId, OfficeId, RoundId, UnitId
from domain.rounds import BatchState, CardBatch, Round, Target, Team, Unit
from handlers import texts
from handlers.intake.admission import covered, shown_place, spread
from handlers.services import DeskServices
from qr import codes
from storage.office import batch_figures, cards, printing, rounds, teams, units
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Press:
    """What stands on every card: where the codes point. `bot` is the bot's name, or empty without Telegram."""

    public_url: str
    bot: str
    lang: str


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch with what its cards say. `printed`: cards so far."""

    batch: CardBatch
    round: Round
    team: Team
    units: tuple[Unit, ...]
    place: str
    scope: str
    printed: int

    @property
    def is_active(self) -> bool:
        return self.batch.state is BatchState.ACTIVE

    @property
    def left(self) -> int:
        """Cards that are wanted and not printed yet."""
        return max(0, self.batch.cards - self.printed)


async def list_batches(services: DeskServices, round_id: RoundId, lang: str) -> list[BatchView]:
    """All batches of a round, in the order of teams and places."""

    views = await services.store.read(lambda tx: views_in(tx, round_id, lang))
    return sorted(views, key=lambda view: (view.team.ordinal, view.units[0].path, view.batch.code))


async def get_batch(services: DeskServices, office_id: OfficeId, batch_id: BatchId, lang: str) -> BatchView:
    """One batch of the office. Raises `Refused(UNKNOWN)`."""

    def load(tx: Tx) -> BatchView:
        batch = batch_in(tx, office_id, batch_id)
        return view_of(tx, batch, lang, cards.cards_printed(tx, batch_id))

    return await services.store.read(load)


async def former(services: DeskServices, view: BatchView, lang: str) -> BatchView | None:
    """The batch in whose place this one came."""
    views = await list_batches(services, view.round.id, lang)
    return next((one for one in views if one.batch.replaced_by == view.batch.id), None)


def batch_in(tx: Tx, office_id: OfficeId, batch_id: BatchId) -> CardBatch:
    """Raises `Refused(UNKNOWN)` for a batch of another office too."""
    batch = cards.get_batch(tx, batch_id)
    if batch is None or rounds.get_round(tx, batch.round_id).office_id != office_id:
        raise Refused(Reason.UNKNOWN)
    return batch


def view_of(tx: Tx, batch: CardBatch, lang: str, printed: int) -> BatchView:
    """The batch with all that belongs to it."""
    named = tuple(covered(tx, cards.units_of_batch(tx, batch.id)))
    round_, team = rounds.get_round(tx, batch.round_id), teams.get_team(tx, batch.team_id)
    place, _ = shown_place(named, lang)
    return BatchView(batch, round_, team, named, place, _scope(tx, round_.id, lang), printed)


def views_in(tx: Tx, round_id: RoundId, lang: str) -> list[BatchView]:
    """All batches of a round by code, in as many statements for one of them as for many."""
    round_, scope = rounds.get_round(tx, round_id), _scope(tx, round_id, lang)
    known = {team.id: team for team in teams.list_teams(tx, round_id)}
    tree = {unit.id: unit for unit in units.list_units(tx, round_.office_id)}
    below: dict[UnitId, list[Unit]] = {}
    for unit in sorted(tree.values(), key=lambda one: (one.code, one.name)):
        if unit.parent_id is not None:
            below.setdefault(unit.parent_id, []).append(unit)
    named, printed = batch_figures.units_by_batch(tx, round_id), printing.printed_by_batch(tx, round_id)
    views = []
    for batch in cards.list_batches(tx, round_id):
        places = tuple(spread([tree[one] for one in named[batch.id]], below))
        place, _ = shown_place(places, lang)
        views.append(BatchView(batch, round_, known[batch.team_id], places, place, scope, printed.get(batch.id, 0)))
    return views


def _scope(tx: Tx, round_id: RoundId, lang: str) -> str:
    return rounds.get_text(tx, round_id, lang, "scope") or texts.say(lang, "card-back-scope")


def url_of(batch: CardBatch, press: Press) -> str:
    """What the batch's QR code holds. Raises `Refused(BAD_INPUT, "no-bot")` for a Telegram batch without a bot."""
    if batch.target is Target.TELEGRAM and not press.bot:
        raise Refused(Reason.BAD_INPUT, "no-bot")
    if batch.target is Target.TELEGRAM:
        return codes.telegram_url(press.bot, batch.code)
    return codes.landing_url(press.public_url, batch.code)


def words_of(services: DeskServices, batch: CardBatch) -> tuple[str, str, str]:
    """The three check words of its cards."""
    return codes.check_words(services.intake.card_mac_key, batch.code, codes.known_words())


def short_code(batch: CardBatch) -> str:
    """The six characters that a villager types, as they are printed."""
    return codes.shown(batch.code)
