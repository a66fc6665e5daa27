"""Who holds a team's key, by the database's word: members of the team who can read, and those who left it."""

from collections.abc import Collection
from datetime import date

from domain.ids import KeyId, TeamId
from storage.people import keys, members
from storage.people.keys import Key
from storage.people.members import Member, MemberState
from storage.store import Tx


def readers(tx: Tx, key: Key, on: date) -> list[Key]:
    """The own keys, not retired, of active members of the team who hold `key`."""
    there = {one.id for one in _team(tx, key.team_id, on) if one.state is MemberState.ACTIVE}
    return [own for _, own in keys.held_by(tx, [key.id]) if own.retired_on is None and own.member_id in there]


def leavers(tx: Tx, team_id: TeamId, key_ids: Collection[KeyId], on: date) -> dict[KeyId, list[Member]]:
    """Of these keys of a team, those held by somebody who belongs to it no more, and by whom; by sign-in name.

    A holder's own key that is retired counts too: whoever left may have kept what it opened.
    """
    there = {one.id for one in _team(tx, team_id, on) if one.state is not MemberState.DISABLED}
    pairs = {(key_id, own.member_id) for key_id, own in keys.held_by(tx, key_ids) if own.member_id not in there}
    gone = {who: members.get_member(tx, who) for _, who in pairs if who is not None}
    found: dict[KeyId, list[Member]] = {}
    for key_id, who in sorted(pairs, key=lambda pair: gone[pair[1]].login if pair[1] else ""):
        if who is not None:
            found.setdefault(key_id, []).append(gone[who])
    return found


def _team(tx: Tx, team_id: TeamId | None, on: date) -> list[Member]:
    return [one for one, _ in members.members_of_team(tx, team_id, on)] if team_id else []
