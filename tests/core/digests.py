"""Prints the digest of every turn of some runs, one line each, so that machines and Python versions can be compared."""

import sys
from collections.abc import Iterable, Iterator

from game.core import Game, outcome, resolve, start
from game.core.resolve import computer_orders
from game.core.state import digest
from game.scenario.library import playable

SEEDS = (0, 1, 2, 3, (1 << 64) - 1)


def lines(game: Game, seeds: Iterable[int] = SEEDS) -> Iterator[str]:
    """*seed turn digest* for every turn of a run of random players."""
    for seed in seeds:
        state = start(game, seed)
        while outcome(game, state) is None:
            orders = computer_orders(game, state, ("random",) * len(game.agencies))
            state, events = resolve(game, state, orders)
            yield f"{seed} {state.turn} {digest(state.row, events)}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines(playable("airspace-2024")))
