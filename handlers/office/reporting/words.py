"""A report in words: every figure with what it is and by which date it counts. Page, paper and xlsx take the same."""

from collections.abc import Iterable
from functools import partial

from domain.figures import Done
from handlers.office.figures import names
from handlers.office.figures.names import Words
from handlers.office.reporting.period import Period
from handlers.office.reporting.report import Reached, Report, TeamLine
from handlers.people import trail
from handlers.texts import say
from reports.digest import Digest, Section, Value


def in_words(report: Report, office: str, head: bytes | None, lang: str) -> Digest:
    """The whole report. `head`: the MAC of the record's last line, by which a cut shows later."""
    w = partial(say, lang)
    sheets = report.sheets
    name = w("office-round", ordinal=sheets.round.ordinal)
    chain = w("digest-chain", mac=trail.print_head(head)) if head else w("digest-chain-empty")
    return Digest(
        title=w(f"digest-title-{report.period.span}", round=name),
        lines=(
            w("digest-of", office=office, days=period_words(report.period, lang)),
            w("digest-counted", year=str(sheets.today.year), at=sheets.counted_at),
        ),
        sections=(
            _summary(report, w), _rates(report, w), _days(report, w), _teams(report, w), _replies(report, w),
            _funnel(report, w), _places(report, w),
        ),
        foot=(w("digest-foot"), chain),
    )  # fmt: skip


def period_words(period: Period, lang: str) -> str:
    """One day with its year and weekday, or the first and the last."""
    if period.first == period.last:
        day = names.day_name(partial(say, lang), period.first)
        return say(lang, "digest-one-day", year=str(period.first.year), day=day)
    years = {"year": str(period.first.year), "to": str(period.last.year)}
    same = period.first.year == period.last.year
    return say(lang, "digest-days" if same else "digest-years", **years, first=period.first, last=period.last)


def _summary(report: Report, w: Words) -> Section:
    """What was reached in the period, until its end, and until the same day of the round before, where there is one."""
    former = report.former
    sides = [report.part, report.so_far]
    head = [w("digest-col-figure"), w("digest-col-part"), w("digest-col-so-far")]
    basis = [w("digest-summary-is")]
    if former:
        n = (report.period.last - report.sheets.round.opens_at.date()).days + 1
        sides.append(former.so_far)
        head.append(w("digest-col-former", round=w("office-round", ordinal=former.round.ordinal)))
        basis.append(w("digest-summary-former", n=n, year=str(former.until.year), until=former.until))
    rows = [_row(w("digest-col-received"), *(one.received for one in sides))]
    rows += [_row(w(f"digest-col-{done}"), *(one.done[done] for one in sides)) for done in Done]
    return Section("summary", w("digest-summary"), tuple(basis), tuple(head), tuple(rows))


def _rates(report: Report, w: Words) -> Section:
    """How far the tips got that were received in the period, and until its end."""
    sides = (report.all_teams.of_new, report.of_so_far)
    rows = (
        (w("board-accept-rate"), *(_rate(w, one.accepted, one.decided) for one in sides)),
        (w("board-resolve-rate"), *(_rate(w, one.resolved, one.accepted) for one in sides)),
        (w("board-clear-rate"), *(_rate(w, one.cleared, one.resolved) for one in sides)),
    )
    head = tuple(w(f"digest-col-{one}") for one in ("figure", "of-part", "of-so-far"))
    return Section("rates", w("digest-rates"), (w("digest-rates-is"),), head, rows)


def _rate(w: Words, n: int, of: int) -> str:
    return w("digest-rate", rate=names.percent(n, of), a=n, b=of)


def _days(report: Report, w: Words) -> Section:
    head = (w("digest-col-day"), *names.channels(w), w("digest-sum"))
    rows = tuple(_row(names.day_name(w, day), *counts, sum(counts)) for day, counts in report.channels)
    sums = _row(w("digest-sum"), *_added((*counts, sum(counts)) for _, counts in report.channels))
    return Section("days", w("digest-by-day"), (w("digest-by-day-is"),), head, rows, sums)


def _teams(report: Report, w: Words) -> Section:
    columns = ("received", "unaccepted", "accepted", "resolved", "cleared", "undecided", "running", "late", "late3")
    rows = tuple(_row(_team(line), *_numbers(line)) for line in report.teams)
    sums = _row(w("digest-all-teams"), *_numbers(report.all_teams))
    head = (w("digest-col-team"), *(w(f"digest-col-{one}") for one in columns))
    return Section("teams", w("digest-by-team"), (w("digest-by-team-is"),), head, rows, sums)


def _numbers(line: TeamLine) -> tuple[int, ...]:
    reached: Reached = line.period
    done = (reached.done[one] for one in Done)
    due = (line.due.running, line.due.late, line.due.late3)
    return (reached.received, line.of_new.unaccepted, *done, line.now.undecided, *due)


def _replies(report: Report, w: Words) -> Section:
    head = tuple(w(f"digest-col-{one}") for one in ("team", "received", "replied", "median", "p90"))
    sums = _row(w("digest-all-teams"), *_reply(report.all_teams))
    rows = tuple(_row(_team(line), *_reply(line)) for line in report.teams)
    return Section("replies", w("digest-replies"), (w("digest-replies-is"),), head, rows, sums)


def _reply(line: TeamLine) -> tuple[Value, ...]:
    return line.period.received, line.replies.n, line.replies.median, line.replies.p90


def _funnel(report: Report, w: Words) -> Section:
    head = (w("digest-col-cards"), *names.steps(w))
    rows = (_row(w("digest-all-cards"), *report.funnel),)
    return Section("funnel", w("digest-funnel"), (w("digest-funnel-is"),), head, rows)


def _places(report: Report, w: Words) -> Section:
    rows = tuple((unit.path.replace("/", " ") if unit else names.place_name(w, None), n) for unit, n in report.places)
    sums = (w("digest-sum"), sum(n for _, n in report.places))
    head = (w("digest-col-place"), w("digest-col-received"))
    return Section("places", w("digest-places"), (w("digest-places-is"),), head, rows, sums)


def _row(name: str, *values: Value) -> tuple[Value, ...]:
    return (name, *values)


def _team(line: TeamLine) -> str:
    return line.team.name if line.team else ""


def _added(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))
