"""Designs: what researchers write is read, drawn into points, and refused with a place where it cannot be played."""

import re
from itertools import product
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from runs import bound
from sweeps import HEAD, TWO, plan_of

from game.play.sweep.design import DesignEntry, DesignProblem, Factor, FactorEntry, Level
from game.play.sweep.drawing import factorial, latin
from game.play.sweep.plan import planned
from game.scenario.gathering import read_files
from game.scenario.library import ScenarioProblem, locate, whole_shelf
from game.scenario.read import Source
from game.scenario.spots import spots_of

HERE = (Source("design.toml", "", {}, {}), ("factor", 0))


def values(plan: object) -> list[tuple[object, ...]]:
    return [tuple(level.value for level in point) for point in plan.points]  # type: ignore[attr-defined]


def test_a_factorial_has_every_combination_once_first_factor_fastest(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        HEAD + TWO + '[[factor]]\nname = "relief"\nnumber = "mechanism.telephone.relief"\nlevels = [0, 6, 12]\n',
    )
    found = values(plan)
    assert found[:3] == [(360, 0, 0), (0, 0, 0), (360, 1000, 0)]
    assert sorted(found) == sorted(product((360, 0), (0, 1000), (0, 6, 12)))
    assert len(set(found)) == 12


@given(st.integers(4, 80), st.integers(0, 2**40), st.lists(st.tuples(st.integers(-999, 999), st.integers(1, 3000)),
                                                           min_size=1, max_size=4))  # fmt: skip
def test_a_latin_hypercube_has_one_level_in_each_equal_part(
    count: int, draw: int, ranges: list[tuple[int, int]]
) -> None:
    factors = [
        Factor(f"f{number}", "x", (Level(low, HERE),), (low, low + size)) for number, (low, size) in enumerate(ranges)
    ]
    points = latin(factors, count, draw)
    assert len(points) == count
    for place, (low, size) in enumerate(ranges):
        column = sorted(int(point[place].value) for point in points)
        for part, value in enumerate(column):
            # A whole number may belong to two neighbouring parts where these are narrower than 1.
            assert low + part * (size + 1) // count <= value <= low + ((part + 1) * (size + 1) - 1) // count
    # Another factor changes none of the others, and another seed changes the draw.
    assert [point[0].value for point in latin(factors[:1], count, draw)] == [point[0].value for point in points]
    assert latin(factors, count, draw) == points


def test_latin_columns_go_their_own_ways_and_follow_the_seed() -> None:
    factors = [Factor(name, "x", (Level(0, HERE),), (0, 9999)) for name in ("a", "b")]
    points = latin(factors, 200, 1)
    ranks = [
        [sorted(point[place].value for point in points).index(point[place].value) for point in points]
        for place in (0, 1)
    ]
    apart = sum((x - y) ** 2 for x, y in zip(*ranks, strict=True))
    assert abs(1 - 6 * apart / (200 * (200**2 - 1))) < 0.25, "rank correlation of two columns"
    assert latin(factors, 200, 2) != points


def test_levels_and_variants_are_spread_evenly_in_a_hypercube() -> None:
    levels = tuple(Level(one, HERE) for one in ("", "a", "b"))
    points = latin([Factor("switch", "", levels)], 30, 5)
    assert [sum(point[0] is level for point in points) for level in levels] == [10, 10, 10]


def test_a_table_gives_its_points_in_order(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("authority, latency\n5,0\n1000,360\n\n0,7\n", encoding="utf-8-sig")
    text = (
        HEAD
        + 'kind = "table"\npoints = "mine.csv"\n'
        + TWO.replace("levels = [360, 0]\n", "").replace("low = 0\nhigh = 1000\n", "")
    )
    assert values(plan_of(tmp_path, text)) == [(0, 5), (360, 1000), (7, 0)]


def test_variants_are_levels_and_may_be_joined(tmp_path: Path) -> None:
    text = """format = 1
scenario = "airspace-2024"
variants = ["closer_look"]
runs = 2
[[factor]]
name = "hotline"
variants = ["", "authority+no_gate"]
"""
    plan = plan_of(tmp_path, text)
    assert [plan.document(point).variants for point in (0, 1)] == [
        ("closer_look",),
        ("closer_look", "authority", "no_gate"),
    ]
    assert [level.text for (level,) in plan.points] == ["as_it_is", "authority+no_gate"]


FACTOR = '\n[[factor]]\nname = "latency"\nnumber = "mechanism.telephone.window_minutes"\n'
SWITCH = '\n[[factor]]\nname = "hotline"\nvariants = '

WRONG = {
    "no TOML": ("format = ", 1, "not valid TOML"),
    "empty": ("", 0, "'scenario' is missing"),
    "no factors": (HEAD, 0, "needs factors"),
    "misspelt key": (HEAD.replace("runs", "rums") + TWO, 3, "Did you mean 'runs'"),
    "another format": (HEAD.replace("1", "2", 1) + TWO, 1, "format 2"),
    "no scenario": (HEAD.replace("tutorial", "tutorail") + TWO, 2, "Did you mean 'tutorial'"),
    "a path upwards": (HEAD.replace("tutorial", "../../no/such/place") + TWO, 2, "No scenario"),
    "unknown value": (HEAD + FACTOR.replace("window_minutes", "window_minuets") + "levels = [1, 2]", 7,
                      "Did you mean 'mechanism.telephone.window_minutes'"),
    "unknown mechanism": (HEAD + FACTOR.replace("telephone", "hotline") + "levels = [1, 2]", 7, "telephone"),
    "level too high": (HEAD + FACTOR + "levels = [0, 2881]", 8, "2881 is outside the limits: 0 to 2880"),
    "high too high": (HEAD + FACTOR + "low = 0\nhigh = 9999", 9, "9999 is outside the limits"),
    "level of a wrong kind": (HEAD + FACTOR + 'levels = [0, "long"]', 8, "a whole number"),
    "level with a fraction": (HEAD + FACTOR + "levels = [0, 1.5]", 8, "a number with a fraction"),
    "level twice": (HEAD + FACTOR + "levels = [1, 1]", 8, "twice"),
    "one level": (HEAD + FACTOR + "levels = [1]", 8, "2 to"),
    "no levels": (HEAD + FACTOR, 5, "levels"),
    "low above high": (HEAD + FACTOR + "low = 5\nhigh = 4", 9, "low below high"),
    "levels and low": (HEAD + FACTOR + "levels = [1, 2]\nlow = 5\nhigh = 7", 9, "either"),
    "number and variants": (HEAD + FACTOR + 'variants = ["", "a"]', 5, "either"),
    "neither": (HEAD + '\n[[factor]]\nname = "a"\n', 5, "either"),
    "variants with levels": (HEAD + SWITCH + '["", "a"]\nlevels = [1, 2]', 8, "leave 'levels' out"),
    "unknown variant": (HEAD.replace("tutorial", "airspace-2024") + SWITCH + '["", "no_gte"]', 7, "Did you mean 'no_gate'"),
    "unknown variant held": (HEAD.replace("tutorial", "airspace-2024") + 'variants = ["no_gte"]' + SWITCH + '["", "no_gate"]', 4,
                             "Did you mean 'no_gate'"),
    "a name that is no name": (HEAD + TWO.replace('"latency"', '"late ncy"'), 6, "Latin letters"),
    "a name twice": (HEAD + TWO.replace('"latency"', '"authority"'), 11, "Another column"),
    "a name that is taken": (HEAD + TWO.replace('"latency"', '"seed"'), 6, "Another column"),
    "a value twice": (HEAD + FACTOR + "levels = [1, 2]" + FACTOR.replace('"latency"', '"again"') + "levels = [3, 4]", 11,
                      "could not be told apart"),
    "a part of a value of another factor": (
        HEAD + TWO + '[[factor]]\nname = "all"\nnumber = "mechanism.telephone.authority"\nlevels = [1, 2]', 17, "told apart"),
    "a value that another factor's variant sets": (
        HEAD.replace("tutorial", "airspace-2024") + SWITCH + '["", "authority"]' + FACTOR.replace(
            "telephone.window_minutes", "hotline.authority.cn") + "levels = [1, 2]", 10,
        "The factor 'hotline' sets 'mechanism.hotline.authority.cn' too"),
    "variants that set the same": (
        HEAD.replace("tutorial", "airspace-2024") + SWITCH + '["", "no_hotline", "authority"]'
        + SWITCH.replace('"hotline"', '"again"') + '["", "no_gate"]' + SWITCH.replace('"hotline"', '"all"')
        + '["", "asked_for"]' + FACTOR.replace("telephone.window_minutes", "hotline.gate") + "levels = [1, 2]", 16,
        "The factor 'again' sets 'mechanism.hotline.gate' too"),
    "unknown policy": (HEAD + 'policy = "chess"' + TWO, 4, "doctrine, random, hold"),
    "unknown agency": (HEAD + 'policies = { jp_jgc = "random" }' + TWO, 4, "Did you mean 'jp_jcg'"),
    "policies as a list": (HEAD + 'policies = ["random"]' + TWO, 4, "by agency"),
    "unknown pair": (HEAD + 'pair = "jp.kp"' + TWO, 4, "jp.cn"),
    "unknown measure": (HEAD + 'measures = ["moral"]' + TWO, 4, "No value is called 'moral'"),
    "a measure of one turn": (HEAD + 'measures = ["order"]' + TWO, 4, "not kept"),
    "points in a factorial": (HEAD + "points = 9" + TWO, 4, "leave 'points' out"),
    "a hypercube without points": (HEAD + 'kind = "latin_hypercube"' + TWO, 0, "4 to"),
    "a table elsewhere": (HEAD + 'kind = "table"\npoints = "../points.csv"' + TWO, 5, "beside the design"),
    "a table that is not there": (HEAD + 'kind = "table"\npoints = "points.csv"' + TWO, 5, "cannot be read"),
    "an unknown kind": (HEAD + 'kind = "sobol"' + TWO, 4, "latin_hypercube"),
    "one run": (HEAD.replace("12", "1") + TWO, 3, "outside the limits: 2 to"),
    "too many runs": (HEAD.replace("12", "999999") + TWO, 3, "at most 1000000"),
    "too many points": (HEAD + "".join(
        FACTOR.replace("latency", key).replace("window_minutes", key) + f"levels = {list(range(30))}"
        for key in ("window_minutes", "relief", "consultation_minutes")), 5, "at most 10000"),
    "a mark between two numbers": (
        HEAD + '\n[[factor]]\nname = "weather"\nnumber = "mechanism.telephone.status"\nlow = 0\nhigh = 3', 7, "no number"),
    "a word that is none": (
        HEAD + '\n[[factor]]\nname = "status"\nnumber = "mechanism.telephone.status"\nlevels = ["operating", "brokn"]', 8,
        "A mechanism's status is one of"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    text, line, words = WRONG[name]
    with pytest.raises(DesignProblem) as told:
        plan_of(tmp_path, text)
    report = str(told.value)
    assert words in report
    assert f"design.toml:{line}:" in report if line else "design.toml: error" in report or "design.toml:" in report
    assert "Traceback" not in report


def test_many_mistakes_are_told_in_one_pass(tmp_path: Path) -> None:
    with pytest.raises(DesignProblem, match="4 errors"):
        plan_of(
            tmp_path, HEAD.replace("12", "0") + 'colour = "red"' + TWO.replace("[360, 0]", "[]").replace("1000", "-1")
        )


@pytest.mark.parametrize(
    ("table", "line", "words"),
    [
        ("", 0, "no lines"),
        ("latency,authority\n1,2\n", 1, "1 points; 2 to"),
        ("latency\n1\n2\n", 1, "no column for: authority"),
        ("latency,autority\n1,2\n2,3\n", 1, "Did you mean 'authority'"),
        ("latency,authority,latency\n1,2,1\n2,3,1\n", 1, "each once"),
        ("latency,authority\n1\n2,3\n", 2, "1 cells; the first has 2"),
        ("latency,authority\n1,2\n2,9999\n", 3, "9999 is outside the limits"),
        ("latency,authority\n1,2\n2,=1+1\n", 3, "whole number"),
        ("latency,authority\n1,2\n2,\n", 3, "whole number"),
        ('latency,authority\n1,"2\n', 0, "no table"),
        ("latency,authority\n1,99999999999999999999999\n2,3\n", 2, "whole number"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_at_its_line(tmp_path: Path, table: str, line: int, words: str) -> None:
    (tmp_path / "points.csv").write_text(table, encoding="utf-8")
    text = (
        HEAD
        + 'kind = "table"\npoints = "points.csv"'
        + TWO.replace("levels = [360, 0]", "").replace("low = 0\nhigh = 1000", "")
    )
    with pytest.raises(DesignProblem) as told:
        plan_of(tmp_path, text)
    assert words in str(told.value)
    assert "points.csv" + f":{line}:" * bool(line) in str(told.value)


def test_a_scenario_with_errors_is_told_as_the_check_tells_it(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "scenario.toml").write_text(
        'format = 1\nextends = "tutorial"\ntitle = 5\n', encoding="utf-8"
    )
    with pytest.raises(ScenarioProblem, match=r"broken/scenario.toml:3"):
        plan_of(tmp_path, HEAD.replace("tutorial", "broken") + TWO)


def test_a_design_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="design"):
        planned(tmp_path / "design.toml")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_design_raises_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    """Random values where a design has its own, as TOML that can be read."""
    value = st.one_of(
        st.integers(-(2**63), 2**63 - 1), st.booleans(), st.just("nan"), st.just("[]"), st.just("{}"), st.just("1.5"),
        st.just('["", ""]'), st.just("[[1], 2]"), st.just("1979-05-27"),
        st.text("a.'\\{}%\u3042\u202e+-", max_size=9).map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', "") + '"'),
        st.sampled_from(["'mechanism.telephone'", "'turns.1.minutes'", "'track.climate.start'", "['', 'x+']", "[1, 'a', true]"]),
    ).map(lambda one: str(one).lower() if isinstance(one, bool) else str(one))  # fmt: skip
    keys = [one.name for one in attrs.fields(DesignEntry) if one.name != "factor"]
    own = [one.name for one in attrs.fields(FactorEntry)]
    chosen = data.draw(st.dictionaries(st.sampled_from(keys), value, max_size=3))
    lines = {"format": "1", "scenario": '"tutorial"', "runs": "3", **chosen}
    factor = data.draw(st.dictionaries(st.sampled_from(own), value, max_size=6))
    body = [f"{key} = {one}" for key, one in lines.items()]
    body += ["[[factor]]", *(f"{key} = {one}" for key, one in factor.items())]
    try:
        plan_of(tmp_path, "\n".join(body) + "\n")
    except DesignProblem as problem:
        assert str(problem)


def test_the_product_of_levels_is_never_built_when_it_is_too_large() -> None:
    levels = tuple(Level(one, HERE) for one in range(2))
    assert len(factorial([Factor(f"f{n}", "x", levels) for n in range(10)])) == 1024


DOCS = Path(__file__).parents[2] / "docs"


def test_the_design_of_the_docs_is_the_one_shown_and_can_be_played() -> None:
    page = (DOCS / "experiments.md").read_text(encoding="utf-8")
    assert page.split("```toml\n")[1].split("```")[0] == (DOCS / "hotline.toml").read_text(encoding="utf-8")
    plan = planned(DOCS / "hotline.toml")
    assert (len(plan.points), plan.runs) == (16, 1000)


def test_the_names_of_the_docs_are_names_of_the_scenario() -> None:
    page = (DOCS / "experiments.md").read_text(encoding="utf-8")
    table = page.split("| value | name |")[1].split("\n\n")[0]
    names = re.findall("`([a-z_.0-9:A-Z]+)`", table)
    known = spots_of(read_files(*locate("airspace-2024")).document(), bound("airspace-2024"), whole_shelf())
    assert len(names) >= 10
    for name in names:
        assert name in known or name == "id", name


def test_every_key_of_a_design_is_in_the_docs() -> None:
    page = (DOCS / "experiments.md").read_text(encoding="utf-8").split("## Players that learn")[0]
    for cls in (DesignEntry, FactorEntry):
        for attribute in attrs.fields(cls):
            assert attribute.name in page, attribute.name
