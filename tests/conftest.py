"""What tests of every part share: the shipped game, and runs of it. Helpers to import stand in tests/core/runs.py."""

import sys
from pathlib import Path

import pytest

from game.core import Game
from game.scenario.library import playable

# Tests are no packages, so that the folder of the helpers is named here.
sys.path.append(str(Path(__file__).parent / "core"))

from runs import SCENARIO, Turn, play


@pytest.fixture(scope="session")
def game() -> Game:
    """The shipped scenario, bound."""
    return playable(SCENARIO)


@pytest.fixture(scope="session")
def runs(game: Game) -> list[list[Turn]]:
    """Sixty whole runs of random players."""
    return [play(game, seed) for seed in range(60)]
