"""S6's work, in a process of its own so that its peak memory is its own: plan in on stdin, figures out."""

import json
import re
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import qrcode
from fpdf import FPDF

from qr import codes
from qr.back import CardBack
from qr.front import CardFront, Labelled
from qr.sheet import CardSheet, cards_pdf

FONT = str(files("justmytype_intl_cjk") / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf")
KEY = b"\x07" * 32
BACK = CardBack(
    scope_title="可以说",
    scope="补贴救助、集体的钱和地、征地拆迁、工程、村务公开、干部作风、吃喝送礼、办事难。不用注册，可以匿名。",
    doors_title="这些另有地方",
    doors=("紧急危险 110", "水电日常 12345", "党员干部违纪违法 12388"),
    boxes_label="您的编号（交完以后抄在这里，别写名字）",
    sheet_note="背面　长边翻转　100% 打印，不要缩放",
)


def front(number: int, code: str) -> CardFront:
    """The front of one village's batch."""
    return CardFront(
        title="第三巡察组联系卡",
        where=f"苇庄镇第 {number} 村",
        until="2026 年 11 月 27 日 18:00 截止",
        words=codes.check_words(KEY, code, codes.known_words()),
        hint="打开后三个词不一样，就不要写",
        web=Labelled("网址", "lx.chenghe.example"),
        telegram=Labelled("Telegram", "@chenghe_lx3_bot"),
        phone=Labelled("电话", "0000-0000000"),
        code_hint="扫不了，输短码",
        short_code=codes.shown(code),
        url=codes.landing_url("https://lx.chenghe.example", code),
        batch_line=f"正面　第六轮　苇庄镇入户 {number} 批",
    )


def ours(fronts: list[CardFront], each: int) -> bytes:
    """As the office prints them."""
    return cards_pdf([CardSheet(one, BACK, each) for one in fronts])


def naive(fronts: list[CardFront], each: int) -> bytes:
    """As one would begin: for every card its own code and its own squares, the whole font, three lines of text."""
    pdf = FPDF(format="A4")
    pdf.add_font("sans", fname=FONT)
    pdf.set_font("sans", size=9)
    for place, one in enumerate(front for front in fronts for _ in range(each)):
        if place % 10 == 0:
            pdf.add_page()
        left, top = 15 + place % 2 * 90, 13.5 + place % 10 // 2 * 54
        for line, text in enumerate((one.title, one.where, one.short_code)):
            pdf.text(left + 5, top + 10 + 6 * line, text)
        _squares(pdf, left + 55, top + 7, one.url)
    return bytes(pdf.output())


def _squares(pdf: FPDF, left: float, top: float, url: str) -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0)
    code.add_data(url)
    matrix = code.get_matrix()
    side = 28 / len(matrix)
    for row, modules in enumerate(matrix):
        for column, dark in enumerate(modules):
            if dark:
                pdf.rect(left + column * side, top + row * side, side, side, style="F")


def peak_mb() -> float:
    """Peak of resident memory. Not getrusage: its figure of a child begins with that of the parent."""
    return round(int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0]) / 1024, 1)


def main(plan: dict[str, Any]) -> dict[str, Any]:
    fronts = [front(number + 1, code) for number, code in enumerate(plan["codes"])]
    begun, cpu = time.perf_counter(), time.process_time()
    pdf = (ours if plan["who"] == "ours" else naive)(fronts, plan["each"])
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    Path(plan["out"]).write_bytes(pdf)
    size = round(len(pdf) / 1e6, 2)
    return {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "megabytes": size, "peak_mb": peak_mb()}


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
