"""The keys a member was given: opening a grant, and giving a key on. Only who holds a seed can pass it on."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from domain.errors import BadSeal, Reason, Refused
from domain.ids import MemberId, RoundId, TeamId, TipId
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.people import keys
from storage.people.keys import Grant, Key, KeyKind
from vault.context import Context
from vault.keys import OpenKey, Seed, open_key
from vault.members import grant, open_grant
from vault.seal import Holder


@dataclass(frozen=True, slots=True)
class Held:
    """A key that somebody holds, opened. `open` reads many envelopes for the price of making it once."""

    key: Key
    seed: Seed = field(repr=False)
    open: OpenKey = field(repr=False)


def make_grant(services: DeskServices, seed: Seed, key: Key, holder: Key, *, by: MemberId | None, on: date) -> Grant:
    """`seed`, which belongs to `key`, for the member whose own key is `holder`. Store it with `keys.insert_grant`."""
    box = grant(seed, Holder(holder.id, holder.public), _wrap_secret(services, key), _context(key))
    return Grant(key.id, holder.id, box, by, on)


def open_held(services: DeskServices, session: Session, key: Key, given: Grant, own: OpenKey | None = None) -> Held:
    """Raises `BadSeal` when the grant is not this member's, or was changed. `own`: the member's key, made before."""
    seed = open_grant(own or session.seed, session.key_id, _wrap_secret(services, key), given.box, _context(key))
    return Held(key, seed, open_key(seed))


async def keys_for(
    services: DeskServices, session: Session, team_id: TeamId, tips: Collection[TipId] | None = None
) -> list[Held]:
    """Every key of a team that this member holds; those of destroyed rounds are left out.

    Opening one takes about 0.6 ms. `tips` leaves out the keys of other tips that have a lock of their own; `()` of all.
    """
    pairs = await services.store.read(lambda tx: keys.granted(tx, session.key_id, team_id, tips))
    own = open_key(session.seed) if pairs else None
    opened = (_try(services, session, key, given, own) for key, given in pairs)
    return [one for one in opened if one is not None]


async def team_key(services: DeskServices, session: Session, round_id: RoundId, team_id: TeamId) -> Held:
    """The team's key of the highest generation. Raises `Refused(NOT_ALLOWED, "no-key")` when it was not granted."""
    mine = [one for one in await keys_for(services, session, team_id, ()) if one.key.round_id == round_id]
    if not mine:
        raise Refused(Reason.NOT_ALLOWED, "no-key")
    return max(mine, key=lambda one: one.key.generation)


def _try(services: DeskServices, session: Session, key: Key, given: Grant, own: OpenKey | None) -> Held | None:
    try:
        return open_held(services, session, key, given, own)
    except BadSeal:
        return None


def _context(key: Key) -> Context:
    return Context("grant", key.round_id or b"", key.id, key.generation)


def _wrap_secret(services: DeskServices, key: Key) -> bytes:
    """The secret outside database and backups that wraps grants of `key`. Raises `BadSeal` once it was destroyed."""
    if key.kind is KeyKind.OFFICE or key.round_id is None:
        return services.secrets.office_secret
    secret = services.secrets.round_secret(key.round_id)
    if secret is None:
        raise BadSeal("the round's secret was destroyed")
    return secret
