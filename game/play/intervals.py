"""Means and medians with their 95 % intervals.

The mean has an interval by the normal approximation (1.96 standard errors), the median that of the sign test: the two
order statistics between which the median lies with at least 95 %, whatever the distribution. Source: Thompson 1936, "On
confidence ranges for the median and other expectation distributions"; Conover 1999, "Practical Nonparametric
Statistics", section 3.2. Nothing is drawn for an interval, so that the same runs always give the same one.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from statistics import fmean, median

from attrs import frozen

Z = 1.96
"""The 97.5 % point of the normal distribution."""
TAIL = 0.025
"""What lies beyond either end of a 95 % interval."""


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


def interval(numbers: Sequence[float]) -> Interval:
    """The mean of numbers with its 95 % interval."""
    mean, count = fmean(numbers), len(numbers)
    if count == 1:
        return Interval(mean, math.inf)
    # As `statistics.stdev`, which calculates with fractions: exact to the last digit and ten times slower.
    spread = math.fsum((one - mean) ** 2 for one in numbers) / (count - 1)
    return Interval(mean, Z * math.sqrt(spread / count))


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
