"""Replies: the reporter is shown what the team signed for exactly this reporter, and nothing else."""

import subprocess
import sys
from dataclasses import replace

import pytest

from domain.errors import BadSeal
from domain.ids import Sealed
from vault.context import Context
from vault.keys import new_seed, public_half, reporter_hash
from vault.open import read
from vault.receipts import bind, open_reply
from vault.replies import read_reply, write_reply
from vault.seal import CODE_HOLDER_ID, Box, Holder, write

TEAM_SEED = new_seed()
TEAM = public_half(TEAM_SEED)
HOLDER = Holder(b"team" * 4, TEAM.public)
REPORTER = bind(b"reporter", b"p" * 32)
NEIGHBOUR = bind(b"neighbour", b"p" * 32)
HERE = Context("out", b"r" * 16, b"t" * 16, 1)
WORDS = "请补充合同照片".encode()
REPLY = write_reply(TEAM_SEED, [HOLDER], REPORTER.half.public, WORDS, HERE)


def code_envelope(box: Box) -> Sealed:
    (sealed,) = [envelope.sealed for envelope in box.envelopes if envelope.holder_id == CODE_HOLDER_ID]
    return sealed


def shown(box: Box, context: Context = HERE, team_verify: bytes = TEAM.verify) -> bytes:
    """What the reporter's side shows of `box`."""
    return open_reply(
        REPORTER.seed,
        box.body,
        code_envelope(box),
        context,
        team_verify=team_verify,
        reporter_public=REPORTER.half.public,
    )


def test_the_code_and_the_team_both_read_the_reply() -> None:
    assert shown(REPLY) == WORDS
    team_envelope = REPLY.envelopes[0]
    again = read_reply(
        TEAM_SEED,
        team_envelope.holder_id,
        REPLY.body,
        team_envelope.sealed,
        HERE,
        team_verify=TEAM.verify,
        reporter_public=REPORTER.half.public,
    )
    assert (team_envelope.holder_id, again) == (HOLDER.id, WORDS)


def test_another_code_does_not_open_it() -> None:
    with pytest.raises(BadSeal):
        open_reply(
            NEIGHBOUR.seed,
            REPLY.body,
            code_envelope(REPLY),
            HERE,
            team_verify=TEAM.verify,
            reporter_public=NEIGHBOUR.half.public,
        )


def test_a_reply_forged_without_the_teams_key_is_not_shown() -> None:
    """The public halves lie in the database: anybody who writes there can seal to a reporter, but not sign."""
    forged = write_reply(new_seed(), [HOLDER], REPORTER.half.public, b"come alone at night", HERE)
    with pytest.raises(BadSeal, match="signature"):
        shown(forged)


@pytest.mark.parametrize("inside", [b"", b"short", b"\1" + bytes(64) + b"unsigned words"])
def test_words_without_a_signature_are_not_shown(inside: bytes) -> None:
    bare = write([Holder(CODE_HOLDER_ID, REPORTER.half.public)], inside, HERE)
    with pytest.raises(BadSeal, match="signature"):
        shown(bare)


def test_a_true_signature_under_other_words_is_not_shown() -> None:
    inside = read(TEAM_SEED, HOLDER.id, REPLY.body, REPLY.envelopes[0].sealed, HERE)
    other_words = inside.removesuffix(WORDS) + b"come alone at night"
    with pytest.raises(BadSeal, match="signature"):
        shown(write([Holder(CODE_HOLDER_ID, REPORTER.half.public)], other_words, HERE))


def test_a_reply_the_team_signed_for_another_reporter_cannot_be_redirected() -> None:
    theirs = write_reply(TEAM_SEED, [HOLDER], NEIGHBOUR.half.public, WORDS, HERE)
    inside = read(TEAM_SEED, HOLDER.id, theirs.body, theirs.envelopes[0].sealed, HERE)
    redirected = write([Holder(CODE_HOLDER_ID, REPORTER.half.public)], inside, HERE)
    with pytest.raises(BadSeal, match="signature"):
        shown(redirected)


@pytest.mark.parametrize(
    "place",
    [
        replace(HERE, kind="milestone"),
        replace(HERE, round_id=b"s" * 16),
        replace(HERE, owner_id=b"u" * 16),
        replace(HERE, seq=2),
    ],
    ids=["kind", "round", "tip", "seq"],
)
def test_a_signed_reply_sealed_again_in_another_place_is_not_shown(place: Context) -> None:
    inside = read(TEAM_SEED, HOLDER.id, REPLY.body, REPLY.envelopes[0].sealed, HERE)
    moved = write([Holder(CODE_HOLDER_ID, REPORTER.half.public)], inside, place)
    with pytest.raises(BadSeal, match="signature"):
        shown(moved, place)


def test_the_desk_does_not_show_a_forged_reply_either() -> None:
    forged = write_reply(new_seed(), [HOLDER], REPORTER.half.public, b"forged", HERE)
    with pytest.raises(BadSeal, match="signature"):
        read_reply(
            TEAM_SEED,
            HOLDER.id,
            forged.body,
            forged.envelopes[0].sealed,
            HERE,
            team_verify=TEAM.verify,
            reporter_public=REPORTER.half.public,
        )


def test_a_swapped_reporter_key_is_seen_by_its_hash() -> None:
    assert reporter_hash(REPORTER.half.public) == reporter_hash(bytes(REPORTER.half.public))
    assert reporter_hash(REPORTER.half.public) != reporter_hash(NEIGHBOUR.half.public)


def test_the_code_opens_no_tip() -> None:
    tip = write([HOLDER], b"the tip", replace(HERE, kind="in"))
    with pytest.raises(BadSeal):
        read(REPORTER.seed, HOLDER.id, tip.body, tip.envelopes[0].sealed, replace(HERE, kind="in"))


def test_what_the_intake_imports_brings_in_nothing_that_opens_a_tip() -> None:
    imports = "import sys, vault.seal, vault.receipts, vault.keys, vault.lock, vault.folders"
    told = "print(*sorted(name for name in sys.modules if name.startswith('vault.')))"
    loaded = subprocess.run([sys.executable, "-c", f"{imports}; {told}"], capture_output=True, text=True, check=True)
    assert "vault.seal" in loaded.stdout
    assert {"vault.open", "vault.members", "vault.replies"}.isdisjoint(loaded.stdout.split())
