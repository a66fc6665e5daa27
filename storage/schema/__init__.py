"""Every table, gathered so that `metadata` is whole. What is sealed or locked stands here as bytes only."""

from storage.schema import boxes, cards, counting, intake, office, people, tips
from storage.schema.base import metadata

__all__ = ["boxes", "cards", "counting", "intake", "metadata", "office", "people", "tips"]
