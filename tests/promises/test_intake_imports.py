"""The half that faces the internet does not even know how to open a tip."""

import subprocess
import sys

from tests.promises.process import ROOT

INTAKE = (
    "web.citizen.addresses", "web.citizen.api", "web.guard", "web.health", "bot.telegram.taking", "bot.telegram.hook",
    "bot.telegram.poll", "bot.telegram.line", "bot.telegram.send", "bot.outbox", "bot.chores",
    "handlers.intake.converse", "handlers.intake.submission",
)  # fmt: skip
OPENS = ("vault.open", "vault.members", "vault.replies")
LOOK = "import sys, importlib\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sys.modules)"


def loaded(*names: str) -> set[str]:
    """Every module that a fresh Python holds after importing these."""
    command = [sys.executable, "-c", LOOK, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_intake_loads_nothing_that_opens_a_tip_a_grant_or_a_reply() -> None:
    modules = loaded(*INTAKE)
    assert "vault.seal" in modules, "it can write"
    assert modules.isdisjoint(OPENS)


def test_a_process_that_is_only_the_intake_loads_nothing_that_opens_a_tip() -> None:
    assert loaded("bot.run").isdisjoint(OPENS)


def test_the_desk_does_load_it() -> None:
    assert loaded("web.desk.tip").issuperset(OPENS), "so the promise above can be broken"
