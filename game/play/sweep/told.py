"""Effects as tables: for people, for other programs, as plain values."""

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

import attrs

from game.play.columns import lines_of
from game.play.sweep.design import FACTORIAL, LATIN
from game.play.sweep.effects import RANK, TOGETHER, Effect
from game.play.sweep.plan import Plan
from game.play.sweep.table import Measure, figure, mean_of
from game.words import say

TITLES = {"peak_rung": "Peak rung", "cumulated_risk": "Cumulated risk", "final_risk": "Risk at the end"}
HEADS = (
    "measure", "unit", "kind", "factor", "other", "from", "to", "mean_from", "mean_to", "effect", "low", "high", "clear",
)  # fmt: skip
"""Columns of the table of all effects."""
FEW = 8
"""So many levels are listed."""


def title_of(measure: Measure) -> str:
    """A measure's name as people read it, with its unit."""
    name = say(TITLES[measure.name]) if measure.name in TITLES else measure.name
    return f"{name}, {measure.unit}" if measure.unit else name


def effects_rows(effects: Sequence[Effect]) -> list[list[Any]]:
    """All effects as rows of a table for other programs."""
    rows: list[list[Any]] = [list(HEADS)]
    for one in effects:
        known = (one.mean_base, one.mean_level, one.value, one.low, one.high)
        numbers = ["" if value is None else figure(value) for value in known]
        words = [one.measure, one.unit, one.kind, one.factor, one.other, one.base, one.level]
        rows.append([*words, *numbers, "true" if one.clear else "false"])
    return rows


def plain(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    """All effects as plain values."""
    return [{**attrs.asdict(one), "clear": one.clear} for one in effects]


def by_size(effects: Sequence[Effect]) -> list[Effect]:
    """Main effects before interactions, the largest first."""
    return sorted(effects, key=lambda one: (one.kind == TOGETHER, -abs(one.value or 0)))


# ---- for people
def effects_text(plan: Plan, found: Sequence[tuple[Measure, Sequence[Effect]]]) -> str:
    """The effects on the main measures as tables, the largest first."""
    lines = [*_head(plan), *_factors(plan)]
    for measure, effects in found:
        ranked = effects[0].kind == RANK
        heads = (
            [say("correlation"), say("lower half"), say("upper half")]
            if ranked
            else [say("effect"), say("from"), say("to")]
        )
        rows = [[title_of(measure), heads[0], say("95 % interval"), *heads[1:]]]
        rows += [_row(one, decimals(effects)) for one in by_size(effects)]
        lines += ["", *lines_of(rows), say("  mean of all runs {mean}", mean=figure(mean_of(measure)))]
    return "\n".join([*lines, "", *_notes(plan, found), ""])


def _head(plan: Plan) -> list[str]:
    given, seed, game = plan.design.given, plan.design.given.first_seed, plan.game
    kinds = {FACTORIAL: say("full factorial"), LATIN: say("Latin hypercube")}
    policy = ", ".join([given.policy, *(f"{agency} {policy}" for agency, policy in given.policies.items())])
    return [
        say("{title} ({id}): {kind}, {points} points of {runs} runs, seeds {first} to {last} at every point, played by {policy}.",
            title=game.title, id=game.id, kind=kinds.get(given.kind, say("table of points")), points=len(plan.points),
            runs=plan.runs, first=seed, last=seed + plan.runs - 1, policy=policy),
        say("Sides: {sides}. Peak rung and cumulated risk are counted after the opening, from turn {turn} of {turns} on.",
            sides=".".join(plan.sides), turn=game.opening + 1, turns=len(game.turns)),
    ]  # fmt: skip


def _factors(plan: Plan) -> list[str]:
    lines = ["", say("Factors")]
    for place, factor in enumerate(plan.factors):
        levels = list({point[place].text: point[place].value for point in plan.points}.items())
        numbers = sorted(value for _, value in levels if type(value) is int)
        known = ", ".join(text for text, _ in levels[:FEW])
        if len(numbers) == len(levels) > FEW:
            known = say("{low} to {high}", low=numbers[0], high=numbers[-1])
        lines.append(f"  {factor.name} ({factor.number or say('variants')}): {known}")
    return lines


def decimals(effects: Sequence[Effect]) -> int:
    """How many decimals show intervals of usual width in two or three figures, one to four."""
    widths = [
        one.high - one.low for one in effects if one.low is not None and one.high is not None and one.high > one.low
    ]
    return max(1, min(4, 1 - math.floor(math.log10(median(widths))))) if widths else 2


def _row(one: Effect, places: int) -> list[str]:
    term = f"  {one.term}"
    if one.value is None:
        return [term, "-", "", "", ""]
    ends = "" if one.low is None or one.high is None else f"{_signed(one.low, places)} .. {_signed(one.high, places)}"
    means = ["" if mean is None else f"{mean:.{places}f}" for mean in (one.mean_base, one.mean_level)]
    return [term, _signed(one.value, places), ends + (" *" if one.clear else ""), *means]


def _signed(value: float, places: int) -> str:
    """A number with its sign; 0 has none."""
    text = f"{value:+.{places}f}"
    return text if text.strip("+-0.") else text[1:]


def _notes(plan: Plan, found: Sequence[tuple[Measure, Sequence[Effect]]]) -> list[str]:
    several = sum(len(effects) for _, effects in found)
    together = any(one.kind == TOGETHER for _, effects in found for one in effects)
    notes = []
    if plan.design.given.kind == FACTORIAL:
        notes.append(
            say(
                "An effect is the mean over the points at one level (to) less that at the first (from), run by run by seed."
            )
        )
        if together:
            notes.append(say("An interaction (a x b) is half of what the effect of a grows when b goes to its second level (Box, "
                             "Hunter and Hunter 2005, chapter 5)."))  # fmt: skip
        elif len(plan.factors) > 1:
            notes.append(say("Interactions are told where every factor has two levels."))
        notes.append(
            say("Intervals: 1.96 standard errors over the runs. They say nothing of points that were not played.")
        )
    else:
        notes.append(say("Spearman's rank correlation of the factor with the mean of each point, from -1 to 1: whether it "
                         "rises or falls, not by how much. Interval: Bonett and Wright 2000."))  # fmt: skip
        notes.append(say("Lower and upper half: the mean over the points below and above the factor's median."))
    return [
        *notes,
        say("* marks an interval that leaves out 0. Of {several} intervals about {some} would without any effect.",
            several=several, some=max(1, round(several / 20))),
        say("This is about the model, not about the world. Every measure is in effects.csv, every run in runs.csv."),
    ]  # fmt: skip
