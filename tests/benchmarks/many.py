"""Thousands of runs at once, and forecasts: printed, never passed or failed.

Run: python tests/benchmarks/many.py [--quick] [--peer PYTHON]. PYTHON is one that has the package `diplomacy`, the peer
engine; without it this Python is asked. Rates stand by processor time, which other programs disturb less, and by the clock.
The goals that are named are those of the project. --quick leaves out the profile, which compiles a turn many times.
"""

import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import attrs
from printing import say

from game.core import Game, outcome, resolve, start
from game.core.chance import turn_key
from game.core.resolve import computer_orders
from game.core.table import clear
from game.core.traced import compiled
from game.play import compiling, kept
from game.play.batch import ABREAST, Batch
from game.play.forecast import RUNS, TURNS, Ahead
from game.play.session import Moment
from game.play.supposed import Ground, known, rows_for, supposed
from game.scenario.library import playable

SCENARIOS = ("airspace-2024", "trawler-2010")
REPEATS = 3
RUNS_RECORDED, RUNS_TRACED = 8, 40
RUNS_AT_ONCE = (100, 1_000, 10_000)
PLAYOUTS = 10_000
TOGETHER = 60_000
"""Runs of each process where two are set against one: so many that starting counts for little."""


@attrs.frozen
class Taken:
    """Seconds of processor time and by the clock."""

    work: float
    clock: float

    def __str__(self) -> str:
        return f"{1000 * self.work:8,.0f} ms of processor time, {1000 * self.clock:8,.0f} by the clock"


def taken(body: Callable[[], object], repeats: int = 1) -> Taken:
    """What a body takes: of several times the least."""
    found = []
    for _ in range(repeats):
        work, clock = time.process_time(), time.perf_counter()
        body()
        found.append((time.process_time() - work, time.perf_counter() - clock))
    return Taken(min(work for work, _ in found), min(clock for _, clock in found))


def doctrine(game: Game) -> tuple[str, ...]:
    """Computer players by doctrine for all seats."""
    return ("doctrine",) * len(game.agencies)


# ---- turns a second
def rates(game: Game, peer: str) -> None:
    """Turns per second of every way to play, side by side, each with the risk of the first pair after each turn."""
    say(f"{game.id}: turns a second on one core, by processor time and by the clock, and against the recording table")
    reference = rated("recording table", recording(game), 0.0)
    rated("plain text with numbers", plain(game), reference)
    batches = [Batch(game, doctrine(game), machine=False)]
    if compiling.available():
        batches.append(Batch(game, doctrine(game)))
    for batch in batches:
        for count in RUNS_AT_ONCE if batch.machine else (RUNS_TRACED,):
            rated(f"machine code, {count:,} runs" if batch.machine else "many runs, in Python", many(batch, count),
                  reference)  # fmt: skip
    if peer:
        say(f"  {'diplomacy, movement phases':<28} {float(peer):>10,.0f}")
    else:
        say("  diplomacy is not installed here; --peer names a Python that has it")


def rated(label: str, body: Callable[[], int], reference: float) -> float:
    """Print how many turns a second a body plays, which returns how many it played; return it by processor time."""
    turns = body()
    found = taken(body, REPEATS)
    rate = turns / found.work
    say(f"  {label:<28} {rate:>10,.0f} {turns / found.clock:>10,.0f} {rate / (reference or rate):>8,.1f}")
    return rate


def recording(game: Game) -> Callable[[], int]:
    """Runs on the recording table."""

    def body() -> int:
        turns = 0
        for seed in range(RUNS_RECORDED):
            state = start(game, seed)
            while outcome(game, state) is None:
                state, _ = resolve(game, state, computer_orders(game, state, doctrine(game)))
                turns += 1
        return turns

    return body


def plain(game: Game) -> Callable[[], int]:
    """Runs of the text that has its numbers in it."""
    text, over = compiled(game, record=False, policies=doctrine(game)), game.tracks["over"].first

    def body() -> int:
        turns = 0
        for seed in range(RUNS_TRACED):
            row = list(game.start_row)
            for turn in range(len(game.turns)):
                row, key = clear(game, row), turn_key(seed, turn)
                text.choose(row, key, turn)
                text.play(row, key, turn)
                turns += 1
                if row[over]:
                    break
        return turns

    return body


def many(batch: Batch, count: int) -> Callable[[], int]:
    """Runs of a batch."""
    risk = batch.game.tracks["risk"].first
    return lambda: sum(batch.run(range(count), [risk]).lengths)


# ---- memory
def memory(batch: Batch) -> None:
    """What a run takes, and what many take together."""
    game, cells = batch.game, [batch.game.tracks["risk"].first]
    work = 8 * ABREAST * (len(batch.lifted.at_work(game.start_row)) + 1)
    numbers = 8 * len(batch.lifted.numbers)
    each = 8 * (len(game.turns) * (len(cells) + 1) + 3)
    say(f"{game.id}: memory of {PLAYOUTS:,} runs with one cell after each turn")
    say(
        f"  rows at work, {ABREAST} side by side {work / 1024:10,.0f} KB, and {numbers / 1024:,.0f} KB of numbers for all"
    )
    say(
        f"  kept of each run              {each:10,} bytes: its seed, value and fingerprint of each turn, length, ending"
    )
    before = resident()
    tracemalloc.start()
    batch.run(range(PLAYOUTS), cells)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    say(f"  allocated at most, measured   {peak / PLAYOUTS:10,.0f} bytes a run")
    after = resident()
    if after is None or before is None:
        say("  resident memory cannot be asked for on this system")
    else:
        say(f"  resident memory has grown by  {(after - before) / 1024:10,.0f} KB at its highest")


def resident() -> float | None:
    """The highest resident memory so far, in bytes; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit


# ---- processes
def worker(scenario: str, first: int, count: int) -> None:
    """What a process of its own does: bind, take machine code from the cache, play. It prints the seconds of playing, by
    the clock and of processor time, and the processor time of its whole life.
    """
    game = playable(scenario)
    batch = Batch(game, doctrine(game))
    found = taken(lambda: batch.run(range(first, first + count), [game.tracks["risk"].first]))
    sys.stdout.write(f"{found.clock} {found.work} {time.process_time()}\n")


def at_once(scenario: str, processes: int, count: int) -> tuple[Taken, Taken]:
    """Fresh processes with so many runs each: what the slowest of them takes, from nothing to its end, and for playing."""
    begun = time.perf_counter()
    commands = [[sys.executable, __file__, "--worker", scenario, str(k * count), str(count)] for k in range(processes)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    told = [[float(number) for number in one.communicate()[0].split()] for one in started]
    clock, work, whole = map(max, zip(*told, strict=True))
    return Taken(whole, time.perf_counter() - begun), Taken(work, clock)


def processes(scenario: str) -> None:
    """Two processes against one, and playouts end to end from a warm cache."""
    _, alone = at_once(scenario, 1, TOGETHER)
    _, both = at_once(scenario, 2, TOGETHER)
    say(f"{scenario}: fresh processes from a warm cache; by the clock, whatever else runs counts")
    times, ideal = 2 * alone.clock / both.clock, 2 * alone.work / both.work
    say(
        f"  two against one: {times:.2f} times as many turns a second by the clock, {ideal:.2f} of processor time (goal 1.8)"
    )
    for number in (1, 2):
        whole, _ = at_once(scenario, number, PLAYOUTS // number)
        goal = " (goal 2 s)" if number == 2 and scenario == SCENARIOS[0] else ""
        say(f"  {f'{PLAYOUTS:,} playouts, {number} fresh':<28} {whole} each{goal}")
    say(f"  {'the first run of a fresh one':<28} {at_once(scenario, 1, 1)[0]} (goal 1.5 s)")


def start_up(game: Game) -> None:
    """How long machine code takes to compile, and to take from the cache; in a cache folder of its own."""
    with tempfile.TemporaryDirectory() as folder, patch.object(kept, "folder", lambda: Path(folder) / "turns"):
        say(f"{game.id}: machine code")
        for label in ("compiled (goal 30 s)", "from the cache"):
            compiling.loaded.cache_clear()
            say(f"  {label:<28} {taken(lambda: Batch(game, doctrine(game)))}")
    compiling.loaded.cache_clear()


# ---- forecasts
def forecasts(game: Game) -> None:
    """A forecast for a seat when so many turns are left as it looks ahead; asked for the second time, as at the desk."""
    history: list[Moment] = []
    state = start(game, 1)
    while len(history) < len(game.turns) - TURNS:
        orders = computer_orders(game, state, doctrine(game))
        after, events = resolve(game, state, orders)
        history.append(Moment(state, orders, events, after, ""))
        state = after
    seat = game.agencies[0].id
    what = known(game, history, state, [seat])
    say(f"{game.id}: {RUNS:,} runs over {TURNS} turns for {seat} in turn {state.turn + 1}")
    for machine in (True, False):
        if machine and not compiling.available():
            continue
        batch = Batch(game, doctrine(game), machine=machine)
        grounds: list[Ground] = []
        begun = taken(lambda batch=batch, grounds=grounds: grounds.append(supposed(batch, what, rows_for(batch, RUNS))))
        label = "machine code" if machine else "plain text"
        say(f"  {f'{label}, what it supposes':<28} {begun}")
        forecast(batch, grounds[0], seat, label)


def forecast(batch: Batch, ground: Ground, seat: str, label: str) -> None:
    """What a forecast takes, and what of it is playing."""

    def ahead() -> Ahead:
        return Ahead(batch, ground, [seat], TURNS)

    repeats = 9 if batch.machine else 1
    if not batch.machine:
        say(f"  {f'{label}, first figures':<28} {taken(lambda: next(ahead().growing(None, RUNS)))}")
    goal = "0.1 s" if batch.machine else "4 s"
    whole = taken(lambda: list(ahead().growing(None, RUNS)), repeats)
    say(f"  {f'{label}, the whole':<28} {whole} (goal {goal})")
    if batch.machine:
        played = taken(lambda: ahead().sample(None, RUNS), repeats)
        cells, calls = ahead().cells, ahead().calls
        runs = taken(lambda: batch.run(range(RUNS), cells, starts=ground.rows, begin=ground.turn,
                                       end=ground.turn + TURNS, added=calls), repeats)  # fmt: skip
        say(f"  {'of it the turns themselves':<28} {runs}")
        sums = Taken(played.work - runs.work, played.clock - runs.clock)
        say(f"  {f'and taking in {len(cells) + len(calls)} cells':<28} {sums}")


# ---- where a turn goes
def profile(game: Game) -> None:
    """What a turn of machine code takes less when a part is left out: roughly its share, since the parts that stay meet
    another sea.
    """
    say(f"{game.id}: what a machine-coded turn takes less without a part, processor time")
    whole, rolls = microseconds(game, doctrine(game)), draws(game)
    say(f"  {'the whole turn':<28} {whole:7.2f} us, {rolls:.0f} draws of chance recorded in it")
    nobody = microseconds(game, ("",) * len(game.agencies))
    say(f"  {'computer players and orders':<28} {whole - nobody:7.2f} us {100 * (whole - nobody) / whole:5.0f} %")
    empty: Mapping[str, Sequence[object]] = dict.fromkeys(game.rules, ())
    for step, rules in game.rules.items():
        if rules:
            less = whole - microseconds(attrs.evolve(game, rules={**game.rules, step: ()}), doctrine(game))
            say(f"  {f'{step}, {len(rules)} rules':<28} {less:7.2f} us {100 * less / whole:5.0f} %")
    bare = microseconds(attrs.evolve(game, rules=empty, injects=(), endings=()), ("",) * len(game.agencies))
    say(f"  {'a turn of nothing':<28} {bare:7.2f} us {100 * bare / whole:5.0f} %: cells of a turn, orders, fingerprint")


def microseconds(game: Game, policies: Sequence[str]) -> float:
    """Microseconds of processor time for a turn."""
    batch = Batch(game, policies)
    runs = batch.run(range(2_000))
    return 1e6 * taken(lambda: batch.run(range(2_000)), 5).work / sum(runs.lengths)


def draws(game: Game) -> float:
    """Draws of chance of a turn as the recording table counts them; those of computer players are not recorded."""
    found = turns = 0
    for seed in range(RUNS_RECORDED):
        state = start(game, seed)
        while outcome(game, state) is None:
            state, events = resolve(game, state, computer_orders(game, state, doctrine(game)))
            found, turns = found + sum(event.roll is not None for event in events), turns + 1
    return found / turns


def main() -> None:
    """All of it, for the scenarios named."""
    if "--worker" in sys.argv:
        scenario, first, count = sys.argv[2:]
        worker(scenario, int(first), int(count))
        return
    python = sys.argv[sys.argv.index("--peer") + 1] if "--peer" in sys.argv else sys.executable
    asked = subprocess.run([python, Path(__file__).with_name("peer.py")], capture_output=True, text=True, check=False)
    peer = asked.stdout.strip() if asked.returncode == 0 else ""
    say(f"Python {sys.version.split()[0]}")
    if not compiling.available():
        say("machine code is left out: the extra 'fast' is not installed")
    for name in SCENARIOS:
        game = playable(name)
        if compiling.available():
            start_up(game)
        rates(game, peer)
        if compiling.available():
            memory(Batch(game, doctrine(game)))
            processes(name)
        forecasts(game)
        if compiling.available() and "--quick" not in sys.argv and name == SCENARIOS[-1]:
            profile(game)


if __name__ == "__main__":
    main()
