"""The office before a round opens: a fresh office, and a plan put into the database whole or not at all."""

from dataclasses import dataclass

from domain.errors import Reason, Refused
from domain.ids import MemberId, OfficeId, RoundId, new_id
from domain.rounds import Role
from handlers.office.importing.changes import Changes, work_out
from handlers.office.importing.writing import write
from handlers.people.inviting import Newcomer, add_newcomer, check_newcomer
from handlers.services import DeskServices
from reports.plan import Plan
from storage.office import offices
from storage.office.offices import Office
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Imported:
    """A round as it now stands in the plan, and what that changed. `invites`: login and token of every member who is
    new."""

    round_id: RoundId
    invites: tuple[tuple[str, str], ...]
    changes: Changes


async def found_office(services: DeskServices, *, name: str, login: str, director: str) -> str:
    """A fresh office with its first director, or nothing; the invite's token.

    Raises `Refused`: WRONG_STATE (`office-exists`) when one is there, BAD_INPUT (`login`, `name`) for the director.
    """
    office = Office(OfficeId(new_id()), None, name, None, "Asia/Shanghai", b"", {})
    newcomer = check_newcomer(Newcomer(login, director, Role.DIRECTOR))

    def insert(tx: Tx) -> str:
        if offices.only_office(tx) is not None:
            raise Refused(Reason.WRONG_STATE, "office-exists")
        offices.insert_office(tx, office)
        return add_newcomer(tx, services, office.id, newcomer, None)[1]

    return await services.store.write(insert)


async def look_at(services: DeskServices, office_id: OfficeId, plan: Plan, by: MemberId | None) -> Changes:
    """What `import_plan` would do now; nothing is written. Raises `PlanErrors`."""
    return await services.store.read(lambda tx: work_out(tx, services, office_id, plan, by))


async def import_plan(services: DeskServices, office_id: OfficeId, plan: Plan, by: MemberId | None) -> Imported:
    """Puts a round with units, teams, assignments and members into the plan and invites who is new, or does nothing.

    The round is known by term, ordinal and phase, a team by its ordinal, a unit by code, else by place, a member by
    login. One that is planned is brought up to date; one that is open takes only what disturbs nobody: new units,
    assignments of units that have none, members, texts. What the plan does not name stays, but for assignments.
    Raises `PlanErrors` with the row of everything that cannot be.
    """

    def bring_in(tx: Tx) -> Imported:
        changes = work_out(tx, services, office_id, plan, by)
        return Imported(changes.round.id, write((tx, services, by), changes), changes)

    return await services.store.write(bring_in)
