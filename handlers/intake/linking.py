"""A team's group becomes known, by a one-time token that was sent in it or by its robot, and hears what comes next."""

import hashlib
from datetime import datetime

from domain.ids import TeamId
from domain.notices import DAILY
from handlers.promising import group_order
from handlers.services import DeskServices, IntakeServices
from storage.desk import news
from storage.intake import outbox
from storage.office import teams
from storage.store import Tx


async def link_group(services: DeskServices | IntakeServices, token: str, chat_id: int) -> bool:
    """Links the group in which `token` was sent; False when the token is unknown, used or too old."""
    now = services.clock()

    def store(tx: Tx) -> bool:
        team_id = teams.use_team_link(tx, token_hash(token), now.date())
        if team_id is None:
            return False
        teams.set_notice_peer(tx, team_id, str(chat_id))
        begin_anew(tx, team_id, now)
        return True

    return await services.store.write(store)


def begin_anew(tx: Tx, team_id: TeamId, now: datetime) -> None:
    """Once a team has another group, or none: nothing that was meant for the old one reaches anybody."""
    outbox.remove_all(tx, group_order(team_id))
    news.set_refused_day(tx, teams.get_team(tx, team_id).round_id, team_id, None)
    tell_from(tx, team_id, now)


def tell_from(tx: Tx, team_id: TeamId, now: datetime) -> None:
    """What came before `now` is no news to the group; what is due it hears on the next working morning."""
    round_id = teams.get_team(tx, team_id).round_id
    news.tell_up_to(tx, round_id, team_id, news.highest_number(tx, round_id, team_id))
    if now.time() >= DAILY:
        news.tell_day(tx, round_id, team_id, now.date())


def token_hash(token: str) -> bytes:
    """All that is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
