"""Encounters in the air: an aircraft circles near airspace, fighters meet it, and nobody means what may happen."""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.words import say

BASE, DISTANT, CIRCLING, PRESSING, CLOSE, FLARES = range(6)
"""Words of the mark *posture*: at base; in company at a distance; circling; pressing toward the line; alongside;
alongside and firing flares.
"""


@frozen
class Crossing:
    """Parameters of *crossing*."""

    unit: int = fields.ref("unit", "the aircraft that circles")
    other: int = fields.ref("side", "the side whose airspace it circles near")
    zone: int = fields.ref("zone", "the zone in which it does so")
    circling: int = fields.number("it strays across while circling outside", "permille per hour", 0, 1000)
    pressing: int = fields.number("it crosses while pressing toward the line", "permille per hour", 0, 1000)
    weather_weight: int = fields.number("how much each step of bad weather adds", "permille per hour", 0, 200)
    warned: int = fields.number(
        "how much the chance falls when its crew has answered on the radio", "permille of it", 0, 1000
    )
    detected: Look = fields.amount("a crossing is seen by the other side", "permille")
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")
    posture: Track = fields.track("what each unit is doing", ("unit",), default="posture")
    radio: Track = fields.track(
        "by unit: its crew has answered on the radio in this turn", ("unit",), default="radio_answered"
    )
    held_back: Track = fields.track(
        "by side: for how many turns its units keep clear, as told", ("side",), default="held_back"
    )
    crossed: Track = fields.track(
        "by side: an aircraft of it crossed into the other's airspace", ("side",), default="crossed"
    )
    seen_crossing: Track = fields.track("by side: it saw a crossing", ("side",), default="seen_crossing")


def crossing(table: Any, p: Crossing) -> None:
    """An aircraft near the line crosses it, by intention or in error; weather adds, radio contact and instructions
    take away.

    Chances are per hour and are scaled to the length of the turn. Source: 26 August 2024, two minutes inside after an
    hour of circles; the weights are designers' choices.
    """
    game = table.game
    side = game.units[p.unit].side
    there = table.track(game.tracks["at"], p.unit) == p.zone
    posture = table.track(p.posture, p.unit)
    near = there & ((posture == CIRCLING) | (posture == PRESSING)) & table.no(table.noted(p.held_back, side))
    hourly = table.where(posture == PRESSING, p.pressing, p.circling) + p.weather_weight * table.track(
        p.weather, p.zone
    )
    hourly = table.where(table.noted(p.radio, p.unit), hourly * (1000 - p.warned) // 1000, hourly)
    chance = table.most(table.least(hourly * table.minutes // 60, 950), 0)
    crosses = table.roll("crosses the line", chance=chance, when=near, subject=p.unit)
    table.note(p.crossed, side, when=crosses, label=say("{unit} crosses the line.", unit=game.units[p.unit].name))
    seen = table.roll("seen to cross", chance=p.detected(table), when=crosses, subject=p.unit)
    table.note(p.seen_crossing, p.other, when=seen,
               label=say("{unit} is seen in {side}'s airspace.", unit=game.units[p.unit].name,
                         side=game.sides[p.other].name))  # fmt: skip


@frozen
class Intercept:
    """Parameters of *intercept*."""

    unit: int = fields.ref("unit", "the aircraft that is met")
    fighters: int = fields.ref("unit", "those that meet it")
    zone: int = fields.ref("zone", "the zone in which they meet")
    close: int = fields.number("fighters alongside pass within 50 metres", "permille per hour", 0, 1000)
    distant: int = fields.number("fighters at a distance do so", "permille per hour", 0, 1000)
    code: int = fields.number(
        "how much the chance falls when both crews keep the code of conduct", "permille of it", 0, 1000
    )
    weather_weight: int = fields.number("how much each step of bad weather adds", "permille per hour", 0, 200)
    collision: int = fields.number("a pass within 50 metres ends in a collision", "permille", 0, 100)
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")
    posture: Track = fields.track("what each unit is doing", ("unit",), default="posture")
    keeps: Track = fields.track("by unit: its crew keeps the code in this turn", ("unit",), default="keeps_code")
    held_back: Track = fields.track(
        "by side: for how many turns its units keep clear, as told", ("side",), default="held_back"
    )
    pressing: Track = fields.track(
        "by side: its fighters saw the aircraft press toward the line", ("side",), default="pressing_seen"
    )
    met: Track = fields.track("by side: its fighters met an aircraft of the other", ("side",), default="met")
    flares: Track = fields.track("by side: its fighters fired flares", ("side",), default="fired_flares")
    passed: Track = fields.track(
        "by side: its aircraft took part in a pass within 50 metres", ("side",), default="close_pass"
    )
    collided: Track = fields.track("by side: its aircraft was in a collision", ("side",), default="collided")


def intercept(table: Any, p: Intercept) -> None:
    """Fighters meet an aircraft; how close they fly and whether crews keep a code decides how near it comes to an
    accident.

    Source: passes at 30 to 90 metres in 2010, 2014 and 2025 (docs/sources.md); a collision as in the EP-3 case of
    2001. The chances are designers' choices.
    """
    game = table.game
    at = game.tracks["at"]
    own, other = game.units[p.fighters].side, game.units[p.unit].side
    posture = table.track(p.posture, p.fighters)
    target = table.track(p.posture, p.unit)
    there = (table.track(at, p.unit) == p.zone) & ((target == CIRCLING) | (target == PRESSING))
    meets = there & (table.track(at, p.fighters) == p.zone) & table.no(posture == BASE)
    alongside = (posture == CLOSE) | (posture == FLARES)
    table.note(p.met, own, when=meets, label=say("{fighters} are with {unit}.", fighters=game.units[p.fighters].name,
                                                unit=game.units[p.unit].name))  # fmt: skip
    table.note(p.flares, own, when=meets & (posture == FLARES),
               label=say("{fighters} fire flares as a warning.", fighters=game.units[p.fighters].name))  # fmt: skip
    table.note(
        p.pressing,
        own,
        when=meets & (target == PRESSING),
        label=say("{unit} presses toward the line.", unit=game.units[p.unit].name),
    )
    hourly = table.where(alongside, p.close, p.distant) + p.weather_weight * table.track(p.weather, p.zone)
    both = table.noted(p.keeps, p.unit) & table.noted(p.keeps, p.fighters)
    hourly = table.where(both, hourly * (1000 - p.code) // 1000, hourly)
    hourly = table.where(table.noted(p.held_back, own) | table.noted(p.held_back, other), hourly // 4, hourly)
    chance = table.most(table.least(hourly * table.minutes // 60, 950), 0)
    passes = table.roll("a pass within 50 metres", chance=chance, when=meets, subject=p.unit, seen=game.everyone)
    for side in (own, other):
        table.note(
            p.passed,
            side,
            when=passes,
            label=say("Aircraft pass within 50 metres of each other.") if side == own else "",
        )
    hits = table.roll("collision", chance=p.collision, when=passes, subject=p.unit, seen=game.everyone)
    for side in (own, other):
        table.note(p.collided, side, when=hits, label=say("Two aircraft collide.") if side == own else "")
