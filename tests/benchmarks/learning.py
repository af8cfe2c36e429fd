"""Benchmarks of the PettingZoo environment: printed, never passed or failed. Run: python tests/benchmarks/learning.py

Turns per second of processor time, every agency an agent: the environment itself, the same through PettingZoo's wrapper to
AEC, and through that and its wrapper back to parallel. The actions are drawn beforehand from the masks, so that drawing
is not measured; medians of several repeats. *engine* is the turn alone, without observations and masks.
"""

import statistics
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from pettingzoo.utils.conversions import aec_to_parallel_wrapper, parallel_to_aec

from game.core.chance import turn_key
from game.core.table import clear
from game.core.traced import Traced, compiled
from game.play.pettingzoo_env import Kuroshio, parallel_env

SCENARIOS = ("tutorial", "airspace-2024", "trawler-2010")
REPEATS, RUNS = 5, 40

Run = list[dict[str, Any]]


def drawn(sea: Kuroshio) -> list[Run]:
    """The actions of whole runs, from the masks."""
    rng = np.random.default_rng(0)
    runs: list[Run] = []
    for seed in range(RUNS):
        runs.append([])
        observations, _ = sea.reset(seed=seed)
        while sea.agents:
            masks = {agent: observations[agent]["action_mask"] for agent in sea.agents}
            actions = {a: np.array([rng.choice(np.flatnonzero(slot)) for slot in masks[a]]) for a in sea.agents}
            runs[-1].append(actions)
            observations, *_ = sea.step(actions)
    return runs


def in_parallel(sea: Any, runs: Sequence[Run]) -> None:
    """Play the runs through a parallel environment."""
    for seed, turns in enumerate(runs):
        sea.reset(seed=seed)
        for actions in turns:
            sea.step(actions)


def one_by_one(sea: Any, runs: Sequence[Run]) -> None:
    """Play the runs through an AEC environment, as its users do."""
    for seed, turns in enumerate(runs):
        sea.reset(seed=seed)
        for actions in turns:
            for agent, action in actions.items():
                sea.last()
                assert sea.agent_selection == agent
                sea.step(action)


def engine(traced: Traced, runs: Sequence[Run]) -> None:
    """As many turns of the traced text, in which everybody holds."""
    game = traced.game
    for seed, turns in enumerate(runs):
        row = list(game.start_row)
        for turn in range(len(turns)):
            row = clear(game, row)
            traced.play(row, turn_key(seed, turn), turn, [])


def rate(play: Callable[[Any, Sequence[Run]], None], sea: Any, runs: Sequence[Run]) -> float:
    """The median of turns per second."""
    found = []
    for _ in range(REPEATS):
        begun = time.process_time()
        play(sea, runs)
        found.append(sum(map(len, runs)) / (time.process_time() - begun))
    return statistics.median(found)


def main() -> None:
    """Print a line for each scenario."""
    warnings.simplefilter("ignore")
    sys.stdout.write("turns per second      engine  parallel   AEC  AEC and back\n")
    for name in SCENARIOS:
        sea = parallel_env(name)
        runs = drawn(sea)
        aec = parallel_to_aec(parallel_env(name))
        back = aec_to_parallel_wrapper(parallel_to_aec(parallel_env(name)))
        rates = [rate(engine, compiled(sea.game), runs), rate(in_parallel, sea, runs), rate(one_by_one, aec, runs),
                 rate(in_parallel, back, runs)]  # fmt: skip
        sys.stdout.write(f"{name:<20}" + "".join(f"{one:>9.0f}" for one in rates) + "\n")


if __name__ == "__main__":
    main()
