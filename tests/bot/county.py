"""A small county whose round is open: real keys, a real database, a printed card of one village."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.calendar import ChineseWorkingDays
from domain.ids import BatchId, KeyId, OfficeId, RoundId, TeamId, UnitId, new_id
from domain.rounds import BatchState, CardBatch, Level, Round, RoundState, Target, Team, TeamKind, Unit
from domain.tips import Channel, Tip
from handlers import converse
from handlers.converse import Peer
from handlers.lanes import Lanes
from handlers.recipients import statement_of
from handlers.services import IntakeServices
from qr.codes import new_code
from storage import cards, keys, offices, rounds, teams, tips, units
from storage.files import Files
from storage.keys import Key, KeyKind
from storage.migrate import upgrade
from storage.offices import Office
from storage.store import Store, Tx
from vault.folders import IntakeSecrets
from vault.keys import Seed, new_seed, public_half, sign_statement
from vault.receipts import Pool

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class County:
    """What a test needs to know of it."""

    services: IntakeServices
    database: Path
    code: str
    office: OfficeId
    round: RoundId
    team: TeamId
    seeds: dict[TeamId, Seed] = field(default_factory=dict)

    async def tips(self) -> list[Tip]:
        """All tips that are stored."""
        return await self.services.store.read(tips.unfolded_tips)

    async def draft(self, chat: int) -> list[str]:
        """What a Telegram chat's draft holds, in order: texts, and names of files' kinds with their captions."""
        peer = Peer(Channel.TELEGRAM, self.services.secrets.chat_tag(Channel.TELEGRAM, str(chat)))
        parts = (await converse.peek(self.services, peer, with_parts=True)).parts
        return [f"{part.kind.value}:{part.text}" if part.file else part.text for part in parts]

    @asynccontextmanager
    async def full(self) -> AsyncIterator[None]:
        """Meanwhile nothing can be stored: somebody else holds the database."""
        other = sqlite3.connect(self.database, isolation_level=None, timeout=0)
        while not _holds(other):
            await asyncio.sleep(0)  # a commit that is under way needs the loop to end
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()


def _holds(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


async def lay_county(folder: Path) -> County:
    """A fresh county in `folder`; close its store at the end."""
    url = f"sqlite+aiosqlite:///{folder}/msx.db"
    await upgrade(url)
    store = await Store.open(url, busy_ms=50)
    secrets = IntakeSecrets.create(folder / "secrets")
    services = IntakeServices(
        store=store,
        files=Files(folder),
        secrets=secrets,
        receipts=Pool(secrets.salt),
        lanes=Lanes(),
        calendar=ChineseWorkingDays(),
        clock=lambda: datetime.now(ZONE),
        nudge=lambda: None,
    )
    code = new_code(secrets.card_mac_key)
    ids = (OfficeId(new_id()), RoundId(new_id()), TeamId(new_id()))
    county = County(services, folder / "msx.db", code, *ids)
    await store.write(lambda tx: _fill(tx, county))
    return county


def _fill(tx: Tx, county: County) -> None:
    office_seed = new_seed()
    verify = public_half(office_seed).verify
    offices.insert_office(tx, Office(county.office, None, "澄江县委巡察办", None, "Asia/Shanghai", verify, {}))
    now = datetime.now(ZONE)
    window = (now - timedelta(days=3), now + timedelta(days=30))
    round_ = Round(county.round, county.office, 3, 6, 1, *window, RoundState.OPEN, 15, 365, 1)
    rounds.insert_round(tx, round_)
    village = _units(tx, county.office)
    for ordinal, kind in enumerate((TeamKind.TEAM, TeamKind.RECUSAL, TeamKind.UNROUTED), 3):
        team_id = county.team if kind is TeamKind.TEAM else TeamId(new_id())
        name = {"team": "第三巡察组", "recusal": "回避", "unrouted": "联络员"}[kind.value]
        teams.insert_team(tx, county.office, Team(team_id, county.round, ordinal, name, kind, "0000-0000000", ""))
        county.seeds[team_id] = _team_key(tx, county, team_id, office_seed, now + timedelta(days=400))
    teams.insert_assignment(tx, county.round, village, county.team)
    batch = CardBatch(
        BatchId(new_id()), county.round, county.team, county.code, "入户", Target.WEB, BatchState.ACTIVE, is_test=False
    )
    cards.insert_batch(tx, batch, [village])
    county.services.secrets.pin_office(county.office, verify)
    county.services.secrets.put_pepper(county.round, new_id() + new_id())


def _units(tx: Tx, office_id: OfficeId) -> UnitId:
    county, town, village = (UnitId(new_id()) for _ in range(3))
    tree = [
        Unit(county, None, Level.COUNTY, "1", "澄江县", "澄江县"),
        Unit(town, county, Level.TOWNSHIP, "11", "苇庄镇", "澄江县/苇庄镇"),
        Unit(village, town, Level.VILLAGE, "1101", "石桥村", "澄江县/苇庄镇/石桥村"),
    ]
    units.insert_units(tx, office_id, tree)
    return village


def _team_key(tx: Tx, county: County, team_id: TeamId, office_seed: Seed, until: datetime) -> Seed:
    seed = new_seed()
    half = public_half(seed)
    key = Key(
        KeyId(new_id()), county.office, KeyKind.TEAM, half.public, half.verify,
        generation=1, round_id=county.round, team_id=team_id, not_after=until.date(),
    )  # fmt: skip
    keys.insert_key(tx, replace(key, signature=sign_statement(office_seed, statement_of(key))))
    return seed
