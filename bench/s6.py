"""S6: 2,400 cards as PDF: seconds, bytes, memory, and whether zxing-cpp reads every code at 100 dpi, spoilt or not."""

import os
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2

from bench.children import run, say
from bench.figures import target
from bench.machine import WORK
from bench.sheets import KEY, front
from media.child import looks
from qr import codes
from qr.sheet import PER_SHEET
from tests.qr import noise
from tests.qr.noise import card_on

BATCHES, EACH, PEER_BATCHES = 60, 40, 6
DPI = 100
KINDS = noise.NOISES | {
    "together": noise.together, "first_look": noise.together, "specks_anywhere": noise.specks_anywhere
}  # fmt: skip
HASTY = {"first_look"}
TARGET = {"seconds_max": 2.5, "megabytes_max": 3.5, "peak_mb_max": 150.0, "unread_codes_max": 0.0} | {
    f"read_{name}_percent": 99.0 for name in [*noise.NOISES, "together"]
}


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
        read = _read(Path(plan["out"]), made)
    cards, peer_cards = BATCHES * EACH, PEER_BATCHES * EACH
    ours |= {"cards": cards} | read
    return {
        "measure": "A4 PDF of 2,400 cards in 60 batches with their backs; every code is scanned, plainly and spoilt",
        "unit": "seconds, megabytes (10^6 bytes), MiB of peak resident memory",
        "peer": "qrcode and fpdf2 used plainly: a matrix and its squares for every card, three lines of text, no back",
        "ours": ours,
        "peer_figures": peer | {"cards": peer_cards},
        "ratio_seconds_per_card": round(peer["seconds"] / peer_cards / (ours["seconds"] / cards), 1),
        "ratio_bytes_per_card": round(peer["megabytes"] / peer_cards / (ours["megabytes"] / cards), 1),
        "target": target(TARGET, ours),
    }


def _read(pdf: Path, made: list[str]) -> dict[str, Any]:
    """Of every code, in per cent: how many are read at 100 dpi, plainly and after each kind of noise.

    `first_look`: after all noises by one look at the picture as it is; `specks_anywhere`: with specks on finders too,
    which no target promises.
    """
    with ProcessPoolExecutor(os.cpu_count()) as places:
        batches = [(pdf, number, code) for number, code in enumerate(made)]
        total = sum(places.map(_read_batch, batches), Counter[str]())
    tried = total.pop("tried")
    return {"codes_tried": tried, "unread_codes": tried - total.pop("plain")} | {
        f"read_{name}_percent": round(100 * total[name] / tried, 2) for name in KINDS
    }


def _read_batch(batch: tuple[Path, int, str]) -> Counter[str]:
    pdf, number, code = batch
    found, url, sheets = Counter[str](), front(number + 1, code).url, EACH // PER_SHEET
    with pypdfium2.PdfDocument(pdf) as document:
        for sheet in range(sheets):
            page = document[number * sheets + sheet].render(scale=DPI / 72).to_pil().convert("L")
            for place in range(PER_SHEET):
                card, at = card_on(page, place, url, DPI)
                seed = (number * sheets + sheet) * PER_SHEET + place
                found["tried"] += 1
                found["plain"] += next(looks(card)) == [url]
                for name, damage in KINDS.items():
                    spoilt = damage(card, at, random.Random(seed))
                    found[name] += any(seen == [url] for seen in islice(looks(spoilt), 1 if name in HASTY else None))
    return found
