"""Comparing variants of a scenario: many runs with paired seeds, and what each variant changes.

Chance is addressed, so two arms played with one seed differ only by what their variants change. The difference of each
pair of runs is taken first; its mean and median come with intervals, for which see `intervals.py`.
"""

from collections.abc import Sequence
from statistics import fmean

from attrs import frozen

from game.core import Game
from game.play.batch import Batch
from game.play.intervals import Interval, Middle, interval, middle
from game.play.measures import CALLS, MEASURES, WORTH, Outcome, cells_wanted, measured, pair_named, places_of
from game.play.playout import policies_for
from game.words import say


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


def compared(games: Sequence[tuple[str, Game]], policy: str, runs: int, pair: str = "",
             names: Sequence[str] = ()) -> Comparison:  # fmt: skip
    """Play every game *runs* times with the seeds 0, 1, 2 ... and compare each with the first.

    *pair* names two sides (``jp.cn``; the first pair when left out), *names* tracks or cells that are read at the end.
    Raises *MeasureProblem* for names that a game does not have.
    """
    first_game = games[0][1]
    sides = pair_named(first_game, pair)
    wanted = cells_wanted(first_game, names)
    places = [places_of(name, game, sides, wanted) for name, game in games]
    played = []
    for (_, game), at in zip(games, places, strict=True):
        batch = Batch(game, policies_for(game, policy), machine=runs >= WORTH)
        played.append(measured(batch, range(runs), at))
    rows = rows_of(first_game, wanted, played)
    arms = tuple(arm_of(name, game, own, played[0], rows) for (name, game), own in zip(games, played, strict=True))
    titles = {side.id: side.name for side in first_game.sides}
    return Comparison(".".join(sides), (titles[sides[0]], titles[sides[1]]), first_game.opening, arms)


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
