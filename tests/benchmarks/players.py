"""How well computer players serve their own objectives: printed, never passed or failed.

Run: python tests/benchmarks/players.py [SCENARIO ...] [--runs N] [--ahead N] [--agency ID]

One agency after the other is played by a policy, all others by doctrine, in runs paired by seed. What is printed is the
share of the worth of its objectives that is met when the game ends, in percent, and for the player `lookahead` how that
differs from doctrine in the same runs, with a 95 % interval. *--ahead* says in how many of the runs `lookahead` plays: it takes
a second or so for each agency and turn.
"""

import argparse
import time
from collections.abc import Sequence

from printing import say

from game.core import Game
from game.core.table import Recording
from game.play.batch import Batch
from game.play.compare import interval
from game.play.lookahead import LOOKAHEAD
from game.play.playout import Player
from game.scenario.library import playable, shipped_scenarios

AT_ONCE = 200
"""Runs of a batch: their cells are kept."""
HOLD = ""


def seats(game: Game, agency: int, policy: str) -> tuple[str, ...]:
    """One agency by a policy, all others by doctrine."""
    return tuple(policy if number == agency else "doctrine" for number in range(len(game.agencies)))


def met(game: Game, agency: int, row: Sequence[int]) -> float:
    """The share of the worth of an agency's objectives that is met, in percent."""
    table = Recording(game, list(row), 0, len(game.turns) - 1)
    own = [one for one in game.objectives if one.agency == agency]
    return 100 * sum(one.worth for one in own if one.holds(table)) / sum(one.worth for one in own)


def by_batch(game: Game, agency: int, policy: str, count: int) -> list[float]:
    """What comes of many runs at once."""
    batch = Batch(game, seats(game, agency, policy))
    width, last = len(game.start_row), len(game.turns) - 1
    found = []
    for first in range(0, count, AT_ONCE):
        seeds = range(first, min(first + AT_ONCE, count))
        runs = batch.run(seeds, range(width))
        for run in range(len(seeds)):
            place = (run * runs.turns + last) * width
            found.append(met(game, agency, runs.values[place : place + width]))
    return found


def by_looking_ahead(game: Game, agency: int, count: int) -> list[float]:
    """What comes of single runs in which one agency looks ahead."""
    player = Player(game, seats(game, agency, LOOKAHEAD))
    return [met(game, agency, player.run(seed).states[-1].row) for seed in range(count)]


def main() -> None:
    """Print a line for each agency."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", default=shipped_scenarios())
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--ahead", type=int, default=200)
    parser.add_argument("--agency", action="append", default=[])
    chosen = parser.parse_args()
    for name in chosen.scenarios:
        game = playable(name)
        say(f"\n{name}: {chosen.runs} runs, {chosen.ahead} with lookahead")
        head = f"{'agency':12} {'hold':>6} {'random':>7} {'doctrine':>9}"
        say(f"{head} | {'doctrine':>9} {LOOKAHEAD:>10} {'difference':>15} {'s a turn':>9}" if chosen.ahead else head)
        for number, agency in enumerate(game.agencies):
            if not chosen.agency or agency.id in chosen.agency:
                say(line(game, number, chosen.runs, chosen.ahead))


def line(game: Game, agency: int, runs: int, ahead: int) -> str:
    """The figures of one agency."""
    figures = {policy: by_batch(game, agency, policy, runs) for policy in (HOLD, "random", "doctrine")}
    hold, random, doctrine = (sum(found) / runs for found in figures.values())
    text = f"{game.agencies[agency].id:12} {hold:6.1f} {random:7.1f} {doctrine:9.1f}"
    if not ahead:
        return text
    begun = time.perf_counter()
    looked = by_looking_ahead(game, agency, ahead)
    spent = (time.perf_counter() - begun) / ahead / len(game.turns)
    same = figures["doctrine"][:ahead]
    apart = interval([one - other for one, other in zip(looked, same, strict=True)])
    mark = "*" if apart.clear else " "
    text += f" | {sum(same) / ahead:9.1f} {sum(looked) / ahead:10.1f}"
    return f"{text} {apart.value:+7.1f} ± {apart.half:4.1f}{mark} {spent:9.2f}"


if __name__ == "__main__":
    main()
