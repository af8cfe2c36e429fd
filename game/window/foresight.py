"""What may come, for the seat that plans: asked in the background while orders are composed, forgotten when it leaves."""

from collections.abc import Sequence

from attrs import frozen

from game.core import Order, State
from game.play.background import COMPILING, PLAIN, READING, STOPPED, Background, Question, drafted
from game.play.forecast import Change, Forecast, Pair
from game.play.sampling import Share
from game.play.session import Session
from game.play.supposed import Known, known
from game.window.readouts import MINUS
from game.words import say

SURE = 0.95
"""A rung that more runs than this reach is no news: the next one is named."""


class Foresight:
    """Questions and the latest answer, for one session."""

    def __init__(self, background: Background) -> None:
        self.background = background
        self._known: tuple[State, tuple[str, ...], Known] | None = None

    def ask(self, session: Session, agency: str, composing: Order | None) -> None:
        """Ask what may come with the orders that the person of an agency has drafted, and with the one being composed."""
        agencies = session.together(agency)
        orders = [order for one in agencies for order in session.drafts(one)]
        if composing is not None:
            same = (composing.agency, composing.action)
            orders = [*(order for order in orders if (order.agency, order.action) != same), composing]
        plain = drafted(orders)
        tried = plain[-1:] if composing is not None else tuple(order for order in plain if order.agency == agency)
        self.background.ask(Question(self._known_to(session, agencies), plain, tried))

    def _known_to(self, session: Session, agencies: tuple[str, ...]) -> Known:
        """What these agencies know: put together once for each state of the session, and not for every frame."""
        if self._known is None or self._known[0] is not session.state or self._known[1] != agencies:
            found = known(session.game, session.history, session.state, agencies)
            self._known = (session.state, agencies, found)
        return self._known[2]

    def ask_everything(self, session: Session) -> None:
        """Ask, for control, what may come from all that is so, with the orders that people have drafted so far."""
        orders = [order for agency in session.game.agencies for order in session.drafts(agency.id)]
        self.background.ask(Question(session.state, drafted(orders)))

    def look(self) -> bool:
        """Take what has come; whether anything new has."""
        return self.background.look()

    def forget(self) -> None:
        """Another seat comes: nothing of this one stays."""
        self._known = None
        self.background.forget()

    def close(self) -> None:
        """Stop what runs in the background."""
        self.background.close()

    @property
    def forecast(self) -> Forecast | None:
        """The latest figures for the orders that stand now."""
        return self.background.answer.forecast if self.background.answer else None

    @property
    def waiting(self) -> bool:
        """Whether more is to come."""
        return self.background.waiting

    def progress(self) -> str:
        """How far it is, in words; empty when all runs were played."""
        stage, answer, question = self.background.stage, self.background.answer, self.background.question
        if stage == STOPPED:
            return say("The forecast has stopped. It starts again when this session is opened anew.")
        if not self.waiting or question is None:
            return ""
        if answer is None:
            return say("The rules are read for the forecast ...") if stage == READING else say("Playing ahead ...")
        done = say("{done} of {runs} runs so far", done=answer.forecast.runs, runs=question.runs)
        if stage == COMPILING:
            return say("{done}; the turn is being compiled and then takes a moment.", done=done)
        if stage == PLAIN:
            return say("{done}; with the extra 'fast' it takes a moment.", done=done)
        return done


# ---- what is said of a forecast
@frozen
class Mark:
    """The lowest rung that is in doubt, and the share of runs that reach it."""

    rung: int
    share: Share


def of_pair(forecast: Forecast, sides: Sequence[str]) -> tuple[int, Pair]:
    """The number of a pair of sides, and what may come between them."""
    number = next(k for k, pair in enumerate(forecast.pairs) if set(pair.sides) == set(sides))
    return number, forecast.pairs[number]


def mark_of(pair: Pair) -> Mark:
    """The lowest rung that not nearly every run reaches."""
    for rung, share in enumerate(pair.rungs, 1):
        if share.value <= SURE:
            return Mark(rung, share)
    return Mark(len(pair.rungs), pair.rungs[-1])


def peaks_of(pair: Pair) -> list[tuple[int, float]]:
    """The highest rung of the runs: each that is one, and its share."""
    reached = [1.0, *(share.value for share in pair.rungs), 0.0]
    return [(rung, reached[rung] - reached[rung + 1]) for rung in range(len(pair.rungs) + 1)
            if reached[rung] - reached[rung + 1] > 0]  # fmt: skip


def percent(share: float) -> str:
    """A share in percent; none and all are said only where it is none or all."""
    if 0 < share < 0.01:
        return say("under 1 %")
    return say("{number} %", number=min(round(100 * share), 99 if share < 1 else 100))


def change_said(change: Change, number: int, mark: Mark) -> str:
    """What an order does to the share that reaches a rung, and to risk at the end."""
    share, risk = change.rungs[number][mark.rung - 1], change.risk[number]
    return say(
        "By this order: {share} percentage points; risk {risk} points.",
        share=signed(100 * share.value, 100 * share.half, 1), risk=signed(risk.value / 10, risk.half / 10, 2),
    )  # fmt: skip


def signed(value: float, half: float, places: int) -> str:
    """A difference with its interval."""
    return f"{value:+.{places}f} ± {half:.{places}f}".replace("-", MINUS)
