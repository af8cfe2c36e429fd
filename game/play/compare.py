"""Comparing variants of a scenario: many runs with paired seeds, and what each variant changes.

Chance is addressed, so two arms played with one seed differ only by what their variants change. The difference of each
pair of runs is taken first. Its mean comes with a 95 % interval by the normal approximation (1.96 standard errors), its
median with the interval of the sign test: the two order statistics between which the median lies with at least 95 %,
whatever the distribution. Source: Thompson 1936, "On confidence ranges for the median and other expectation
distributions"; Conover 1999, "Practical Nonparametric Statistics", section 3.2. Nothing is drawn for an interval, so
that the same runs always give the same one.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import fmean, median, stdev

from attrs import frozen

from game.core import Game
from game.core.view import OWN_BUSINESS
from game.play.playout import Player, policies_for
from game.words import say

PEAK, CUMULATED, FINAL = "peak_rung", "cumulated_risk", "final_risk"
MEASURES = (PEAK, CUMULATED, FINAL)
"""What is measured of the pair of sides: the highest rung and the sum of risk over the turns, both after the opening
turns; and risk at the end.
"""
CALLS = ("asked", "answered", "refused", "unanswered")
"""Notes of a turn, by mechanism and side, that are counted."""

Z = 1.96
"""The 97.5 % point of the normal distribution."""
TAIL = 0.025
"""What lies beyond either end of a 95 % interval."""


class CompareProblem(Exception):
    """Something that cannot be measured in these games, in one sentence for people."""


@frozen
class Interval:
    """A mean and the half-width of its 95 % interval."""

    value: float
    half: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return abs(self.value) > self.half


@frozen
class Middle:
    """A median and the ends of its 95 % interval; fewer than six numbers give no ends."""

    value: float
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@frozen
class Value:
    """A measure in one arm."""

    mean: Interval
    median: Middle


@frozen
class Difference:
    """How a measure differs from the first arm, run by run, and in how many runs it is lower, the same, higher."""

    mean: Interval
    median: Middle
    lower: int
    same: int
    higher: int


@frozen
class End:
    """A cell at the end of the runs: the mean of a number, or the percentage of runs that end with a word of a mark.

    *difference* is to the first arm, run by run.
    """

    name: str
    word: str
    unit: str
    value: Interval
    difference: Interval


@frozen
class Arm:
    """One arm: a variant, several together, or the scenario as it is.

    Attributes:
        values, differences: by measure.
        reached: the share of runs whose peak is at least rung 1, 2, 3 ...
        at_once: the share of runs whose peak is the rung of the first counted turn.
        calls: by mechanism, how often in a run, on average, it was asked for, answered, refused, left unanswered.
        ends: the cells that were asked for.
    """

    name: str
    values: dict[str, Value]
    differences: dict[str, Difference]
    reached: tuple[float, ...]
    at_once: float
    calls: dict[str, dict[str, float]]
    ends: tuple[End, ...]


@frozen
class Comparison:
    """What came of comparing: the pair of sides that rungs and risk belong to, the opening turns left out, the arms."""

    pair: str
    sides: tuple[str, str]
    opening: int
    arms: tuple[Arm, ...]


@frozen
class Places:
    """Where a game keeps what is measured: the number of the pair, and the cells that are read at the end."""

    pair: int
    cells: tuple[int, ...]


@frozen
class Outcome:
    """What is kept of one run.

    *first* is the rung of the first counted turn, -1 when the run ended before it; *ends* are the values of cells, of
    marks their words.
    """

    measures: tuple[int, int, int]
    first: int
    calls: tuple[int, ...]
    ends: tuple[int | str, ...]


def compared(games: Sequence[tuple[str, Game]], policy: str, runs: int, pair: str = "",
             names: Sequence[str] = ()) -> Comparison:  # fmt: skip
    """Play every game *runs* times with the seeds 0, 1, 2 ... and compare each with the first.

    *pair* names two sides (``jp.cn``; the first pair when left out), *names* tracks or cells that are read at the end.
    Raises *CompareProblem* for names that a game does not have.
    """
    first_game = games[0][1]
    sides = pair_named(first_game, pair)
    wanted = cells_wanted(first_game, names)
    places = [places_of(name, game, sides, wanted) for name, game in games]
    played = [measured(game, policy, range(runs), at) for (_, game), at in zip(games, places, strict=True)]
    rows = rows_of(first_game, wanted, played)
    arms = tuple(arm_of(name, game, own, played[0], rows) for (name, game), own in zip(games, played, strict=True))
    titles = {side.id: side.name for side in first_game.sides}
    return Comparison(".".join(sides), (titles[sides[0]], titles[sides[1]]), first_game.opening, arms)


# ---- what is asked
def pair_named(game: Game, pair: str) -> tuple[str, str]:
    """The two sides that are meant, in the order of the scenario."""
    pairs = [(game.sides[i].id, game.sides[j].id) for i, j in game.pairs()]
    if not pairs:
        raise CompareProblem(say("This scenario has no two sides, so nothing stands between them."))
    found = next((one for one in pairs if pair in ("", ".".join(one), ".".join(reversed(one)))), None)
    if found is None:
        known = ", ".join(map(".".join, pairs))
        raise CompareProblem(say("No pair of sides is called '{pair}'. There are: {known}.", pair=pair, known=known))
    return found


def cells_wanted(game: Game, names: Sequence[str]) -> tuple[str, ...]:
    """The dotted names of all cells that are meant, each once."""
    wanted: dict[str, None] = {}
    lasting = [track.id for track in game.tracks.values() if track.lasting and track.id not in OWN_BUSINESS]
    for name in names:
        track = game.tracks.get(name.partition(".")[0])
        if track is not None and track.id not in lasting:
            raise CompareProblem(say("'{name}' is not kept from turn to turn and has no value at the end.", name=name))
        try:
            cells = game.cells_named(name)
        except KeyError:
            known = ", ".join(label for label in track.labels if label) if track else ", ".join(lasting)
            raise CompareProblem(
                say("No value is called '{name}'. There are: {known}.", name=name, known=known)
            ) from None
        assert track is not None
        labels = (track.labels[cell - track.first] for cell in cells)
        wanted |= dict.fromkeys(f"{track.id}.{label}" if label else track.id for label in labels)
    return tuple(wanted)


def places_of(arm: str, game: Game, sides: tuple[str, str], wanted: Sequence[str]) -> Places:
    """Where an arm's game keeps what is asked."""
    pairs = [(game.sides[i].id, game.sides[j].id) for i, j in game.pairs()]
    known = {f"{track.id}.{label}" if label else track.id: track.first + place
             for track in game.tracks.values() for place, label in enumerate(track.labels)}  # fmt: skip
    missing = [*([] if sides in pairs else [".".join(sides)]), *(name for name in wanted if name not in known)]
    if missing:
        raise CompareProblem(say("'{arm}' has no '{name}' to compare.", arm=arm, name=missing[0]))
    return Places(pairs.index(sides), tuple(known[name] for name in wanted))


# ---- playing
def measured(game: Game, policy: str, seeds: Sequence[int], at: Places) -> list[Outcome]:
    """What is kept of each run."""
    player = Player(game, policies_for(game, policy), record=False)
    peak, rung, risk = (game.tracks[name].first + at.pair for name in ("peak", "rung", "risk"))
    blocks = call_cells(game)
    words = [(cell, game.track_of(cell).words) for cell in at.cells]
    found = []
    for seed in seeds:
        rows = player.rows(seed)
        end = rows[-1]
        counted = rows[game.opening :]
        # A game that ends early stays where it ended, so that sums over turns can be compared.
        missing = len(game.turns) - max(len(rows), game.opening)
        cumulated = sum(row[risk] for row in counted) + end[risk] * missing
        calls = tuple(sum(sum(row[first:last]) for row in rows) for first, last in blocks)
        first = counted[0][rung] if counted else -1
        ends = tuple(known[end[cell]] if known else end[cell] for cell, known in words)
        found.append(Outcome((end[peak], cumulated, end[risk]), first, calls, ends))
    return found


def call_cells(game: Game) -> list[tuple[int, int]]:
    """For each mechanism and each word of *CALLS* the block of cells that note it, one a side."""
    blocks = []
    for number in range(len(game.mechanisms)):
        for word in CALLS:
            track = game.tracks.get(word)
            first = track.first + number * track.shape[1] if track else 0
            blocks.append((first, first + track.shape[1]) if track else (0, 0))
    return blocks


# ---- summing up
Row = tuple[int, str, str, str]
"""One row of the values at the end: the place of the cell, its name, the word of a mark, the unit."""


def rows_of(game: Game, wanted: Sequence[str], played: Sequence[Sequence[Outcome]]) -> tuple[Row, ...]:
    """The rows of values at the end: a number has one, a mark one for each word with which a run ended."""
    rows: list[Row] = []
    for number, name in enumerate(wanted):
        track = game.tracks[name.partition(".")[0]]
        met = {str(outcome.ends[number]) for own in played for outcome in own} if track.words else set()
        words = [word for word in track.words if word in met] + sorted(met - set(track.words))
        rows += [(number, name, word, say("% of runs")) for word in words] or [(number, name, "", track.unit)]
    return tuple(rows)


def arm_of(name: str, game: Game, own: Sequence[Outcome], base: Sequence[Outcome],
           rows: Sequence[Row]) -> Arm:  # fmt: skip
    """One arm beside the first."""
    values, differences = {}, {}
    for number, measure in enumerate(MEASURES):
        mine = [outcome.measures[number] for outcome in own]
        apart = [outcome.measures[number] - other.measures[number] for outcome, other in zip(own, base, strict=True)]
        values[measure] = Value(interval(mine), middle(mine))
        lower, higher = sum(one < 0 for one in apart), sum(one > 0 for one in apart)
        differences[measure] = Difference(interval(apart), middle(apart), lower, len(apart) - lower - higher, higher)
    peaks = [outcome.measures[0] for outcome in own]
    reached = tuple(fmean(peak >= rung for peak in peaks) for rung in range(1, game.tracks["rung"].high + 1))
    at_once = fmean(outcome.first == outcome.measures[0] for outcome in own)
    sums = [fmean(counts) for counts in zip(*(outcome.calls for outcome in own), strict=True)]
    calls = {mechanism: dict(zip(CALLS, sums[len(CALLS) * number :], strict=False))
             for number, mechanism in enumerate(game.mechanisms)}  # fmt: skip
    ends = tuple(end_of(row, own, base) for row in rows)
    return Arm(name, values, differences, reached, at_once, calls, ends)


def end_of(row: Row, own: Sequence[Outcome], base: Sequence[Outcome]) -> End:
    """One row of values at the end, beside the first arm."""
    number, name, word, unit = row

    def read(outcome: Outcome) -> int:
        value = outcome.ends[number]
        return int(value) if not word else 100 * (value == word)

    apart = [read(outcome) - read(other) for outcome, other in zip(own, base, strict=True)]
    return End(name, word, unit, interval([read(outcome) for outcome in own]), interval(apart))


def interval(numbers: Sequence[float]) -> Interval:
    """The mean of numbers with its 95 % interval."""
    half = Z * stdev(numbers) / math.sqrt(len(numbers)) if len(numbers) > 1 else math.inf
    return Interval(fmean(numbers), half)


def middle(numbers: Sequence[float]) -> Middle:
    """The median of numbers with the 95 % interval of the sign test."""
    ordered = sorted(numbers)
    place = place_of(len(ordered))
    ends = (ordered[place - 1], ordered[-place]) if place else (None, None)
    return Middle(median(ordered), *ends)


@lru_cache(maxsize=64)
def place_of(count: int) -> int:
    """Between which of so many ordered numbers, counted from either end, the median lies with at least 95 %; 0 where
    no two do.

    It is the largest k for which a binomial number (*count*, 1/2) is below k with 2.5 % at most.
    """
    # What lies more than twelve standard deviations below the middle adds nothing that a float could hold.
    below, k = 0.0, max(0, count // 2 - 6 * math.isqrt(count) - 6)
    top = math.lgamma(count + 1) - count * math.log(2)
    while True:
        below += math.exp(top - math.lgamma(k + 1) - math.lgamma(count - k + 1))
        if below > TAIL:
            return k
        k += 1
