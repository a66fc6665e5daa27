"""Overflow of one card, of one team's tips without a card, or of one chat goes to the 待核 lane. Nothing is refused."""

from collections import OrderedDict
from dataclasses import dataclass, field

from domain.tips import Lane

CARD_BURST, CARD_PER_HOUR = 40, 60
"""Tips of one card at once, and each hour after: a full village meeting fits, a script does not.

The same for all tips without a card to one team."""

CHAT_BURST, CHAT_PER_HOUR = 5, 6
"""Tips of one chat."""

_REMEMBERED = 20_000


@dataclass(slots=True)
class Lanes:
    """Token buckets in memory, the least recently used forgotten first."""

    _buckets: OrderedDict[bytes, tuple[float, float]] = field(default_factory=OrderedDict)

    def lane(self, source: bytes, chat: bytes, now: float) -> Lane:
        """The lane of one more tip at `now` (seconds). Both buckets pay, whatever the answer.

        `source`: the card's id, without a card the team's: chats cost nothing, so a chat alone holds nobody back.
        """
        calm = [
            self._take(b"from" + source, CARD_BURST, CARD_PER_HOUR, now),
            self._take(b"chat" + chat, CHAT_BURST, CHAT_PER_HOUR, now),
        ]
        return Lane.MAIN if all(calm) else Lane.REVIEW

    def _take(self, key: bytes, burst: int, per_hour: int, now: float) -> bool:
        tokens, since = self._buckets.pop(key, (float(burst), now))
        tokens = min(burst, tokens + (now - since) * per_hour / 3600)
        self._buckets[key] = (max(0.0, tokens - 1), now)
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return tokens >= 1
