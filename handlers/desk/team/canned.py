"""What a team often says: everybody in it uses these short replies, its leader and liaison write them."""

from domain.errors import Reason, Refused
from domain.ids import TeamId, new_id
from domain.words import clean
from handlers.desk.mine import check_head, check_mine
from handlers.people import trail
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import say
from storage.desk import canned
from storage.desk.canned import CannedReply
from storage.store import Tx

TITLE_LENGTH, BODY_LENGTH = 30, 500
SUGGESTED = ("when", "where", "who-knows", "proof", "more", "thanks")
"""Names of the replies that a new team begins with; their words are texts."""


async def list_replies(services: DeskServices, session: Session, team_id: TeamId) -> tuple[CannedReply, ...]:
    """My team's replies by title. Raises `Refused(UNKNOWN)` for a team that is not mine."""
    check_mine(session, team_id)
    return tuple(await services.store.read(lambda tx: canned.list_replies(tx, team_id)))


async def add_reply(services: DeskServices, session: Session, team_id: TeamId, title: str, body: str) -> None:
    """Raises `Refused`: as `check_head`, and BAD_INPUT (`canned-title`, `canned-body`)."""
    check_head(session, team_id)
    row = CannedReply(new_id(), team_id, _title(title), _body(body), 1)

    def store(tx: Tx) -> None:
        canned.insert_reply(tx, row)
        _note(tx, services, session, "add-canned", row.id)

    await services.store.write(store)


async def change_reply(services: DeskServices, session: Session, row: CannedReply) -> None:
    """Writes title and body as typed over the reply of that id, team and version.

    Raises `Refused`: as `add_reply`, and STALE when somebody changed it meanwhile or took it away.
    """
    check_head(session, row.team_id)
    cleaned = CannedReply(row.id, row.team_id, _title(row.title), _body(row.body), row.version)

    def store(tx: Tx) -> None:
        canned.update_reply(tx, cleaned)
        _note(tx, services, session, "change-canned", row.id)

    await services.store.write(store)


async def remove_reply(services: DeskServices, session: Session, team_id: TeamId, reply_id: bytes) -> None:
    """Nothing when it is gone already. Raises `Refused` as `check_head`."""
    check_head(session, team_id)

    def store(tx: Tx) -> None:
        if canned.delete_reply(tx, team_id, reply_id):
            _note(tx, services, session, "remove-canned", reply_id)

    await services.store.write(store)


async def add_suggested(services: DeskServices, session: Session, team_id: TeamId, lang: str) -> None:
    """Gives a team without any reply those that a new team begins with. Raises as `check_head`."""
    check_head(session, team_id)

    def store(tx: Tx) -> None:
        if not canned.list_replies(tx, team_id):
            insert_suggested(tx, team_id, lang)
            _note(tx, services, session, "add-canned", team_id)

    await services.store.write(store)


def insert_suggested(tx: Tx, team_id: TeamId, lang: str) -> None:
    """What a new team begins with."""
    for name in SUGGESTED:
        title, body = say(lang, f"canned-{name}-title"), say(lang, f"canned-{name}")
        canned.insert_reply(tx, CannedReply(new_id(), team_id, title, body, 1))


def _title(typed: str) -> str:
    title = " ".join(clean(typed).split())
    if not 0 < len(title) <= TITLE_LENGTH:
        raise Refused(Reason.BAD_INPUT, "canned-title")
    return title


def _body(typed: str) -> str:
    body = clean(typed).strip()
    if not 0 < len(body) <= BODY_LENGTH:
        raise Refused(Reason.BAD_INPUT, "canned-body")
    return body


def _note(tx: Tx, services: DeskServices, session: Session, act: str, of: bytes) -> None:
    trail.note(tx, services, trail.Deed(session.office_id, session.member_id, act, "canned", of))
