"""Ways for tests of the watch: a villager's tip by team, a recused tip, a member's move, days that go by."""

from domain.ids import RoundId, TeamId, TipId
from domain.rounds import TeamKind
from domain.tips import Action
from handlers.conversation.events import Chose, Said, Start
from handlers.desk.arriving.fold import fold
from handlers.desk.locking.standing import stand
from handlers.desk.moves import transferring
from handlers.desk.moves.acting import Wish, act
from handlers.people.sessions import Session
from storage.office import teams
from tests.world import World

WORDS = "水渠修了一半就停了"
FIRST, SECOND, THIRD = "苇庄镇", "青坪乡", "苇原县水利站"
"""Places by team: the card of each belongs to the first, second and third team."""


async def session_of(world: World, login: str) -> Session:
    return (await world.sign_in(login))[1]


async def tell(world: World, name: str, place: str = FIRST) -> TipId:
    """A folded tip."""
    await world.villager(name).tells(place, WORDS)
    return (await fold(world.desk))[0].tip_id


async def tell_of_us(world: World, name: str, place: str = THIRD) -> TipId:
    """A tip that goes to the recusal queue at once."""
    villager = world.villager(name)
    await villager.does(Start(world.card(place)), Said(WORDS), Chose("done"), Chose("anonymous"))
    await villager.does(Chose("recusal:yes"), Chose("submit"))
    return (await fold(world.desk))[0].tip_id


async def moves(world: World, login: str, tip_id: TipId, action: Action, *, reason: str = "", words: str = "") -> None:
    """The member does it to the tip as it stands."""
    session = await session_of(world, login)
    version = (await stand(world.desk, session, tip_id)).work.version
    await act(world.desk, session, tip_id, Wish(action, version, reason, words))


async def passes(world: World, login: str, tip_id: TipId, to: TeamId) -> None:
    """The member passes the tip on to another team of the round."""
    session = await session_of(world, login)
    version = (await stand(world.desk, session, tip_id)).work.version
    await transferring.transfer(world.desk, session, tip_id, version, to)


async def team_id(
    world: World, ordinal: int, kind: TeamKind = TeamKind.TEAM, round_id: RoundId | None = None
) -> TeamId:
    """A team of the county's round; of other kinds the only one."""
    found = await world.house.store.read(lambda tx: teams.list_teams(tx, round_id or world.made.round_id))
    return next(one.id for one in found if one.kind is kind and (one.ordinal == ordinal or kind is not TeamKind.TEAM))
