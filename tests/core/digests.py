"""Prints the digest of every turn of some runs, one line each, so that machines and Python versions can be compared."""

import sys
from collections.abc import Iterable, Iterator

from runs import SCENARIO, play

from game.core import Game
from game.core.state import digest
from game.scenario.library import playable

SEEDS = (0, 1, 2, 3, (1 << 64) - 1)


def lines(game: Game, seeds: Iterable[int] = SEEDS) -> Iterator[str]:
    """*seed turn digest* for every turn of a run of random players."""
    for seed in seeds:
        for turn in play(game, seed):
            yield f"{seed} {turn.after.turn} {digest(turn.after.row, turn.events)}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines(playable(SCENARIO)))
