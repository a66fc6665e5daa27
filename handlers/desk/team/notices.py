"""What is announced outside, never with content: to a reporter that there is news, to a team's group what came in."""

from dataclasses import dataclass
from datetime import datetime

from domain.ids import RoundId, TipId
from domain.notices import DAILY, NoticeMode
from domain.rounds import Round, Team
from handlers import wire
from handlers.calendar import calendar_in
from handlers.conversation.replies import ReplyKind, Spoken
from handlers.desk.team.group import promise_to_group
from handlers.desk.team.notice_words import Section, Teller, compose
from handlers.promising import Lock, Promise, outgoing
from handlers.services import DeskServices
from handlers.texts import OFFICE_LANG, say
from storage.desk import news
from storage.intake import outbox, subscriptions
from storage.intake.outbox import OutChannel, OutKind
from storage.office import offices, rounds, teams
from storage.store import Tx

_MINUTES = 30


def promise_notice(tx: Tx, services: DeskServices, round_id: RoundId, tip_id: TipId) -> None:
    """Tells the chats that asked for it that there is news; at most one notice waits per chat."""
    # One language: which one the reporter speaks stands inside the sealed letter only.
    body = wire.encode_spoken(Spoken(ReplyKind.SAY, say(OFFICE_LANG, "notice-reply")))
    for one in subscriptions.list_subscriptions(tx, round_id, tip_id):
        only = f"notice:{tip_id.hex()}:{one.channel}"
        promise = Promise(OutKind.NOTICE, OutChannel(one.channel), one.peer, b"notice" + tip_id, only)
        outbox.enqueue(tx, outgoing(promise, body, Lock(services.intake.peer_lock_key), services.clock()))


async def due_group_notices(services: DeskServices, page: str, lang: str = OFFICE_LANG) -> int:
    """At :00 and :30, and at no other minute: one message per group that has something to hear; how many.

    `page` is the address of the desk, where a group reads on. Call it every few seconds: only the first call of a
    half hour tells, so that nobody learns the minute of a tip.
    """
    now = services.clock()
    if now.minute % _MINUTES:
        return 0

    def store(tx: Tx) -> int:
        office = offices.only_office(tx)
        running = rounds.list_rounds(tx, office.id) if office else []
        return sum(_tell_round(_Turn(tx, services, now, page, lang), one) for one in running)

    promised = await services.store.write(store)
    if promised:
        services.nudge()
    return promised


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one half hour's telling is done with."""

    tx: Tx
    services: DeskServices
    now: datetime
    page: str
    lang: str


def _tell_round(turn: _Turn, round_: Round) -> int:
    """What came in before this half hour's message, told once: what comes a moment later waits for the next."""
    slot = int(turn.now.timestamp()) // (_MINUTES * 60)
    if news.told_slot(turn.tx, round_.id) == slot:
        return 0
    news.tell_slot(turn.tx, round_.id, slot)
    calendar = calendar_in(turn.tx, turn.services.calendar, round_.office_id)
    daily = turn.now.time() >= DAILY and calendar.is_working(turn.now.date())
    return sum(_tell_team(turn, round_, team, daily=daily) for team in teams.list_teams(turn.tx, round_.id))


def _tell_team(turn: _Turn, round_: Round, team: Team, *, daily: bool) -> bool:
    """Whether the team's group was told something. `daily`: by now it should have heard today what is due."""
    group = teams.get_group(turn.tx, team.id)
    if group.channel is None or group.mode is NoticeMode.OFF:
        return False
    if group.quiet is not None and group.quiet.covers(turn.now.time()):
        return False
    daily = daily and news.told_day(turn.tx, round_.id, team.id) < turn.now.date()
    if group.mode is NoticeMode.DIGEST and not daily:
        return False
    sections = _sections(turn, round_, team, group.mode, daily=daily)
    if any(one.lines for one in sections):
        promise_to_group(turn.tx, turn.services, team, compose(turn.lang, team, sections, turn.page))
        return True
    return False


def _sections(turn: _Turn, round_: Round, team: Team, mode: NoticeMode, *, daily: bool) -> list[Section]:
    """What the group is to hear now; from here on it counts as told."""
    today, teller = turn.now.date(), Teller(turn.tx, round_, team, turn.lang)
    told = [teller.fresh(news.told_up_to(turn.tx, round_.id, team.id))]
    news.tell_up_to(turn.tx, round_.id, team.id, news.highest_number(turn.tx, round_.id, team.id))
    if daily:
        told += teller.due_in_short(today) if mode is NoticeMode.DIGEST else teller.due(today)
        news.tell_day(turn.tx, round_.id, team.id, today)
    return told
