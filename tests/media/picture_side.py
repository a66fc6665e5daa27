"""Pictures and photos to be made safe and to be read."""

import io

from PIL import Image, ImageFilter

from qr.draw import matrix


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **how: object) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size, "#c03010").save(data, form, **how)
    return data.getvalue()


def drawn(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def code(text: str, module: int = 6) -> Image.Image:
    """A code on white paper."""
    modules = matrix(text)
    side = len(modules) + 8
    paper = Image.new("L", (side, side), 255)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                paper.putpixel((x + 4, y + 4), 0)
    return paper.resize((side * module, side * module), Image.Resampling.NEAREST)


def photo(*texts: str, form: str = "JPEG", turn: float = 0.0, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """A photo of a grey table with codes side by side on it."""
    table = Image.new("RGB", size, "#8a8478")
    for place, text in enumerate(texts):
        table.paste(code(text), (60 + 420 * place, 300))
    data = io.BytesIO()
    table.rotate(turn, Image.Resampling.BICUBIC, fillcolor="#8a8478").filter(ImageFilter.GaussianBlur(1)).save(
        data, form
    )
    return data.getvalue()
