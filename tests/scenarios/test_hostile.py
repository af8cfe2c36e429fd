"""Scenarios and journals from strangers: whatever stands in them, loading answers with problems, soon, and touches nothing."""

import copy
import json
import os
import random
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from game.core.model import Game
from game.core.table import Recording, clear
from game.core.turn import choose_orders, play_turn
from game.core.view import readings
from game.scenario.library import ScenarioProblem, load, playable, restored

SMALL = Path(__file__).parent / "small"
SHIPPED = Path(__file__).parent.parent.parent / "scenarios"
SECONDS = 5.0
"""Time of the processor that loading may take."""

TOKEN = re.compile(r""""[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_.-]+|[\[\]{}=,]+|\n""")
VALUE = re.compile(r"^(\s*[A-Za-z_]+ = )(.*)$", re.MULTILINE)
WORDS = [
    "", "x", "jp", "own", "own.side", "risk.jp.cn", "turn", "turn > 1", "choice.x", "turn // 0", "{own}{x}",
    "{0.__class__}", "{!r}", "%s", "{", "../../etc/passwd", "C:\\boot", "__import__('os').system('true')", "().__class__",
    "\u202e", "東京", "\U0001f600", "é" * 100, "A" * 3000, "(" * 60, "1" + "+1" * 900, "turn" * 700,
    "not " * 100 + "true", "all", "zones", "statuses", "2024-01-01", "a\nb",
]  # fmt: skip
RAW = [
    "0", "-1", "1_000_000_000", "99999999999999999999", "-9223372036854775808", "1e999", "nan", "true", "1.5",
    "2024-01-01", "12:00:00", "[]", "{}", "[[]]", "[{}]", "{ x = 1 }", '["jp", "jp"]', '["jp", "cn", "us"]',
    "[" * 40 + "]" * 40, "[" + "1, " * 3000 + "]", "x", '"""', "", *[json.dumps(word) for word in WORDS],
]  # fmt: skip


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


VALUES: list[Any] = [
    None, 0, -1, 10**9, 10**30, 2**63 - 1, -(2**63), 1.5, float("nan"), float("inf"), True, "\ud800", "\0", [], {}, [[]],
    [{}], {"": 1}, {"x": {}}, [None], ["jp", "jp"], deep(100), {"id": "x"}, [{"id": "x"}] * 500, ["x"] * 20_000,
    *WORDS,
]  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_is_touched() -> Iterator[None]:
    WATCH.deeds = []
    yield
    WATCH.deeds, deeds = None, WATCH.deeds
    assert deeds == []


class Watch:
    """Notes what the program does to the world while it loads."""

    deeds: list[str] | None = None
    loading = False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if self.deeds is None or not self.loading:
            return
        if "__pycache__" in repr(args):
            return
        by_mode = event == "open" and isinstance(args[1], str) and any(sign in args[1] for sign in "wax+")
        by_flags = event == "open" and args[1] is None and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if (
            by_mode
            or by_flags
            or event.startswith(("os.remove", "os.rename", "os.mkdir", "os.system", "subprocess", "socket", "shutil"))
        ):
            self.deeds.append(f"{event} {args!r}")


WATCH = Watch()
sys.addaudithook(WATCH)


def answer(*, folder: Path | None = None, plain: object = None, variants: Sequence[str] = ()) -> Game | None:
    """The game of a folder or of a plain document, or none; nothing else may come of it."""
    began = time.process_time()
    WATCH.loading = True
    game = None
    try:
        if folder is not None:
            loaded = load(str(folder), variants)
            game = loaded.game
            assert loaded.report
            assert game is not None or any(problem.severity == "error" for problem in loaded.problems)
        else:
            game = restored(plain)
    except ScenarioProblem as problem:
        assert str(problem)
    finally:
        WATCH.loading = False
    assert time.process_time() - began < SECONDS
    return game


def played(game: Game, turns: int = 3) -> None:
    """Play some turns with computer players and look at them."""
    row = list(game.start_row)
    for turn in range(min(turns, len(game.turns))):
        table = Recording(game, clear(game, row), 1, turn)
        choose_orders(table, game, ("random",) * len(game.agencies))
        play_turn(table, game)
        row = table.row
        for agency in range(len(game.agencies)):
            readings(game, row, 1 << agency)


def broken_text(text: str, chance: random.Random) -> str:
    """A scenario file with some of its words deleted, doubled, moved or replaced."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        found = list((TOKEN if chance.random() < 0.5 else VALUE).finditer(text))
        if not found:
            return text
        one = chance.choice(found)
        start, end = one.span(one.re.groups)
        match chance.randrange(5):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + " " + text[start:]
            case 2:
                text = text[:start] + chance.choice(found).group() + text[end:]
            case _:
                text = text[:start] + chance.choice(RAW) + text[end:]
    return text


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from paths(one, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def broken_plain(plain: Any, known: Sequence[tuple[Any, ...]], chance: random.Random) -> Any:
    """A plain document with a part deleted, replaced or put elsewhere."""
    path = chance.choice(known)
    if chance.random() < 0.3:
        path = path[:3]
    if not path:
        return chance.choice(VALUES)
    holder = at(plain, path[:-1])
    match chance.randrange(5):
        case 0:
            del holder[path[-1]]
        case 1:
            holder[path[-1]] = copy.deepcopy(at(plain, chance.choice(known)))
        case 2 if isinstance(holder, dict):
            holder[chance.choice(["x", "", "{x}", "use", "id", "abstract", "extends", "effect", "keys"])] = (
                chance.choice(VALUES)
            )
        case 2:
            holder.extend([copy.deepcopy(holder[0])] * 70)
        case _:
            holder[path[-1]] = chance.choice(VALUES)
    return plain


@pytest.mark.parametrize("seed", range(30))
def test_broken_files(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    base = SMALL if seed % 3 else SHIPPED / "airspace-2024"
    folder = Path(shutil.copytree(base, tmp_path / base.name))
    shutil.copytree(SHIPPED / "common", tmp_path / "common")
    for file in chance.sample(sorted(tmp_path.rglob("*.toml")), 2):
        file.write_text(broken_text(file.read_text(encoding="utf-8"), chance), encoding="utf-8")
    game = answer(folder=folder)
    if game is not None:
        played(game)


@pytest.fixture(scope="module")
def documents() -> list[Any]:
    """Documents as journals keep them, with the paths to all their parts."""
    plain = [json.loads(json.dumps(playable(name).about)) for name in (str(SMALL), "airspace-2024")]
    return [(one, list(paths(one))) for one in plain]


@pytest.mark.parametrize("seed", range(50))
def test_broken_documents(seed: int, documents: list[Any]) -> None:
    chance = random.Random(seed)
    plain, known = documents[0 if seed % 3 else 1]
    answer(plain=broken_plain(copy.deepcopy(plain), known, chance))


@pytest.mark.parametrize("number", range(len(VALUES)))
def test_strange_values_at_the_top(number: int, documents: list[Any]) -> None:
    value = VALUES[number]
    assert answer(plain=value) is None
    for key in ("id", "variants", "settings", "entries", "texts"):
        answer(plain={**documents[0][0], key: value})
    kinds = sorted(documents[0][0]["entries"])
    for kind in (kinds[number % len(kinds)], kinds[(number + 4) % len(kinds)]):
        answer(plain={**documents[0][0], "entries": {**documents[0][0]["entries"], kind: value}})


def test_huge_counts_are_refused(documents: list[Any]) -> None:
    plain = documents[0][0]
    turns = [{"clock": "x", "minutes": 60}] * 100_000
    assert answer(plain={**plain, "settings": {**plain["settings"], "turns": turns}}) is None
    assert answer(plain={**plain, "settings": {**plain["settings"], "opening": 10**9}}) is None
    track = {"id": "huge", "name": "x", "low": 0, "high": 10**12, "start": 10**9}
    entries = plain["entries"]
    assert answer(plain={**plain, "entries": {**entries, "track": [*entries["track"], track]}}) is None
    units = [{**entries["unit"][0], "id": f"unit{number}"} for number in range(20_000)]
    assert answer(plain={**plain, "entries": {**entries, "unit": units}}) is None
    endless: list[Any] = []
    endless.append(endless)
    assert answer(plain={**plain, "texts": endless}) is None
    assert answer(plain={**plain, "texts": deep(100_000)}) is None


@pytest.mark.parametrize(
    "name", ["", "\0", "x" * 5000, "../../etc", "/", "C:\\", "{0}", "con", "scenarios/../..", "\ud800"]
)
def test_strange_names(name: str) -> None:
    WATCH.loading = True
    try:
        loaded = load(name)
    except ScenarioProblem as problem:
        assert str(problem)
    else:
        assert loaded.game is None
    finally:
        WATCH.loading = False


def test_strange_variants(tmp_path: Path) -> None:
    for name in ("", "../small", "{x}", "\0", "x" * 10_000, "\ud800"):
        assert answer(folder=SMALL, variants=[name]) is None


TEXTS = frozenset(
    ["name", "short", "title", "about", "says", "message", "text", "label", "clock", "meaning", "source", "summary"]
)
BRACES = "{own}{x}{0.__class__.__mro__}{{}}%s%(x)d{!r:>9}{"


def test_text_of_authors_is_never_a_template(documents: list[Any]) -> None:
    for plain, known in documents:
        marked = copy.deepcopy(plain)
        for path in known:
            if path[-1:] and path[-1] in TEXTS:
                at(marked, path[:-1])[path[-1]] = BRACES
        game = answer(plain=marked)
        assert game is not None
        assert game.title == BRACES
        played(game, 8)


def listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


WRONG = "{ when = 'tirn > 1', message = 'x' }, "
ACTION = """
[[action]]
id = "a{n}"
name = "a"
about = "x"
agencies = ["north_navy", "south_navy"]
requires = [{requires}]
choice = [{{ id = "a", name = "a", says = "{says}" }}]
"""
EFFECT = '[[inject.effect]]\nuse = "shift"\ntrack = "risk.north.south"\nby = 1\nlabel = "x"\n'
TRACK = '[[track]]\nid = "t{n}"\nname = "t"\nkeys = ["agency", "agency"]\nhigh = 3\nseen = {seen}\n'
UNIT = '[[unit]]\nid = "u{n}"\nname = "u"\nkind = "s"\nside = "north"\nspeed = 3\nat = "KOS"\n'
PLOT = '[[track]]\nid = "plot"\nname = "p"\nkeys = ["side", "unit"]\nwords = ["zones"]\n'
WATCHING = """
[[rule]]
id = "r{n}"
use = "watch"
side = "south"
units = [{units}]
zones = ["KOS"]
chance = 500
"""
MANY = range(20_000)

GROWN = {
    "bad_conditions": "".join(ACTION.format(n=n, requires=WRONG * 50, says="x") for n in range(60)),
    "cells": "".join(TRACK.format(n=n, seen='"own"') for n in range(250)),
    "effects": "".join(f'[[inject]]\nid = "i{n}"\nturn = 1\ntext = "x"\n' + EFFECT * 60 for n in range(60)),
    "keys": "".join(f"key{n} = 1\n" for n in MANY),
    "members": f'[[rule]]\nid = "s"\nuse = "spiral"\nsides = ["north", "south"]\nacts = [{listed(["risk"] * 20_000)}]\n',
    "names": f'[[unit]]\nid = "tug"\nname = "{"N" * 300_000}"\n'
    + ACTION.format(n=0, requires="", says="{own}" * 50_000),
    "seen": TRACK.format(n=0, seen=f"[{listed(['north_navy'] * 20_000)}]"),
    "watching": PLOT
    + "".join(UNIT.format(n=n) for n in range(50))
    + "".join(WATCHING.format(n=n, units=listed([f"u{k}" for k in range(50)])) for n in range(250)),
    "weights": '[[doctrine]]\nid = "d"\nagency = "south_navy"\n[doctrine.weights]\n'
    + "".join(f'"x{n}:y" = "turn"\n' for n in MANY),
    "words": f'[[track]]\nid = "w"\nname = "w"\nwords = [{listed([f"w{n}" for n in MANY])}]\n',
}


@pytest.mark.parametrize("name", GROWN)
def test_grown_beyond_measure(name: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    (folder / "grown.toml").write_text(GROWN[name], encoding="utf-8")
    answer(folder=folder)
