"""Putting somebody out, of the office or of a team: from their next request on, and out of what comes in after that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.errors import Reason, Refused
from domain.ids import MemberId, TeamId
from domain.rounds import Role, TeamKind
from handlers.office.keys.rotating import Fresh, Served, enter_fresh, make_fresh, note_fresh, served_keys
from handlers.people import recusal_holders, roster, trail
from handlers.people.seats import check_taking
from handlers.people.sessions import Session
from handlers.services import DeskServices
from storage.desk import work
from storage.office import teams
from storage.people import keys, members, sessions
from storage.people.members import MemberState
from storage.store import Tx

Which = Callable[[Served], bool]


async def disable(services: DeskServices, session: Session, member_id: MemberId) -> None:
    """Ends every sign-in and lets none begin. With a director the keys of the member's teams change at once.

    Without one `rotating.list_outdated` names the teams. Raises `Refused`: UNKNOWN, NOT_ALLOWED (`yourself`,
    `director-only`), WRONG_STATE (`recusal-alone`), STALE.
    """
    await roster.check_mine(services, session, member_id)

    def put_out(tx: Tx) -> None:
        check_taking(tx, services, session.member_id, member_id)
        recusal_holders.check_leaving(tx, services, session.member_id, member_id)
        members.set_member_state(tx, member_id, MemberState.DISABLED)
        sessions.revoke_sessions(tx, member_id)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "disable", "member", member_id))

    await _remove(services, session, member_id, lambda _: True, put_out)


async def take_out(services: DeskServices, session: Session, member_id: MemberId, team_id: TeamId) -> None:
    """Ends a member's seats in one team, its key changes as in `disable`.

    A liaison who sits in no other team of the round gives up what could not be routed too. Raises what `disable`
    raises, and `Refused(UNKNOWN)` when they do not sit in that team.
    """
    await roster.check_mine(services, session, member_id)
    left = await services.store.read(lambda tx: _left_with(tx, services, member_id, team_id))
    yesterday = services.clock().date() - timedelta(days=1)  # a membership's last day counts

    def put_out(tx: Tx) -> None:
        recusal_holders.check_leaving(tx, services, session.member_id, member_id, team_id)
        for one in left:
            members.end_memberships(tx, member_id, one, yesterday)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "take-out", "member", member_id))

    await _remove(services, session, member_id, lambda served: served.team.id in left, put_out)


async def _remove(
    services: DeskServices, session: Session, member_id: MemberId, which: Which, put_out: Callable[[Tx], None]
) -> None:
    """Puts the member out and changes the keys that they hold, in one transaction.

    Raises `Refused(STALE)` when a colleague was given one of the keys meanwhile: nothing was done.
    """
    fresh = await _make_fresh(services, session, member_id, which)

    def write(tx: Tx) -> None:
        put_out(tx)
        _put_down(tx, services, member_id)
        enter_fresh(tx, services, session, fresh)

    await services.store.write(write)
    note_fresh(services, fresh)


def _put_down(tx: Tx, services: DeskServices, member_id: MemberId) -> None:
    """What the member handled in teams they sit in no longer is nobody's again."""
    member = members.get_member(tx, member_id)
    seats = members.memberships_of(tx, member_id, services.clock().date())
    still_in = {one.team_id for one in seats} if member.state is not MemberState.DISABLED else set()
    for row in work.handled_by(tx, member_id):
        if row.team_id not in still_in:
            work.update_work(tx, replace(row, assignee_id=None, claim_until=None))


async def _make_fresh(services: DeskServices, session: Session, member_id: MemberId, which: Which) -> list[Fresh]:
    """Nothing when I cannot sign: being put out does not wait for a director."""
    if Role.DIRECTOR not in session.roles:
        return []

    def load(tx: Tx) -> list[Served]:
        found = [one for one in served_keys(tx, services, session) if which(one)]
        held = {key_id for key_id, own in keys.held_by(tx, [one.key.id for one in found]) if own.member_id == member_id}
        return [one for one in found if one.key.id in held]

    try:
        return await make_fresh(services, session, await services.store.read(load), but=member_id)
    except Refused as refused:
        if refused.reason is not Reason.NOT_ALLOWED:
            raise
        return []


def _left_with(tx: Tx, services: DeskServices, member_id: MemberId, team_id: TeamId) -> set[TeamId]:
    """The team, and the round's unrouted queue where that was the liaison's last team."""
    seats = [one for one in members.memberships_of(tx, member_id, services.clock().date()) if one.team_id]
    if team_id not in {one.team_id for one in seats}:
        raise Refused(Reason.UNKNOWN)
    round_id = teams.get_team(tx, team_id).round_id
    liaison = {
        team.id: team.kind
        for team in (teams.get_team(tx, one.team_id) for one in seats if one.team_id and one.role is Role.LIAISON)
        if team.round_id == round_id and team.id != team_id
    }
    if TeamKind.TEAM in liaison.values():
        return {team_id}
    return {team_id, *(one for one, kind in liaison.items() if kind is TeamKind.UNROUTED)}
