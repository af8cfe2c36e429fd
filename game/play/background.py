"""Forecasts in the background: another process plays ahead, so that whoever asks is never kept waiting.

What crosses to it is the scenario as the journal keeps it, and what a seat knows; nothing that is hidden from the seat.
For control it is the state as it is.
It begins in plain Python with few runs, has the turn compiled meanwhile where the extra ``fast`` is installed, and goes on
with machine code once that is there. A new question takes the place of an older one.
"""

import os
import threading
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any

from attrs import frozen

from game.core import Game, Order, State
from game.play import compiling
from game.play.batch import Batch
from game.play.elsewhere import Elsewhere
from game.play.forecast import RUNS, TURNS, Ahead, Forecast
from game.play.supposed import Ground, Known, everything, rows_for, supposed
from game.scenario.library import restored

READING, PLAIN, COMPILING, COMPILED, STOPPED = "reading", "plain", "compiling", "compiled", "stopped"
"""How far the other process is: it reads the scenario; plays in Python for good; in Python while the turn is compiled; as
machine code; or has stopped.
"""


@frozen
class Question:
    """What is asked: *known* is what the seat knows, or for control the state as it is; *orders* those that are meant to be
    given, *tried* those of them of which it is asked what they change.
    """

    known: Known | State
    orders: tuple[Order, ...]
    tried: tuple[Order, ...] = ()
    runs: int = RUNS
    turns: int = TURNS

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies that give these orders and no others."""
        if isinstance(self.known, Known):
            return self.known.agencies
        return tuple(dict.fromkeys(order.agency for order in self.orders))


@frozen
class Answer:
    """What came of the question with this number, so far; *whole* once all its runs were played."""

    number: int
    forecast: Forecast
    whole: bool


class Background:
    """The other process, as whoever asks sees it. Nothing here waits."""

    def __init__(self, about: Mapping[str, Any]) -> None:
        """*about* is the scenario document of a game."""
        self._elsewhere = Elsewhere(answer_questions, about)
        self._asked = 0
        self.question: Question | None = None
        self.answer: Answer | None = None
        self.stage = READING

    def ask(self, question: Question) -> None:
        """Ask; the answer to an older question no longer comes. The same question is not asked twice."""
        if question != self.question:
            self._asked += 1
            self.question, self.answer = question, None
            self._elsewhere.send((self._asked, question))

    def forget(self) -> None:
        """Drop question and answer: what one seat asked is nobody else's."""
        self._asked += 1
        self.question = self.answer = None
        if self._elsewhere.begun:
            self._elsewhere.send(None)

    def look(self) -> bool:
        """Take what has come; whether anything new has."""
        news = [self._take(found) for found in self._elsewhere.received()]
        if self._elsewhere.gone and self.stage != STOPPED:
            self.stage = STOPPED
            return True
        return any(news)

    @property
    def waiting(self) -> bool:
        """Whether more is to come."""
        return self.stage != STOPPED and self.question is not None and not (self.answer and self.answer.whole)

    def close(self) -> None:
        """Stop the process."""
        self._elsewhere.close()

    def _take(self, found: Any) -> bool:
        if isinstance(found, str):
            self.stage = found
            return True
        if found.number == self._asked:
            self.answer = found
            return True
        return False


# ---- the other process
def answer_questions(connection: Connection) -> None:
    """Answer questions until nobody asks any more."""
    if hasattr(os, "nice"):
        os.nice(5)  # On a machine with few processors whoever draws frames comes first.
    try:
        Answering(connection, restored(connection.recv())).go_on()
    except (EOFError, OSError, KeyboardInterrupt):
        return  # Whoever asked has gone.


class Answering:
    """One scenario, the question in hand, and the code to play it with."""

    def __init__(self, connection: Connection, game: Game) -> None:
        self.connection = connection
        self.asked: tuple[int, Question] | None = None
        self.grounds: tuple[Any, Any] = (None, None)
        self.batch = Batch(game, ("doctrine",) * len(game.agencies), machine=False)
        self.compiled: compiling.Machine | None = None
        self.compiles = False
        if self.batch.lifted and compiling.available():
            plan = compiling.plan(self.batch.lifted)
            self.compiled = plan.from_cache()
            self.compiles = self.compiled is None
            if self.compiles:
                # The thread is left with what LLVM does by itself.
                plan.translate()
                threading.Thread(target=self._compile, args=(plan,), daemon=True).start()
        connection.send(COMPILING if self.compiles else PLAIN)

    def _compile(self, plan: compiling.Plan) -> None:
        self.compiled = plan.compiled()

    def go_on(self) -> None:
        """Look for questions and for the compiled code, and answer."""
        while True:
            if self.asked is None or self.connection.poll():
                self._listen(0.05 if self.compiles else None)
            if self.compiled is not None and not self.batch.machine:
                self.batch = self.batch.as_machine(self.compiled)
                self.compiles = False
                self.connection.send(COMPILED)
            if self.asked is not None:
                self._answer(*self.asked)

    def _listen(self, seconds: float | None) -> None:
        """Wait so long for a question; only the newest counts."""
        if self.connection.poll(seconds):
            while True:
                self.asked = self.connection.recv()
                if not self.connection.poll():
                    return

    def _answer(self, number: int, question: Question) -> None:
        batch = self.batch
        key = (batch, question.known, question.runs)
        if self.grounds[0] != key:
            self.grounds = key, ground_of(batch, question, rows_for(batch, question.runs))
        ahead = Ahead(batch, self.grounds[1], question.agencies, question.turns)
        done = 0
        for found in ahead.growing(question.orders, question.runs, question.tried, wanted=self._undisturbed):
            done = found.runs
            self.connection.send(Answer(number, found, done == question.runs))
        if done == question.runs and not self.connection.poll():
            self.asked = None

    def _undisturbed(self) -> bool:
        """Whether the question in hand is still the newest, and the code the fastest."""
        return not self.connection.poll() and (self.compiled is None or bool(self.batch.machine))


def ground_of(batch: Batch, question: Question, rows: int) -> Ground:
    """What a question is played ahead from: so many guesses, or the state as it is."""
    return everything(question.known) if isinstance(question.known, State) else supposed(batch, question.known, rows)


def drafted(orders: Sequence[Order]) -> tuple[Order, ...]:
    """Orders without what their players noted: a forecast has no use for it."""
    return tuple(Order(order.agency, order.action, order.choice) for order in orders)
