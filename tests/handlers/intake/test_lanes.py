"""Who overflows goes to the 待核 lane, by card, by team without a card, and by chat; nobody else notices."""

from domain.tips import Lane
from handlers.intake.lanes import CARD_BURST, CHAT_BURST, Lanes


def test_chats_cost_nothing_so_what_they_bring_is_counted_together() -> None:
    lanes = Lanes()
    found = [lanes.lane(b"team", f"chat {n}".encode(), now=0.0) for n in range(120)]
    assert found == [Lane.MAIN] * CARD_BURST + [Lane.REVIEW] * (120 - CARD_BURST)
    assert lanes.lane(b"another team", b"chat", now=0.0) is Lane.MAIN
    assert lanes.lane(b"team", b"chat", now=3600.0) is Lane.MAIN


def test_one_chat_alone_overflows_first() -> None:
    lanes = Lanes()
    found = [lanes.lane(f"card {n}".encode(), b"chat", now=0.0) for n in range(CHAT_BURST + 2)]
    assert found == [Lane.MAIN] * CHAT_BURST + [Lane.REVIEW] * 2
