"""Effects as tables: for people, for other programs, as plain values."""

from collections.abc import Sequence
from typing import Any

import attrs

from game.play.sweep.design import FACTORIAL, LATIN
from game.play.sweep.effects import MAIN, RANK, TOGETHER, Effect
from game.play.sweep.table import Measure, figure, mean_of
from game.play.sweep.plan import Plan
from game.words import say

TITLES = {"peak_rung": "Peak rung", "cumulated_risk": "Cumulated risk", "final_risk": "Risk at the end"}


def title_of(measure: Measure) -> str:
    """A measure's name as people read it, with its unit."""
    name = say(TITLES[measure.name]) if measure.name in TITLES else measure.name
    return f"{name}, {measure.unit}" if measure.unit else name


def effects_rows(effects: Sequence[Effect]) -> list[list[Any]]:
    """All effects as rows of a table for other programs."""
    rows: list[list[Any]] = [["measure", "unit", "kind", "factor", "other", "from", "to", "effect", "low", "high", "clear"]]
    for one in effects:
        numbers = ["" if value is None else figure(value) for value in (one.value, one.low, one.high)]
        rows.append([one.measure, one.unit, one.kind, one.factor, one.other, one.base, one.level, *numbers,
                     "true" if one.clear else "false"])  # fmt: skip
    return rows


def plain(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    """All effects as plain values."""
    return [{**attrs.asdict(one), "clear": one.clear} for one in effects]


def effects_text(plan: Plan, found: Sequence[tuple[Measure, Sequence[Effect]]]) -> str:
    """The effects on the main measures as tables for people, the largest first."""
    lines = [_head(plan), *_factors(plan)]
    for measure, effects in found:
        rows = [[title_of(measure), say("correlation") if effects[0].kind == RANK else say("effect"), say("95 % interval")]]
        rows += [_row(one) for one in by_size(effects)]
        lines += ["", *_lines(rows), say("  mean of all runs {mean}", mean=figure(mean_of(measure)))]
    return "\n".join([*lines, "", *_notes(plan, found), ""])


def by_size(effects: Sequence[Effect]) -> list[Effect]:
    """Main effects before interactions, the largest first."""
    return sorted(effects, key=lambda one: (one.kind == TOGETHER, -abs(one.value or 0)))


def _row(one: Effect) -> list[str]:
    if one.value is None:
        return [f"  {one.term}", "-", ""]
    ends = "" if one.low is None or one.high is None else f"{one.low:+.2f} .. {one.high:+.2f}"
    return [f"  {one.term}", f"{one.value:+.2f}", ends + (" *" if one.clear else "  ")]


def _head(plan: Plan) -> str:
    given, seed = plan.design.given, plan.design.given.first_seed
    kinds = {
        FACTORIAL: say("full factorial"),
        LATIN: say("Latin hypercube"),
    }
    return say(
        "{title} ({id}): {kind}, {points} points of {runs} runs, seeds {first} to {last} at every point, played by {policy}.\n"
        "Sides: {sides}. Peak rung and cumulated risk are counted after the opening, from turn {turn} of {turns} on.",
        title=plan.game.title, id=plan.game.id, kind=kinds.get(given.kind, say("table of points")), points=len(plan.points),
        runs=plan.runs, first=seed, last=seed + plan.runs - 1, policy=_policy(plan), sides=".".join(plan.sides),
        turn=plan.game.opening + 1, turns=len(plan.game.turns),
    )  # fmt: skip


def _policy(plan: Plan) -> str:
    given = plan.design.given
    return ", ".join([f"'{given.policy}'", *(f"{agency} by '{policy}'" for agency, policy in given.policies.items())])


def _factors(plan: Plan) -> list[str]:
    lines = ["", say("Factors")]
    for place, factor in enumerate(plan.factors):
        values = list(dict.fromkeys(point[place].text for point in plan.points))
        known = ", ".join(values) if len(values) <= 8 else say("{low} to {high}", low=factor.levels[0].text if factor.levels else
                                                               min(values), high=factor.levels[-1].text if factor.levels else
                                                               max(values))  # fmt: skip
        lines.append(f"  {factor.name} ({factor.number or say('variants')}): {known}")
    return lines


def _lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, the first column to the left, the others to the right; a star stands behind its number."""
    bare = [[cell.removesuffix(" *").rstrip() for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in bare) for place in range(3)]
    return [f"{one[0]:<{widths[0]}}  {one[1]:>{widths[1]}}  {one[2]:>{widths[2]}}{' *' if row[2].endswith(' *') else ''}".rstrip()
            for row, one in zip(rows, bare, strict=True)]  # fmt: skip


def _notes(plan: Plan, found: Sequence[tuple[Measure, Sequence[Effect]]]) -> list[str]:
    several = sum(len(effects) for _, effects in found)
    if plan.design.given.kind == FACTORIAL:
        notes = [
            say("An effect is the mean over all points at the second level less that at the first, run by run with the same seed."),
        ]
        if any(one.kind == TOGETHER for _, effects in found for one in effects):
            notes.append(say("An interaction (a x b) is half of what the effect of a grows when b goes to its second level "
                             "(Box, Hunter and Hunter 2005, chapter 5)."))  # fmt: skip
        elif any(one.kind == MAIN for _, effects in found for one in effects) and len(plan.factors) > 1:
            notes.append(say("Interactions are told where every factor has two levels."))
        notes.append(say("Intervals: 1.96 standard errors over the runs. They say nothing of points that were not played."))
    else:
        notes = [
            say("Spearman's rank correlation of the factor with the mean of each point, from -1 to 1: whether it rises or falls, "
                "not by how much. Interval: Bonett and Wright 2000."),
        ]  # fmt: skip
    return [
        *notes,
        say("* marks an interval that leaves out 0. Of {several} intervals about {some} would without any effect.",
            several=several, some=max(1, round(several / 20))),
        say("This is about the model, not about the world. Every measure is in effects.csv, every run in runs.csv."),
    ]  # fmt: skip
