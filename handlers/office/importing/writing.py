"""Writes what a plan changes, in one transaction and in few statements."""

from dataclasses import replace

from domain.ids import MemberId, TeamId
from domain.rounds import Role, TeamKind
from handlers.desk.team.canned import insert_suggested
from handlers.office.importing.changes import Changes
from handlers.office.importing.frame import Frame
from handlers.office.importing.groups import Groups
from handlers.office.importing.people import Seat
from handlers.office.plan.pseudo import Pseudo, add_pseudo_teams, follow_phone
from handlers.people import seats, trail
from handlers.people.inviting import Newcomer, add_newcomer
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG
from reports.plan import RECUSAL
from storage.office import planned, rounds, teams, units
from storage.people.members import Membership
from storage.store import Tx

_Hand = tuple[Tx, DeskServices, MemberId | None]
"""The transaction, what it works with, and who does it; None: the machine."""


def write(hand: _Hand, changes: Changes) -> tuple[tuple[str, str], ...]:
    """Login and token of everybody who is invited. Writes nothing, not even to the trail, where nothing changes."""
    tx, services, by = hand
    if changes.is_empty:
        return ()
    round_ = changes.round
    _write_frame(tx, changes.frame)
    _write_places(tx, changes)
    pseudo = _write_teams(tx, changes.frame, changes.groups)
    planned.replace_assignments(tx, round_.id, changes.spread.gone, changes.spread.put)
    trail.note(tx, services, trail.Deed(round_.office_id, by, "import", "round", round_.id))
    ids = {ordinal: team.id for ordinal, team in changes.groups.by_ordinal.items()} | {RECUSAL: pseudo.recusal}
    seated = [(seat.row.login, _seat(hand, changes, seat, (ids, pseudo.unrouted))) for seat in changes.people.seats]
    return tuple((login, token) for login, token in seated if token)


def _write_frame(tx: Tx, frame: Frame) -> None:
    if frame.is_new:
        rounds.insert_round(tx, frame.round)
    if frame.moves_window:
        rounds.set_frame(tx, frame.round)
    if frame.changes_rules:
        rounds.set_settings(tx, replace(frame.round, version=frame.round.version + frame.moves_window))
    for key, body in frame.texts.items():
        rounds.set_text(tx, frame.round.id, OFFICE_LANG, key, body)


def _write_places(tx: Tx, changes: Changes) -> None:
    places = changes.places
    planned.free_paths(tx, places.changed)
    units.insert_units(tx, changes.round.office_id, places.new)
    planned.update_units(tx, places.changed)
    planned.set_aliases(tx, places.aliases)


def _write_teams(tx: Tx, frame: Frame, groups: Groups) -> Pseudo:
    """The round's two pseudo-teams, of which a new round gets fresh ones."""
    for team in groups.new:
        teams.insert_team(tx, frame.round.office_id, team)
        insert_suggested(tx, team.id, OFFICE_LANG)
    for team in groups.changed:
        teams.change_team(tx, team, teams.version_of(tx, team.id))
    if frame.is_new:
        return add_pseudo_teams(tx, frame.round, min(groups.by_ordinal.items())[1].phone)
    if groups.new or groups.changed:
        follow_phone(tx, frame.round)
    recusal, unrouted = (
        teams.team_of_kind(tx, frame.round.id, kind).id for kind in (TeamKind.RECUSAL, TeamKind.UNROUTED)
    )
    return Pseudo(recusal, unrouted)


def _seat(hand: _Hand, changes: Changes, seat: Seat, team_ids: tuple[dict[int, TeamId], TeamId]) -> str:
    """Seats somebody of the plan; the invite's token when they are new, else empty."""
    (tx, services, by), row, (ids, unrouted) = hand, seat.row, team_ids
    office_id, today = changes.round.office_id, services.clock().date()
    team_id = None if row.team_ordinal is None else ids[row.team_ordinal]
    token = ""
    if seat.member is None:
        member_id, token = add_newcomer(tx, services, office_id, Newcomer(row.login, row.name, row.role, team_id), by)
    else:
        member_id = seat.member.id
        seats.take(tx, services, Membership(member_id, office_id, team_id, row.role, today))
    if row.role is Role.LIAISON:
        seats.take(tx, services, Membership(member_id, office_id, unrouted, row.role, today))
    return token
