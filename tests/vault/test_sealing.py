"""What is sealed opens for its holders, where it belongs, unchanged; and for nobody else, nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadSeal, Reason, Refused
from domain.ids import Sealed
from vault.context import Context
from vault.keys import new_seed, open_key, public_half
from vault.open import open_file, read, share
from vault.seal import BODY_STEP, FILE_SIZES, Holder, file_size_class, seal_file, write

SEED = new_seed()
TEAM = Holder(b"team" * 4, public_half(SEED).public)
OTHER_SEED = new_seed()
OTHER = Holder(b"else" * 4, public_half(OTHER_SEED).public)
HERE = Context("in", b"r" * 16, b"t" * 16, 3)
ELSEWHERE = [
    replace(HERE, kind="header"),
    replace(HERE, round_id=b"s" * 16),
    replace(HERE, owner_id=b"u" * 16),
    replace(HERE, seq=4),
]
BOX = write([TEAM], "低保名单里没有我们家".encode(), HERE)
ENVELOPE = BOX.envelopes[0].sealed
FILE_KEY, FILE = seal_file(b"picture", HERE)
FRAME = 1 + 12 + 16  # version, nonce, tag


def flipped(blob: bytes, place: int, mask: int) -> Sealed:
    place %= len(blob)
    return Sealed(blob[:place] + bytes([blob[place] ^ mask]) + blob[place + 1 :])


@given(st.binary(max_size=5000))
@settings(max_examples=50, deadline=None)
def test_every_holder_reads_exactly_what_was_written(body: bytes) -> None:
    box = write([TEAM, OTHER], body, HERE)
    for seed, envelope in zip((SEED, OTHER_SEED), box.envelopes, strict=True):
        assert read(seed, envelope.holder_id, box.body, envelope.sealed, HERE) == body


def test_a_key_made_ready_once_opens_many_envelopes() -> None:
    ready = open_key(SEED)
    for _ in range(2):
        assert read(ready, TEAM.id, BOX.body, ENVELOPE, HERE).decode() == "低保名单里没有我们家"


@pytest.mark.parametrize("context", ELSEWHERE, ids=["kind", "round", "owner", "seq"])
def test_a_body_moved_to_another_place_does_not_open(context: Context) -> None:
    with pytest.raises(BadSeal):
        read(SEED, TEAM.id, BOX.body, ENVELOPE, context)


@pytest.mark.parametrize("context", ELSEWHERE, ids=["kind", "round", "owner", "seq"])
def test_an_envelope_alone_already_refuses_another_place(context: Context) -> None:
    with pytest.raises(BadSeal):
        share(SEED, TEAM.id, ENVELOPE, context, OTHER)


@pytest.mark.parametrize("context", ELSEWHERE, ids=["kind", "round", "owner", "seq"])
def test_a_body_alone_already_refuses_another_place(context: Context) -> None:
    with pytest.raises(BadSeal):
        open_file(FILE_KEY, FILE, context)


def test_an_envelope_under_another_holders_name_does_not_open() -> None:
    with pytest.raises(BadSeal):
        read(SEED, OTHER.id, BOX.body, ENVELOPE, HERE)


def test_a_key_that_is_no_holder_opens_nothing() -> None:
    with pytest.raises(BadSeal):
        read(OTHER_SEED, TEAM.id, BOX.body, ENVELOPE, HERE)


def test_a_body_swapped_for_its_neighbour_does_not_open() -> None:
    neighbour = write([TEAM], b"another", HERE)
    with pytest.raises(BadSeal):
        read(SEED, TEAM.id, neighbour.body, ENVELOPE, HERE)


@given(st.integers(0, 2**16), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_one_changed_bit_anywhere_is_refused(place: int, mask: int) -> None:
    with pytest.raises(BadSeal):
        read(SEED, TEAM.id, flipped(BOX.body, place, mask), ENVELOPE, HERE)
    with pytest.raises(BadSeal):
        read(SEED, TEAM.id, BOX.body, flipped(ENVELOPE, place, mask), HERE)
    with pytest.raises(BadSeal):
        open_file(FILE_KEY, flipped(FILE, place, mask), HERE)


@pytest.mark.parametrize("place", [0, 1, 12, 13, 14, -17, -16, -1])
def test_each_part_of_a_body_is_guarded(place: int) -> None:
    with pytest.raises(BadSeal):
        read(SEED, TEAM.id, flipped(BOX.body, place, 1), ENVELOPE, HERE)


@pytest.mark.parametrize("place", [0, 1, 1088, 1089, 1120, 1121, -17, -1])
def test_each_part_of_an_envelope_is_guarded(place: int) -> None:
    with pytest.raises(BadSeal):
        read(SEED, TEAM.id, BOX.body, flipped(ENVELOPE, place, 1), HERE)


@given(st.binary(max_size=80), st.integers(0, 1300))
@settings(max_examples=50, deadline=None)
def test_garbage_and_cut_off_blobs_are_refused(garbage: bytes, kept: int) -> None:
    for blob in (garbage, b"\1" + garbage, ENVELOPE[: min(kept, len(ENVELOPE) - 1)]):
        with pytest.raises(BadSeal):
            read(SEED, TEAM.id, BOX.body, Sealed(blob), HERE)
    for blob in (garbage, b"\1" + garbage, BOX.body[: min(kept, len(BOX.body) - 1)]):
        with pytest.raises(BadSeal):
            read(SEED, TEAM.id, Sealed(blob), ENVELOPE, HERE)


def test_a_body_and_an_envelope_are_not_exchangeable() -> None:
    with pytest.raises(BadSeal):
        read(SEED, TEAM.id, ENVELOPE, BOX.body, HERE)


def test_the_same_words_never_look_the_same_twice() -> None:
    first, second = write([TEAM], b"same", HERE), write([TEAM], b"same", HERE)
    assert first.body[1:] != second.body[1:]
    assert first.envelopes != second.envelopes


@given(st.integers(0, 4 * BODY_STEP))
@settings(max_examples=60, deadline=None)
def test_a_bodys_length_shows_only_in_steps_of_one_kibibyte(length: int) -> None:
    sealed = len(write([TEAM], bytes(length), HERE).body) - FRAME
    assert sealed % BODY_STEP == 0
    assert length < sealed <= length + BODY_STEP + 4


def test_a_body_without_a_holder_is_not_written() -> None:
    with pytest.raises(ValueError, match="holder"):
        write([], b"lost", HERE)


@pytest.mark.parametrize("public", [b"", b"x" * 1215, b"\xff" * 1216, TEAM.public[:1184] + bytes(32)])
def test_nothing_is_sealed_to_what_is_no_public_half(public: bytes) -> None:
    with pytest.raises(BadSeal):
        write([Holder(TEAM.id, public)], b"words", HERE)


def test_a_shared_tip_opens_for_the_new_holder_and_stays_readable_for_the_old() -> None:
    envelope = share(SEED, TEAM.id, ENVELOPE, HERE, OTHER)
    assert envelope.holder_id == OTHER.id
    for seed, holder_id, sealed in ((OTHER_SEED, OTHER.id, envelope.sealed), (SEED, TEAM.id, ENVELOPE)):
        assert read(seed, holder_id, BOX.body, sealed, HERE).decode() == "低保名单里没有我们家"


def test_nobody_shares_what_they_cannot_open() -> None:
    with pytest.raises(BadSeal):
        share(OTHER_SEED, OTHER.id, ENVELOPE, HERE, OTHER)


@given(st.binary(max_size=3000))
@settings(max_examples=25, deadline=None)
def test_a_file_comes_back_whole(data: bytes) -> None:
    key, sealed = seal_file(data, HERE)
    assert open_file(key, sealed, HERE) == data


def test_a_file_opens_with_its_own_key_only() -> None:
    other_key, _ = seal_file(b"picture", HERE)
    with pytest.raises(BadSeal):
        open_file(other_key, FILE, HERE)


def test_a_files_length_shows_only_as_its_size_class() -> None:
    for size in FILE_SIZES[:3]:
        assert file_size_class(size - 4) == size
        assert file_size_class(size - 3) > size
        assert len(seal_file(bytes(size - 4), HERE)[1]) - FRAME == size


def test_twenty_megabytes_fit_and_more_than_the_last_class_is_refused() -> None:
    assert file_size_class(20 * 2**20) == FILE_SIZES[-1]
    with pytest.raises(Refused) as refusal:
        seal_file(bytes(FILE_SIZES[-1]), HERE)
    assert refusal.value.reason is Reason.TOO_LARGE
