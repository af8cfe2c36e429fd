"""Comparing variants of a scenario: many runs with paired seeds, and what each variant changes.

Chance is addressed, so two variants played with one seed differ only by what the variant changes. The difference of
each pair of runs is taken first, then its mean with a 95 % interval (normal approximation: 1.96 standard errors).
"""

import math
from collections.abc import Callable, Sequence
from statistics import fmean, stdev

from attrs import frozen

from game.core import Game
from game.play.playout import Player, policies_for

MEASURES = ("peak rung", "final risk", "risk over all turns")
"""What is measured: the highest rung of any pair after the opening; risk of the first pair in tenths of a point, at
the end and summed.
"""

Z = 1.96
"""The 97.5 % point of the normal distribution."""


@frozen
class Interval:
    """A mean and the half-width of its 95 % interval."""

    mean: float
    half: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return abs(self.mean) > self.half


@frozen
class Arm:
    """One variant: its measures, and how each differs from the first arm, run by run."""

    name: str
    values: tuple[Interval, ...]
    differences: tuple[Interval, ...]


def interval(numbers: Sequence[float]) -> Interval:
    """The mean of numbers with its 95 % interval."""
    half = Z * stdev(numbers) / math.sqrt(len(numbers)) if len(numbers) > 1 else math.inf
    return Interval(fmean(numbers), half)


def measured(
    game: Game, policy: str, seeds: Sequence[int], step: Callable[[], None] = lambda: None
) -> list[tuple[int, ...]]:
    """The measures of each run."""
    player = Player(game, policies_for(game, policy), record=False)
    peak, risk = game.tracks["peak"], game.tracks["risk"].first
    found: list[tuple[int, ...]] = []
    for seed in seeds:
        rows = player.rows(seed)
        end = rows[-1]
        # A game that ends early stays where it ended, so that sums over turns can be compared.
        levels = [row[risk] for row in rows] + [end[risk]] * (len(game.turns) - len(rows))
        found.append((max(end[peak.first : peak.first + peak.size]), end[risk], sum(levels)))
        step()
    return found


def compared(
    games: Sequence[tuple[str, Game]], policy: str, runs: int, step: Callable[[], None] = lambda: None
) -> tuple[Arm, ...]:
    """Play every game *runs* times with the seeds 0, 1, 2 ... and compare each with the first."""
    seeds = range(runs)
    first: list[tuple[int, ...]] = []
    arms = []
    for name, game in games:
        runs_of_arm = measured(game, policy, seeds, step)
        first = first or runs_of_arm
        values = tuple(interval([run[k] for run in runs_of_arm]) for k in range(len(MEASURES)))
        pairs = list(zip(runs_of_arm, first, strict=True))
        arms.append(Arm(name, values, tuple(interval([a[k] - b[k] for a, b in pairs]) for k in range(len(MEASURES)))))
    return tuple(arms)
