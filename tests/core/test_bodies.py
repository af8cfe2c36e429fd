"""What tracing refuses in the bodies of rules, and what it lets into the text that it writes."""

import ast
import importlib
import inspect
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen
from runs import SCENARIO, bound, play, seats

from game.core import Game
from game.core.model import Rule
from game.core.symbols import RuleError
from game.core.traced import compiled
from game.rules import SHELF, Block
from game.scenario.library import Loaded, ScenarioProblem, load, restored
from game.scenario.problems import Problem
from game.scenario.shipped import shipped

Body = Callable[[Any, Any], None]

BRANCH = "a rule cannot branch on it"
GUARDS = "table.only(c, body)"


@pytest.fixture(scope="session")
def small() -> Game:
    """What a body may say does not depend on the scenario; the smallest is bound soonest."""
    return bound(SCENARIO)


@frozen
class Nothing:
    """A rule without parameters."""


def copy_with(folder: Path, **files: str) -> Path:
    """The shipped scenario in a folder of its own, with further files."""
    copy = folder / SCENARIO
    shutil.copytree(str(shipped("scenarios") / SCENARIO), copy)
    for name, content in files.items():
        (copy / f"{name}.toml").write_text(content)
    return copy


def loaded_with(folder: Path, *bodies: Body) -> Loaded:
    """The shipped scenario with further rules, loaded the way every scenario is."""
    rules = "".join(f'[[rule]]\nid = "{body.__name__}"\nuse = "{body.__name__}"\n' for body in bodies)
    shelf = tuple(Block(body.__name__, "home", Nothing, body) for body in bodies)
    return load(str(copy_with(folder, zz_further=rules)), (), (*SHELF, *shelf))


def risk(table: Any) -> Any:
    return table.track(table.game.tracks["risk"])


# ---- bodies that are refused; WRONG marks the line that the message must show


def branches(table: Any, _: Nothing) -> None:
    if risk(table) > 3:  # WRONG
        table.shift(table.game.tracks["risk"], by=1)


def joins_with_and(table: Any, _: Nothing) -> None:
    value = risk(table)
    table.shift(table.game.tracks["risk"], by=1, when=(value > 3) and (value < 9))  # WRONG


def joins_with_or(table: Any, _: Nothing) -> None:
    value = risk(table)
    table.shift(table.game.tracks["risk"], by=1, when=(value > 3) or (value < 9))  # WRONG


def negates_with_not(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=1, when=not risk(table) > 3)  # WRONG


def chains_comparisons(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=1, when=3 < risk(table) < 9)  # WRONG


def takes_a_share_as_float(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=risk(table) * 0.25)  # WRONG


def rolls_a_float(table: Any, _: Nothing) -> None:
    table.roll("it", chance=0.25)  # WRONG


def shifts_by_a_float(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=0.5)  # WRONG


def takes_min(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=min(risk(table), 3))  # WRONG


def takes_max(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=max(3, risk(table)))  # WRONG


def takes_abs(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=abs(risk(table)))  # WRONG


def inverts(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=1, when=~(risk(table) > 3))  # WRONG


def adds_conditions(table: Any, _: Nothing) -> None:
    value = risk(table)
    table.shift(table.game.tracks["risk"], by=(value > 3) + (value > 9))  # WRONG


def forgets_brackets(table: Any, _: Nothing) -> None:
    value = risk(table)
    table.shift(table.game.tracks["risk"], by=1, when=value > 3 & value > 9)  # WRONG


def guards_with_a_number(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=1, when=risk(table))  # WRONG


def divides_by_a_value(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=100 // risk(table))  # WRONG


def divides_by_nothing(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=risk(table) // 0)  # WRONG


def divides_into_fractions(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=risk(table) / 4)  # WRONG


def carries_a_value_out(table: Any, _: Nothing) -> None:
    kept = []
    table.only(risk(table) > 3, lambda inner: kept.append(risk(inner) * 2))
    table.shift(table.game.tracks["risk"], by=kept[0])  # WRONG


def draws_twice(table: Any, _: Nothing) -> None:
    table.roll("it", chance=500)
    table.roll("it", chance=500)  # WRONG


def says_a_value(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=1, label=f"risk was {risk(table)}")  # WRONG


def takes_int(table: Any, _: Nothing) -> None:
    table.shift(table.game.tracks["risk"], by=int(risk(table)))  # WRONG


def counts_up_to_a_value(table: Any, _: Nothing) -> None:
    for _number in range(risk(table)):  # WRONG
        table.shift(table.game.tracks["risk"], by=1)


def puts_too_much(table: Any, _: Nothing) -> None:
    track = table.game.tracks["risk"]
    table.put(track, to=track.high + 1)  # WRONG


REFUSED: tuple[tuple[Body, str], ...] = (
    (branches, GUARDS),
    (joins_with_and, "combine conditions with & and |"),
    (joins_with_or, "combine conditions with & and |"),
    (negates_with_not, "negate with table.no(c)"),
    (chains_comparisons, "a < b < c"),
    (takes_a_share_as_float, "0.25 is not one. Count in the track's step"),
    (rolls_a_float, "chances in permille"),
    (shifts_by_a_float, "0.5 is not one"),
    (takes_min, "table.least / table.most"),
    (takes_max, "table.least / table.most"),
    (takes_abs, BRANCH),
    (inverts, "Write table.no(condition)"),
    (adds_conditions, "table.count(c1, c2, ...)"),
    (forgets_brackets, "put brackets around each comparison"),
    (guards_with_a_number, "Compare it with something"),
    (divides_by_a_value, "Write table.share(a, b, otherwise)"),
    (divides_by_nothing, "Write table.share(a, b, otherwise)"),
    (divides_into_fractions, "divide with // by a fixed number"),
    (carries_a_value_out, "Make it before, or propose inside"),
    (draws_twice, "Give them different names or subjects"),
    (says_a_value, "Labels are fixed texts"),
    (takes_int, BRANCH),
    (counts_up_to_a_value, BRANCH),
    (puts_too_much, "is outside the limits of 'risk'"),
)


def said(problem: Problem) -> str:
    """All that a problem tells the author."""
    return f"{problem.message}\n{problem.hint}"


def marked_line(body: Body) -> tuple[int, str]:
    """The line of a body that is wrong: its number and its text."""
    lines, first = inspect.getsourcelines(body)
    number = next(k for k, line in enumerate(lines) if "# WRONG" in line)
    return first + number, lines[number].strip()


@pytest.mark.parametrize(("body", "advice"), REFUSED, ids=[body.__name__ for body, _ in REFUSED])
def test_tracing_refuses_a_body_with_file_line_and_what_to_write_instead(small: Game, body: Body, advice: str) -> None:
    bad = Rule("rule.bad", "bad", body, Nothing())
    number, line = marked_line(body)
    with pytest.raises(RuleError) as error:
        compiled(evolve(small, rules={**small.rules, "home": (*small.rules["home"], bad)}))
    assert str(error.value).startswith(f"{__file__}:{number}: {line}\n")
    assert advice in str(error.value)


@pytest.mark.parametrize(("body", "advice"), REFUSED, ids=[body.__name__ for body, _ in REFUSED])
def test_a_scenario_with_a_refused_body_is_told_its_file_and_line_and_what_to_write_instead(
    body: Body, advice: str, tmp_path: Path
) -> None:
    loaded = loaded_with(tmp_path, body)
    assert loaded.game is None
    (problem,) = [found for found in loaded.problems if found.severity == "error"]
    number, _ = marked_line(body)
    assert re.search(rf"\b{re.escape(Path(__file__).name)}(:|, line ){number}\b", said(problem))
    assert advice in said(problem)
    assert Path(__file__).name in loaded.report


def test_a_scenario_with_a_refused_body_is_shown_the_line_itself(tmp_path: Path) -> None:
    (problem,) = [found for found in loaded_with(tmp_path, divides_by_a_value).problems if found.severity == "error"]
    _, line = marked_line(divides_by_a_value)
    assert line in said(problem)


def follows_the_advice(table: Any, _: Nothing) -> None:
    track = table.game.tracks["risk"]
    value = risk(table)
    some, much = value > 3, value > 9
    table.shift(track, by=1, when=some & table.no(much) | (value == 5))
    table.shift(track, by=table.least(value, 3) + table.most(0 - value, -2) + table.count(some, much) - value // 4)
    table.shift(track, by=table.share(100, value, 1) // 50)
    table.roll("it", chance=500)
    table.roll("it", chance=500, subject=1)
    table.only(some, lambda inner: inner.shift(track, by=-1))
    table.put(track, to=track.high, when=value > track.high)


def test_a_body_written_as_advised_is_taken(tmp_path: Path) -> None:
    loaded = loaded_with(tmp_path, follows_the_advice)
    assert loaded.game is not None, loaded.report
    assert any(e.rule == "rule.follows_the_advice" for turn in play(loaded.game, 1) for e in turn.events)


def test_the_authors_line_is_shown_whatever_the_authors_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "every_turn.py"
    file.write_text("def body(table, _):\n    return table.turn > 1 and 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    loaded = loaded_with(tmp_path, importlib.import_module("every_turn").body)
    assert re.search(r"every_turn\.py(:|, line )2\b", "".join(map(said, loaded.problems)))


HIDDEN = """
[[track]]
id = "zz_hidden"
name = "Hidden"
high = 9
seen = "control"
"""
REQUIRED = """
[[action]]
id = "zz_peek"
name = "Peek"
about = "Peek."
agencies = ["{agency}"]
requires = [{{ when = 'zz_hidden == 0', message = "No." }}]
choice = [{{ id = "peek", name = "peek" }}]
"""
PREFERRED = """
[[doctrine]]
id = "{doctrine}"
agency = "{agency}"
hold = 'zz_hidden'
"""


@pytest.mark.parametrize("entry", [REQUIRED, PREFERRED], ids=["requirement", "doctrine"])
def test_what_an_agency_cannot_see_decides_neither_its_orders_nor_its_computer_player(
    small: Game, entry: str, tmp_path: Path
) -> None:
    agency = small.agencies[0].id
    known = [doctrine["id"] for doctrine in small.about["entries"]["doctrine"] if doctrine["agency"] == agency]
    folder = copy_with(tmp_path)
    (folder / "variants").mkdir(exist_ok=True)
    peek = HIDDEN + entry.format(agency=agency, doctrine=[*known, "zz_peeks"][0])
    (folder / "variants" / "zz-peek.toml").write_text(peek)
    assert load(str(folder)).game is not None
    loaded = load(str(folder), ["zz-peek"])
    assert loaded.game is None
    (problem,) = [found for found in loaded.problems if found.severity == "error"]
    assert "cannot see" in problem.message
    assert "'zz_hidden'" in problem.message
    assert agency in problem.message


# ---- the text

HOSTILE = "\"\"\"; import os #'''\\\n\u2028__import__('os').system('true')\n    return\ndef f0(S, key, turn, E): pass\n"
TEXTS = {"name", "short", "title", "summary", "meaning", "label", "message", "says", "about", "text", "source",
         "clock", "kahn", "mid", "goldstein", "players"}  # fmt: skip
WORDS = re.compile(r"[TfvrcE]\d+|S|E|d|o|x|key|turn|play|choose|permille|pick|lots|way")
PARTS = (
    *(ast.Module, ast.FunctionDef, ast.arguments, ast.arg, ast.Assign, ast.AugAssign, ast.Expr, ast.If, ast.Return),
    *(ast.Pass, ast.Call, ast.Name, ast.Constant, ast.Tuple, ast.List, ast.Subscript, ast.Attribute, ast.Compare),
    *(
        ast.BoolOp,
        ast.BinOp,
        ast.UnaryOp,
        ast.IfExp,
        ast.expr_context,
        ast.boolop,
        ast.operator,
        ast.unaryop,
        ast.cmpop,
    ),
)


def is_text(key: str, table: dict[str, Any]) -> bool:
    """Whether what stands under a key is for people. Those held are a text in one block and a track in another."""
    return key in TEXTS or (key == "persons" and table.get("use") == "custody")


def made_hostile(plain: Any) -> Any:
    """The same tables with every text for people replaced."""
    if isinstance(plain, list):
        return [made_hostile(one) for one in plain]
    if isinstance(plain, dict):
        return {k: HOSTILE if is_text(k, plain) and isinstance(v, str) else made_hostile(v) for k, v in plain.items()}
    return plain


@pytest.mark.parametrize("record", [True, False])
def test_no_text_of_a_scenario_changes_the_text_that_is_run(game: Game, record: bool) -> None:
    plain = made_hostile(game.about)
    plain["texts"] = dict.fromkeys(plain["texts"], HOSTILE)
    hostile = restored(plain)
    assert all(agency.name == HOSTILE for agency in hostile.agencies)
    policies = seats(game, "random")
    assert (
        compiled(hostile, record=record, policies=policies).source
        == compiled(game, record=record, policies=policies).source
    )


def test_the_text_has_numbers_and_its_own_names_alone(game: Game) -> None:
    hostile = restored(made_hostile(game.about))
    assert any(rule.name == HOSTILE for rules in hostile.rules.values() for rule in rules)
    for policy in hostile.policies:
        for node in ast.walk(ast.parse(compiled(hostile, policies=seats(hostile, policy)).source)):
            assert isinstance(node, PARTS), ast.dump(node)
            if isinstance(node, ast.Constant):
                assert type(node.value) in (int, bool)
            for name in (getattr(node, key, None) for key in ("id", "name", "arg")):
                assert name is None or WORDS.fullmatch(name), name
            if isinstance(node, ast.Attribute):
                assert node.attr == "append"
    assert play(hostile, 1)


@pytest.mark.parametrize("kind", ["rule", "ending", "action", "track", "unit"])
def test_an_id_that_is_no_plain_name_is_refused_before_anything_is_bound(small: Game, kind: str) -> None:
    plain = made_hostile(small.about)
    plain["entries"][kind][0]["id"] = 'x"; import os #'
    with pytest.raises(ScenarioProblem):
        restored(plain)
