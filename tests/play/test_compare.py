"""Comparisons count what the engine recorded, pair runs by seed, and give intervals that hold what they promise."""

import json
import random
from collections.abc import Sequence
from fractions import Fraction
from math import comb, inf
from pathlib import Path
from statistics import fmean, median

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core import Game
from game.core.model import Ending
from game.play.compare import Comparison, compared
from game.play.intervals import interval, middle, place_of
from game.play.measures import CUMULATED, FINAL, MEASURES, PEAK, MeasureProblem
from game.play.playout import Player, Run, policies_for, report
from game.scenario.library import load, playable

RUNS = 60


@pytest.fixture(scope="module")
def quiet() -> Game:
    return playable("airspace-2024", ("no_hotline",))


@pytest.fixture(scope="module")
def early(game: Game) -> Game:
    """The game with an ending that comes early in some runs, in some of them within the opening."""
    risk = game.tracks["risk"]
    return attrs.evolve(game, endings=(Ending("early", "Early", lambda table: table.track(risk) > 260, ""),))


@pytest.fixture(scope="module")
def found(game: Game, quiet: Game, early: Game) -> Comparison:
    names = ("climate", "crossings.jp", "disclosed")
    return compared([("as it is", game), ("quiet", quiet), ("early", early)], "random", RUNS, names=names)


def told(game: Game) -> list[Run]:
    """The same runs with all their events."""
    player = Player(game, policies_for(game, "random"))
    return [player.run(seed) for seed in range(RUNS)]


def measured(run: Run) -> dict[str, int]:
    """The measures of a run from its report alone."""
    known = report(run)
    after = [risk["jp.cn"] for risk in known["risk"][1:]]
    after += after[-1:] * (len(run.game.turns) - len(after))
    rungs = [rung["jp.cn"] for rung in known["rungs"][run.game.opening :]]
    return {PEAK: max(rungs, default=0), CUMULATED: sum(after[run.game.opening :]), FINAL: after[-1]}


def test_measures_are_those_of_the_reports(game: Game, quiet: Game, early: Game, found: Comparison) -> None:
    all_told = [told(one) for one in (game, quiet, early)]
    assert {len(run.events) for run in all_told[2]} >= {1, 2, 8}
    both = [[measured(run) for run in runs] for runs in all_told]
    for arm, own in zip(found.arms, both, strict=True):
        for measure in MEASURES:
            mine = [one[measure] for one in own]
            apart = [one[measure] - other[measure] for one, other in zip(own, both[0], strict=True)]
            assert arm.values[measure].mean == interval(mine)
            assert arm.values[measure].median == middle(mine)
            difference = arm.differences[measure]
            assert (difference.mean, difference.median) == (interval(apart), middle(apart))
            assert (difference.lower, difference.higher) == (sum(n < 0 for n in apart), sum(n > 0 for n in apart))
            assert difference.lower + difference.same + difference.higher == RUNS
        peaks = [one[PEAK] for one in own]
        assert arm.reached == tuple(fmean(peak >= rung for peak in peaks) for rung in range(1, 10))
    assert found.arms[1].differences[CUMULATED].mean.value != 0


def test_the_first_counted_turn_is_the_one_after_the_opening(game: Game, found: Comparison) -> None:
    peaks = 0
    for run in told(game):
        rungs = [rung["jp.cn"] for rung in report(run)["rungs"]]
        peaks += rungs[game.opening] == max(rungs[game.opening :])
    assert game.opening == found.opening > 0
    assert 0 < found.arms[0].at_once == peaks / RUNS < 1


def test_calls_are_those_of_the_reports(game: Game, quiet: Game, found: Comparison) -> None:
    words = {"asked": "uses", "answered": "answered", "refused": "refusals", "unanswered": "unanswered"}
    for arm, one in zip(found.arms[:2], (game, quiet), strict=True):
        counts = [report(run)["mechanisms"] for run in told(one)]
        assert set(arm.calls) == set(one.mechanisms)
        for mechanism, calls in arm.calls.items():
            assert calls == {word: fmean(run[mechanism][key] for run in counts) for word, key in words.items()}
    assert found.arms[0].calls["hotline"]["asked"] > 0
    assert found.arms[1].calls["hotline"]["asked"] == 0


def test_values_at_the_end_have_a_row_each_and_marks_one_for_each_word(
    game: Game, quiet: Game, found: Comparison
) -> None:
    ends = [[run.states[-1].row for run in told(one)] for one in (game, quiet)]
    for arm, rows in zip(found.arms[:2], ends, strict=True):
        assert [end.name for end in arm.ends if not end.word] == [
            "climate.jp.cn", "climate.jp.us", "climate.cn.us", "crossings.jp"
        ]  # fmt: skip
        for end in arm.ends:
            (cell,) = game.cells_named(end.name)
            words = game.track_of(cell).words
            read = [
                [100 * (words[row[cell]] == end.word) if words else row[cell] for row in each]
                for each in (rows, ends[0])
            ]
            assert end.value == interval(read[0])
            assert end.difference == interval([one - other for one, other in zip(*read, strict=True)])
            assert end.unit == ("% of runs" if words else game.track_of(cell).unit)
        assert sum(end.value.value for end in arm.ends if end.name == "disclosed") == pytest.approx(100)


def test_a_game_beside_itself_differs_in_nothing_and_the_same_comes_out_again(game: Game) -> None:
    twice = [compared([("a", game), ("b", game)], "doctrine", 20, names=["risk"]) for _ in range(2)]
    assert twice[0] == twice[1]
    assert json.loads(json.dumps(attrs.asdict(twice[0])))["arms"][1]["differences"][PEAK]["same"] == 20
    a, b = twice[0].arms
    assert attrs.evolve(a, name="b") == b
    assert all(end.difference == interval([0] * 20) for end in b.ends)


def test_the_pair_may_be_chosen_and_is_named(game: Game) -> None:
    for pair, named in (("", "jp.cn"), ("jp.cn", "jp.cn"), ("cn.jp", "jp.cn"), ("us.jp", "jp.us")):
        found = compared([("a", game)], "doctrine", 2, pair)
        assert found.pair == named
        assert found.arms[0].values[FINAL].mean.value == fmean(
            run.states[-1].row[game.cells_named(f"risk.{named}")[0]]
            for run in (Player(game, policies_for(game, "doctrine")).run(seed) for seed in range(2))
        )
    assert found.sides == ("Japan", "United States")


@pytest.mark.parametrize(
    ("pair", "names"),
    [("jp", ()), ("jp.jp", ()), ("jp.xx", ()), (".", ()), ("", ("nothing",)), ("", ("risk.jp",)), ("", ("asked",)),
     ("", ("order",)), ("", ("over",)), ("", ("",)), ("", ("risk.jp.cn.x",))],
)  # fmt: skip
def test_what_cannot_be_measured_is_said(game: Game, pair: str, names: Sequence[str]) -> None:
    with pytest.raises(MeasureProblem):
        compared([("a", game)], "doctrine", 2, pair, names)


def test_an_arm_that_lacks_a_value_is_named(game: Game) -> None:
    loaded = load(str(Path(__file__).parents[1] / "scenarios" / "small"))
    assert loaded.game is not None, loaded.report
    with pytest.raises(MeasureProblem, match="'other' has no"):
        compared([("a", game), ("other", loaded.game)], "doctrine", 2)
    tracks = {name: track for name, track in game.tracks.items() if name != "crossings"}
    with pytest.raises(MeasureProblem, match="'less' has no 'crossings"):
        compared([("a", game), ("less", attrs.evolve(game, tracks=tracks))], "doctrine", 2, "", ["crossings.jp"])


# --- intervals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "place"),
    # Table of intervals for a median with at least 95 % (Conover 1999; Thompson 1936), such as [x(6), x(15)] of 20.
    [(1, 0), (5, 0), (6, 1), (8, 1), (9, 2), (11, 2), (12, 3), (14, 3), (15, 4), (17, 5), (20, 6)],
)
def test_places_of_the_interval_are_those_of_the_table(count: int, place: int) -> None:
    assert place_of(count) == place


@given(st.integers(1, 400))
def test_places_hold_95_percent_and_no_closer_ones_do(count: int) -> None:
    place = place_of(count)
    below = [Fraction(sum(comb(count, i) for i in range(k)), 2**count) for k in (place, place + 1)]
    assert below[0] <= Fraction(25, 1000) < below[1]


def test_large_numbers_have_places_too() -> None:
    for count in (10**5, 10**6):
        assert abs(place_of(count) - (count / 2 - 0.98 * count**0.5)) < 2


def test_the_interval_of_a_median_covers_it_as_often_as_it_says() -> None:
    dice = random.Random(5)
    for draw, centre in (
        (dice.random, 0.5),
        (lambda: dice.expovariate(1), 0.6931),
        (lambda: dice.choice((0, 1, 1)), 1),
    ):
        hits = 0
        for _ in range(1000):
            one = middle([draw() for _ in range(40)])
            assert one.low is not None
            assert one.high is not None
            hits += one.low <= centre <= one.high
        assert hits >= 930


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=60))
def test_a_middle_stands_between_its_ends(numbers: list[int]) -> None:
    one = middle(numbers)
    assert one.value == median(numbers)
    assert (one.low is None) == (one.high is None) == (len(numbers) < 6)
    if one.low is not None and one.high is not None:
        assert one.low <= one.value <= one.high
        assert one.clear == (not one.low <= 0 <= one.high)
    assert middle(numbers[::-1]) == one


def test_an_interval_of_one_number_is_without_end() -> None:
    assert interval([3]).half == inf
    assert not interval([3]).clear
    assert interval([3, 3]).clear
