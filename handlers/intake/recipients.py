"""Whom the intake seals to: keys that the office vouches for, never older than one seen before, or nobody at all.

A tip may be passed on from team to team; each step counts only with the signature of the team that gave it away.
"""

from dataclasses import dataclass
from datetime import date

from domain.errors import BadSeal, CannotStore, Reason, Refused
from domain.ids import KeyId, RoundId, TeamId
from domain.tips import Tip
from handlers.services import IntakeServices
from storage.desk import transfers
from storage.desk.transfers import Transfer
from storage.intake import boxes
from storage.people import keys
from storage.people.keys import Key, KeyKind
from storage.store import Tx
from vault.folders import IntakeSecrets
from vault.handing import Handing, check_handing
from vault.keys import KeyStatement, PublicHalf, check_statement, check_subset
from vault.seal import Holder


@dataclass(frozen=True, slots=True)
class Trusted:
    """A key of a team whose chain of signatures holds. `verify` checks what the team signs."""

    id: KeyId
    holder: Holder
    verify: bytes


async def team_key(services: IntakeServices, round_id: RoundId, team_id: TeamId) -> Trusted:
    """The team's present key. Raises `CannotStore` when there is none that the office vouches for."""
    rows = await services.store.read(lambda tx: keys.team_keys(tx, round_id, team_id))
    if not rows:
        raise CannotStore("the team has no key")
    today = services.clock().date()
    try:
        check_team(services.secrets, rows[0], today)
        services.secrets.note_generation(team_id, rows[0].generation)
    except BadSeal as error:
        raise CannotStore("the team's key is not to be trusted") from error
    return _trusted(rows[0])


def check_served(tx: Tx, round_id: RoundId, team_id: TeamId, key_id: KeyId) -> None:
    """Raises `Refused(STALE)` when the team got another key meanwhile: what was sealed to this one is void."""
    if keys.team_keys(tx, round_id, team_id)[0].id != key_id:
        raise Refused(Reason.STALE)


async def tip_keys(services: IntakeServices, tip: Tip) -> list[Trusted]:
    """The keys that a tip's next message is sealed to: its present team's, or its subset's after a recusal.

    Raises `CannotStore` when one of them is not vouched for, or is vouched for in another place than this tip's.
    """

    def load(tx: Tx) -> list[Key]:
        held = [keys.get_key(tx, key_id) for key_id in boxes.list_holders(tx, tip.round_id, tip.id)]
        team_id = teams_of(tx, services.secrets, tip)[-1]
        of_team = keys.team_keys(tx, tip.round_id, team_id)
        for key in held:
            check_holder(services.secrets, tip, team_id, key, of_team, today=services.clock().date())
        return held

    try:
        found = await services.store.read(load)
    except BadSeal as error:
        raise CannotStore("a holder's key is not to be trusted") from error
    if not found:
        raise CannotStore("nobody holds this tip")
    return [_trusted(key) for key in found]


async def letter_keys(services: IntakeServices, tip: Tip) -> list[bytes]:
    """Verify keys of every team that the tip has been with: what one of them signed, the reporter may read.

    Raises `CannotStore` when a step from team to team is not to be trusted.
    """

    def load(tx: Tx) -> list[bytes]:
        passed = dict.fromkeys(teams_of(tx, services.secrets, tip))
        return [one for team_id in passed for one in verifiers(tx, services.secrets, tip.round_id, team_id)]

    try:
        return await services.store.read(load)
    except BadSeal as error:
        raise CannotStore("a transfer is not to be trusted") from error


def teams_of(tx: Tx, secrets: IntakeSecrets, tip: Tip) -> list[TeamId]:
    """The teams that the tip has been with, the present one last.

    Raises `BadSeal` when a step is missing, out of order, or not signed by the team that gave the tip away.
    """
    passed = [tip.first_team_id]
    for n, step in enumerate(transfers.list_transfers(tx, tip.round_id, tip.id), start=1):
        if (step.n, step.from_team_id) != (n, passed[-1]):
            raise BadSeal("a step is missing")
        check_handing(verifiers(tx, secrets, tip.round_id, step.from_team_id), handing_of(step), step.signature)
        passed.append(step.to_team_id)
    return passed


def verifiers(tx: Tx, secrets: IntakeSecrets, round_id: RoundId, team_id: TeamId) -> list[bytes]:
    """Verify keys of all generations of a team's key that the office vouched for; run-out ones too, newest first."""
    good = []
    for row in keys.team_keys(tx, round_id, team_id):
        try:
            check_team(secrets, row, row.not_after or date.min)
        except BadSeal:
            continue
        good.append(row.verify)
    return good


def handing_of(row: Transfer) -> Handing:
    """What the signature of a step is over."""
    return Handing(row.round_id, row.tip_id, row.n, row.from_team_id, row.to_team_id, row.on)


def statement_of(key: Key) -> KeyStatement:
    """What the signature of a team's or a subset's key is over."""
    return KeyStatement(
        office_id=key.office_id,
        round_id=key.round_id or b"",
        team_id=key.team_id or b"",
        generation=key.generation,
        not_after=key.not_after or date.min,
        half=PublicHalf(key.public, key.verify),
        tip_id=key.tip_id,
    )


def check_holder(
    secrets: IntakeSecrets, tip: Tip, team_id: TeamId, key: Key, of_team: list[Key], *, today: date
) -> None:
    """Raises `BadSeal` unless the office vouches for `key`, for this very tip's round, team and, if a subset, tip.

    What an older generation than one seen before is or signed is refused: a member was taken out since.
    """
    if (key.round_id, key.team_id) != (tip.round_id, team_id) or key.tip_id not in {None, tip.id}:
        raise BadSeal("a key of another place")
    if key.kind is not KeyKind.SUBSET:
        check_team(secrets, key, today)
        secrets.note_generation(team_id, key.generation)
        return
    signer = next((row for row in of_team if row.id == key.signer_key_id), None)
    if signer is None:
        raise BadSeal("no chain to the office")
    check_lock(secrets, key, signer, today)
    secrets.note_generation(team_id, signer.generation)


def check_lock(secrets: IntakeSecrets, key: Key, signer: Key, today: date) -> None:
    """Raises `BadSeal` unless the office vouches for the team's key `signer`, and that for the subset key `key`."""
    office = secrets.office_verify(key.office_id)
    if office is None:
        raise BadSeal("unknown office")
    check_subset(
        office,
        statement_of(signer),
        signer.signature or b"",
        subset=subset_statement_of(key, signer),
        subset_signature=key.signature or b"",
        today=today,
    )


def subset_statement_of(key: Key, signer: Key) -> KeyStatement:
    """What a team signed about the key of its remaining members."""
    plain = statement_of(key)
    return KeyStatement(
        plain.office_id,
        plain.round_id,
        plain.team_id,
        plain.generation,
        plain.not_after,
        plain.half,
        subset_of=signer.verify,
        tip_id=key.tip_id,
    )


def check_team(secrets: IntakeSecrets, key: Key, today: date) -> None:
    """Raises `BadSeal` unless the office vouches for a team's key, and on this day still."""
    office = secrets.office_verify(key.office_id)
    if office is None:
        raise BadSeal("unknown office")
    check_statement(office, statement_of(key), key.signature or b"", today)


def _trusted(key: Key) -> Trusted:
    return Trusted(key.id, Holder(key.id, key.public), key.verify)
