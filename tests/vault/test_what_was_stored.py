"""What an earlier version stored still opens. Red here means that nobody could read what lies in databases since then:
the code is wrong, never `stored.json`."""

import base64
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.ids import Locked, Sealed
from vault import receipts
from vault.audit import FIRST, link
from vault.context import Context
from vault.escrow import Deposit, withdraw
from vault.handing import Handing, check_handing
from vault.keys import KeyStatement, Seed, check_subset, public_half
from vault.members import open_grant, open_session, unlock
from vault.open import read

STORED = {
    name: base64.b64decode("".join(lines))
    for name, lines in json.loads((Path(__file__).parent / "stored.json").read_text("ascii")).items()
}
TEAM, FIRST_OWN, SECOND_OWN, OFFICE = (Seed(bytes([n]) * 96) for n in (1, 2, 3, 4))
OFFICE_ID, ROUND, TIP, TEAM_ID, KEY = (letter.encode() * 16 for letter in "orttk")
ONE, TWO = b"1" * 16, b"2" * 16
ROUND_SECRET = b"R" * 32
DAY = date(2031, 5, 6)


def test_a_tip() -> None:
    body, envelope = Sealed(STORED["body"]), Sealed(STORED["envelope"])
    assert read(TEAM, KEY, body, envelope, Context("in", ROUND, TIP, 3)).decode() == "低保名单里没有我们家"


def test_a_reply_by_its_receipt_code() -> None:
    code = receipts.derive("1234567890123452", b"s" * 16, b"p" * 32)
    assert code.tag == STORED["tag"]
    reply, envelope = Sealed(STORED["reply"]), Sealed(STORED["reply-envelope"])
    said = receipts.open_reply(
        code.seed, reply, envelope, Context("out", ROUND, TIP, 4),
        team_verify=public_half(TEAM).verify, reporter_public=code.half.public,
    )  # fmt: skip
    assert said.decode() == "已经受理"


def test_a_members_key_and_session_and_what_was_granted() -> None:
    kdf = '{"m": 65536, "name": "argon2id", "p": 4, "t": 3}'
    own = unlock("seven quiet herons over the reed bed", kdf, STORED["salt"], Locked(STORED["member"]))
    assert own == FIRST_OWN
    assert open_session(STORED["cookie"].decode(), Locked(STORED["session"])) == own
    assert open_grant(own, ONE, ROUND_SECRET, Locked(STORED["grant"]), Context("grant", ROUND, KEY, 1)) == TEAM


def test_what_two_custodians_keep() -> None:
    what = Deposit(OFFICE_ID, ROUND, TEAM_ID, KEY, ONE, TWO)
    box = Locked(STORED["escrow"])
    assert withdraw((FIRST_OWN, SECOND_OWN), box, ROUND_SECRET, what, public=public_half(TEAM).public) == TEAM


def test_who_vouched_for_a_key_and_for_a_step() -> None:
    team = KeyStatement(OFFICE_ID, ROUND, TEAM_ID, 1, DAY, public_half(TEAM))
    subset = replace(team, half=public_half(FIRST_OWN), subset_of=public_half(TEAM).verify, tip_id=b"i" * 16)
    check_subset(
        public_half(OFFICE).verify, team, STORED["statement"], subset=subset, subset_signature=STORED["subset"],
        today=DAY,
    )  # fmt: skip
    step = Handing(ROUND, TIP, 1, b"a" * 16, b"b" * 16, DAY)
    check_handing([public_half(TEAM).verify], step, STORED["handing"])


def test_a_line_of_the_audit() -> None:
    fields = {"n": 1, "act": "open", "member": None, "object": ROUND}
    assert link(b"a" * 32, FIRST, fields) == STORED["audit"]
