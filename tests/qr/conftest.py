"""A contact card to print, and an independent eye (PDFium and ZXing) that looks at the paper."""

import io
from types import SimpleNamespace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from qr import codes
from qr.back import CardBack
from qr.front import CardFront, Labelled

KEY = b"\x07" * 32
PRINTED = "7F3K9Q4EWDYSX6"  # made with `KEY`; one and the same, so that every run prints the same paper
DPI = 100


def look(pdf: bytes, page: int = 0, dpi: float = DPI) -> Image.Image:
    """One page as an 8-bit grey picture."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=dpi / 72).to_pil().convert("L")


def scan(picture: Image.Image) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)


def words_on(pdf: bytes, page: int = 0) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[page].get_textpage().get_text_range())


def height_of(pdf: bytes, text: str) -> float:
    """How high the first character of `text` on the first page is, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        first, _ = page.search(text).get_next()
        _, bottom, _, top = page.get_charbox(first)
    return float(top - bottom) / 72 * 25.4


def pages_of(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return len(document)


@pytest.fixture
def card_key() -> bytes:
    return KEY


@pytest.fixture(scope="session")
def paper() -> SimpleNamespace:
    """`look(pdf, page, dpi)`, `scan(picture)`, `words(pdf, page)`, `height(pdf, text)` and `pages(pdf)`."""
    return SimpleNamespace(look=look, scan=scan, words=words_on, height=height_of, pages=pages_of)


@pytest.fixture(scope="session")
def front() -> CardFront:
    return CardFront(
        title="第三巡察组联系卡",
        where="苇庄镇和所属 12 个村",
        until="2026 年 11 月 27 日 18:00 截止",
        words=codes.check_words(KEY, PRINTED, codes.known_words()),
        hint="打开后三个词不一样，就不要写",
        web=Labelled("网址", "lx.chenghe.example"),
        telegram=Labelled("Telegram", "@chenghe_lx3_bot"),
        phone=Labelled("电话", "0000-0000000"),
        code_hint="扫不了，输短码",
        short_code=codes.shown(PRINTED),
        url=codes.landing_url("https://lx.chenghe.example", PRINTED),
        batch_line="正面　第六轮　苇庄镇入户 B 批",
    )


@pytest.fixture(scope="session")
def back() -> CardBack:
    return CardBack(
        scope_title="可以说",
        scope="补贴救助、集体的钱和地、征地拆迁、工程、村务公开、干部作风、吃喝送礼、办事难。不用注册，可以匿名。",
        doors_title="这些事也可以找",
        doors=("紧急危险 110", "水电日常 12345", "党员干部违纪违法 12388"),
        boxes_label="您的编号（交完以后抄在这里，别写名字）",
        sheet_note="背面　长边翻转　100% 打印，不要缩放",
    )
