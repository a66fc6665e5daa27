"""Templates and static files: how a page is made from words and values. This file knows no route but /static/."""

import hashlib
from functools import cache, partial
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.texts import dated, say

_HERE = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@cache
def _static(name: str) -> tuple[bytes, str]:
    """A static file and the hash that stands in its address. Raises OSError when there is none."""
    data = (_HERE / "static" / name).read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:12]


def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep the file for good."""
    return f"/static/{name}?v={_static(name)[1]}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["static"] = static_url
    return made


def to_html(name: str, lang: str, /, **values: object) -> str:
    """The template `name` in words of `lang`: inside it, `t(key, **args)` says a sentence and
    `dated(at, year)` a day or moment, its year only where it is another one."""
    tag = "zh-CN" if lang == "zh" else lang
    return _environment().get_template(name).render(
        values, t=partial(say, lang), dated=partial(dated, lang), lang=lang, lang_tag=tag
    )  # fmt: skip


def render(name: str, lang: str, /, *, status: int = 200, **values: object) -> web.Response:
    """The same as a response."""
    return web.Response(status=status, text=to_html(name, lang, **values), content_type="text/html")


async def _serve_static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in _names():
        raise web.HTTPNotFound
    data, digest = _static(name)
    kept = "public, max-age=31536000, immutable" if request.query.get("v") == digest else "no-cache"
    return web.Response(
        body=data,
        content_type=_TYPES.get(Path(name).suffix, "application/octet-stream"),
        charset="utf-8",
        headers={"Cache-Control": kept},
    )


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in (_HERE / "static").iterdir() if path.is_file())


def register(app: web.Application) -> None:
    """Serve the files of web/static/ at /static/<name>."""
    app.router.add_get("/static/{name}", _serve_static)
