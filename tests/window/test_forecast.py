"""What may come, at the desk: asked for as orders are composed, opened with a key, gone with the seat."""

from pathlib import Path

import pygame
import pytest
from hands import Hands

from game.play.background import Answer, Question
from game.play.forecast import Forecast
from game.window.app import App
from game.window.foresight import Foresight, mark_of, of_pair, peaks_of, percent
from game.window.gallery import AtOnce, table
from game.window.screens.desk import Desk
from game.window.table import Table

SCENARIO, AGENCY = "airspace-2024", "jp_mod"


class Seat:
    """A desk with forecasts that are there at once."""

    def __init__(self, folder: Path, people: tuple[str, ...] = (AGENCY,), **settings: object) -> None:
        self.hands = Hands(folder, size=(1920, 1080), **{"forecasts": True, **settings})
        self.app: App = self.hands.app
        self.table: Table = table(self.app, folder, SCENARIO, people, 1)
        self.answers = AtOnce(self.table.game)
        self.table._foresight = Foresight(self.answers)
        self.table.sit(people[0])
        if self.desk.front.build:
            self.hands.key(pygame.K_ESCAPE)

    @property
    def desk(self) -> Desk:
        assert isinstance(self.app.screen, Desk)
        return self.app.screen

    @property
    def question(self) -> Question:
        assert self.answers.question
        return self.answers.question

    @property
    def forecast(self) -> Forecast:
        assert isinstance(self.answers.answer, Answer)
        return self.answers.answer.forecast


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return Seat(tmp_path)


def test_the_forecast_follows_the_orders(seat: Seat) -> None:
    assert seat.question.orders == ()
    seat.hands.key(pygame.K_1, "1")
    first = seat.question.orders
    assert len(first) == 1
    assert seat.question.tried == first
    seat.hands.enter()
    seat.hands.key(pygame.K_2, "2")
    assert len(seat.question.orders) == 2
    assert seat.question.tried == seat.question.orders[1:]
    seat.hands.key(pygame.K_z, mod=pygame.KMOD_CTRL)
    assert seat.question.orders == first


def test_the_figures_are_those_of_the_answer(seat: Seat) -> None:
    seat.hands.key(pygame.K_1, "1")
    mark = mark_of(of_pair(seat.forecast, ("jp", "cn"))[1])
    shown = seat.hands.words
    assert f"Rung {mark.rung} or more: {percent(mark.share.value)}" in shown
    assert f"{seat.forecast.runs} runs" in shown
    seat.hands.key(pygame.K_ESCAPE)
    seat.hands.key(pygame.K_f, "f")
    assert f"{seat.forecast.runs} continuations" in seat.hands.words
    seat.hands.key(pygame.K_ESCAPE)
    assert seat.desk.front.build is None


def test_the_pieces_of_the_strip_are_all_runs(seat: Seat) -> None:
    for pair in seat.forecast.pairs:
        assert sum(share for _, share in peaks_of(pair)) == pytest.approx(1)


def test_nothing_of_it_stays_for_the_next_seat(tmp_path: Path) -> None:
    seat = Seat(tmp_path, (AGENCY, "cn_mfa"))
    seat.hands.key(pygame.K_1, "1")
    assert seat.answers.answer
    seat.table.left(AGENCY)
    assert (seat.answers.answer, seat.answers.question) == (None, None)
    seat.table.sit("cn_mfa")
    assert seat.question.orders == ()
    assert seat.question.known.agencies == ("cn_mfa",)


def test_a_table_may_play_without(tmp_path: Path) -> None:
    seat = Seat(tmp_path, forecasts=False)
    assert seat.answers.question is None
    assert seat.app.stage.node("forecast/strip") is None
    seat.hands.key(pygame.K_f, "f")
    assert seat.desk.front.build is None


def test_a_real_process_answers(tmp_path: Path) -> None:
    hands = Hands(tmp_path, size=(1920, 1080), forecasts=True)
    at = table(hands.app, tmp_path, "tutorial", ["jp_jcg"], 1)
    at.sit("jp_jcg")
    found = at.foresight()
    assert found
    end = pygame.time.get_ticks() + 60_000
    while found.waiting:
        assert pygame.time.get_ticks() < end, found.progress()
        hands.app.turn(wait=True)
    assert hands.app.stage.node("forecast/strip") is not None
    assert found.forecast
    assert found.forecast.runs == 2000
    at.close()


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0 %"), (0.0004, "under 1 %"), (0.5, "50 %"), (0.998, "99 %"), (1.0, "100 %")]
)
def test_shares_say_none_and_all_only_where_it_is_so(share: float, said: str) -> None:
    assert percent(share) == said
