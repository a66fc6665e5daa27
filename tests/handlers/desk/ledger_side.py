"""What a register (台账) that was drawn says."""

import io

from openpyxl import load_workbook

from handlers.desk.tip.attachments import Served


def rows_of(served: Served) -> list[dict[str, object]]:
    """The rows under the titles, by title."""
    lines = list(load_workbook(io.BytesIO(served.data)).worksheets[0].iter_rows(values_only=True))
    at = next(i for i, line in enumerate(lines) if "编号" in line)
    return [dict(zip(map(str, lines[at]), line, strict=True)) for line in lines[at + 1 :] if isinstance(line[0], int)]


def everything(served: Served) -> str:
    lines = load_workbook(io.BytesIO(served.data)).worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(value) for line in lines for value in line if value is not None)
