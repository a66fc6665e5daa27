"""Ids as they stand in addresses and forms. Anything else than 16 bytes in hex is an address that does not exist."""

from aiohttp import web

from domain.ids import TipId


def id_of(text: str) -> bytes:
    """16 bytes. Raises 404."""
    try:
        value = bytes.fromhex(text)
    except ValueError:
        raise web.HTTPNotFound from None
    if len(value) != 16:
        raise web.HTTPNotFound
    return value


def tip_id_of(request: web.Request) -> TipId:
    """The tip that the address names. Raises 404."""
    return TipId(id_of(request.match_info["tip"]))
