"""Words that outlived the session of their writer: they go back to whoever sent them, and are kept nowhere else."""

import hmac
import secrets
from dataclasses import dataclass, field

from aiohttp import web

from domain.ids import MemberId
from web import uploads

_KEY = secrets.token_bytes(32)


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as its writer may send it again: its `words` are on the page to be read, all else goes along hidden."""

    to: str
    words: dict[str, str] = field(repr=False)
    hidden: dict[str, str] = field(repr=False)
    had_files: bool  # they are not here: a page can hold no file


def token_for(member_id: MemberId, path: str) -> str:
    """Good for that member and that address alone, in whichever session of theirs, until the process ends."""
    return hmac.digest(_KEY, b"\0".join((member_id, path.encode("utf-8", "replace"))), "sha256").hex()


async def typed_in(request: web.Request, names: tuple[str, ...], *, stream: bool) -> Typed | None:
    """What `request` brought; None when nothing is written in the fields `names`.

    Raises `Refused(BAD_INPUT)` for what is no form.
    """
    if stream:
        form = await uploads.read_what_came(request)
        sent, had_files = form.fields, bool(form.files) or form.refused is not None
    else:
        sent = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        had_files = False
    words = {name: sent[name] for name in names if sent.get(name, "").strip()}
    hidden = {name: value for name, value in sent.items() if name != "csrf" and name not in words}
    return Typed(request.path, words, hidden, had_files) if words else None
