"""Whom the desk seals to: keys that I hold and that the office vouches for. A row of the database proves nothing."""

from domain.errors import BadSeal, Reason, Refused
from handlers.desk.locking.keyring import Held
from handlers.desk.locking.standing import Standing
from handlers.intake.recipients import check_lock, check_team, statement_of
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.people.keys import Key, KeyKind
from vault.keys import public_half
from vault.seal import Holder


async def sealed_to(services: DeskServices, session: Session, standing: Standing) -> list[Holder]:
    """What is written now is sealed to these, all of them checked.

    Raises `Refused(NOT_ALLOWED, "lock-differs")` when the database names one that is not to be trusted.
    """
    if await lock_differs(services, session, standing):
        raise Refused(Reason.NOT_ALLOWED, "lock-differs")
    return [Holder(key.id, key.public) for key in standing.holders]


async def lock_differs(services: DeskServices, session: Session, standing: Standing) -> bool:
    """Whether the tip names a key that is not to be trusted; noted in the audit once a session."""
    try:
        for key in standing.holders:
            _check(services, standing, key)
    except BadSeal:
        mark = standing.tip.id + session.token_hash
        await trail.note_once(services, trail.Deed(session.office_id, session.member_id, "lock-differs", "lock", mark))
        return True
    return False


def _check(services: DeskServices, standing: Standing, key: Key) -> None:
    """Raises `BadSeal` unless I hold the key, it belongs to this tip, and its signatures reach the office."""
    tip = standing.tip
    mine = next((one for one in standing.held if one.key.id == key.id), None)
    if mine is None or public_half(mine.seed).public != key.public:
        raise BadSeal("a key that I do not hold")
    if (key.office_id, key.round_id, key.team_id) != (tip.office_id, tip.round_id, standing.team.id):
        raise BadSeal("a key of another team")
    if standing.passed[-1:] != (standing.team.id,):
        raise BadSeal("no signed way to this team")
    # On its last day or any other: what the intake may no longer seal to, colleagues still read and write.
    if key.kind is KeyKind.SUBSET:
        signer = _signer(standing, key).key
        if key.tip_id != standing.tip.id:
            raise BadSeal("a key of another tip")
        check_lock(services.intake, key, signer, min(statement_of(signer).not_after, statement_of(key).not_after))
    else:
        signer = key
        check_team(services.intake, key, statement_of(key).not_after)
    # Whoever was taken out of the team holds the older key still.
    services.intake.note_generation(standing.team.id, signer.generation)
    if signer.generation < standing.team_key.key.generation:
        raise BadSeal("an older key of this team")


def _signer(standing: Standing, key: Key) -> Held:
    found = next((one for one in standing.held if one.key.id == key.signer_key_id), None)
    if found is None or found.key.kind is not KeyKind.TEAM:
        raise BadSeal("no key of the team's signed it")
    return found
