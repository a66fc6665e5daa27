"""Somebody of the office who reads everything there is: follows every link, sends every form, unpacks every file."""

import html
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pypdfium2

from tests.web.desk_site import Member, Page

_LEAVES = ("/sign-out", "/me/password", "/me/sessions/end")
"""Forms that end the reading itself."""


class _Found(HTMLParser):
    """The links of a page, and its forms with what a browser would send of them untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        fields = self.forms[-1][2] if self.forms else {}
        if tag == "a" and "href" in named:
            self.links.append(named["href"])
        elif tag == "form":
            self.forms.append((named.get("method", "get").lower(), named.get("action", ""), {}))
        elif (
            tag == "input"
            and "name" in named
            and (named.get("type") not in {"checkbox", "radio"} or "checked" in named)
        ) or (tag == "button" and named.get("name")):
            fields.setdefault(named["name"], named.get("value", ""))
        elif tag == "select":
            self._select = named.get("name", "")
        elif tag == "option" and self._select and (named.get("value") or "selected" in named):
            if "selected" in named or not fields.get(self._select):
                fields[self._select] = named.get("value", "")
        elif tag == "textarea":
            self._area = named.get("name", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1][2][self._area] = data


@dataclass
class Reader:
    """A browser that forgets nothing. `read`: everything that came, by address; `answered`: how, by address."""

    member: Member
    read: dict[str, bytes] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)
    forms: dict[tuple[str, tuple[str, ...]], dict[str, str]] = field(default_factory=dict)

    async def follows(self, paths: Iterable[str], most: int = 600) -> None:
        """Opens these addresses, and every link of the office that it meets on the way."""
        waiting = list(paths)
        while waiting and len(self.read) < most:
            path = waiting.pop()
            if f"GET {path}" not in self.read:
                waiting += self._keep(f"GET {path}", path, await self.member.get(path))

    async def sends_all(self) -> None:
        """Sends every form that it met, as it stood there."""
        for (path, _), fields in list(self.forms.items()):
            page = await self.member.post(path, fields)
            self._keep(f"POST {path} {sorted(fields)}", path, page)

    def _keep(self, name: str, path: str, page: Page) -> list[str]:
        self.read[name], self.answered[name] = unpacked(page.body) + repr(dict(page.headers)).encode(), page.status
        if not page.headers.get("Content-Type", "").startswith("text/html"):
            return []
        found = _Found()
        found.feed(page.text)
        for method, action, fields in found.forms:
            target = urljoin(path, action)
            if method == "post" and not target.startswith(_LEAVES):
                self.forms.setdefault((target, tuple(sorted(fields))), fields)
        return [urljoin(path, one) for one in [*found.links, page.location] if _is_ours(urljoin(path, one))]


def _is_ours(link: str) -> bool:
    split = urlsplit(link)
    return not split.netloc and split.path.startswith(("/office", "/me")) and not split.fragment


def unpacked(body: bytes) -> bytes:
    """A file and everything inside it: the parts of a zip or a workbook, the text of a PDF, a page without escapes."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"\0".join(name.encode() + b"\0" + unpacked(packed.read(name)) for name in packed.namelist())
    if body.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(io.BytesIO(body)) as document:
            texts = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
        return body + "\0".join(texts).encode()
    return body + b"\0" + html.unescape(body.decode("utf-8", "replace")).encode()


def filled(path: str, ids: Mapping[str, list[str]]) -> list[str]:
    """The address with every known id in the place of its parts. Raises KeyError for a part that nobody knows."""
    found = [path]
    while any("{" in one for one in found):
        name = found[0].partition("{")[2].partition("}")[0]
        found = [one.replace(f"{{{name}}}", value, 1) for one in found for value in ids[name]]
    return found
