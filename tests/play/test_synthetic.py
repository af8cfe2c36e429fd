"""Scenarios of any size: they bind without a problem, grow as they are told to, and every table plays the same of them."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from runs import play, seats

from game.core import Game
from game.core.chance import turn_key
from game.core.fingerprint import fingerprint
from game.core.table import clear
from game.core.traced import compiled
from game.play.batch import Batch
from game.play.compiling import available
from game.scenario import bind
from game.scenario.library import load

FILE = Path(__file__).parents[1] / "benchmarks" / "synthetic.py"


def of_benchmarks() -> Any:
    """The module of the benchmarks, which are no package."""
    spec = importlib.util.spec_from_file_location("synthetic", FILE)
    assert spec
    assert spec.loader
    module = sys.modules["synthetic"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


synthetic = of_benchmarks()
SMALL = synthetic.Size(agencies=3, units=5, zones=10, turns=4)


@pytest.fixture(scope="module")
def game(tmp_path_factory: pytest.TempPathFactory) -> Game:
    loaded = synthetic.made(SMALL, tmp_path_factory.mktemp("scenario") / "small")
    assert not loaded.problems, loaded.report
    assert loaded.game
    return loaded.game


@pytest.mark.parametrize(("dimension", "count"), [("agencies", 20), ("units", 70), ("zones", 90), ("turns", 210)])
def test_it_grows_beyond_what_a_stranger_may_write(tmp_path: Path, dimension: str, count: int) -> None:
    loaded = synthetic.made(attrs.evolve(SMALL, **{dimension: count}), tmp_path / "large")
    assert not loaded.problems, loaded.report
    assert len(getattr(loaded.game, dimension)) == count
    if dimension != "zones":
        assert any(problem.code in {"SCN519", "SCN512"} for problem in load(str(tmp_path / "large")).problems)
    assert bind.MOST["agency"] == 16


def test_zones_are_beside_those_that_touch_them(game: Game) -> None:
    """0.4 degrees are at most 45 km; from corner to corner it is some 60."""
    for zone, row in zip(game.zones, game.distances, strict=True):
        assert set(zone.neighbours) == {number for number, km in enumerate(row) if 0 < km < 50}


def test_its_agencies_are_busy(game: Game) -> None:
    """Units of both sides are sent about and meet, calls are made: what is measured is not an empty sea."""
    turns = [turn for seed in range(6) for turn in play(game, seed, "doctrine")]
    assert len(turns) == 6 * SMALL.turns
    ordered = {order.action.partition("_")[0] for turn in turns for order in turn.orders}
    assert ordered == {"statement", "call", "send"}
    told = {event.roll.name for turn in turns for event in turn.events if event.roll}
    assert {"a close pass", "the weather gets worse", "Ships cn_ship_0: seen"} <= told
    at = game.tracks["at"]
    assert all(len({turn.after.row[at.cell(unit)] for turn in turns}) > 1 for unit in range(SMALL.units))


def test_every_table_plays_the_same(game: Game) -> None:
    policies = seats(game, "doctrine")
    text = compiled(game, record=False, policies=policies)
    ways = [Batch(game, policies, machine=machine).run(range(5)) for machine in {available(), False}]
    for seed in range(5):
        run = play(game, seed, "doctrine")
        prints = tuple(fingerprint(turn.after.row, turn.events) for turn in run)
        assert all(runs.fingerprints(seed) == prints for runs in ways)
        row = list(game.start_row)
        for number, turn in enumerate(run):
            row, key = clear(game, row), turn_key(seed, number)
            text.choose(row, key, number)
            text.play(row, key, number)
            assert row == list(turn.after.row)
