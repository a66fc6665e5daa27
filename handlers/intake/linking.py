"""A team's Telegram group becomes known by a one-time token that was sent in it."""

import hashlib

from handlers.services import DeskServices, IntakeServices
from storage import news, teams
from storage.store import Tx


async def link_group(services: DeskServices | IntakeServices, token: str, chat_id: int) -> bool:
    """Links the group in which `token` was sent; False when the token is unknown, used or too old."""
    today = services.clock().date()

    def store(tx: Tx) -> bool:
        team_id = teams.use_team_link(tx, token_hash(token), today)
        if team_id is None:
            return False
        teams.set_notice_peer(tx, team_id, str(chat_id))
        # What came before the group was there is no news to it.
        round_id = teams.get_team(tx, team_id).round_id
        news.tell_up_to(tx, round_id, team_id, news.highest_number(tx, round_id, team_id))
        return True

    return await services.store.write(store)


def token_hash(token: str) -> bytes:
    """All that is stored of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
