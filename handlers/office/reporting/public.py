"""The public figures in words. A number says how it was rounded, a table what it leaves out."""

from datetime import date
from functools import partial

from domain.ids import RoundId
from domain.publishing import STEP, About, Row, Table
from handlers.office.reporting.releasing import PublicDay, find_day
from handlers.people.sessions import Session
from handlers.services import DeskServices
from handlers.texts import ALWAYS, dated, say
from reports.digest import Digest, Section, Value
from storage.office import offices


async def public_report(
    services: DeskServices, session: Session, round_id: RoundId, on: date | None, lang: str
) -> tuple[PublicDay, Digest] | None:
    """The frozen figures of the day `on` (None: the latest), and their words; None while the round has none.

    Raises `Refused(UNKNOWN)`.
    """
    day = await find_day(services, session, round_id, on)
    if day is None:
        return None
    office = await services.store.read(lambda tx: offices.get_office(tx, session.office_id))
    return day, _in_words(day, office.name, lang)


def _in_words(day: PublicDay, office: str, lang: str) -> Digest:
    round_, w = day.round, partial(say, lang)
    opens = dated(lang, round_.opens_at.date(), ALWAYS)
    closes = dated(lang, round_.ends_at.date(), round_.opens_at.year)
    places_follow = any(table.about is About.UNIT and not table.rows for table in day.tables)
    return Digest(
        title=w("public-title", round=w("office-round", ordinal=round_.ordinal)),
        lines=(
            w("public-of", office=office, opens=opens, closes=closes),
            w("public-counted", year=str(day.on.year), day=day.on),
            w("public-how", step=STEP, most=STEP + STEP - 1),
            *([w("public-unit-later")] if places_follow else []),
        ),
        sections=tuple(_section(table, lang) for table in day.tables if table.rows),
        foot=(say(lang, "public-foot"),),
    )


def _section(table: Table, lang: str) -> Section:
    by = "weeks" if table.about is About.TIME and any("/" in row.key and _days(row) > 1 for row in table.rows) else ""
    name = f"public-{table.about}"
    return Section(
        name=str(table.about),
        title=say(lang, name),
        basis=(say(lang, f"{name}-is{'-' + by if by else ''}"),),
        head=(say(lang, f"{name}-head"), *(say(lang, f"public-col-{column}") for column in table.columns)),
        rows=tuple((_name(table.about, row, lang), *(_number(n, lang) for n in row.shown)) for row in table.rows),
        sums=(say(lang, "public-sum"), *(n or None for n in table.totals)),
    )


def _number(n: int, lang: str) -> Value:
    return n or say(lang, "public-few", step=STEP)


def _name(about: About, row: Row, lang: str) -> str:
    match about:
        case About.TIME:
            first, last = map(date.fromisoformat, row.key.split("/"))
            return (
                say(lang, "public-day", day=first)
                if first == last
                else say(lang, "public-days", first=first, last=last)
            )
        case About.CHANNEL:
            return say(lang, f"desk-channel-{row.key}")
        case About.KIND:
            return say(lang, f"desk-kind-{row.key.replace('_', '-')}")
        case _:
            return row.name


def _days(row: Row) -> int:
    first, last = map(date.fromisoformat, row.key.split("/"))
    return (last - first).days + 1
