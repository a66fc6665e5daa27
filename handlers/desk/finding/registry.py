"""Whose indexes stand in memory: by session and team, bounded, dropped with the session. It can open nothing."""

from collections import OrderedDict

from domain.ids import TeamId
from handlers.desk.finding.index import Index

ROOM = 60_000
"""Tips that all sessions' indexes may hold together, some 2 KB each; beyond it the index used longest ago goes."""


class Finder:
    """The desk process holds one. Nothing in it is ever written anywhere."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._held: OrderedDict[tuple[bytes, TeamId], Index] = OrderedDict()

    def index(self, token_hash: bytes, team_id: TeamId) -> Index:
        """The session's index of that team, an empty one the first time."""
        key = (token_hash, team_id)
        found = self._held.setdefault(key, Index(team_id))
        self._held.move_to_end(key)
        while len(self._held) > 1 and sum(len(one.entries) for one in self._held.values()) > self._room:
            self._forget(next(iter(self._held)))
        return found

    def sessions(self) -> set[bytes]:
        """The hashes of the sessions for which something is held."""
        return {token_hash for token_hash, _ in self._held}

    def drop(self, token_hash: bytes, *, but: frozenset[TeamId] = frozenset()) -> None:
        """Forgets what a session knew, `but` these teams."""
        for key in [key for key in self._held if key[0] == token_hash and key[1] not in but]:
            self._forget(key)

    def _forget(self, key: tuple[bytes, TeamId]) -> None:
        index = self._held.pop(key)
        if index.reading is not None:
            index.reading.cancel()
