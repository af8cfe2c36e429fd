"""Prints the digest of every turn of some runs of every shipped scenario, one line each, so that machines and Python
versions can be compared.
"""

import sys
from collections.abc import Iterable, Iterator

from runs import bound, play

from game.core import Game
from game.core.state import digest
from game.scenario.library import shipped_scenarios

SEEDS = (0, 1, (1 << 64) - 1)
POLICIES = ("random", "doctrine")


def lines(game: Game, seeds: Iterable[int] = SEEDS) -> Iterator[str]:
    """*scenario policy seed turn digest* for every turn of runs of computer players."""
    for policy in POLICIES:
        for seed in seeds:
            for turn in play(game, seed, policy):
                yield f"{game.id} {policy} {seed} {turn.after.turn} {digest(turn.after.row, turn.events)}"


if __name__ == "__main__":
    for name in shipped_scenarios():
        sys.stdout.writelines(f"{line}\n" for line in lines(bound(name)))
