import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import make_class
from digests import lines
from runs import Turn, bound, play, so_many

import game as package
from game.core import Game, Roll, resolve
from game.core.events import Event
from game.rules import SHELF, Block, fields
from game.scenario.library import load, shipped_scenarios
from game.scenario.shipped import shipped

SCRIPT = Path(__file__).with_name("digests.py")


@cache
def lines_here() -> list[str]:
    """What this process finds."""
    return [line for name in shipped_scenarios() for line in lines(bound(name))]


@pytest.mark.parametrize("hash_seed", ["0", "1", "random"])
def test_a_fresh_process_finds_the_same_digests_whatever_the_order_of_sets(hash_seed: str) -> None:
    root = str(Path(package.__file__).parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": path}
    found = subprocess.run([sys.executable, SCRIPT], env=env, check=True, capture_output=True, text=True)
    here = lines_here()
    assert found.stdout.splitlines() == here
    assert len({line.split()[-1] for line in here}) == len(here)
    assert len({line.split()[0] for line in here}) > 2


Vane = make_class(
    "Vane",
    {"track": fields.track("what it moves", ()), "chance": fields.number("how likely", "permille", 0, 1000)},
    frozen=True,
)


def vane(table: Any, p: Any) -> None:
    """Rolls, and moves a track that nobody looks at."""
    turned = table.roll("it turns", chance=p.chance)
    table.shift(p.track, by=table.where(turned, 3, -1), label="wind")


VANE = """
[[track]]
id = "vane"
name = "Vane"
low = -50
high = 50

[[rule]]
id = "vane"
use = "vane"
track = "vane"
chance = 500
"""


def rolls(events: tuple[Event, ...], without: str = "") -> list[Roll]:
    return [event.roll for event in events if event.roll and event.rule != without]


def test_an_unrelated_rule_changes_no_other_draw_of_any_turn(
    game: Game, runs: list[list[Turn]], tmp_path: Path
) -> None:
    shutil.copytree(str(shipped("scenarios")), tmp_path / "shelf")
    # Its track and rule stand in the first of the shared parts, before all others, so that cells and calls get other
    # numbers.
    with (tmp_path / "shelf" / "common" / "parties.toml").open("a") as part:
        part.write(VANE)
    loaded = load(str(tmp_path / "shelf" / game.id), (), (*SHELF, Block("vane", "movement", Vane, vane)))
    assert loaded.game, loaded.report
    assert all(loaded.game.tracks[name].first != game.tracks[name].first for name in ("risk", "climate", "pressure"))
    assert loaded.game.rules["movement"][0].id == "rule.vane"
    for seed, run in enumerate(runs[:30]):
        again = play(loaded.game, seed)
        assert [turn.orders for turn in again] == [turn.orders for turn in run]
        assert [rolls(turn.events, "rule.vane") for turn in again] == [rolls(turn.events) for turn in run]
        assert all(any(event.rule == "rule.vane" for event in turn.events) for turn in again)
        for name, track in game.tracks.items():
            other = loaded.game.tracks[name]
            assert again[-1].after.row[other.first :][: other.size] == run[-1].after.row[track.first :][: track.size]


def test_another_seats_extra_order_changes_no_draw_at_the_same_address(game: Game, runs: list[list[Turn]]) -> None:
    different = common = 0
    for turn in (turn for run in runs[: so_many(game, 10 if len(game.turns) > 4 else 30)] for turn in run):
        full = {roll.address: roll.drawn for roll in rolls(turn.events)}
        for order in turn.orders:
            fewer = [other for other in turn.orders if other != order]
            after, events = resolve(game, turn.before, fewer)
            found = {roll.address: roll.drawn for roll in rolls(events)}
            shared = found.keys() & full.keys()
            assert {place: found[place] for place in shared} == {place: full[place] for place in shared}
            common += len(shared)
            different += after.row != turn.after.row
    assert different > 100
    assert common > 1000
