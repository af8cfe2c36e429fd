"""Risk modules for ships near the islets: custody, presence, accidents, boats that nobody commands, too much at once.

As in `game.rules.risk`, a module moves only the risk of a pair, as a sum of labelled parts. A state adds an amount a
day, scaled to the length of the turn and rounded down; an act adds its amount once, however long the turn. The forms
come from the sources named; the weights are designers' choices. One block here is no risk module: *ratchet*, which
moves the habit that *belt_presence* compares with.
"""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.hotline import pair_number
from game.rules.law import DAY, HELD, INDICTED
from game.rules.meetings import CLOSE
from game.rules.movement import marked
from game.rules.risk import RISK
from game.rules.sea import ARREST, EXPEL, LAND
from game.words import say

DAILY = "tenths of a point a day"
ONCE = "tenths of a point"


def over_days(table: Any, a_day: Any) -> Any:
    """What an amount a day, not below 0, comes to in this turn; rounded down, and larger for a larger amount."""
    return a_day * table.minutes // DAY


def steps_due(table: Any, count: int, days: int) -> Any:
    """How many steps fall into this turn when *count* of them are spread evenly over *days*.

    Counted by the game's clock, so that the sum is the same however the days are cut into turns.
    """
    span = days * DAY
    return (table.clock + table.minutes) * count // span - table.clock * count // span


def ships_in(table: Any, units: Sequence[int], side: int, hulls: Track, zones: Sequence[int]) -> Any:
    """How many ships of a side are in some zones."""
    at = table.game.tracks["at"]
    there = marked(table.game, tuple(zones))
    count: Any = 0
    for unit in units:
        if table.game.units[unit].side == side:
            count = count + table.look(there, table.track(at, unit)) * table.track(hulls, unit)
    return count


def ships_noted(table: Any, units: Sequence[int], side: int, hulls: Track, *belts: Track) -> Any:
    """How many ships of a side were noted in one of these belts in this turn."""
    count: Any = 0
    for unit in units:
        if table.game.units[unit].side == side:
            there: Any = False
            for belt in belts:
                there = there | table.noted(belt, unit)
            count = count + table.where(there, table.track(hulls, unit), 0)
    return count


def meetings(table: Any, units: Sequence[int], sides: Sequence[int], *notes: Track) -> Any:
    """How many meetings of two sides were noted, whether at one of the two units or at both."""
    a, b = (notes_of(table, units, side, *notes) for side in sides)
    return table.most(a, b)


def notes_of(table: Any, units: Sequence[int], side: int, *notes: Track) -> Any:
    """How much was noted at the units of a side."""
    found: Any = 0
    for note in notes:
        for unit in units:
            if table.game.units[unit].side == side:
                found = found + table.track(note, unit)
    return found


@frozen
class Detention:
    """Parameters of *detention*."""

    holder: int = fields.ref("side", "the side that holds people")
    people: int = fields.ref("side", "the side whose people they are")
    held: int = fields.number("what holding them adds before any formal step", DAILY, 0, 100)
    stage: int = fields.number(
        "what each further stage adds to that: arrested, sent to prosecutors, detained, extended, indicted",
        DAILY,
        0,
        50,
    )
    many: int = fields.number("what it adds while more than one person is held", DAILY, 0, 50)
    step: int = fields.number("what a step further adds, once", ONCE, 0, 100)
    stepped: Look = fields.condition("custody was taken a step further in this turn", default=False)
    custody: Track = fields.track("how far custody has gone", (), default="custody")
    persons: Track = fields.track("how many persons are held", (), default="custody_count")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def detention(table: Any, p: Detention) -> None:
    """People of one side held by the other keep a crisis going, the more the further their case has gone; it stops
    with their release.

    Source: the captain held for 17 days in September 2010, beside the landing of August 2012 that ended with all of them
    sent back after two: the same law, another choice (docs/sources.md). Weights: designers' choices.
    """
    custody = table.track(p.custody)
    stage = table.where((custody >= HELD) & (custody <= INDICTED), custody, 0)
    holds = stage > 0
    further = table.most(stage - HELD, 0)
    several = holds & (table.track(p.persons) > 1)
    holder, people = (table.game.sides[side].name for side in (p.holder, p.people))
    table.shift(p.risk, pair_number(table, p.holder, p.people), by=[
        (say("{side} holds people of {other}", side=holder, other=people), over_days(table, table.where(holds, p.held, 0))),
        (say("how far their case has gone"), over_days(table, further * p.stage)),
        (say("more than one is held"), over_days(table, table.where(several, p.many, 0))),
        (say("their case was taken a step further"), table.where(holds & p.stepped(table), p.step, 0)),
    ])  # fmt: skip


@frozen
class DeadlinePressure:
    """Parameters of *deadline_pressure*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    stands: Look = fields.condition("the decision is still to be made", default=True)
    threshold: int = fields.number("how many hours before the deadline it begins to press", "hours", 1, 240)
    weight: int = fields.number("what it adds while fewer hours than that are left", DAILY, 0, 200)
    due: Track = fields.track(
        "when the deadline is, in minutes since the first turn; 0 for none", (), default="custody_due"
    )
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def deadline_pressure(table: Any, p: DeadlinePressure) -> None:
    """A deadline near at hand shortens the time to think: it adds for the hours of this turn that lie close before it.

    Source: Brecher and Wilkenfeld's definition of a crisis (ICB) names finite time as one of its three conditions; the
    limits of 48 hours, then of 10 and again 10 days are those of Japan's Code of Criminal Procedure, articles 203 to 208.
    """
    due = table.track(p.due)
    first = table.most(table.clock, due - p.threshold * 60)
    last = table.least(table.clock + table.minutes, due)
    close = table.where(p.stands(table), table.most(last - first, 0), 0)
    table.shift(
        p.risk, pair_number(table, *p.sides), by=close * p.weight // DAY, label=say("little time left to decide")
    )


@frozen
class ArmedPresence:
    """Parameters of *armed_presence*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    units: tuple[int, ...] = fields.several("unit", "warships and military aircraft of both sides")
    zones: tuple[int, ...] = fields.several("zone", "the zones near the islets")
    near: int = fields.number("what each ship there adds", DAILY, 0, 50)
    belt: int = fields.number("what each of them adds on top within 24 nautical miles", DAILY, 0, 100)
    both: int = fields.number("what it adds on top when both sides have some there", DAILY, 0, 100)
    contiguous: Track = fields.track("by unit: it is 12 to 24 nautical miles off", ("unit",), default="in_contiguous")
    territorial: Track = fields.track("by unit: it is within 12 nautical miles", ("unit",), default="in_territorial")
    hulls: Track = fields.track("how many ships each unit has", ("unit",), default="hulls")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def armed_presence(table: Any, p: ArmedPresence) -> None:
    """Navies near the islets weigh otherwise than coast guards: whoever sends them gives up a restraint.

    Source: Martinson 2017 on lightly armed agencies chosen for disputed waters so as to avoid escalation; the frigate in
    the contiguous zone, June 2016 (docs/sources.md). Masuda 2012 gives rivalry of agencies as another reason for the same
    choice. Weights: designers' choices.
    """
    counts = [ships_in(table, p.units, side, p.hulls, p.zones) for side in p.sides]
    parts = []
    for side, count in zip(p.sides, counts, strict=True):
        name = table.game.sides[side].name
        within = ships_noted(table, p.units, side, p.hulls, p.contiguous, p.territorial)
        parts += [
            (say("armed ships of {side} near the islets", side=name), over_days(table, count * p.near)),
            (say("armed ships of {side} within 24 nautical miles", side=name), over_days(table, within * p.belt)),
        ]
    together = (counts[0] > 0) & (counts[1] > 0)
    parts.append((say("armed ships of both sides there"), over_days(table, table.where(together, p.both, 0))))
    table.shift(p.risk, pair_number(table, *p.sides), by=parts)


@frozen
class BeltPresence:
    """Parameters of *belt_presence*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    units: tuple[int, ...] = fields.several("unit", "coast guards of both sides")
    beyond: int = fields.number("what each ship beyond the habit adds", DAILY, 0, 50)
    inside: int = fields.number(
        "what each ship in the territorial sea that meets one of the other side there adds", DAILY, 0, 100
    )
    habit: Track = fields.track("presence that has become routine, in ships", RISK, default="habit")
    contiguous: Track = fields.track("by unit: it is 12 to 24 nautical miles off", ("unit",), default="in_contiguous")
    territorial: Track = fields.track("by unit: it is within 12 nautical miles", ("unit",), default="in_territorial")
    hulls: Track = fields.track("how many ships each unit has", ("unit",), default="hulls")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def belt_presence(table: Any, p: BeltPresence) -> None:
    """Presence and intrusion are two things: ships in the belt count beyond what has become routine, ships of both
    sides within 12 nautical miles count always.

    Neither side takes the other's ships there for rightful, so that it makes no difference whose they are. Source: the
    Japan Coast Guard's series 2008-2025, in which presence rose through the thaw of 2018-20 while entries fell to none;
    Zhang 2019 on confrontation that has become lasting. Weights: designers' choices.
    """
    pair = pair_number(table, *p.sides)
    ours, theirs = (ships_noted(table, p.units, side, p.hulls, p.territorial) for side in p.sides)
    more = table.most(in_belt(table, p) - table.track(p.habit, pair), 0)
    table.shift(p.risk, pair, by=[
        (say("coast guards near the islets beyond the habit"), over_days(table, more * p.beyond)),
        (say("coast guards of both sides in the territorial sea"), over_days(table, table.least(ours, theirs) * p.inside)),
    ])  # fmt: skip


@frozen
class Ratchet:
    """Parameters of *ratchet*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    units: tuple[int, ...] = fields.several("unit", "coast guards of both sides")
    up: int = fields.number("how many ships become routine while more than that are there", "ships a day", 1, 20)
    down: int = fields.number("after how many days with fewer ships there is one less that is routine", "days", 1, 365)
    kept: int = fields.number("the part of the highest habit so far that is never lost", "permille", 0, 1000)
    habit: Track = fields.track("presence that has become routine, in ships", RISK, default="habit")
    highest: Track = fields.track("the highest habit so far", RISK, default="habit_high")
    contiguous: Track = fields.track("by unit: it is 12 to 24 nautical miles off", ("unit",), default="in_contiguous")
    territorial: Track = fields.track("by unit: it is within 12 nautical miles", ("unit",), default="in_territorial")
    hulls: Track = fields.track("how many ships each unit has", ("unit",), default="hulls")


def ratchet(table: Any, p: Ratchet) -> None:
    """Presence becomes routine within days, fades over months, and never wholly goes back.

    Source: vessels in the territorial sea after September 2012, more than ten times those of the months before and never
    back at their number (Japan Coast Guard, docs/sources.md); Zhang 2019. The rates are designers' choices.
    """
    pair = pair_number(table, *p.sides)
    present, habit = in_belt(table, p), table.track(p.habit, pair)
    kept = table.track(p.highest, pair) * p.kept // 1000
    grown = table.least(table.most(present - habit, 0), steps_due(table, p.up, 1))
    faded = table.least(table.most(habit - table.most(present, kept), 0), steps_due(table, 1, p.down))
    table.shift(p.habit, pair, by=[
        (say("presence becomes routine"), grown),
        (say("routine fades, and never wholly"), 0 - faded),
    ])  # fmt: skip
    table.put(p.highest, pair, to=table.most(table.track(p.highest, pair), table.track(p.habit, pair)))


def in_belt(table: Any, p: BeltPresence | Ratchet) -> Any:
    """How many ships of both sides are within 24 nautical miles, as far as the habit can count."""
    count: Any = 0
    for side in p.sides:
        count = count + ships_noted(table, p.units, side, p.hulls, p.contiguous, p.territorial)
    return table.least(count, p.habit.high)


@frozen
class Accident:
    """Parameters of *accident*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    units: tuple[int, ...] = fields.several("unit", "units of both sides, those that nobody commands among them")
    near: int = fields.number("what a near miss adds", ONCE, 0, 100)
    accidental: int = fields.number("what a collision adds whatever its cause", ONCE, 0, 200)
    inadvertent: int = fields.number("what it adds on top when a crew was told to press or to go close", ONCE, 0, 200)
    deliberate: int = fields.number("what it adds on top of both when collisions of this turn were meant", ONCE, 0, 300)
    deaths: int = fields.number("what it adds on top when lives are lost", ONCE, 0, 500)
    meant: Look = fields.condition("the collisions of this turn were meant", default=False)
    near_miss: Track = fields.track("by unit: a near miss in this turn", ("unit",), default="near_miss")
    struck: Track = fields.track("by unit: a collision with damage in this turn", ("unit",), default="struck")
    lives_lost: Track = fields.track("by unit: a collision with deaths in this turn", ("unit",), default="lives_lost")
    mission: Track = fields.track("what each unit is ordered to do", ("unit",), default="mission")
    distance: Track = fields.track("how close each unit is told to go", ("unit",), default="distance")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def accident(table: Any, p: Accident) -> None:
    """Near misses and collisions, by their cause: one that nobody wanted, one risked by an order, one that was meant.

    Source: RAND MG-614 (2008) on deliberate, inadvertent and accidental escalation; the collisions of 7 September 2010,
    whose cause the two sides tell differently (docs/sources.md). Weights: designers' choices.
    """
    collisions = meetings(table, p.units, p.sides, p.struck)
    told = table.least(table.most(*(ordered_risk(table, p, side) for side in p.sides)), collisions)
    meant = p.meant(table)
    table.shift(p.risk, pair_number(table, *p.sides), by=[
        (say("near misses"), meetings(table, p.units, p.sides, p.near_miss) * p.near),
        (say("collisions"), collisions * p.accidental),
        (say("inadvertent: crews were told to press or to go close"), table.where(meant, 0, told * p.inadvertent)),
        (say("deliberate: it was meant"), table.where(meant, collisions * (p.inadvertent + p.deliberate), 0)),
        (say("lives lost"), meetings(table, p.units, p.sides, p.lives_lost) * p.deaths),
    ])  # fmt: skip


def ordered_risk(table: Any, p: Accident, side: int) -> Any:
    """How many collisions were noted at units of a side that were told to press, or to go close."""
    found: Any = 0
    for unit in p.units:
        if table.game.units[unit].side == side:
            mission = table.track(p.mission, unit)
            told = (mission >= EXPEL) & (mission <= ARREST) | (table.track(p.distance, unit) == CLOSE)
            found = found + table.where(told, table.track(p.struck, unit), 0)
    return found


@frozen
class ThirdParties:
    """Parameters of *third_parties*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    boats: tuple[int, ...] = fields.several("unit", "boats that nobody commands, of whatever side")
    guards: tuple[int, ...] = fields.several("unit", "coast guards of both sides")
    weight: int = fields.number(
        "what such boats add while they and coast guards of both sides are within 24 nautical miles", DAILY, 0, 100
    )
    crowd: int = fields.number("boats for a further tenth of a point a day", "boats", 1, 400)
    landing: int = fields.number("what it adds on top when some of them mean to land", DAILY, 0, 100)
    mission: Track = fields.track("what each unit does", ("unit",), default="mission")
    contiguous: Track = fields.track("by unit: it is 12 to 24 nautical miles off", ("unit",), default="in_contiguous")
    territorial: Track = fields.track("by unit: it is within 12 nautical miles", ("unit",), default="in_territorial")
    hulls: Track = fields.track("how many boats or ships each unit has", ("unit",), default="hulls")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def third_parties(table: Any, p: ThirdParties) -> None:
    """Fishing boats, activists and civil craft among the coast guards of both sides: what they do no government ordered.

    Source: Wan 2012 on private vessels; September 2010, August 2012 and May 2025; August 2016, of which it is disputed how
    far anybody sent the boats (docs/sources.md). Weights: designers' choices.
    """
    ours, theirs = (ships_noted(table, p.guards, side, p.hulls, p.contiguous, p.territorial) for side in p.sides)
    watched = (ours > 0) & (theirs > 0)
    count: Any = 0
    landing: Any = False
    for unit in p.boats:
        there = table.noted(p.contiguous, unit) | table.noted(p.territorial, unit)
        boats = table.where(there, table.track(p.hulls, unit), 0)
        count = count + boats
        landing = landing | ((boats > 0) & (table.track(p.mission, unit) == LAND))
    some = watched & (count > 0)
    table.shift(p.risk, pair_number(table, *p.sides), by=[
        (say("boats that nobody commands among coast guards of both sides"), over_days(table, table.where(some, p.weight, 0))),
        (say("how many they are"), over_days(table, table.where(some, count // p.crowd, 0))),
        (say("some of them mean to land"), over_days(table, table.where(watched & landing, p.landing, 0))),
    ])  # fmt: skip


@frozen
class WindowPressure:
    """Parameters of *window_pressure*."""

    sides: tuple[int, ...] = fields.several("side", "the two sides", count=2)
    units: tuple[int, ...] = fields.several("unit", "units of both sides")
    attention: int = fields.number("how many incidents governments can look into with care", "incidents a day", 1, 50)
    weight: int = fields.number("what each one more adds", ONCE, 0, 100)
    further: Look = fields.amount("what else wanted their attention in this turn", "incidents", default=0)
    near_miss: Track = fields.track("by unit: a near miss", ("unit",), default="near_miss")
    struck: Track = fields.track("by unit: a collision with damage", ("unit",), default="struck")
    fired_cannon: Track = fields.track("by unit: water cannon used", ("unit",), default="fired_cannon")
    boarded: Track = fields.track("by unit: a boarding", ("unit",), default="boarded")
    locked_on: Track = fields.track("by unit: fire-control radar used", ("unit",), default="locked_on")
    opened_fire: Track = fields.track("by unit: shots fired", ("unit",), default="opened_fire")
    risk: Track = fields.track("risk of each pair", RISK, default="risk")


def window_pressure(table: Any, p: WindowPressure) -> None:
    """More at once than anybody can look into: what is left over is decided by habit and by the worst reading.

    The shorter the turn, the less can be looked into, and never less than one. Source: crisis instability, Schelling 1960;
    the early stage of crises as the most volatile one in the ICB data (docs/sources.md). Weights: designers' choices.
    """
    notes = (p.near_miss, p.struck, p.fired_cannon, p.boarded, p.locked_on, p.opened_fire)
    happened: Any = table.most(p.further(table), 0)
    for note in notes:
        happened = happened + meetings(table, p.units, p.sides, note)
    care = table.most(p.attention * table.minutes // DAY, 1)
    table.shift(p.risk, pair_number(table, *p.sides), by=table.most(happened - care, 0) * p.weight,
                label=say("more at once than can be looked into"))  # fmt: skip
