"""A third party's rule that cannot be traced: it says so, and the recording table plays."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from runs import play, seats

from game.core import Game, start
from game.core.fingerprint import fingerprint
from game.core.symbols import RuleError
from game.core.traced import compiled
from game.play.batch import Batch
from game.play.forecast import Ahead
from game.play.outlook import outlook
from game.play.playout import Player
from game.play.session import Session
from game.play.supposed import everything
from game.rules import SHELF, Block, fields
from game.scenario.library import load

SMALL = Path(__file__).parent.parent / "scenarios" / "small"


@frozen
class Nerves:
    """What the rule takes."""

    by: int = fields.number("how far risk moves", "steps", 1, 100)


def nerves(table: Any, p: Nerves) -> None:
    """Branches on the state, as no rule of the shelf may."""
    risk = table.game.tracks["risk"]
    if table.track(risk) % 2 and table.roll("they lose their nerve", chance=500):
        table.shift(risk, by=p.by, label="nerves")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    for file in SMALL.rglob("*"):
        if file.is_file():
            (tmp_path / file.relative_to(SMALL)).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file.relative_to(SMALL)).write_bytes(file.read_bytes())
    (tmp_path / "more.toml").write_text('[[rule]]\nid = "nerves"\nuse = "nerves"\nby = 7\n', encoding="utf-8")
    return tmp_path


def shelf(body: Callable[..., None] = nerves, *, untraced: bool = True) -> tuple[Block, ...]:
    return (*SHELF, Block("nerves", "risk", Nerves, body, untraced=untraced))


@pytest.fixture
def game(scenario: Path) -> Game:
    loaded = load(str(scenario), shelf=shelf())
    assert loaded.game
    return loaded.game


def test_a_rule_that_does_not_say_so_is_refused(scenario: Path) -> None:
    loaded = load(str(scenario), shelf=shelf(untraced=False))
    assert loaded.game is None
    assert "nerves" in loaded.report


def test_an_author_is_warned(scenario: Path) -> None:
    (warning,) = [one for one in load(str(scenario), shelf=shelf()).problems if one.code == "SCN603"]
    assert warning.severity == "warning"
    assert "'nerves' cannot be traced" in warning.message


def test_no_text_is_written_of_it(game: Game) -> None:
    assert game.untraced == ("rule.nerves",)
    with pytest.raises(RuleError, match=r"rule\.nerves"):
        compiled(game)


def test_runs_are_those_of_the_recording_table(game: Game) -> None:
    spoke = 0
    batch, player = Batch(game, seats(game, "random")), Player(game, seats(game, "random"))
    runs = batch.run(range(12))
    for seed in range(12):
        recorded = play(game, seed)
        assert runs.fingerprints(seed) == tuple(fingerprint(turn.after.row, turn.events) for turn in recorded)
        run = player.run(seed)
        assert run.states[-1].row == recorded[-1].after.row
        assert player.rows(seed) == [list(turn.after.row) for turn in recorded]
        spoke += sum(event.rule == "rule.nerves" for turn in recorded for event in turn.events)
    assert spoke > 5


def test_what_comes_after_it_works_as_well(game: Game) -> None:
    found = Ahead(Batch(game, seats(game, "doctrine")), everything(start(game, 4)), []).forecast(None, 16)
    assert (found.runs, found.machine) == (16, False)
    session = Session.begin(game, {}, seed=3)
    view = session.view(game.agencies[0].id)
    assert outlook(game, view, view.options[0].order).cost
    session.play_turn()


def test_nobody_is_told_of_what_its_changes_were_made(game: Game) -> None:
    assert not any(rule == "rule.nerves" for rule, *_ in game.part_seen)
