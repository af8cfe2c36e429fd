"""Forecasts from a process of their own: the same figures, the newest question, and no word once it is forgotten."""

import time
from collections.abc import Callable, Iterator

import pytest
from runs import bound, seats

from game.core import Order, start
from game.play import compiling
from game.play.background import COMPILED, PLAIN, STOPPED, Background, Question, drafted
from game.play.batch import Batch
from game.play.forecast import Ahead
from game.play.supposed import known, rows_for, supposed

SCENARIO, AGENCY = "tutorial", "jp_jcg"
PATIENCE = 60
"""Seconds; the process reads the scenario anew, and machines may be busy."""


@pytest.fixture
def background() -> Iterator[Background]:
    found = Background(bound(SCENARIO).about)
    yield found
    found.close()


def until(background: Background, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, background.stage
        background.look()
        time.sleep(0.01)


def question(orders: tuple[Order, ...] = (), runs: int = 200) -> Question:
    game = bound(SCENARIO)
    return Question(known(game, [], start(game, 5), [AGENCY]), orders, orders, runs, 3)


def an_order() -> Order:
    game = bound(SCENARIO)
    action = next(action for action in game.actions if game.agencies[action.agency].id == AGENCY)
    return Order(AGENCY, action.id, action.choices[0].id, "a reason", "what is expected")


def test_the_answer_is_that_of_the_own_process(background: Background) -> None:
    asked = question(drafted([an_order()]))
    background.ask(asked)
    until(background, lambda: not background.waiting)
    until(background, lambda: background.stage == (COMPILED if compiling.available() else PLAIN))
    game = bound(SCENARIO)
    batch = Batch(game, seats(game, "doctrine"), machine=bool(background.answer and background.answer.forecast.machine))
    ground = supposed(batch, asked.known, rows_for(batch, asked.runs))
    assert background.answer
    assert background.answer.forecast == Ahead(batch, ground, [AGENCY], 3).forecast(asked.orders, 200, asked.tried)


def test_only_the_newest_question_is_answered(background: Background) -> None:
    background.ask(question(runs=5000))
    background.ask(question(drafted([an_order()]), 100))
    until(background, lambda: not background.waiting)
    assert background.answer
    assert background.answer.forecast.runs == 100
    assert [change.order for change in background.answer.forecast.changes] == list(drafted([an_order()]))


def test_what_is_forgotten_does_not_come_back(background: Background) -> None:
    background.ask(question())
    until(background, lambda: background.answer is not None)
    background.forget()
    assert (background.answer, background.question, background.waiting) == (None, None, False)
    background.ask(question(runs=5000))
    background.forget()
    end = time.monotonic() + 1
    while time.monotonic() < end:
        background.look()
        assert background.answer is None
        time.sleep(0.02)


def test_a_process_that_is_gone_is_said_to_be(background: Background) -> None:
    background.ask(question(runs=5000))
    until(background, lambda: background.answer is not None)
    background._elsewhere._process.kill()
    until(background, lambda: background.stage == STOPPED)
    assert not background.waiting
    background.ask(question())


def test_what_players_noted_does_not_cross() -> None:
    assert drafted([an_order()])[0].reason == drafted([an_order()])[0].expects == ""
