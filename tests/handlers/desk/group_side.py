"""A team with a group: linked, and what waits to be told to it."""

from handlers import wire
from handlers.desk.team import group
from handlers.intake import linking
from handlers.people.sessions import Session
from handlers.sealing import body_aad, peer_aad
from storage.intake import outbox
from storage.intake.outbox import OutKind
from tests.world import World
from vault.lock import unlock

PAGE = "https://lx.chenghe.example/desk"
CHAT = -1001234567890
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
ROBOT = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"


async def link(world: World, login: str = "zhou", chat: int = CHAT) -> Session:
    """Links a Telegram group to the team of `login`."""
    _, session = await world.sign_in(login)
    token = await group.make_link(world.desk, session, session.teams[0])
    assert await linking.link_group(world.desk, token, chat)
    return session


async def group_messages(world: World) -> list[tuple[str, str]]:
    """Address and words of what goes to groups now; it is delivered with that."""
    now = world.clock()
    rows = await world.house.store.write(lambda tx: outbox.claim(tx, now, now))
    for row in rows:
        await world.house.store.write(lambda tx, row=row: outbox.settle(tx, (row.id,)))
    key = world.intake.secrets.peer_lock_key
    return [
        (
            unlock(key, row.peer, peer_aad(row.channel)).decode(),
            wire.decode_spoken(unlock(key, row.body, body_aad(row.id))).text,
        )
        for row in rows
        if row.kind is OutKind.GROUP
    ]
