"""`escrow` at a terminal: both passwords and one line, or one clear sentence and nothing done."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import app
from bot.__main__ import main
from bot.demo import county
from bot.settings import Settings
from storage.office import offices
from storage.people import audit
from storage.store import Tx
from tests.world import PASSWORD


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A terminal in a folder with the county, made by today's clock, as the command reads it."""
    monkeypatch.setenv("MSX_DATA_DIR", str(tmp_path))
    asyncio.run(_make(Settings(data_dir=tmp_path)))
    return CliRunner()


async def _make(settings: Settings) -> None:
    await app.prepare(settings)
    async with app.open_house(settings) as house:
        await county.build(house, PASSWORD)


async def _opened(settings: Settings) -> int:
    """How often custodians opened something, by the audit."""

    def load(tx: Tx) -> int:
        office = offices.only_office(tx)
        assert office is not None
        return [line.entry.act for line in audit.list_lines(tx, office.id)].count("escrow")

    async with app.open_house(settings, intake=False) as house:
        return await house.store.read(load)


def escrow(terminal: CliRunner, *words: str, team: str = "1", login: str = "zhou") -> Result:
    typed = "".join(f"{word}\n" for word in words)
    return terminal.invoke(main, ["escrow", "--round", "6", "--team", team, "--login", login], input=typed)


def test_both_passwords_give_a_member_the_teams_key_and_nothing_less_does(terminal: CliRunner, tmp_path: Path) -> None:
    done = escrow(terminal, PASSWORD, PASSWORD)
    assert done.exit_code == 0
    assert "第一巡察组的钥匙交给了 zhou" in done.output
    assert PASSWORD not in done.output
    for words, more, said in (
        ((PASSWORD, "not the password of anybody"), {}, "两个密码里有不对的"),
        ((PASSWORD, PASSWORD), {"login": "shen"}, "这个人不在这个组"),
        ((PASSWORD, PASSWORD), {"team": "9"}, "没有这个组"),
        ((PASSWORD, PASSWORD), {"team": "回避组"}, "没有人保管"),
    ):
        refused = escrow(terminal, *words, **more)
        assert refused.exit_code == 1
        assert said in refused.output
        assert refused.output.strip().splitlines()[-1].startswith("Error: ")
    assert asyncio.run(_opened(Settings(data_dir=tmp_path))) == 1
