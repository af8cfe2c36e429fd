"""Benchmarks of the engine and the journal: printed, never passed or failed. Run: python tests/benchmarks/engine.py

Turns per second on one core with computer players of the policy named; medians of several repeats. The reference in
the last column is the recording table of the same run, so that figures of different machines can be compared in
ratio.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from game.core import outcome, resolve, start
from game.core.chance import turn_key
from game.core.resolve import computer_orders
from game.core.table import clear
from game.core.traced import compiled
from game.play.journal import Journal
from game.play.session import Session, rebuilt
from game.scenario.library import playable

REPEATS = 5


def rate(body: Callable[[], int]) -> float:
    """The median of things done per second."""
    found = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        done = body()
        found.append(done / (time.perf_counter() - begun))
    return statistics.median(found)


def say(line: str) -> None:
    """Print at once, so that a slow machine shows where it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def turns(name: str, policy: str) -> None:
    """Turns per second of the three ways to play a turn."""
    game = playable(name)
    policies = (policy,) * len(game.agencies)
    over = game.tracks["over"].first

    def recording() -> int:
        done = 0
        for seed in range(15):
            state = start(game, seed)
            while outcome(game, state) is None:
                state, _ = resolve(game, state, computer_orders(game, state, policies))
                done += 1
        return done

    def traced(record: bool) -> Callable[[], int]:
        text = compiled(game, record=record, policies=policies)

        def body() -> int:
            done = 0
            for seed in range(100):
                row = list(game.start_row)
                for turn in range(len(game.turns)):
                    row = clear(game, row)
                    key = turn_key(seed, turn)
                    text.choose(row, key, turn)
                    text.play(row, key, turn, *([[]] if record else []))
                    done += 1
                    if row[over]:
                        break
            return done

        return body

    reference = rate(recording)
    say(f"{name}, policy {policy}, turns per second on one core")
    say(f"  recording table               {reference:9,.0f}    1.0")
    for label, record in (("traced text, with events", True), ("traced text, without events", False)):
        value = rate(traced(record))
        say(f"  {label:<29} {value:9,.0f}  {value / reference:5.1f}")


def journal(name: str) -> None:
    """What the journal costs: a commit, opening, and replaying a session."""
    game = playable(name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "session.kuroshio"
        with Journal.create(path) as open_journal:
            session = Session.begin(game, {}, seed=1, journal=open_journal)
            while session.ended is None:
                session.play_turn()
            commits = []
            for _ in range(200):
                begun = time.perf_counter()
                open_journal.append("spoken", {"text": "x", "to": [], "reason": ""})
                commits.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        entries = Journal.read(path)
        opened = time.perf_counter()
        rebuilt(entries)
        replayed = time.perf_counter()
    say(f"journal of {name}, {len(entries)} entries, milliseconds")
    say(f"  commit, median and worst      {statistics.median(commits):6.2f} {max(commits):6.2f}")
    say(f"  read and verify               {(opened - begun) * 1000:6.1f}")
    say(f"  replay                        {(replayed - opened) * 1000:6.1f}")


def start_up(name: str) -> None:
    """How long loading, checking and compiling a scenario takes."""
    begun = time.perf_counter()
    game = playable(name)
    bound = time.perf_counter()
    compiled(game, record=True, policies=("doctrine",) * len(game.agencies))
    done = time.perf_counter()
    say(f"start-up of {name}, milliseconds")
    say(f"  load, check and bind          {(bound - begun) * 1000:6.0f}")
    say(f"  write and compile             {(done - bound) * 1000:6.0f}")


if __name__ == "__main__":
    say(f"Python {sys.version.split()[0]}")
    start_up("airspace-2024")
    for one in ("random", "doctrine"):
        turns("airspace-2024", one)
    journal("airspace-2024")
