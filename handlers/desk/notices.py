"""What is announced outside, never with content: to a reporter that there is news, to a team's group what came in."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Reason, Refused
from domain.ids import Locked, RoundId, TeamId, TipId, new_id
from domain.rounds import Role, Round, Team
from domain.tips import Channel
from handlers import wire
from handlers.conversation.replies import ReplyKind, Spoken
from handlers.desk.queue import check_mine, number_label, unit_name
from handlers.intake.linking import token_hash
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.sealing import body_aad, peer_aad
from handlers.services import DeskServices
from handlers.texts import say
from storage import news, offices, outbox, rounds, subscriptions, teams, tips, work
from storage.outbox import Outgoing, OutKind
from storage.store import Tx
from vault.lock import lock

LANG = "zh"
LINK_DAYS = 7
LINKERS = (Role.LEADER, Role.LIAISON)
_MINUTES = 30
_LINES = 10
_KEEP = {OutKind.NOTICE: timedelta(hours=72), OutKind.GROUP: timedelta(hours=12)}


def promise_notice(tx: Tx, services: DeskServices, round_id: RoundId, tip_id: TipId) -> None:
    """Tells the chats that asked for it that there is news; at most one notice waits per chat."""
    for one in subscriptions.list_subscriptions(tx, round_id, tip_id):
        # One language: which one the reporter speaks stands inside the sealed letter only.
        chat = _Chat(OutKind.NOTICE, one.channel, one.peer, b"notice" + tip_id, f"notice:{tip_id.hex()}:{one.channel}")
        _enqueue(tx, services, chat, say(LANG, "notice-reply"))


async def due_group_notices(services: DeskServices) -> int:
    """At :00 and :30, and at no other minute: one message per linked team to which something came; how many.

    Call it every few seconds: only the first call of a half hour tells, so that nobody learns the minute of a tip.
    """
    now = services.clock()
    if now.minute % _MINUTES:
        return 0
    slot = int(now.timestamp()) // (_MINUTES * 60)

    def store(tx: Tx) -> int:
        office = offices.only_office(tx)
        running = rounds.list_rounds(tx, office.id) if office else []
        return sum(_tell_round(tx, services, one, slot) for one in running)

    promised = await services.store.write(store)
    if promised:
        services.nudge()
    return promised


async def make_link(services: DeskServices, session: Session, team_id: TeamId) -> str:
    """A one-time token that links the Telegram group it is sent in to my team.

    Raises `Refused`: UNKNOWN for a team that is not mine, NOT_ALLOWED unless I lead it or am its liaison.
    """
    check_mine(session, team_id)
    if not may_link(session, team_id):
        raise Refused(Reason.NOT_ALLOWED)
    token = secrets.token_urlsafe(24)
    last_day = services.clock().date() + timedelta(days=LINK_DAYS)

    def store(tx: Tx) -> None:
        teams.insert_team_link(tx, team_id, token_hash(token), last_day)
        trail.note(tx, services, trail.Deed(session.office_id, session.member_id, "make-link", "team", team_id))

    await services.store.write(store)
    return token


def may_link(session: Session, team_id: TeamId) -> bool:
    """Whether a seat in that very team lets me link its group."""
    return not session.roles_in(team_id).isdisjoint(LINKERS)


def _tell_round(tx: Tx, services: DeskServices, round_: Round, slot: int) -> int:
    """What came in before this half hour's message, told once: what comes a moment later waits for the next."""
    if news.told_slot(tx, round_.id) == slot:
        return 0
    news.tell_slot(tx, round_.id, slot)
    return sum(_tell_group(tx, services, round_, team) for team in teams.list_teams(tx, round_.id))


def _tell_group(tx: Tx, services: DeskServices, round_: Round, team: Team) -> bool:
    if not team.notice_peer:
        return False
    told, newest = news.told_up_to(tx, round_.id, team.id), news.highest_number(tx, round_.id, team.id)
    if newest <= told:
        return False
    peer = lock(services.intake.peer_lock_key, team.notice_peer.encode(), peer_aad(Channel.TELEGRAM))
    chat = _Chat(OutKind.GROUP, Channel.TELEGRAM, peer, b"group" + team.id)
    _enqueue(tx, services, chat, _group_text(tx, round_, team, told))
    news.tell_up_to(tx, round_.id, team.id, newest)
    return True


def _group_text(tx: Tx, round_: Round, team: Team, told: int) -> str:
    """Number, unit and last day of the new tips, ten at most."""
    n = news.count_since(tx, round_.id, team.id, told)
    lines = [say(LANG, "notice-group", team=team.name, n=n)]
    for tip_id in news.list_since(tx, round_.id, team.id, told, _LINES):
        row, tip = work.get_work(tx, round_.id, tip_id), tips.get_tip(tx, round_.id, tip_id)
        unit = unit_name(tx, tip) or say(LANG, "desk-no-unit")
        label = number_label(team, row.number)
        if row.next_due_on is None:
            lines.append(say(LANG, "notice-line", number=label, unit=unit))
        else:
            lines.append(say(LANG, "notice-line-due", number=label, unit=unit, due=row.next_due_on))
    if n > _LINES:
        lines.append(say(LANG, "notice-more", n=n - _LINES))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Chat:
    """Where a message goes. `order`: messages of one chat keep their order; `dedupe`: of those only one waits."""

    kind: OutKind
    channel: Channel
    peer: Locked
    order: bytes
    dedupe: str | None = None


def _enqueue(tx: Tx, services: DeskServices, chat: _Chat, text: str) -> None:
    now, row_id = services.clock(), new_id()
    body = wire.encode_spoken(Spoken(ReplyKind.SAY, text))
    row = Outgoing(
        id=row_id,
        kind=chat.kind,
        channel=chat.channel,
        peer=chat.peer,
        key_epoch=0,
        order_key=chat.order,
        body=lock(services.intake.peer_lock_key, body, body_aad(row_id)),
        due_at=now,
        expires_at=now + _KEEP[chat.kind],
        dedupe_key=chat.dedupe,
    )
    outbox.enqueue(tx, row)
