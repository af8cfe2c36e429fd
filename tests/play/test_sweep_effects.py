"""Effects: contrasts and correlations that can be worked out by hand, and tables and a chart that show them."""

import math
import random
import xml.etree.ElementTree as ET
from array import array
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sweeps import HEAD, TWO, plan_of

from game.play.intervals import interval
from game.play.sweep.chart import chart, scale
from game.play.sweep.effects import MAIN, RANK, TOGETHER, Effect, effects_of, rank_correlation, ranks
from game.play.sweep.plan import Plan
from game.play.sweep.table import Measure, Table, figure
from game.play.sweep.told import effects_rows, effects_text

RUNS = 12
"""Runs of each point in the designs of these tests."""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_of(tmp_path_factory.mktemp("design"), HEAD + TWO)


def drawn(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 (our own text)


def measured(plan: Plan, value: object) -> tuple[Table, Measure]:
    """A measure that is a function of the levels and of the run."""
    numbers = array("q", (value(*(level.value for level in point), run)  # type: ignore[operator]
                          for point in plan.points for run in range(plan.runs)))  # fmt: skip
    return Table(plan, {"final_risk": numbers}, {}), Measure("final_risk", "points", True, numbers)


def test_effects_of_two_level_factors_are_those_put_in(plan: Plan) -> None:
    """Latency 360 -> 0, authority 0 -> 1000: a change of 6, of 10, and 4 more when both change."""

    def value(latency: int, authority: int, run: int) -> int:
        short, commands = latency == 0, authority == 1000
        return 100 * run + 6 * short + 10 * commands + 4 * (short and commands)

    latency, authority, both = effects_of(*measured(plan, value))
    assert (latency.kind, authority.kind, both.kind) == (MAIN, MAIN, TOGETHER)
    # What belongs to the run is in every point alike and falls out: the intervals have no width.
    assert (latency.value, latency.low, latency.high) == (8, 8, 8)
    assert (authority.value, both.value) == (12, 2)
    assert (latency.base, latency.level, authority.base, authority.level) == ("360", "0", "0", "1000")
    assert latency.mean_level is not None
    assert latency.mean_base is not None
    assert latency.mean_level - latency.mean_base == pytest.approx(8)
    assert both.term == "latency x authority"


@given(st.lists(st.integers(-100, 100), min_size=4 * RUNS, max_size=4 * RUNS))
def test_contrasts_are_taken_seed_by_seed(plan: Plan, numbers: list[int]) -> None:
    """The definitions, written out for one run: yates order is 360/0, 0/0, 360/1000, 0/1000."""
    measure = Measure("x", "", True, numbers)
    a, b, ab = effects_of(Table(plan, {}, {}), measure)
    per_run = [[numbers[point * RUNS + run] for point in range(4)] for run in range(RUNS)]
    for effect, signs in ((a, (-1, 1, -1, 1)), (b, (-1, -1, 1, 1)), (ab, (1, -1, -1, 1))):
        wanted = interval([sum(sign * y for sign, y in zip(signs, ys, strict=True)) / 2 for ys in per_run])
        assert (effect.value, effect.low, effect.high) == pytest.approx(
            (wanted.value, wanted.value - wanted.half, wanted.value + wanted.half), abs=1e-9)  # fmt: skip
    swapped = effects_of(Table(plan, {}, {}), Measure("x", "", True, [-one for one in numbers]))
    assert [one.value for one in swapped] == pytest.approx([-(one.value or 0) for one in (a, b, ab)])


def test_a_factor_of_three_levels_has_a_contrast_for_each_but_the_first(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + TWO.replace("[360, 0]", "[360, 60, 0]"))
    found = effects_of(*measured(plan, lambda latency, authority, run: latency + authority + run))
    assert [(one.term, one.value) for one in found] == [
        ("latency: 360 -> 60", -300), ("latency: 360 -> 0", -360), ("authority: 0 -> 1000", 1000)
    ]  # fmt: skip


def test_the_interval_of_an_effect_covers_it_as_often_as_it_says(plan: Plan) -> None:
    dice = random.Random(3)
    hits = 0
    for _ in range(400):
        luck = [dice.gauss(0, 200) for _ in range(RUNS)]
        one = effects_of(*measured(plan, lambda latency, authority, run, luck=luck: int(
            7 * (latency == 0) + luck[run] + dice.gauss(0, 30))))[0]  # fmt: skip
        assert one.low is not None
        assert one.high is not None
        hits += one.low <= 7 <= one.high
    # Twelve runs and the normal approximation: somewhat less than 95 %, and the luck of a seed plays no part.
    assert 0.88 <= hits / 400 <= 0.98


def hypercube(tmp_path: Path, points: int = 24) -> Plan:
    text = (
        HEAD.replace("12", "2")
        + f'kind = "latin_hypercube"\npoints = {points}\n'
        + TWO.replace("levels = [360, 0]", "low = 0\nhigh = 360")
    )
    return plan_of(tmp_path, text)


def test_a_hypercube_has_rank_correlations_and_means_of_halves(tmp_path: Path) -> None:
    plan = hypercube(tmp_path)
    latency, authority = effects_of(*measured(plan, lambda latency, authority, run: 1000 * latency**3 - authority))
    assert latency.kind == RANK
    assert latency.value is not None
    assert latency.value > 0.99
    assert latency.clear
    assert authority.value is not None
    assert abs(authority.value) < 0.6
    halves = [fmean(1000 * int(one.value) ** 3 - int(other.value) for one, other in plan.points if on(int(one.value)))
              for on in ((180).__gt__, (180).__lt__)]  # fmt: skip
    assert (latency.mean_base, latency.mean_level) == pytest.approx(tuple(halves))


def test_what_never_changes_has_no_correlation(tmp_path: Path) -> None:
    plan = hypercube(tmp_path)
    table, measure = measured(plan, lambda latency, authority, run: 5)
    assert [(one.value, one.clear) for one in effects_of(table, measure)] == [(None, False)] * 2
    assert "-" in effects_text(plan, [(measure, effects_of(table, measure))])
    drawn(chart(plan, [(measure, effects_of(table, measure))]))


def test_rank_correlations_are_those_of_the_books() -> None:
    # Spearman's own kind of example: ten pairs, sum of squared differences of ranks 24, so 1 - 6 * 24 / 990.
    xs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    ys = [2, 1, 4, 3, 7, 5, 6, 10, 8, 9]
    apart = sum((x - y) ** 2 for x, y in zip(xs, ys, strict=True))
    r, low, high = rank_correlation(xs, ys)
    assert r == pytest.approx(1 - 6 * apart / 990)
    assert r is not None
    half = 1.96 * math.sqrt((1 + r * r / 2) / 7)
    assert (low, high) == pytest.approx((math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)))
    assert rank_correlation(xs, [-y for y in ys])[0] == pytest.approx(-r)
    assert ranks([5, 1, 5, 5]) == [3, 1, 3, 3]
    assert rank_correlation([1, 1, 1], [1, 2, 3]) == (None, None, None)
    assert rank_correlation([1, 2, 3], [1, 2, 3]) == (1, None, None)
    perfect = rank_correlation(list(range(30)), list(range(30)))
    assert perfect[0] == perfect[2] == 1
    assert perfect[1] is not None
    assert 0.99 < perfect[1] < 1
    assert not (rank_correlation([1, 2, 3, 4], [1, 2, 3, 4])[1] or 0) > 0, "four points show nothing"


def test_the_interval_of_a_rank_correlation_covers_as_often_as_it_says() -> None:
    """Pairs without any relation: 0 lies inside in about 95 of 100."""
    dice = random.Random(7)
    hits = 0
    for _ in range(1000):
        _, low, high = rank_correlation([dice.random() for _ in range(25)], [dice.random() for _ in range(25)])
        assert low is not None
        assert high is not None
        hits += low <= 0 <= high
    assert 930 <= hits <= 970


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
@example(0.0, 5e-324)
@example(0.3, 1e-9)
def test_scales_are_round_and_hold_everything(low: float, width: float) -> None:
    ticks = scale(low, low + width)
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= low + width - 1e-6
    assert 2 <= len(ticks) <= 8
    steps = {f"{b - a:.3g}" for a, b in pairwise(ticks)}
    assert len(steps) <= 2


def test_the_chart_is_read_without_colour_and_hostile_names_stay_text(plan: Plan) -> None:
    def one(term: str, value: float, half: float) -> Effect:
        return Effect("final_risk", "points", MAIN, term, "", "0", "1", 0, 1, value, value - half, value + half)

    measure = Measure("final_risk", '<script>"&', True, [1])
    text = chart(plan, [(measure, [one("a<b", -8, 1), one("c", 1, 3)])])
    root = drawn(text)
    circles = [(node.get("fill"), node.get("stroke")) for node in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert circles == [("black", "black"), ("white", "black")], "filled where the interval leaves out 0"
    colours = {value for node in root.iter() for key, value in node.items() if key in ("fill", "stroke")}
    assert colours <= {"black", "white", "#ccc"}
    assert "<script" not in text
    width = float(root.get("width", "0"))
    assert all(0 <= float(node.get("x2", "0")) <= width for node in root.iter("{http://www.w3.org/2000/svg}line"))


def test_the_table_for_people_is_ordered_by_size_and_stars_what_is_clear(plan: Plan) -> None:
    table, measure = measured(
        plan, lambda latency, authority, run: (authority == 1000) * 9 + (latency == 0) * (run % 3 - 1)
    )
    text = effects_text(plan, [(measure, effects_of(table, measure))])
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("Risk at the end"))
    assert lines[first + 1].startswith("  authority: 0 -> 1000")
    assert " *" in lines[first + 1]
    assert lines[first + 2].startswith("  latency: 360 -> 0")
    assert " *" not in lines[first + 2]
    assert "seeds 0 to 11" in text
    heads, *rest = effects_rows(effects_of(table, measure))
    assert all(len(row) == len(heads) for row in rest)
    assert rest[1][heads.index("effect")] == "9"


def test_figures_are_short_and_the_same_everywhere() -> None:
    assert [figure(value) for value in (0.0, 1 / 3, -12345678.9, 0.00001234567, 100)] == [
        "0", "0.333333", "-1.23457e+07", "1.23457e-05", "100"
    ]  # fmt: skip
