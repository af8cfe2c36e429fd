"""What each factor changes, with 95 % intervals.

*Factorial designs.* Every run has a seed, and run k of every point has the same one, so contrasts are taken within each
k first: the mean over the points at one level less that over the points at the other, all other factors balanced. The
mean over all k has the interval of its 1.96 standard errors (`game.play.intervals`). Where every factor has two levels,
two-way interactions come with it: half of what the one factor's effect grows when the other goes to its second level.
Source: Box, Hunter and Hunter 2005, "Statistics for Experimenters", chapter 5; Montgomery, "Design and Analysis of
Experiments", chapter 6; common random numbers as in Law 2015, "Simulation Modeling and Analysis", section 11.2. A factor
of more levels has one contrast for each level against its first. The intervals hold the chance of runs: the points
themselves are fixed.

*Latin hypercubes and tables.* Spearman's rank correlation between the factor and the mean of each point, ties sharing
their ranks, with the interval of Bonett and Wright 2000, "Sample size requirements for estimating Pearson, Kendall and
Spearman correlations" (Fisher's z with the standard error sqrt((1 + r^2 / 2) / (n - 3))). It tells direction and
consistency of a rising or falling relation, not its size; Saltelli et al. 2008, "Global Sensitivity Analysis".
"""

import math
from collections.abc import Sequence
from itertools import combinations
from statistics import fmean, median

from attrs import frozen

from game.play.intervals import Z, interval
from game.play.sweep.design import FACTORIAL, Level
from game.play.sweep.table import Measure, Table, means_of

MAIN, TOGETHER, RANK = "main effect", "interaction", "rank correlation"


@frozen
class Effect:
    """What a factor changes in a measure, with the ends of the 95 % interval.

    *other* is the second factor of an interaction; *base* and *level* are the levels that are compared, *mean_base* and
    *mean_level* the means of the points there: in designs that are not factorial, those of the points below and above
    the factor's median. *value* is None where a measure is the same at every point, so that nothing can be ranked.
    """

    measure: str
    unit: str
    kind: str
    factor: str
    other: str
    base: str
    level: str
    mean_base: float | None
    mean_level: float | None
    value: float | None
    low: float | None
    high: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def term(self) -> str:
        """What is compared, in a few words."""
        if self.kind == TOGETHER:
            return f"{self.factor} x {self.other}"
        return f"{self.factor}: {self.base} -> {self.level}" if self.level else self.factor


def effects_of(table: Table, measure: Measure) -> list[Effect]:
    """The effects of all factors on one measure."""
    return _contrasts(table, measure) if table.plan.design.given.kind == FACTORIAL else _ranks(table, measure)


# ---- factorial designs
def _contrasts(table: Table, measure: Measure) -> list[Effect]:
    plan = table.plan
    found = []
    for place, factor in enumerate(plan.factors):
        base, *others = factor.levels
        for level in others:
            plus, minus = (
                [number for number, point in enumerate(plan.points) if point[place] is one] for one in (level, base)
            )
            found.append(_contrast(table, measure, plus, minus, MAIN, factor.name, "", base, level))
    if all(len(factor.levels) == 2 for factor in plan.factors):
        for (a, one), (b, other) in combinations(enumerate(plan.factors), 2):
            alike = [(point[a] is one.levels[1]) == (point[b] is other.levels[1]) for point in plan.points]
            plus = [number for number, same in enumerate(alike) if same]
            minus = [number for number, same in enumerate(alike) if not same]
            found.append(_contrast(table, measure, plus, minus, TOGETHER, one.name, other.name, None, None))
    return found


def _contrast(table: Table, measure: Measure, plus: Sequence[int], minus: Sequence[int], kind: str, factor: str, other: str,
              base: Level | None, level: Level | None) -> Effect:  # fmt: skip
    """The mean of some points less that of as many others, run by run."""
    sums = []
    for points in (plus, minus):
        sums.append(
            [sum(column) for column in zip(*(table.of_point(measure.numbers, point) for point in points), strict=True)]
        )
    apart = interval([(one - two) / len(plus) for one, two in zip(*sums, strict=True)])
    means = [sum(of) / (len(plus) * len(of)) for of in sums] if level else [None, None]
    return Effect(measure.name, measure.unit, kind, factor, other, base.text if base else "", level.text if level else "",
                  means[1], means[0], apart.value, apart.value - apart.half, apart.value + apart.half)  # fmt: skip


# ---- Latin hypercubes and tables
def _ranks(table: Table, measure: Measure) -> list[Effect]:
    means = [one.value for one in means_of(table, measure)]
    found = []
    for place, factor in enumerate(table.plan.factors):
        order = {level.value: number for number, level in enumerate(factor.levels)}
        values = [point[place].value for point in table.plan.points]
        counted = all(type(value) is int for value in values)
        where = [float(value) if counted else order.get(value, 0) for value in values]
        halves = [[mean for x, mean in zip(where, means, strict=True) if on(x)]
                  for on in (median(where).__gt__, median(where).__lt__)]  # fmt: skip
        below, above = (fmean(half) if half else None for half in halves)
        numbers = rank_correlation(where, means)
        found.append(Effect(measure.name, measure.unit, RANK, factor.name, "", "", "", below, above, *numbers))
    return found


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    """Spearman's rank correlation with the ends of its 95 % interval; None where all values of one are the same, and no
    ends for fewer than four points.
    """
    a, b = ranks(xs), ranks(ys)
    mean = (len(a) + 1) / 2
    spread = math.sqrt(sum((x - mean) ** 2 for x in a) * sum((y - mean) ** 2 for y in b))
    if not spread:
        return None, None, None
    r = max(-1.0, min(1.0, sum((x - mean) * (y - mean) for x, y in zip(a, b, strict=True)) / spread))
    if len(a) < 4:
        return r, None, None
    n = len(a)
    # A perfect order has no z; its ends are those of the order in which two neighbours have changed places.
    near = r if abs(r) < 1 else math.copysign(1 - 12 / (n * (n * n - 1)), r)
    half = Z * math.sqrt((1 + near * near / 2) / (n - 3))
    low, high = (math.tanh(math.atanh(near) + one) for one in (-half, half))
    return r, min(low, r), max(high, r)


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value from 1, equal values sharing the mean of theirs."""
    places: dict[float, list[int]] = {}
    for rank, value in enumerate(sorted(values), 1):
        places.setdefault(value, []).append(rank)
    return [fmean(places[value]) for value in values]
