"""Secret files: private, whole, made once, gone when destroyed, and remembered in the right direction only."""

import stat
import threading
from pathlib import Path

import pytest

from domain.errors import BadSeal, CannotStore
from domain.ids import OfficeId, RoundId, TeamId
from vault.folders import DeskSecrets, IntakeSecrets

ROUND, OTHER_ROUND = RoundId(b"r" * 16), RoundId(b"s" * 16)
OFFICE = OfficeId(b"o" * 16)
TEAM = TeamId(b"t" * 16)
NOW = 500_000  # hours since the epoch


@pytest.fixture
def intake(tmp_path: Path) -> IntakeSecrets:
    return IntakeSecrets.create(tmp_path / "intake")


@pytest.fixture
def desk(tmp_path: Path) -> DeskSecrets:
    return DeskSecrets.create(tmp_path / "desk")


def again(tmp_path: Path) -> IntakeSecrets:
    """The same folder as another process sees it."""
    return IntakeSecrets(tmp_path / "intake")


def test_nobody_else_can_read_the_folders_or_any_file(tmp_path: Path, intake: IntakeSecrets, desk: DeskSecrets) -> None:
    intake.put_pepper(ROUND, desk.new_round(ROUND))
    intake.draft_key(NOW, create=True)
    intake.pin_office(OFFICE, b"v" * 32)
    intake.note_generation(TEAM, 1)
    found = [path for name in ("intake", "desk") for path in (tmp_path / name, *(tmp_path / name).rglob("*"))]
    assert len(found) >= 18
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_folder_the_operator_made_beforehand_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk").chmod(0o755)
    DeskSecrets.create(tmp_path / "desk")
    assert stat.S_IMODE((tmp_path / "desk").stat().st_mode) == 0o700


def test_no_half_written_file_is_left_behind(tmp_path: Path, intake: IntakeSecrets) -> None:
    intake.draft_key(NOW, create=True)
    assert not list((tmp_path / "intake").rglob(".*"))


def test_secrets_stay_the_same_after_a_restart_and_a_second_init(tmp_path: Path, intake: IntakeSecrets) -> None:
    for later in (again(tmp_path), IntakeSecrets.create(tmp_path / "intake")):
        assert later.salt == intake.salt
        assert later.peer_lock_key == intake.peer_lock_key
        assert later.card_mac_key == intake.card_mac_key
        assert later.chat_tag("telegram", "7") == intake.chat_tag("telegram", "7")


def test_no_two_secrets_are_alike(tmp_path: Path, intake: IntakeSecrets, desk: DeskSecrets) -> None:
    pepper = desk.new_round(ROUND)
    secrets = [intake.salt, intake.peer_lock_key, intake.card_mac_key, desk.audit_key, desk.totp_key]
    secrets += [desk.office_secret, pepper, desk.round_secret(ROUND) or b"", IntakeSecrets.create(tmp_path / "b").salt]
    assert len(set(secrets)) == len(secrets)
    assert {len(secret) for secret in secrets} == {32}


def test_a_lost_key_is_named_and_never_silently_made_anew(tmp_path: Path, intake: IntakeSecrets) -> None:
    assert intake.salt
    (tmp_path / "intake" / "salt").unlink()
    with pytest.raises(FileNotFoundError, match="salt"):
        again(tmp_path)


def test_a_spoilt_or_opened_up_key_is_refused(tmp_path: Path, intake: IntakeSecrets) -> None:
    salt = tmp_path / "intake" / "salt"
    salt.chmod(0o640)
    with pytest.raises(BadSeal, match="open to others: salt"):
        again(tmp_path)
    salt.chmod(0o600)
    salt.write_bytes(intake.salt[:31])
    with pytest.raises(BadSeal, match="length: salt"):
        again(tmp_path)


def test_an_office_is_pinned_once(tmp_path: Path, intake: IntakeSecrets) -> None:
    assert intake.office_verify(OFFICE) is None
    intake.pin_office(OFFICE, b"v" * 32)
    intake.pin_office(OFFICE, b"v" * 32)
    with pytest.raises(BadSeal):
        intake.pin_office(OFFICE, b"w" * 32)
    assert again(tmp_path).office_verify(OFFICE) == b"v" * 32


def test_the_intake_finds_the_pepper_of_a_round_opened_while_it_runs(tmp_path: Path, desk: DeskSecrets) -> None:
    running = IntakeSecrets.create(tmp_path / "intake")
    assert running.peppers() == {}
    pepper = desk.new_round(ROUND)
    again(tmp_path).put_pepper(ROUND, pepper)
    assert running.pepper(ROUND) == pepper == desk.pepper(ROUND)
    assert running.peppers() == {ROUND: pepper}
    with pytest.raises(BadSeal):
        running.put_pepper(ROUND, b"x" * 32)


def test_opening_a_round_twice_keeps_its_secret_and_pepper(desk: DeskSecrets) -> None:
    first = (desk.new_round(ROUND), desk.round_secret(ROUND))
    assert (desk.new_round(ROUND), desk.round_secret(ROUND)) == first
    assert desk.new_round(OTHER_ROUND) != first[0]


def test_a_destroyed_round_is_gone_from_memory_and_disk_and_the_others_stay(
    tmp_path: Path, intake: IntakeSecrets, desk: DeskSecrets
) -> None:
    for round_id in (ROUND, OTHER_ROUND):
        intake.put_pepper(round_id, desk.new_round(round_id))
    for _ in range(2):
        intake.destroy_round(ROUND)
        desk.destroy_round(ROUND)
    for secrets in (intake, again(tmp_path), desk, DeskSecrets(tmp_path / "desk")):
        assert secrets.pepper(ROUND) is None
        assert secrets.pepper(OTHER_ROUND) is not None
    assert desk.round_secret(ROUND) is None
    assert desk.round_secret(OTHER_ROUND) is not None
    assert not list(tmp_path.rglob(ROUND.hex()))


def test_an_hour_has_one_draft_key_for_every_process(tmp_path: Path, intake: IntakeSecrets) -> None:
    assert intake.draft_key(NOW, create=False) is None
    key = intake.draft_key(NOW, create=True)
    assert key == intake.draft_key(NOW, create=False) == again(tmp_path).draft_key(NOW, create=True)
    assert key != intake.draft_key(NOW + 1, create=True)


def test_processes_that_make_the_hours_key_at_once_agree(tmp_path: Path, intake: IntakeSecrets) -> None:
    assert intake.salt
    processes = [again(tmp_path) for _ in range(8)]
    together, keys = threading.Barrier(len(processes)), []

    def make(process: IntakeSecrets) -> None:
        together.wait()
        keys.append(process.draft_key(NOW, create=True))

    threads = [threading.Thread(target=make, args=(process,)) for process in processes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_draft_keys_older_than_a_day_are_gone_for_everybody(tmp_path: Path, intake: IntakeSecrets) -> None:
    for hour in (NOW - 25, NOW - 24, NOW):
        intake.draft_key(hour, create=True)
    other = again(tmp_path)
    assert other.draft_key(NOW - 25, create=False)
    assert intake.drop_old_draft_keys(NOW) == 1
    assert other.drop_old_draft_keys(NOW) == 1  # the file is gone already; the key it remembered goes too
    for process in (intake, other, again(tmp_path)):
        assert process.draft_key(NOW - 25, create=False) is None
        assert process.draft_key(NOW - 24, create=False) is not None
    assert sorted(path.name for path in (tmp_path / "intake" / "drafts").iterdir()) == [str(NOW - 24), str(NOW)]


def test_a_chat_is_a_tag_that_differs_by_channel_peer_and_deployment(tmp_path: Path, intake: IntakeSecrets) -> None:
    other = IntakeSecrets.create(tmp_path / "other")
    tags = [intake.chat_tag("telegram", "42"), intake.chat_tag("web", "42"), intake.chat_tag("telegram", "43")]
    tags.append(other.chat_tag("telegram", "42"))
    assert len(set(tags)) == 4
    assert {len(tag) for tag in tags} == {32}


def test_an_older_key_of_a_team_is_refused_even_after_a_restart(tmp_path: Path, intake: IntakeSecrets) -> None:
    for generation in (1, 2, 2, 10):
        intake.note_generation(TEAM, generation)
    for process in (intake, again(tmp_path)):
        process.note_generation(TEAM, 10)
        for old in (9, 2, 0):
            with pytest.raises(BadSeal):
                process.note_generation(TEAM, old)
    intake.note_generation(TeamId(b"u" * 16), 1)


def test_what_one_process_saw_binds_the_others(tmp_path: Path, intake: IntakeSecrets) -> None:
    intake.note_generation(TEAM, 1)
    other = again(tmp_path)
    other.note_generation(TEAM, 2)
    with pytest.raises(BadSeal):
        intake.note_generation(TEAM, 1)


def test_a_key_that_cannot_be_written_is_no_key(tmp_path: Path, intake: IntakeSecrets) -> None:
    """A folder that cannot take files stands in for a full disk; permissions would not stop root."""
    drafts = tmp_path / "intake" / "drafts"
    drafts.rmdir()
    with pytest.raises(CannotStore):
        intake.draft_key(NOW, create=True)
    assert intake.draft_key(NOW, create=False) is None
