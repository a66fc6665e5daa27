"""With a code in hand: receipt, news, adding, withdrawing. An unknown code looks like one without news."""

from dataclasses import replace

from domain.tips import State as TipState
from handlers.conversation.arriving import ask_switch
from handlers.conversation.asking import answer, say, stand
from handlers.conversation.chunks import chunks
from handlers.conversation.drafts import fresh, has_code, has_draft, home
from handlers.conversation.effects import Append, LookUp, Subscribe, Wipe, Withdraw
from handlers.conversation.events import LookedUp, Submitted
from handlers.conversation.offers import offers, takes_tips
from handlers.conversation.replies import Line, Moved, Reply, ReplyKind
from handlers.conversation.talk import News, State, Step


def submitted(state: State, event: Submitted) -> Moved:
    """The tip is durable: the receipt, at once. Of the draft only the code stays, until 我记好了."""
    if state.step is not Step.CHECK:
        return stand(state)
    state = replace(
        fresh(state, state.card),
        step=Step.RECEIPT,
        code=state.code,
        stretched=state.stretched,
        team=event.team,
        team_phone=event.phone,
        received_on=event.received_on,
        accept_by=event.accept_by,
        accept_certain=event.certain,
    )
    return stand(state, *((say("say-late"),) if event.late else ()))


def looked_up(state: State, event: LookedUp) -> Moved:
    """The code is open: the team's news, oldest first, or the one sentence for none."""
    if has_draft(state):
        return stand(state)
    same = event.code == state.code
    early = all(news.state in (None, TipState.RECEIVED) for news in event.news)
    opened = replace(
        home(state)
        if same and has_code(state)
        else fresh(state, state.card),  # a receipt not noted yet is still there to go back to
        step=Step.FOLLOW,
        code=event.code,
        stretched=event.stretched,
        other_card=None,
        notify=state.notify and same,
        can_withdraw=early and (state.can_withdraw or not same),
    )
    return Moved(opened, _news(opened, event.news))


def added(state: State) -> Moved:
    """The addition is durable; back to where it was begun."""
    return answer(home(state), say("say-added")) if state.step is Step.ADD else stand(state)


def withdrawn(state: State) -> Moved:
    """The wish to withdraw is durable. The same words for a code nobody knows."""
    if state.step is not Step.WITHDRAW:
        return stand(state)
    return answer(replace(home(state), can_withdraw=False), say("say-withdrawn"))


def subscribed(state: State) -> Moved:
    """This chat will be told, without content, when the team writes."""
    if state.step not in (Step.RECEIPT, Step.FOLLOW):
        return stand(state)
    return answer(replace(state, notify=True), say("say-subscribed"))


def wiped(state: State) -> Moved:
    """What the channel can still delete is gone, and so is the code here."""
    return stand(state) if has_draft(state) else answer(fresh(state, state.card), say("say-wiped"))


def choose_receipt(state: State, choice: str) -> Moved:
    """On the receipt, and on an open code."""
    match choice:
        case "noted":
            return answer(fresh(state, state.card), say("say-forgotten"))
        case "add":
            return stand(replace(state, step=Step.ADD, parts=(), next_seq=1, album=""))
        case "withdraw":
            return stand(replace(state, step=Step.WITHDRAW))
        case "notify":
            return Moved(state, (), (Subscribe(),))
        case "wipe":
            return Moved(state, (), (Wipe(),))
        case "progress":
            return Moved(state, (), (LookUp(state.code, state.stretched),))
        case "report" if state.card is not None and takes_tips(state):
            return ask_switch(state, state.card)
        case _:
            return stand(state)


def choose_add(state: State, choice: str) -> Moved:
    """While an addition is written."""
    if choice not in ("submit", "done"):
        return stand(state)
    return Moved(state, (), (Append(),)) if state.parts else stand(state, say("say-nothing-told"))


def choose_withdraw(state: State, choice: str) -> Moved:
    """Really withdraw?"""
    return Moved(state, (), (Withdraw(),)) if choice == "withdraw" else answer(home(state), say("say-not-withdrawn"))


def _news(state: State, news: tuple[News, ...]) -> tuple[Reply, ...]:
    if not news:
        return (Reply(ReplyKind.SAY, "follow-none", choices=offers(state)),)
    *before, last = chunks(tuple(_line(one) for one in sorted(news, key=lambda one: one.on)))
    said = tuple(Reply(ReplyKind.SAY, "news-list", {"news": lines}) for lines in before)
    return (*said, Reply(ReplyKind.SAY, "news-list", {"news": last}, offers(state)))


def _line(news: News) -> Line:
    return Line("news-line", {"on": news.on, "team": news.team, "text": news.text})
