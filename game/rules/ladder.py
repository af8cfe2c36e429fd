"""The grey-zone ladder: what happened, by who did it, where, how close, and whether it was seen."""

from typing import Any

from attrs import frozen

from game.core.model import Look, Readings, Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.words import say


@frozen
class Rung:
    """One way of reaching a rung."""

    rung: int = fields.number("the rung", "rungs", 0, 9)
    when: Look = fields.condition("what has to have happened in this turn")
    label: str = fields.text("what it is called in explanations")
    readings: Readings = fields.readings("how each side's law reads such an act")
    kahn: str = fields.text("the nearest rungs of Kahn 1965", default="")
    mid: str = fields.text("the nearest action and hostility level of the Militarized Interstate Disputes", default="")
    goldstein: str = fields.text("the nearest CAMEO code and Goldstein value", default="")


@frozen
class Ladder:
    """Parameters of *ladder*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    rungs: tuple[Rung, ...] = fields.entries(Rung, "what reaches which rung")
    rung: Track = fields.track("the rung reached in this turn", ("pair",), default="rung")
    reached: Track = fields.track("which rungs this turn's acts reached", ("pair",), default="reached")
    peak: Track = fields.track("the highest rung since the opening", ("pair",), default="peak")


def ladder(table: Any, p: Ladder) -> None:
    """The highest rung that this turn's acts reach, and the highest since the opening of the crisis.

    Source: the project's own ladder with its mapping to Kahn, MID and Goldstein (docs/sources.md); rungs depend on what
    happened, not on the name of an action.
    """
    pair = pair_number(table, *p.sides)
    highest: Any = 0
    for rung in p.rungs:
        reached = rung.when(table)
        highest = table.most(highest, table.where(reached, rung.rung, 0))
        table.note(p.reached, pair, when=reached, label=say("Rung {rung}: {label}.", rung=rung.rung, label=rung.label))
    table.put(p.rung, pair, to=highest)
    opened = table.turn >= table.game.opening
    table.put(p.peak, pair, to=table.most(table.track(p.peak, pair), highest), when=opened)
