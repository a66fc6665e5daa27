"""Answers that are files: the header that names one, a workbook, a PDF."""

from urllib.parse import quote

from aiohttp import web

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def disposition(name: str, *, inline: bool = False) -> str:
    """The header that names a file; `name` is one of ours."""
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name)}"


def xlsx(data: bytes, name: str) -> web.Response:
    """A workbook to be saved as `name`."""
    return _saved(data, name, _XLSX)


def pdf(data: bytes, name: str) -> web.Response:
    """A PDF to be saved as `name`."""
    return _saved(data, name, "application/pdf")


def _saved(data: bytes, name: str, mime: str) -> web.Response:
    return web.Response(body=data, content_type=mime, headers={"Content-Disposition": disposition(name)})
