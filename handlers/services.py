"""What a use case is handed: real things, put together once in bot/app.py. No globals, no container."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.deadlines import WorkingDays
from handlers.desk.finding.registry import Finder
from handlers.intake.lanes import Lanes
from handlers.intake.scans import Scans
from storage.intake.files import Files
from storage.store import Store
from vault.folders import DeskSecrets, IntakeSecrets
from vault.receipts import Pool

Clock = Callable[[], datetime]
"""Now, as an aware datetime in the office's zone."""

Nudge = Callable[[], None]
"""Tells whoever delivers or folds that there is something new. Costs nothing and may be lost: they look anyway."""


@dataclass(frozen=True, slots=True)
class IntakeServices:
    """The half that faces the internet: it can write tips and never read one."""

    store: Store
    files: Files
    secrets: IntakeSecrets
    receipts: Pool
    lanes: Lanes
    calendar: WorkingDays
    clock: Clock
    nudge: Nudge
    scans: Scans = field(default_factory=Scans)


@dataclass(frozen=True, slots=True)
class DeskServices:
    """The half for teams and the office. `intake`: the other half's folder, to hand over what is made here."""

    store: Store
    files: Files
    secrets: DeskSecrets
    intake: IntakeSecrets
    calendar: WorkingDays
    clock: Clock
    nudge: Nudge
    finder: Finder = field(default_factory=Finder)
