"""Whose code lies on a photo. What we print is known to the letter: anything that differs by one is foreign."""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Refused
from domain.ids import OfficeId
from domain.rounds import BatchState
from domain.words import gist
from handlers.office.cards.view import BatchView, Press, view_of, words_of
from handlers.services import DeskServices
from media.scanning import codes_on_photo
from qr import codes
from storage.office import cards, rounds
from storage.store import Tx

_SHOWN = 60  # characters of a foreign text
# As browsers read addresses: blanks before it, any number of slashes and backslashes behind the scheme.
_HOST = re.compile(r"(?i)[\x00-\x20]*https?:[/\\]*(?P<authority>[^/\\?#]*)")


class Verdict(StrEnum):
    ACTIVE = "active"
    REVOKED = "revoked"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Checked:
    """One code of a photo. `host`: where a foreign address leads, in ASCII, empty when it is no address; `text`: how a
    foreign text begins. Both are anybody's words. `view` and `words` are there when it is ours."""

    verdict: Verdict
    host: str = ""
    text: str = ""
    view: BatchView | None = None
    words: tuple[str, ...] = ()


async def check_photo(services: DeskServices, office_id: OfficeId, photo: bytes, press: Press) -> tuple[Checked, ...]:
    """What each code on a photo is; empty when none is found. Raises `Refused`: TOO_LARGE, BAD_FILE."""
    texts = await codes_on_photo(photo)
    return tuple([await check_text(services, office_id, text, press) for text in texts])


async def check_text(services: DeskServices, office_id: OfficeId, text: str, press: Press) -> Checked:
    """What a code that says `text` is."""
    code = _our_code(services.intake.card_mac_key, text, press)

    def load(tx: Tx) -> BatchView | None:
        batch = cards.batch_by_code(tx, code)
        if batch is None or rounds.get_round(tx, batch.round_id).office_id != office_id:
            return None
        return view_of(tx, batch, press.lang, cards.cards_printed(tx, batch.id))

    view = await services.store.read(load) if code else None
    if view is None:
        return _foreign(text)
    verdict = Verdict.ACTIVE if view.batch.state is BatchState.ACTIVE else Verdict.REVOKED
    return Checked(verdict, view=view, words=words_of(services, view.batch))


def _foreign(text: str) -> Checked:
    """Of an address nothing but ASCII is shown: a letter of another script would pass for ours."""
    host = host_of(text)
    shown = text.encode("ascii", "backslashreplace").decode("ascii") if host else text
    return Checked(Verdict.FOREIGN, host=host, text=gist(shown, _SHOWN))


def all_in_order(found: tuple[Checked, ...]) -> bool:
    """Whether there is a code, and each is ours and in use."""
    return bool(found) and all(one.verdict is Verdict.ACTIVE for one in found)


def host_of(text: str) -> str:
    """The host to which a browser would go, in ASCII so that no letter passes for another; empty for no address."""
    found = _HOST.match(re.sub(r"[\t\r\n]", "", text))
    if found is None:
        return ""
    host = found["authority"].rpartition("@")[2]
    name, colon, port = host.rpartition(":") if re.search(r":[0-9]*$", host) else (host, "", "")
    try:
        shown = name.encode("idna").decode("ascii")
    except UnicodeError:
        shown = name.encode("ascii", "backslashreplace").decode("ascii")
    return gist(f"{shown}{colon}{port}", _SHOWN - 2).replace("…", "...")  # the mark of a cut is no ASCII


def _our_code(mac_key: bytes, text: str, press: Press) -> str:
    """The card code of a text that is one of ours to the letter; empty for any other."""
    for known in (codes.landing_url(press.public_url, ""), codes.telegram_url(press.bot, "") if press.bot else ""):
        if known and text.startswith(known):
            code = text[len(known) :]
            try:
                return code if codes.check(mac_key, code) == code else ""
            except Refused:
                return ""
    return ""
