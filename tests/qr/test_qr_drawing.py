"""What a drawn QR code promises: an independent decoder reads back exactly what went in."""

import re
from types import SimpleNamespace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from domain.errors import Reason, Refused
from qr.draw import matrix, svg

CARD = "https://lx.chenghe.example/k/7F3K9Q4EWDYSX6"
OTPAUTH = "otpauth://totp/%E7%A0%81%E4%B8%8A%E5%B7%A1:demo?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=demo"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def rasterise(drawing: str, module: int = 4) -> Image.Image:
    """Paints the path of our SVG, and fails on anything in it that is not a run of modules."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', drawing)[1])  # type: ignore[index] # no match fails the test
    path = re.search(r' d="([^"]*)"', drawing)[1]  # type: ignore[index] # no match fails the test
    assert RUN.sub("", path) == ""
    picture = Image.new("L", (side * module, side * module), 255)
    pen = ImageDraw.Draw(picture)
    for x, y, length, back in (map(int, run) for run in RUN.findall(path)):
        assert length == back
        pen.rectangle([x * module, y * module, (x + length) * module - 1, (y + 1) * module - 1], fill=0)
    return picture


@pytest.mark.parametrize(("text", "level"), [(CARD, "H"), (OTPAUTH, "Q"), ("a", "H"), ("x" * 1400, "Q")])
def test_a_drawn_code_reads_back_exactly_at_the_best_level_for_its_size(
    text: str, level: str, paper: SimpleNamespace
) -> None:
    (read,) = paper.scan(rasterise(svg(text)))
    assert read.text == text
    assert read.ec_level == level


def test_a_code_of_a_card_has_modules_that_an_old_telephone_sees() -> None:
    assert len(matrix(CARD)) == 37


@settings(max_examples=25, deadline=None)
@given(st.from_regex(r"https?://[a-z0-9-]{1,40}(\.[a-z]{2,10}){1,3}(:[1-9][0-9]{1,3})?/k/[0-9A-Z]{14}", fullmatch=True))
def test_every_address_reads_back_exactly(address: str) -> None:
    (read,) = zxingcpp.read_barcodes(rasterise(svg(address)), formats=zxingcpp.BarcodeFormat.QRCode)
    assert read.text == address


def test_an_svg_has_one_path_crisp_edges_and_four_white_modules_around() -> None:
    drawing = svg("https://lx.example/k/7F3K9Q4EWDYSX6")
    picture = rasterise(drawing, module=1)
    assert drawing.count("<path") == 1
    assert 'shape-rendering="crispEdges"' in drawing
    ink = picture.point(lambda grey: 255 - grey).getbbox()
    assert ink == (4, 4, picture.width - 4, picture.height - 4)


def test_a_matrix_is_square_and_begins_with_a_finder_pattern() -> None:
    modules = matrix("x")
    assert {len(row) for row in modules} == {len(modules)}
    assert modules[0][:8] == (True,) * 7 + (False,)


def test_a_text_that_no_code_can_hold_is_refused() -> None:
    assert len(matrix("x" * 1663)) == 177
    with pytest.raises(Refused) as refusal:
        svg("x" * 1664)
    assert refusal.value.reason is Reason.TOO_LARGE
