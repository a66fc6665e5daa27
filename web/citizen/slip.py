"""The receipt as a picture that says nothing of what it is for: number, date, telephone."""

from xml.sax.saxutils import escape

from handlers.texts import say


def slip(values: dict[str, object], lang: str) -> str:
    """The receipt card as SVG, 640 × 400 units. A drawing needs no font of ours and no picture library here."""
    code = values["code"]
    groups = [str(group) for group in code] if isinstance(code, list) else []
    rows = [" ".join(groups[:2]), " ".join(groups[2:])]
    foot = f"{say(lang, 'receipt-card', date=str(values['on']))} {values['phone']}"
    digits = "".join(
        f'<text x="320" y="{y}" font-size="72" font-weight="600">{escape(row)}</text>'
        for y, row in zip((180, 270), rows, strict=True)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400" width="640" height="400">'
        '<rect width="640" height="400" fill="#fff"/>'
        '<g font-family="sans-serif" text-anchor="middle" fill="#1c2426">'
        f'<text x="320" y="80" font-size="30">{escape(say(lang, "receipt-number"))}</text>{digits}'
        '<path d="M60 310h520" stroke="#7b8382" stroke-dasharray="6 6" fill="none"/>'
        f'<text x="320" y="358" font-size="28">{escape(foot)}</text></g></svg>'
    )
