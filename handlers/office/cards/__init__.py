"""Contact cards as the office keeps them: batches, their paper, calling them in, and whose code lies on a photo."""

from handlers.office.cards.checking import Checked, Verdict, all_in_order, check_photo
from handlers.office.cards.log import Printing, print_log
from handlers.office.cards.making import MOST, Unserved, make_all_batches, make_batch, unserved
from handlers.office.cards.paper import Paper, check_scope, note_page, paper_of, print_cards, print_poster
from handlers.office.cards.revoking import Use, replace, revoke, use_of
from handlers.office.cards.sums import TeamCards
from handlers.office.cards.unprintable import why_unprintable
from handlers.office.cards.view import BatchView, Press, former, get_batch, list_batches, short_code, url_of, words_of

__all__ = [
    "MOST",
    "BatchView",
    "Checked",
    "Paper",
    "Press",
    "Printing",
    "TeamCards",
    "Unserved",
    "Use",
    "Verdict",
    "all_in_order",
    "check_photo",
    "check_scope",
    "former",
    "get_batch",
    "list_batches",
    "make_all_batches",
    "make_batch",
    "note_page",
    "paper_of",
    "print_cards",
    "print_log",
    "print_poster",
    "replace",
    "revoke",
    "short_code",
    "unserved",
    "url_of",
    "use_of",
    "why_unprintable",
    "words_of",
]
