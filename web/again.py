"""A form that outlived its session: what was typed goes back to whoever sent it, and is kept nowhere else."""

from dataclasses import dataclass, field

from aiohttp import web

from web import uploads

MOST_FIELDS, MOST_TEXT = 2000, 1 << 20
"""Fields of such a form, and characters of all their names and values together."""
SECRETS = frozenset({"old", "password", "again", "address"})
"""Fields that are never sent back, passwords and the address of a group's robot: a form with one is typed anew."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as its sender may send it again: to the same address, with the same fields, and a token of its own."""

    to: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    had_files: bool  # they are not here: a page can hold no file


async def typed_in(request: web.Request, *, stream: bool) -> Typed | None:
    """What `request` brought; None when that is nothing but a token, or holds a secret.

    Raises 413 for more than a page should carry, and `Refused(BAD_INPUT)` for what is no form.
    """
    fields, had_files = await _read(request, stream=stream)
    names = {name for name, _ in fields}
    if not names or names & SECRETS:
        return None
    size = sum(len(name) + len(value) for name, value in fields)
    if len(fields) > MOST_FIELDS or size > MOST_TEXT:
        raise web.HTTPRequestEntityTooLarge(MOST_TEXT, size)
    return Typed(request.path_qs, fields, had_files)


async def _read(request: web.Request, *, stream: bool) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Every field but the token, twins too, in their order; and whether there were files."""
    if stream and uploads.is_stream(request):
        fields, had_files = await uploads.read_words(request, MOST_FIELDS, MOST_TEXT)
    else:
        sent = await request.post()
        fields = [(name, value) for name, value in sent.items() if isinstance(value, str)]
        had_files = any(isinstance(value, web.FileField) and value.filename for value in sent.values())
    return tuple(one for one in fields if one[0] != "csrf"), had_files
