"""Computer players by doctrine: they do not contradict themselves, wait as long as they are patient, and fear loss."""

import copy
from functools import cache
from statistics import fmean
from typing import Any

import pytest
from runs import bound, seats

from game.core import Game
from game.core.lifted import lifted
from game.core.model import REACHES_OUT, STEPS_UP
from game.core.table import Recording
from game.play.batch import Batch
from game.scenario.bind import bind
from game.scenario.library import shipped_scenarios
from game.scenario.restoring import from_plain

RUNS = range(60)


def changed(game: Game, **numbers: Any) -> Game:
    """The same scenario with other numbers in every doctrine."""
    about = copy.deepcopy(dict(game.about))
    for table in about["entries"]["doctrine"]:
        table.update(numbers)
    found = bind(from_plain(about))
    assert found is not None
    return found


@cache
def stances(scenario: str, *numbers: tuple[str, int]) -> tuple[tuple[int, int, int, int], ...]:
    """Run, turn, agency and stance of each order that steps up or reaches out."""
    game = bound(scenario)
    if numbers:
        game = changed(game, **dict(numbers))
    known = {(action.order, choice): (agency, stance)
             for agency, lot in enumerate(game.policies["doctrine"])
             for action, choice, stance in zip(lot.actions, lot.choices, lot.stances, strict=True) if stance}  # fmt: skip
    cells = sorted({cell for cell, _ in known})
    detailed = {action.order: action.picked for action in game.actions if action.details}
    runs = Batch(game, seats(game, "doctrine")).run(RUNS, cells)
    found = []
    for run in RUNS:
        for turn in range(runs.lengths[run]):
            for place, cell in enumerate(cells):
                value = runs.value(run, turn, place)
                choice = detailed[cell][value] - 1 if cell in detailed else value - 1
                if (cell, choice) in known:
                    found.append((run, turn, *known[cell, choice]))
    return tuple(found)


@pytest.mark.parametrize("scenario", shipped_scenarios())
def test_nobody_steps_up_and_reaches_out_in_one_turn(scenario: str) -> None:
    found = set(stances(scenario))
    assert {stance for *_, stance in found} == {STEPS_UP, REACHES_OUT}
    assert not [one for one in found if (*one[:3], -one[3]) in found]


def firm_orders(scenario: str, **numbers: int) -> int:
    return sum(stance == STEPS_UP for *_, stance in stances(scenario, *numbers.items()))


@pytest.mark.parametrize("scenario", ["airspace-2024", "trawler-2010", "landing-2012"])
def test_more_fear_of_loss_means_fewer_steps_up(scenario: str) -> None:
    counts = [firm_orders(scenario, fear=fear) for fear in (0, 225, 1000)]
    assert counts[0] > counts[1] > counts[2], counts


def first_step(scenario: str, patience: int) -> float:
    """The mean turn, over runs, of each agency's first step up, the last turn and one where there is none."""
    game = bound(scenario)
    firsts: dict[tuple[int, int], int] = {}
    for run, turn, agency, stance in stances(scenario, ("patience", patience)):
        if stance == STEPS_UP:
            firsts.setdefault((run, agency), turn)
    who = [agency for agency, lot in enumerate(game.policies["doctrine"]) if STEPS_UP in lot.stances]
    return fmean(firsts.get((run, agency), len(game.turns)) for run in RUNS for agency in who)


@pytest.mark.parametrize("scenario", ["airspace-2024", "trawler-2010"])
def test_the_patient_step_up_later(scenario: str) -> None:
    turns = [first_step(scenario, patience) for patience in (0, 2, 4)]
    assert turns[0] < turns[1] < turns[2], turns


def test_the_hostile_are_met_firmly() -> None:
    counts = [firm_orders("airspace-2024", belief=belief) for belief in (0, 50, 100)]
    assert counts[0] < counts[1] < counts[2], counts


@pytest.mark.parametrize("scenario", ["airspace-2024", "trawler-2010"])
def test_another_character_is_another_number_and_no_other_text(scenario: str) -> None:
    game = bound(scenario)
    mine = lifted(game, seats(game, "doctrine"))
    other = lifted(changed(game, fear=301), seats(game, "doctrine"))
    assert mine.source == other.source
    assert mine.numbers != other.numbers


def test_an_answer_makes_calm() -> None:
    """A ministry that has waited too long is firm, and no longer so once the answer has come."""
    game = bound("airspace-2024")
    row = list(game.start_row)
    (owed,), (crossings,) = game.cells_named("owed.jp.cn"), game.cells_named("crossings.jp")
    mofa = game.policies["doctrine"][game.agency_number("jp_mofa")]
    row[crossings], row[owed] = 1, 4
    assert mofa.firm(Recording(game, row, 0, 5)) is True
    row[owed] = 0
    assert mofa.firm(Recording(game, row, 0, 5)) is False


def test_what_an_agency_cannot_judge_does_not_move_it() -> None:
    """The theatre command cannot know what the others were told, though it is one of its objectives."""
    game = bound("airspace-2024")
    command = game.policies["doctrine"][game.agency_number("cn_etc")]
    (told,) = game.cells_named("facts.cn_mfa")
    looked: list[int] = []

    class Watching(Recording):
        def cell(self, number: int) -> int:
            looked.append(number)
            return super().cell(number)

    command.firm(Watching(game, list(game.start_row), 0, 3))
    assert looked
    assert told not in looked
