"""Contact cards as pages: batches and new ones, one batch and its paper, revoking, the log of printing, the check."""

from aiohttp import web

from web.office.cards import batch, batches, check, revoking


def register(app: web.Application) -> None:
    """The cards. One batch has an address that takes any word, so the named pages come before it."""
    for part in (batches, check, batch, revoking):
        part.register(app)
