"""Forecasts: what came of many continuations that computer players play from a moment on.

A forecast is a statement about the model and not about the world. In the first turn the seats that ask give the orders
that they have drafted; everything else, and every later turn, is played by doctrine. Sums stand with 95 % intervals
that take into account that runs from one row are alike.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence

from attrs import frozen

from game.core import Game, Order
from game.core.orders import ordered_cells
from game.play.batch import Batch, Row, Runs, together, zeros
from game.play.intervals import Interval
from game.play.sampling import Share, mean_of, share_of
from game.play.supposed import Ground
from game.play.uses import OUTCOMES

RUNS = 2000
"""Continuations, where nothing else is asked for: a share of one half is then known to 2 points."""
TURNS = 6
"""How many turns a forecast looks ahead, where nothing else is asked for."""
SEEDS_BEGIN = 0xF0CA << 48
"""The first seed of continuations. Never a session's own: a forecast must not draw its future."""
LOW, MIDDLE, HIGH = 100, 500, 900
"""What share of the runs, in permille, lies below the band of risk, its middle and its upper end: 80 % lie within."""

SELDOM = 0.005
"""Mechanisms that are called less often in a run are left out of tables for people."""


@frozen
class Band:
    """Risk after a turn (from 1): the range in which 80 % of the runs lie, the middle one, and the mean."""

    turn: int
    low: int
    middle: int
    high: int
    mean: Interval


@frozen
class Pair:
    """What may come between two sides: the share of runs that reach rung 1, 2, 3 ... and the curve of risk."""

    sides: tuple[str, str]
    rungs: tuple[Share, ...]
    risk: tuple[Band, ...]


@frozen
class Line:
    """What a mechanism would do: how often in a run it is asked for, refused, answered and left unanswered."""

    mechanism: str
    calls: dict[str, Interval]


@frozen
class Change:
    """What an order does to the picture, run by run with the same draws: with it less without it.

    *rungs*: for each pair how the share that reaches rung 1, 2, 3 ... differs; *risk* at the end of the last turn.
    """

    order: Order
    rungs: tuple[tuple[Interval, ...], ...]
    risk: tuple[Interval, ...]


@frozen
class Forecast:
    """What came of *runs* continuations of *turns* turns, begun with *grounds* different rows in turn *begin* (from 1).

    *known*: whether they began with the state as it is, else with what a seat supposes. *machine*: whether they were
    played as machine code. Rungs are those of the turns from *counted* on, after the opening.
    """

    begin: int
    turns: int
    counted: int
    runs: int
    grounds: int
    known: bool
    machine: bool
    pairs: tuple[Pair, ...]
    mechanisms: tuple[Line, ...]
    changes: tuple[Change, ...] = ()


class Sample:
    """Continuations with the same orders, gathered in portions.

    *peaks*: for each pair the highest rung of each run in the turns that are *counted*; *risk*: for each turn and pair
    its risk; *calls*: for each cell of a call how often it was noted in each run.
    """

    def __init__(self, game: Game, turns: int, counted: range) -> None:
        self.game = game
        self.turns = turns
        self.counted = counted
        self.runs = 0
        pairs = len(game.pairs())
        self.peaks = [array("q") for _ in range(pairs)]
        self.risk = [[array("q") for _ in range(pairs)] for _ in range(turns)]
        self.calls: dict[int, Row] = {}

    def take_in(self, runs: Runs) -> None:
        """Add the runs of a portion."""
        count, pairs = len(runs.lengths), len(self.peaks)
        nothing = zeros("q", count)
        for pair in range(pairs):
            rungs = [runs.column(turn, pair) for turn in self.counted]
            some = [column for column in rungs if column != nothing]
            if len(some) < len(rungs) or not rungs:
                some.append(nothing)
            self.peaks[pair].extend(some[0] if len(some) == 1 else map(max, zip(*some, strict=True)))
            for turn in range(self.turns):
                self.risk[turn][pair].extend(runs.column(turn, pairs + pair))
        for place, cell in enumerate(runs.added):
            found = runs.sum(place)
            if cell in self.calls or found != nothing:
                self.calls.setdefault(cell, zeros("q", self.runs)).extend(found)
        self.runs += count
        for found in self.calls.values():
            found.extend([0] * (self.runs - len(found)))


def watched(game: Game) -> tuple[int, ...]:
    """The cells that a forecast looks at after each turn: rung and risk of each pair."""
    pairs = range(len(game.pairs()))
    return tuple(game.tracks[name].first + pair for name in ("rung", "risk") for pair in pairs)


def calls(batch: Batch) -> tuple[int, ...]:
    """The cells that it adds up: what may be noted of calls."""
    tracks = batch.game.tracks
    cells = [track.first + k for name in OUTCOMES if (track := tracks.get(name)) for k in range(track.size)]
    return tuple(cell for cell in cells if batch.lifted is None or cell in batch.lifted.noted)


class Ahead:
    """Plays ahead from one moment, with any orders.

    Each set of orders is played once: asking again, or for what one order of it does, costs only what is new.
    """

    def __init__(self, batch: Batch, ground: Ground, agencies: Sequence[str], turns: int = TURNS) -> None:
        left = len(batch.game.turns) - ground.turn
        if left < 1:
            raise ValueError("the game has no more turns to play ahead")
        self.batch = batch
        self.ground = ground
        self.agencies = tuple(agencies)
        self.turns = min(turns, left)
        self.counted = range(max(batch.game.opening - ground.turn, 0), self.turns)
        self.cells, self.calls = watched(batch.game), calls(batch)
        self._samples: dict[tuple[tuple[int, int], ...], Sample] = {}

    def sample(self, orders: Sequence[Order] | None, runs: int) -> Sample:
        """Continuations in which these orders are given; by doctrine where there are none to be given."""
        game = self.batch.game
        ordered = {} if orders is None else ordered_cells(game, self.agencies, orders)
        sample = self._samples.setdefault(tuple(sorted(ordered.items())), Sample(game, self.turns, self.counted))
        if sample.runs < runs:
            seeds = range(SEEDS_BEGIN + sample.runs, SEEDS_BEGIN + runs)
            # Run k begins with row k modulo the rows, also where an earlier portion ended between two rounds of them.
            first = sample.runs % self.ground.count * len(game.start_row)
            sample.take_in(self.batch.run(
                seeds, self.cells, starts=self.ground.rows[first:] + self.ground.rows[:first], begin=self.ground.turn,
                end=self.ground.turn + self.turns, ordered=ordered, added=self.calls, marked=False,
            ))  # fmt: skip
        return sample

    def forecast(self, orders: Sequence[Order] | None, runs: int, tried: Sequence[Order] = ()) -> Forecast:
        """What may come with these orders, and what each order of *tried*, all among them, changes."""
        whole = self.sample(orders, runs)
        changes = tuple(
            changed(order, whole, self.sample([o for o in orders or () if o != order], runs), self.ground.count)
            for order in tried
        )
        begin, rows = self.ground.turn + 1, self.ground.count
        return Forecast(
            begin, self.turns, begin + self.counted.start, whole.runs, rows, self.ground.known, bool(self.batch.machine),
            told(whole, self.ground), lines(whole, rows), changes,
        )  # fmt: skip

    def growing(self, orders: Sequence[Order] | None, runs: int, tried: Sequence[Order] = (), *,
                wanted: Callable[[], bool] = lambda: True) -> Iterator[Forecast]:  # fmt: skip
        """Forecasts of more and more runs up to *runs*, so that the first figures are there at once; machine code needs
        one step. It stops where it is no longer *wanted*.
        """
        step = runs if self.batch.machine else max(self.ground.count, FIRST)
        done = 0
        while done < runs and wanted():
            done = min(done + step, runs)
            yield self.forecast(orders, done, tried)
            step = min(done, LARGEST)


FIRST, LARGEST = 64, 256
"""Runs of the first and of the largest step where Python plays them; between them steps double what there is."""


# ---- sums
def told(sample: Sample, ground: Ground) -> tuple[Pair, ...]:
    """Rungs and risk of each pair of sides."""
    game = sample.game
    top = game.tracks["rung"].high
    return tuple(
        Pair(
            (game.sides[i].id, game.sides[j].id),
            tuple(share_of([peak >= rung for peak in sample.peaks[pair]], ground.count) for rung in range(1, top + 1)),
            tuple(band(sample.risk[turn][pair], ground, turn) for turn in range(sample.turns)),
        )
        for pair, (i, j) in enumerate(game.pairs())
    )


def band(values: Row, ground: Ground, turn: int) -> Band:
    """How risk lies after a turn."""
    ranked = sorted(values)
    low, middle, high = (ranked[(len(ranked) - 1) * permille // 1000] for permille in (LOW, MIDDLE, HIGH))
    return Band(ground.turn + turn + 1, low, middle, high, mean_of(values, ground.count))


def lines(sample: Sample, alike: int) -> tuple[Line, ...]:
    """What each mechanism that is used at all would do."""
    game = sample.game
    found, never = [], mean_of([0] * sample.runs, alike)
    for number, mechanism in enumerate(game.mechanisms):
        calls = {}
        for name in OUTCOMES:
            track = game.tracks.get(name)
            cells = [] if track is None else [track.cell(number, side) for side in range(track.shape[1])]
            noted = [sample.calls[cell] for cell in cells if cell in sample.calls]
            calls[name] = mean_of(together(noted), alike) if noted else never
        if any(calls[name].value for name in OUTCOMES):
            found.append(Line(mechanism, calls))
    return tuple(found)


def changed(order: Order, whole: Sample, without: Sample, alike: int) -> Change:
    """What an order changes: the same rows and draws with it and without it."""
    top = whole.game.tracks["rung"].high
    rungs = tuple(
        tuple(
            mean_of([(a >= rung) - (b >= rung) for a, b in zip(one, other, strict=True)], alike)
            for rung in range(1, top + 1)
        )
        for one, other in zip(whole.peaks, without.peaks, strict=True)
    )
    risk = tuple(
        mean_of([a - b for a, b in zip(one, other, strict=True)], alike)
        for one, other in zip(whole.risk[-1], without.risk[-1], strict=True)
    )
    return Change(order, rungs, risk)
