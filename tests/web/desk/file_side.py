"""Files as villagers send them, and a tip that brings some."""

import io
import wave

from PIL import Image

from handlers.conversation.events import Chose, Sent, Start
from handlers.desk.arriving.fold import fold
from handlers.keeping import keep_file
from tests.web.desk_site import Site


def picture() -> bytes:
    made = io.BytesIO()
    image = Image.new("RGB", (64, 48), (120, 150, 110))
    exif = image.getexif()
    exif[0x010E] = "where the reporter lives"
    image.save(made, "JPEG", exif=exif)
    return made.getvalue() + b"trailing secret"


def voice() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000)
    return made.getvalue()


async def tell_with_files(site: Site, *files: bytes) -> str:
    world, villager = site.world, site.world.villager("with files")
    await villager.does(Start(world.card("苇庄镇")))
    for data in files:
        kind, file = await keep_file(world.intake, data, name="../../etc/合同.pdf")
        await villager.does(Sent(kind, file))
    await villager.does(Chose("done"))
    for choice in ("skip", "anonymous", "recusal:no", "submit"):
        answer = await villager.does(Chose(choice))
    assert answer.state.step == "receipt"
    return (await fold(world.desk))[0].tip_id.hex()
