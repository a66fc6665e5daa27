"""What cards are printed for, and what a phone reads on them."""

import io

import pypdfium2
import zxingcpp

from handlers.office.cards import Press

PRESS = Press("https://lx.chenghe.example", "chenghe_bot", "zh")


def codes_on(pdf: bytes) -> list[list[str]]:
    """What ZXing reads, page by page."""
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        pages = [document[n].render(scale=100 / 72).to_pil().convert("L") for n in range(len(document))]
    return [[one.text for one in zxingcpp.read_barcodes(page)] for page in pages]
