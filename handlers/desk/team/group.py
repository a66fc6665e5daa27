"""A team's group outside: linked by a Telegram token or a WeCom robot, tried out, told how often, taken away again."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from domain.errors import Reason, Refused
from domain.ids import Locked, TeamId
from domain.notices import NoticeMode, Quiet, read_quiet
from domain.rounds import Team
from handlers import wire
from handlers.conversation.replies import ReplyKind, Spoken
from handlers.desk.mine import check_head, check_mine
from handlers.desk.team.robot import key_of
from handlers.intake.linking import begin_anew, tell_from, token_hash
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.promising import Lock, Promise, group_order, outgoing
from handlers.sealing import peer_aad
from handlers.services import DeskServices
from handlers.texts import say
from storage.desk import news
from storage.intake import outbox
from storage.intake.outbox import OutChannel, OutKind
from storage.office import teams
from storage.store import Tx
from vault.lock import lock

LINK_DAYS = 7


@dataclass(frozen=True, slots=True)
class GroupPage:
    """How the team's group is told. `refused_on`: the day since which it takes no message."""

    channel: OutChannel | None
    mode: NoticeMode
    quiet: Quiet | None
    refused_on: date | None


async def read_group(services: DeskServices, session: Session, team_id: TeamId) -> GroupPage:
    """Raises `Refused(UNKNOWN)` for a team that is not mine."""
    check_mine(session, team_id)

    def load(tx: Tx) -> GroupPage:
        group, round_id = teams.get_group(tx, team_id), teams.get_team(tx, team_id).round_id
        return GroupPage(group.channel, group.mode, group.quiet, news.refused_day(tx, round_id, team_id))

    return await services.store.read(load)


async def make_link(services: DeskServices, session: Session, team_id: TeamId) -> str:
    """A one-time token that links the Telegram group it is sent in to my team.

    Raises `Refused`, as all below: UNKNOWN for a team that is not mine, NOT_ALLOWED unless I lead it or am its liaison.
    """
    check_head(session, team_id)
    token = secrets.token_urlsafe(24)
    last_day = services.clock().date() + timedelta(days=LINK_DAYS)

    def store(tx: Tx) -> None:
        teams.insert_team_link(tx, team_id, token_hash(token), last_day)
        _note(tx, services, session, "make-link", team_id)

    await services.store.write(store)
    return token


async def link_robot(services: DeskServices, session: Session, team_id: TeamId, address: str) -> None:
    """Links a WeCom group by its robot's webhook address. Raises BAD_INPUT (`robot-address`) for any other address."""
    check_head(session, team_id)
    robot = lock(services.intake.peer_lock_key, key_of(address).encode(), peer_aad(OutChannel.WECOM))

    def store(tx: Tx) -> None:
        teams.set_notice_robot(tx, team_id, robot)
        begin_anew(tx, team_id, services.clock())
        _note(tx, services, session, "link-robot", team_id)

    await services.store.write(store)


async def unlink(services: DeskServices, session: Session, team_id: TeamId) -> None:
    """Forgets the group, and whatever waits to be told to it."""
    check_head(session, team_id)

    def store(tx: Tx) -> None:
        teams.set_notice_peer(tx, team_id, "")
        begin_anew(tx, team_id, services.clock())
        _note(tx, services, session, "unlink-group", team_id)

    await services.store.write(store)


async def set_times(
    services: DeskServices, session: Session, team_id: TeamId, mode: NoticeMode, quiet: tuple[str, str]
) -> None:
    """How often the group is told, and its quiet hours as typed, both empty for none. Raises as `read_quiet` does."""
    check_head(session, team_id)
    hours = read_quiet("-".join(quiet) if any(quiet) else "")

    def store(tx: Tx) -> None:
        if teams.get_group(tx, team_id).mode is NoticeMode.OFF:
            tell_from(tx, team_id, services.clock())
        teams.set_notice_times(tx, team_id, mode, hours)
        _note(tx, services, session, "set-notices", team_id)

    await services.store.write(store)


async def try_out(services: DeskServices, session: Session, team_id: TeamId, page: str, lang: str) -> None:
    """Sends the group one message without content, at once. Raises WRONG_STATE (`no-group`) where none is linked."""
    check_head(session, team_id)

    def store(tx: Tx) -> None:
        team = teams.get_team(tx, team_id)
        text = say(lang, "notice-trial", team=team.name, page=page)
        if not promise_to_group(tx, services, team, text, only=f"trial:{team_id.hex()}"):
            raise Refused(Reason.WRONG_STATE, "no-group")
        _note(tx, services, session, "try-group", team_id)

    await services.store.write(store)
    services.nudge()


def promise_to_group(tx: Tx, services: DeskServices, team: Team, text: str, *, only: str | None = None) -> bool:
    """Promises `text` to the team's group; False when there is none. `only`: of those that wait so named, one."""
    group = teams.get_group(tx, team.id)
    if group.channel is None:
        return False
    promise = Promise(OutKind.GROUP, group.channel, _address(services, group), group_order(team.id), only)
    body = wire.encode_spoken(Spoken(ReplyKind.SAY, text))
    outbox.enqueue(tx, outgoing(promise, body, Lock(services.intake.peer_lock_key), services.clock()))
    return True


def _address(services: DeskServices, group: teams.Group) -> Locked:
    if group.robot is not None:
        return group.robot  # locked as a waiting message's address is, since it was linked
    return lock(services.intake.peer_lock_key, group.peer.encode(), peer_aad(OutChannel.TELEGRAM))


def _note(tx: Tx, services: DeskServices, session: Session, act: str, team_id: TeamId) -> None:
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "team", team_id))
