"""How far the figures of many runs can be trusted: 95 % intervals of means and shares.

Runs that begin with the same row are alike, so that they tell less than as many independent ones. Means are therefore
taken row by row first (Kish 1965, "Survey Sampling", chapter 5: cluster samples of equal size); a share gets Wilson's
interval with the number of runs divided by the design effect (Wilson 1927; Kish 1965, section 8.2).
"""

import math
from collections.abc import Sequence
from operator import add, mul

from attrs import frozen

from game.play.intervals import Interval, Z


@frozen
class Share:
    """A share of runs, and the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def mean_of(values: Sequence[int], rows: int = 1) -> Interval:
    """The mean of a number of each run, where run *k* begins with row *k* modulo *rows*; 1 where none are alike.

    From one run nothing can be said: the interval is infinite.
    """
    if len(values) < 2:
        return Interval(float(values[0]), math.inf)
    return Interval(sum(values) / len(values), Z * math.sqrt(_variance_of_mean(values, rows)))


def share_of(held: Sequence[bool], rows: int = 1) -> Share:
    """The share of runs of which something holds."""
    count, met = len(held), sum(held)
    share = met / count
    alike = _variance_of_mean(held, rows) if rows > 1 and 0 < met < count else 0.0
    worth = count * min(1.0, share * (1 - share) / count / alike) if alike else count
    middle = (share + Z * Z / (2 * worth)) / (1 + Z * Z / worth)
    half = Z * math.sqrt(share * (1 - share) / worth + Z * Z / (4 * worth * worth)) / (1 + Z * Z / worth)
    return Share(share, max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share)))


def _variance_of_mean(values: Sequence[int], rows: int) -> float:
    """The variance of the mean of runs of which those that begin with one row are alike, as a ratio estimate over the
    rows; where there is a run a row or less, that of independent runs. Source: Kish 1965, section 6.3.
    """
    count, total = len(values), sum(values)
    if min(values) == max(values):
        return 0.0
    groups = rows if 1 < rows < count else count
    sums = by_row(values, groups) if groups < count else values
    more, size = count % groups, count // groups
    # How far each sum, times the count, is off the total times the runs in it, squared and added up, written out. In whole
    # numbers nothing is lost before the end. The first groups have a run more.
    weighted = size * total + sum(sums[:more])
    sizes = (groups - more) * size**2 + more * (size + 1) ** 2
    squares: int = count**2 * sum(map(mul, sums, sums)) - 2 * count * total * weighted + total**2 * sizes
    return squares / count**4 * groups / (groups - 1)


def by_row(values: Sequence[int], rows: int) -> list[int]:
    """The sum of what runs that begin with the same row have, row by row."""
    whole = len(values) // rows * rows
    sums = list(values[:rows])
    for first in range(rows, whole, rows):
        sums = list(map(add, sums, values[first : first + rows]))
    return [*map(add, sums, values[whole:]), *sums[len(values) - whole :]]
