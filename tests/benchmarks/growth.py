"""How cost grows with agencies, units, zones and turns, one at a time, doubling: printed, never passed or failed.

Run: python tests/benchmarks/growth.py [--quick] [FOLDER]. With a folder it writes the chart growth.svg there.

All figures are of processor time, which other programs on the machine disturb less than the clock. Plays go round all sizes
several times and the fastest of each counts, so that what slows the machine for a while hits all alike. An exponent is the
slope of a straight line through the logarithms (least squares): 1 is linear, and fixed costs make it less. Beside it stands
the slope from the last but one size to the largest, which they hide least.
Not measured, as they grow by nature otherwise: every two sides are a pair, so pairs are sides squared; the table of
distances is zones squared, made once when a scenario is bound.
"""

import math
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import attrs
from charting import Line, Panel, write
from printing import say
from synthetic import Size, made

from game.core import Game, outcome, resolve, start
from game.core.chance import turn_key
from game.core.resolve import computer_orders
from game.core.table import clear
from game.core.traced import compiled
from game.play import compiling
from game.play.batch import Batch

BASE = Size(agencies=10, units=50, zones=32, turns=10)
LARGEST = {"agencies": (5, 10, 20, 40), "units": (25, 50, 100, 200, 400), "zones": (32, 64, 128, 256, 500),
           "turns": (10, 20, 40, 80)}  # fmt: skip
QUICK_BASE = Size(agencies=4, units=4, zones=16, turns=6)
QUICK = {"agencies": (4, 8, 16), "units": (4, 8, 16), "zones": (16, 32, 64), "turns": (6, 12, 24)}
LINEAR = 1.1
"""Up to this exponent growth is called linear: the rest is what measuring on a shared machine leaves open."""
ONCE = ("bind", "write", "compile")
"""What is done once for a scenario. The others are done each turn."""
TABLES = ("recording", "plain text", "many, Python", "machine code")
SECONDS, ROUNDS = 0.08, 8
"""How long something is repeated at a time, and how often plays go round all sizes."""


# ---- measuring
def taken(body: Callable[[], object], seconds: float = 0.0) -> float:
    """Seconds of processor time: of as many times as fill *seconds*, the fastest."""
    found: list[float] = []
    while sum(found) <= seconds:
        begun = time.process_time()
        body()
        found.append(time.process_time() - begun)
    return min(found)


@attrs.define
class Measured:
    """A scenario of some size, how its runs are played, and what it costs: seconds once, or for a run."""

    plays: dict[str, tuple[int, Callable[[], object]]]
    cost: dict[str, float]

    def again(self, seconds: float) -> None:
        """Play for so long on each table; what was fastest so far counts."""
        for name, (runs, play) in self.plays.items():
            self.cost[name] = min(taken(play, seconds) / runs, self.cost.get(name, math.inf))


def prepared(size: Size) -> Measured:
    """Bind, write and compile a scenario of this size."""
    games: list[Game] = []
    batches: list[Batch] = []

    def bound() -> None:
        with tempfile.TemporaryDirectory() as folder:
            game = made(size, Path(folder) / "scenario").game
        assert game
        games.append(game)

    cost = {"bind": taken(bound, SECONDS)}
    game = games[0]
    policies = ("doctrine",) * len(game.agencies)
    cost["write"] = taken(lambda: batches.append(Batch(game, policies, machine=False)), SECONDS)
    text = batches[0]
    plays: dict[str, tuple[int, Callable[[], object]]] = {
        "recording": (1, lambda: recorded(game, policies)),
        "plain text": (1, plain(game, policies)),
        "many, Python": (4, lambda: text.run(range(4))),
    }
    if compiling.available():
        plan = compiling.plan(text.lifted)
        code: list[bytes] = []
        cost["compile"] = taken(lambda: code.append(compiling.compiled(plan.text)))
        machine = text.as_machine(compiling.ready(code[0], fresh=True))
        plays["machine code"] = (40, lambda: machine.run(range(40)))
    return Measured(plays, cost)


def recorded(game: Game, policies: tuple[str, ...]) -> None:
    """A run on the recording table."""
    state = start(game, 1)
    while outcome(game, state) is None:
        state, _ = resolve(game, state, computer_orders(game, state, policies))


def plain(game: Game, policies: tuple[str, ...]) -> Callable[[], None]:
    """A run of the text that has its numbers in it."""
    text = compiled(game, record=False, policies=policies)

    def body() -> None:
        row = list(game.start_row)
        for turn in range(len(game.turns)):
            row, key = clear(game, row), turn_key(1, turn)
            text.choose(row, key, turn)
            text.play(row, key, turn)

    return body


# ---- what comes of it
def slope(sizes: list[int], costs: list[float]) -> float:
    """The exponent of growth: the slope of the line of least squares through the logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    middle, height = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True)) / sum((x - middle) ** 2 for x in xs)


def along(dimension: str, sizes: tuple[int, ...], base: Size, known: dict[Size, Measured]) -> list[Line]:
    """Print a dimension and return its lines: milliseconds once, or of a turn; of a run along turns."""
    rows = [known[attrs.evolve(base, **{dimension: count})].cost for count in sizes]
    whole = dimension == "turns"
    say(f"\n{dimension}: milliseconds of processor time for what is done once, and for a {'run' if whole else 'turn'}")
    names = [name for name in (*TABLES, *ONCE) if name in rows[0]]
    say("  " + f"{dimension:>8}" + "".join(f"{name:>14}" for name in names))
    lines = [Line(name, name in ONCE) for name in names]
    for count, row in zip(sizes, rows, strict=True):
        turns = 1 if whole else base.turns
        for line in lines:
            line.points.append((count, 1000 * row[line.name] / (1 if line.once else turns)))
        say("  " + f"{count:>8}" + "".join(f"{line.points[-1][1]:>14.4g}" for line in lines))
    for label, few in (("exponent", sizes), ("at the end", sizes[-2:])):
        say(
            f"  {label:>10}"
            + "".join(f"{exponent(line, len(few)):>{12 if line is lines[0] else 14}.2f}" for line in lines)
        )
    for line in lines:
        say(f"  {sentence(line, dimension, whole)}")
    return lines


def exponent(line: Line, last: int) -> float:
    """The exponent of a line over its last sizes."""
    points = line.points[-last:]
    return slope([int(x) for x, _ in points], [y for _, y in points])


def sentence(line: Line, dimension: str, whole: bool) -> str:
    """What a line shows, in words."""
    what = line.name if line.once else f"a {'run' if whole else 'turn'}, {line.name}"
    worst = exponent(line, len(line.points))
    found = "grows at most linearly" if worst <= LINEAR else "GROWS FASTER THAN LINEARLY"
    return f"{what}: {found} in {dimension} (exponent {worst:.2f})"


def all_sizes(base: Size, dimensions: dict[str, tuple[int, ...]]) -> dict[Size, Measured]:
    """Measure every size, the base of all dimensions once."""
    sizes = {attrs.evolve(base, **{name: count}): None for name, counts in dimensions.items() for count in counts}
    known = {size: prepared(size) for size in sizes}
    for _ in range(ROUNDS):
        for one in known.values():
            one.again(SECONDS)
    return known


def main() -> None:
    """Measure everything; write the chart where a folder is named."""
    quick = "--quick" in sys.argv
    folders = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    base, dimensions = (QUICK_BASE, QUICK) if quick else (BASE, LARGEST)
    sizes = ", ".join(f"{count} {name}" for name, count in attrs.asdict(base).items())
    say(f"Python {sys.version.split()[0]}; one dimension at a time grows from {sizes}")
    if not compiling.available():
        say("machine code is left out: the extra 'fast' is not installed")
    known = all_sizes(base, dimensions)
    found = []
    for dimension, counts in dimensions.items():
        per = "run" if dimension == "turns" else "turn"
        found.append(Panel(dimension, f"ms of processor time, once or a {per}", along(dimension, counts, base, known)))
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "growth.svg").write_text(write("How cost grows", found), encoding="utf-8")


if __name__ == "__main__":
    main()
