"""Where people come from and where they may not inspect: places that lie in one line of the tree, and ties to them."""

from enum import StrEnum

from domain.rounds import Unit


class Relation(StrEnum):
    """What ties somebody to a place, in their own word (回避申报)."""

    NATIVE = "native"  # 籍贯
    FAMILY = "family"  # 亲属
    WORKED = "worked"  # 曾任职
    OTHER = "other"


def in_line(one: Unit, other: Unit) -> bool:
    """Whether the two are one place, or one of them lies in the other."""
    return one.path == other.path or one.path.startswith(f"{other.path}/") or other.path.startswith(f"{one.path}/")
