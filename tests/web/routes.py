"""Every address behind the sign-in and who may use it: what the house promises, written apart from the code."""

from domain.rounds import Role

TEAM = frozenset({Role.LEADER, Role.LIAISON, Role.INSPECTOR})
OFFICE = frozenset({Role.DIRECTOR, Role.CLERK})
DIRECTOR = frozenset({Role.DIRECTOR})
LINKERS = frozenset({Role.LEADER, Role.LIAISON})
ANY = TEAM | OFFICE

OPEN = frozenset(
    {
        ("GET", "/sign-in"),
        ("POST", "/sign-in"),
        ("POST", "/sign-out"),
        ("GET", "/invite/{token}"),
        ("POST", "/invite/{token}"),
        ("GET", "/static/{name}"),
    }
)
"""Needs no session."""

HALF = frozenset({("GET", "/sign-in/code"), ("POST", "/sign-in/code")})
"""Between the two factors."""

MOVES = (
    "claim", "release", "assign", "accept", "decline", "refer", "verify", "ask", "reply", "hand-over", "receipt-back",
    "propose-notice", "notice", "report-back", "answer", "resolve", "clear", "reopen",
)  # fmt: skip
"""Forms of a tip's page that any member of the team may send; who of them may do what is a rule of the domain."""

ROUTES: dict[tuple[str, str], frozenset[Role]] = {
    ("GET", "/me"): ANY,
    ("POST", "/me/password"): ANY,
    ("POST", "/me/sessions/end"): ANY,
    ("POST", "/me/shortcuts"): ANY,
    ("GET", "/desk"): TEAM,
    ("GET", "/desk/events"): TEAM,
    ("GET", "/desk/changes"): TEAM,
    ("GET", "/desk/rows"): TEAM,
    ("POST", "/desk/bulk"): TEAM,
    ("POST", "/desk/bulk/do"): TEAM,
    ("POST", "/desk/bulk/undo"): TEAM,
    ("GET", "/desk/tips/{tip}"): TEAM,
    ("GET", "/desk/tips/{tip}/live"): TEAM,
    ("GET", "/desk/tips/{tip}/files/{file}"): TEAM,
    **{("POST", f"/desk/tips/{{tip}}/{move}"): TEAM for move in MOVES},
    ("POST", "/desk/tips/{tip}/write"): TEAM,
    ("POST", "/desk/tips/{tip}/recuse"): TEAM,
    ("POST", "/desk/tips/{tip}/split"): TEAM,
    ("POST", "/desk/tips/{tip}/repeat"): TEAM,
    ("POST", "/desk/tips/{tip}/transfer"): TEAM,
    ("POST", "/desk/team/relock"): TEAM,
    ("GET", "/desk/entry"): TEAM,
    ("POST", "/desk/entry"): TEAM,
    ("GET", "/desk/find"): TEAM,
    ("POST", "/desk/find"): TEAM,
    ("GET", "/desk/ledger"): TEAM,
    ("POST", "/desk/ledger"): TEAM,
    ("POST", "/desk/tips/{tip}/package"): TEAM,
    ("GET", "/desk/tips/{tip}/print"): TEAM,
    ("GET", "/desk/team"): TEAM,
    ("POST", "/desk/team/grant"): TEAM,
    ("POST", "/desk/team/link"): LINKERS,
    ("POST", "/desk/team/robot"): LINKERS,
    ("POST", "/desk/team/try"): LINKERS,
    ("POST", "/desk/team/times"): LINKERS,
    ("POST", "/desk/team/unlink"): LINKERS,
    ("POST", "/desk/team/canned"): LINKERS,
    ("POST", "/desk/team/canned/change"): LINKERS,
    ("POST", "/desk/team/canned/remove"): LINKERS,
    ("POST", "/desk/team/canned/suggested"): LINKERS,
    ("GET", "/office"): OFFICE,
    ("GET", "/office/rounds"): OFFICE,
    ("GET", "/office/rounds/{round}"): OFFICE,
    ("POST", "/office/rounds/{round}/texts"): OFFICE,
    ("GET", "/office/rounds/{round}/open"): DIRECTOR,
    ("POST", "/office/rounds/{round}/open"): DIRECTOR,
    ("GET", "/office/rounds/{round}/close"): DIRECTOR,
    ("POST", "/office/rounds/{round}/close"): DIRECTOR,
    ("GET", "/office/rounds/{round}/deadlines"): OFFICE,
    ("POST", "/office/rounds/{round}/deadlines"): OFFICE,
    ("GET", "/office/days"): OFFICE,
    ("POST", "/office/days"): OFFICE,
    ("POST", "/office/days/lines"): OFFICE,
    ("POST", "/office/days/drop"): OFFICE,
    ("GET", "/office/cards"): OFFICE,
    ("POST", "/office/cards"): OFFICE,
    ("POST", "/office/cards/missing"): OFFICE,
    ("POST", "/office/cards/print"): OFFICE,
    ("GET", "/office/cards/{batch}/poster"): OFFICE,
    ("GET", "/office/cards/{batch}/revoke"): OFFICE,
    ("POST", "/office/cards/{batch}/revoke"): OFFICE,
    ("GET", "/office/import"): OFFICE,
    ("GET", "/office/import/template"): OFFICE,
    ("POST", "/office/import"): OFFICE,
    ("POST", "/office/import/do"): OFFICE,
    ("GET", "/office/ledger-template"): OFFICE,
    ("POST", "/office/ledger-template"): OFFICE,
    ("GET", "/office/ledger-template/file"): OFFICE,
    ("POST", "/office/ledger-template/drop"): OFFICE,
    ("GET", "/office/members"): OFFICE,
    ("POST", "/office/members"): OFFICE,
    ("GET", "/office/members/{member}/invite"): OFFICE,
    ("POST", "/office/members/{member}/invite"): OFFICE,
    ("GET", "/office/members/{member}/disable"): OFFICE,
    ("POST", "/office/members/{member}/disable"): OFFICE,
    ("GET", "/office/members/{member}/out"): OFFICE,
    ("POST", "/office/members/{member}/out"): OFFICE,
    ("POST", "/office/teams/{team}/rotate"): DIRECTOR,
}
