"""Benchmarks of the engine and the journal: printed, never passed or failed. Run: python tests/benchmarks/engine.py

Turns per second on one core with computer players of the policy named; medians of several repeats. The reference in
the last column is the recording table of the same run, so that figures of different machines can be compared in
ratio. What a rule costs is its share in the time of a whole turn of the recording table, the orders of computer players
left out; times of single rules hold what looking at the watch takes. Many runs at once stand in many.py, growth in growth.py.
"""

import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from printing import say

from game.core import Game, outcome, resolve, start
from game.core.chance import turn_key
from game.core.model import Rule
from game.core.resolve import computer_orders
from game.core.table import Recording, clear
from game.core.traced import compiled
from game.core.turn import choose_orders, play_turn
from game.play.journal import Journal
from game.play.session import Session, rebuilt
from game.scenario.library import playable

SCENARIOS = ("airspace-2024", "trawler-2010")
REPEATS = 3
RUNS_RECORDED, RUNS_TRACED, RUNS_WATCHED = 8, 40, 15
DEAREST = 15


def rate(body: Callable[[], int]) -> float:
    """The median of things done per second."""
    found = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        done = body()
        found.append(done / (time.perf_counter() - begun))
    return statistics.median(found)


def turns(game: Game, policy: str) -> None:
    """Turns per second of the ways to play a turn."""
    policies = (policy,) * len(game.agencies)
    over = game.tracks["over"].first

    def recording() -> int:
        done = 0
        for seed in range(RUNS_RECORDED):
            state = start(game, seed)
            while outcome(game, state) is None:
                state, _ = resolve(game, state, computer_orders(game, state, policies))
                done += 1
        return done

    def traced(record: bool) -> Callable[[], int]:
        text = compiled(game, record=record, policies=policies)

        def body() -> int:
            done = 0
            for seed in range(RUNS_TRACED):
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
    say(f"{game.id}, policy {policy}, turns per second on one core")
    say(f"  recording table               {reference:9,.0f}    1.0")
    for label, record in (("traced text, with events", True), ("traced text, without events", False)):
        value = rate(traced(record))
        say(f"  {label:<29} {value:9,.0f}  {value / reference:5.1f}")


class Timed(Recording):
    """The recording table with a watch on each performance of a rule."""

    spent: Counter[str]

    def perform(self, rule: Rule) -> None:
        begun = time.perf_counter()
        super().perform(rule)
        kind = rule.id if rule.id.startswith(("rule.", "mechanism.")) else rule.id.partition(".")[0] + "s"
        self.spent[kind] += time.perf_counter() - begun


def costs(game: Game) -> None:
    """What each rule costs, in the ratio to a turn."""
    policies: Any = ("doctrine",) * len(game.agencies)
    spent: Counter[str] = Counter()
    whole, bare, played = 0.0, 0.0, 0
    for seed in range(RUNS_WATCHED):
        row, turn = list(game.start_row), 0
        while turn < len(game.turns) and not row[game.tracks["over"].first]:
            drawn = Recording(game, clear(game, row), seed, turn)
            choose_orders(drawn, game, policies)
            for kind in (Recording, Timed):
                table = kind(game, drawn.row, seed, turn)
                table.spent = spent
                begun = time.perf_counter()
                play_turn(table, game)
                taken = time.perf_counter() - begun
                whole, bare = (whole + taken, bare) if kind is Timed else (whole, bare + taken)
                row = table.row
            turn, played = turn + 1, played + 1
    say(f"what rules cost in {game.id}, policy doctrine: share of a turn of the recording table")
    for name, seconds in spent.most_common(DEAREST):
        say(f"  {name:<44} {100 * seconds / whole:5.1f} %  {1e6 * seconds / played:7.0f} us a turn")
    dearest = sum(seconds for _, seconds in spent.most_common(DEAREST))
    total = sum(spent.values())
    say(f"  {'these together':<44} {100 * dearest / whole:5.1f} %")
    say(f"  {f'all {len(spent)} together':<44} {100 * total / whole:5.1f} %  {1e6 * total / played:7.0f} us a turn")
    say(f"  {'the turn itself':<44} {100 * (whole - total) / whole:5.1f} %")
    say(f"  a turn: {1e6 * bare / played:.0f} us, and {1e6 * whole / played:.0f} with the watch")


def journal(game: Game) -> None:
    """What the journal costs: a commit, opening, and replaying a session."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "session.kuroshio"
        with Journal.create(path) as open_journal:
            session = Session.begin(game, {}, seed=1, journal=open_journal)
            while session.ended is None:
                session.play_turn()
            commits = []
            for _ in range(100):
                begun = time.perf_counter()
                open_journal.append("spoken", {"text": "x", "to": [], "reason": ""})
                commits.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        entries = Journal.read(path)
        opened = time.perf_counter()
        rebuilt(entries)
        replayed = time.perf_counter()
    say(f"journal of {game.id}, {len(entries)} entries, milliseconds")
    say(f"  commit, median and worst      {statistics.median(commits):6.2f} {max(commits):6.2f}")
    say(f"  read and verify               {(opened - begun) * 1000:6.1f}")
    say(f"  replay                        {(replayed - opened) * 1000:6.1f}")


def start_up(name: str) -> Game:
    """How long loading, checking and compiling a scenario takes."""
    begun = time.perf_counter()
    game = playable(name)
    bound = time.perf_counter()
    compiled(game, record=True, policies=("doctrine",) * len(game.agencies))
    done = time.perf_counter()
    say(f"start-up of {name}, milliseconds")
    say(f"  load, check and bind          {(bound - begun) * 1000:6.0f}")
    say(f"  write and compile             {(done - bound) * 1000:6.0f}")
    return game


def main() -> None:
    """All benchmarks of all scenarios named."""
    say(f"Python {sys.version.split()[0]}")
    for name in SCENARIOS:
        game = start_up(name)
        for policy in ("random", "doctrine"):
            turns(game, policy)
        costs(game)
        journal(game)


if __name__ == "__main__":
    main()
