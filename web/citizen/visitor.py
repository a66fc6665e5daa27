"""Who sends a page, as far as we know: a random token in a cookie, and how they like to read. Nothing else is known."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from aiohttp import web

from domain.tips import Channel
from handlers.intake.converse import Peer
from handlers.services import IntakeServices
from handlers.texts import LANGUAGES
from web.guard import PUBLIC_URL, same_origin

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_LIKES_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser. `token`: 256 bits, its name for us; `fresh` when this request brought none."""

    token: str
    fresh: bool
    lang: str
    large: bool
    https: bool

    def seal(self) -> str:
        """What a form of ours carries: only a page that was made for this cookie knows it."""
        return hmac.digest(self.token.encode(), b"form", hashlib.sha256).hex()

    def sent(self, request: web.Request, seal: str) -> bool:
        """Whether a form came from a page of ours, made for this very browser."""
        return not self.fresh and same_origin(request) and hmac.compare_digest(self.seal().encode(), seal.encode())

    def peer(self, services: IntakeServices, purpose: str = "") -> Peer:
        """The chat of this browser. Progress is a chat of its own, so that a look-up never touches a draft."""
        return Peer(Channel.WEB, services.secrets.chat_tag("web", f"{self.token}{purpose}"))

    def remember(self, response: web.Response) -> None:
        """A cookie for this browser session only: closing the browser forgets it."""
        _set(response, _cookie_name(self.https), self.token, self.https)

    def forget(self, response: web.Response) -> None:
        """This browser has no chat any more."""
        response.del_cookie(_cookie_name(self.https), path="/", secure=self.https, httponly=True, samesite="Strict")


def visitor(request: web.Request) -> Visitor:
    """Who sends this request; a new token when there is none."""
    https = request.config_dict[PUBLIC_URL].scheme == "https"
    token = request.cookies.get(_cookie_name(https), "")
    known = _TOKEN.fullmatch(token) is not None
    lang = request.cookies.get("lang", "")
    return Visitor(
        token=token if known else secrets.token_urlsafe(32),
        fresh=not known,
        lang=lang if lang in LANGUAGES else LANGUAGES[0],
        large=request.cookies.get("large") == "1",
        https=https,
    )


def likes(request: web.Request) -> web.Response | None:
    """The links 大字 and English: keep the wish in a cookie and come back without it in the address."""
    wishes = {name: value for name, value in request.query.items() if (name, value) in _WISHES}
    if not wishes:
        return None
    response = web.Response(status=303, headers={"Location": request.rel_url.raw_path})
    https = request.config_dict[PUBLIC_URL].scheme == "https"
    for name, value in wishes.items():
        _set(response, name, value, https, seconds=_LIKES_SECONDS)
    return response


_WISHES = {("large", "0"), ("large", "1"), *(("lang", lang) for lang in LANGUAGES)}


def _cookie_name(https: bool) -> str:
    # Browsers keep a `__Host-` cookie only over https; a plain name is for trials on a local network.
    return "__Host-chat" if https else "chat"


def _set(response: web.Response, name: str, value: str, https: bool, seconds: int | None = None) -> None:
    response.set_cookie(
        name, value, path="/", secure=https, httponly=True, samesite="Lax" if seconds else "Strict", max_age=seconds
    )
