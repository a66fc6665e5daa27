"""A font cut down to one document: what it lacks is stood in for, and nothing of the document meets a disk."""

from pathlib import Path

import pytest

from domain.errors import Refused
from qr import font
from qr.font import drawable, face, faces


def test_what_the_font_lacks_is_stood_in_for_and_the_rest_stays() -> None:
    text = "第 3 组\t苇庄镇\n🐄 \U0002a6d6 ༄ abc，。"
    assert drawable(text) == "第 3 组\t苇庄镇\n〓 〓 〓 abc，。"
    assert drawable(drawable(text)) == drawable(text)


def test_whatever_drawable_gives_can_be_cut() -> None:
    assert len(face(drawable("何🐄雨"))) < 20_000


def test_a_face_without_a_glyph_is_refused() -> None:
    with pytest.raises(Refused):
        face("🐄")


def test_faces_stand_in_memory_where_the_system_has_a_folder_for_it_and_are_gone_afterwards() -> None:
    with faces("何雨") as cut:
        kept = [cut.regular, cut.bold]
        assert all(path.stat().st_size for path in kept)
        assert font._MEMORY is None or all(path.is_relative_to(font._MEMORY) for path in kept)
    assert not any(path.exists() for path in kept)
    assert not list(Path(kept[0].parent.parent).glob(kept[0].parent.name))
