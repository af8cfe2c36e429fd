"""The spine is tested on every shipped scenario."""

import pytest
from runs import Turn, bound, random_runs

from game.core import Game
from game.scenario.library import shipped_scenarios


@pytest.fixture(scope="session", params=shipped_scenarios())
def game(request: pytest.FixtureRequest) -> Game:
    """Each shipped scenario, bound."""
    return bound(request.param)


@pytest.fixture(scope="session")
def runs(game: Game) -> list[list[Turn]]:
    """Whole runs of random players."""
    return random_runs(game.id)
