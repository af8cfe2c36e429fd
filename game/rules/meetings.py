"""Meetings at sea: groups of ships, fishing boats, a landing, and whether word of an incident comes to the capital."""

from typing import Any

from attrs import frozen

from game.core.model import Look, Track
from game.rules import fields
from game.rules.sea import (
    ARREST,
    ESCORT,
    EXPEL,
    FISH,
    IN_PORT,
    LAND,
    MOST_LIKELY,
    PATROL,
    SHADOW,
    TERRITORIAL,
    WARN_OFF,
    belts,
    commanders,
    contested,
    daily,
    likely,
    send,
)
from game.words import say

WIDE, STANDARD, CLOSE = range(3)
"""Words of the mark *distance*."""
SILENT, IN_USE = range(2)
"""Words of the mark *signals*: whether a group answers and gives signals by flag, light and radio."""
OWN_AGENCY, OWN_SIDE, OTHER_SIDE = range(3)
"""Words of the mark *report_to*: who may be told by those at sea."""
FREE, HELD, RELEASED = 0, 1, 7
"""Words of the mark *custody*: those from *released* on mean that people went home."""
NONE, UNREPORTED, KNOWN = range(3)
"""Words of the mark *incident*."""
PART = 1
"""The word *part* of the mark *facts*."""

MISSIONS = 9
AT_SEA = (PATROL, SHADOW, ESCORT, WARN_OFF, EXPEL, ARREST, FISH, LAND)
AGAINST = {
    PATROL: (PATROL, ESCORT),
    SHADOW: (PATROL, SHADOW, ESCORT),
    WARN_OFF: AT_SEA,
    EXPEL: AT_SEA,
    ARREST: AT_SEA,
}
"""Which missions a mission conflicts with; a conflict is mutual."""
CONFLICT = tuple(
    int(b in AGAINST.get(a, ()) or a in AGAINST.get(b, ())) for a in range(MISSIONS) for b in range(MISSIONS)
)
"""1 where two missions conflict, by mission of the one times their number plus mission of the other."""


def together(table: Any, p: Any, unit: int, other: int) -> Any:
    """Whether two groups with ships are in the same contested zone on missions that conflict."""
    at = table.game.tracks["at"]
    here = table.track(at, unit)
    there = (here == table.track(at, other)) & (table.look(contested(table.game), here) == 1)
    ships = (table.track(p.hulls, unit) > 0) & (table.track(p.hulls, other) > 0)
    missions = table.track(p.mission, unit) * MISSIONS + table.track(p.mission, other)
    return there & ships & (table.look(CONFLICT, missions) == 1)


def names(table: Any, unit: int, other: int) -> dict[str, str]:
    """The names of two groups, for sentences."""
    return {"unit": table.game.units[unit].name, "other": table.game.units[other].name}


def strangers(table: Any, unit: int, others: tuple[int, ...]) -> list[int]:
    """The groups that are of another side than this one."""
    units = table.game.units
    return [other for other in others if units[other].side != units[unit].side]


def note_both(table: Any, track: Track, both: tuple[int, int], when: Any, label: str) -> None:
    """Note something for two groups, told once; their commanders learn of it."""
    seen = commanders(table.game, *both)
    table.note(track, both[0], when=when, seen=seen, label=label)
    table.note(track, both[1], when=when, seen=seen)


@frozen
class Meeting:
    """Parameters of *meeting*. All that adds to the chance of a close pass is in permille a day."""

    unit: int = fields.ref("unit", "the group")
    others: tuple[int, ...] = fields.several("unit", "groups of other sides that it may meet")
    when: Look = fields.condition("they can meet only when this holds", default=True)
    company: int = fields.number("ships of both in one zone, at a wide distance", "permille a day", 0, 950)
    standard: int = fields.number("what the standard distance adds to that", "permille a day", 0, 950)
    close: int = fields.number("what a close distance adds to the standard one", "permille a day", 0, 950)
    weather_weight: int = fields.number("what each step of bad weather adds", "permille a day", 0, 300)
    fatigue: int = fields.number("what a group adds at the end of its endurance", "permille a day", 0, 300)
    training: tuple[int, ...] = fields.by_side("what the training of its crews takes away", "permille a day", 0, 300)
    silent: int = fields.number("what it adds when not both use signals", "permille a day", 0, 300)
    escorting: int = fields.number("what it adds when one of them guards boats", "permille a day", 0, 300)
    boats: tuple[int, ...] = fields.several("unit", "fishing boats that may be between them", default=[])
    crowding: int = fields.number("what ten such boats in the zone add", "permille a day", 0, 100, default=0)
    ships: int = fields.number("what each ship beyond two adds, up to forty", "permille a day", 0, 100)
    collision: int = fields.number("a close pass ends in a collision with damage", "permille", 0, 500)
    lives: int = fields.number("a collision costs lives", "permille", 0, 500)
    defies: tuple[int, ...] = fields.by_side(
        "a group that is to be made to leave does not turn away, and meets water cannon", "permille a turn", 0, 1000
    )
    hulls: Track = fields.track("by unit: ships fit and at hand", ("unit",), default="hulls")
    stores: Track = fields.track("by unit: hours of endurance left", ("unit",), default="stores")
    mission: Track = fields.track("what each unit is to do", ("unit",), default="mission")
    distance: Track = fields.track("the distance ordered", ("unit",), default="distance")
    signals: Track = fields.track("whether a unit uses signals", ("unit",), default="signals")
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")
    danger: Track = fields.track("by unit: the chance of a close pass in this turn", ("unit",), default="danger")
    near_miss: Track = fields.track("by unit: it was in a close pass without contact", ("unit",), default="near_miss")
    struck: Track = fields.track("by unit: it was in a collision with damage", ("unit",), default="struck")
    lives_lost: Track = fields.track("by unit: it was in a collision with deaths", ("unit",), default="lives_lost")
    fired_cannon: Track = fields.track("by unit: it used water cannon", ("unit",), default="fired_cannon")
    met_cannon: Track = fields.track("by unit: water cannon was used on it", ("unit",), default="met_cannon")


def meeting(table: Any, p: Meeting) -> None:
    """Two groups of ships of different sides meet; how close it comes is a sum of named causes, and then chance.

    They meet when both have ships in the same zone, more than one party claims it, and their missions conflict: a group
    that is to warn off, make leave or arrest conflicts with all at sea; one that shadows with patrols, escorts and others
    that shadow; patrols with patrols and escorts. Groups in port or breaking off meet nobody. The causes are parts of the
    other group's *danger*, so name each two groups in one entry only. More ships, worse weather and a shorter distance,
    ordered by either, never lower the chance; signals count when both use them. A close pass ends in a collision, and a
    collision in deaths, by fixed chances. Where one group is to make the other leave and it does not turn away, water
    cannon is used.

    Source: the collisions of 7 September 2010; some 30 Japanese patrol ships, 8 to 12 of Taiwan's coast guard and 40 to 50
    boats on 25 September 2012, with water cannon on both sides; Zhang 2019, sixth measure, and the agreement of 1972 on
    incidents at sea for signals and distances. The weights are the scenario's.
    """
    holds = p.when(table)
    for other in strangers(table, p.unit, p.others):
        table.only(together(table, p, p.unit, other) & holds, close_quarters, p, other)


def close_quarters(table: Any, p: Meeting, other: int) -> None:
    """What comes of one meeting."""
    both, called = (p.unit, other), names(table, p.unit, other)
    seen = commanders(table.game, *both)
    parts = [(label, daily(table, rate)) for label, rate in causes(table, p, other)]
    for one in both:
        taken = daily(table, p.training[table.game.units[one].side])
        parts.append((say("training of the crews: {unit}", unit=table.game.units[one].name), 0 - taken))
    total: Any = 0
    for _, part in parts:
        total = total + part
    chance = table.most(table.least(total, MOST_LIKELY), 0)
    table.shift(p.danger, other, by=[*parts, (say("limits of the chance"), chance - total)])
    passes = table.roll("a close pass", chance=chance, when=True, subject=other, seen=seen)
    hits = table.roll("a collision", chance=p.collision, when=passes, subject=other, seen=seen)
    dies = table.roll("lives are lost", chance=p.lives, when=hits, subject=other, seen=seen)
    note_both(table, p.near_miss, both, passes & table.no(hits), say("{unit} and {other} pass close.", **called))
    note_both(table, p.struck, both, hits, say("{unit} and {other} collide; there is damage.", **called))
    note_both(table, p.lives_lost, both, dies, say("{unit} and {other}: lives are lost in the collision.", **called))
    for nth, (one, told) in enumerate((both, both[::-1])):
        expels = table.track(p.mission, one) == EXPEL
        holds_on = table.roll("does not turn away", chance=p.defies[table.game.units[told].side], when=expels, nth=nth,
                              subject=other, seen=seen)  # fmt: skip
        table.note(p.fired_cannon, one, when=holds_on, seen=seen,
                   label=say("{unit} uses water cannon on {other}.", **names(table, one, told)))  # fmt: skip
        table.note(p.met_cannon, told, when=holds_on, seen=seen)


def causes(table: Any, p: Meeting, other: int) -> list[tuple[str, Any]]:
    """The causes that make a close pass likely, in permille a day."""
    game, both, called = table.game, (p.unit, other), names(table, p.unit, other)
    at = game.tracks["at"]
    here = table.track(at, p.unit)
    ordered = [table.look((0, p.standard, p.standard + p.close), table.track(p.distance, one)) for one in both]
    parts = [
        (say("ships of both in one zone"), p.company),
        (say("the distance that {unit} keeps", **called), ordered[0]),
        (say("{other} comes closer still", **called), table.most(ordered[1] - ordered[0], 0)),
        (say("bad weather"), p.weather_weight * table.track(p.weather, here)),
    ]
    for one in both:
        hours, unit = game.units[one].endurance, game.units[one].name
        if hours:
            tired = table.most(hours - table.track(p.stores, one), 0)
            parts.append((say("long at sea: {unit}", unit=unit), p.fatigue * tired // hours))
    signals = (table.track(p.signals, p.unit) == IN_USE) & (table.track(p.signals, other) == IN_USE)
    escorts = (table.track(p.mission, p.unit) == ESCORT) | (table.track(p.mission, other) == ESCORT)
    between: Any = 0
    for boats in p.boats:
        between = between + table.where(table.track(at, boats) == here, table.track(p.hulls, boats), 0)
    ships = table.track(p.hulls, p.unit) + table.track(p.hulls, other) - 2
    return [
        *parts,
        (say("signals not in use on both"), table.where(signals, 0, p.silent)),
        (say("boats are guarded"), table.where(escorts, p.escorting, 0)),
        (say("fishing boats between them"), between * p.crowding // 10),
        (say("number of ships"), table.least(ships, 40) * p.ships),
    ]


@frozen
class ArmedMeeting:
    """Parameters of *armed_meeting*."""

    unit: int = fields.ref("unit", "the naval group")
    others: tuple[int, ...] = fields.several("unit", "naval groups of other sides that it may meet")
    when: Look = fields.condition("they can meet only when this holds", default=True)
    lock_on: tuple[int, ...] = fields.by_side(
        "a group of the side points fire-control radar at the other when one of them keeps close",
        "permille a day",
        0,
        200,
    )
    signals_ease: int = fields.number("how much that falls when both use signals", "permille of it", 0, 1000, default=0)
    fire: tuple[int, ...] = fields.by_side(
        "a group of the side opens fire after a lock-on or a collision, both being close", "permille", 0, 20
    )
    hulls: Track = fields.track("by unit: ships fit and at hand", ("unit",), default="hulls")
    mission: Track = fields.track("what each unit is to do", ("unit",), default="mission")
    distance: Track = fields.track("the distance ordered", ("unit",), default="distance")
    signals: Track = fields.track("whether a unit uses signals", ("unit",), default="signals")
    struck: Track = fields.track("by unit: it was in a collision with damage", ("unit",), default="struck")
    locked_on: Track = fields.track("by unit: it was locked on", ("unit",), default="locked_on")
    opened_fire: Track = fields.track("by unit: it opened fire", ("unit",), default="opened_fire")


def armed_meeting(table: Any, p: ArmedMeeting) -> None:
    """Two naval groups meet: one may lock on the other; one that was just locked on or struck may, very rarely, fire.

    They meet as in *meeting*; stand this entry after those, so that it knows this turn's collisions. *locked_on* is noted
    for the group at which the radar was pointed, *opened_fire* for the one that fired. Source: January 2013: a suspected
    and a reported lock-on by Chinese frigates on a Japanese helicopter and a destroyer, announced on 5 February, denied by
    China; in some fifteen years no exchange of fire, and one report of warning shots (July 2024, denied by Japan's
    ministry). A table on which play often ends in fire is wrongly set.
    """
    holds = p.when(table)
    for other in strangers(table, p.unit, p.others):
        table.only(together(table, p, p.unit, other) & holds, show_of_arms, p, other)


def show_of_arms(table: Any, p: ArmedMeeting, other: int) -> None:
    """What comes of one meeting of two navies."""
    both = (p.unit, other)
    turned = (both, both[::-1])
    seen = commanders(table.game, *both)
    near = [table.track(p.distance, one) == CLOSE for one in both]
    signals = (table.track(p.signals, p.unit) == IN_USE) & (table.track(p.signals, other) == IN_USE)
    ease = table.where(signals, 1000 - p.signals_ease, 1000)
    for nth, (one, target) in enumerate(turned):
        chance = likely(table, p.lock_on[table.game.units[one].side]) * ease // 1000
        locks = table.roll("fire-control radar is pointed", chance=chance, when=near[0] | near[1], nth=nth,
                           subject=other, seen=seen)  # fmt: skip
        table.note(p.locked_on, target, when=locks, seen=seen,
                   label=say("{unit} points fire-control radar at {other}.", **names(table, one, target)))  # fmt: skip
    for nth, (one, target) in enumerate(turned):
        pressed = table.noted(p.locked_on, one) | table.noted(p.struck, one)
        fires = table.roll("fire is opened", chance=p.fire[table.game.units[one].side], when=near[0] & near[1] & pressed,
                           nth=nth, subject=other, seen=seen)  # fmt: skip
        table.note(p.opened_fire, one, when=fires, seen=seen,
                   label=say("{unit} opens fire on {other}.", **names(table, one, target)))  # fmt: skip


def nobody_held(table: Any, p: Any) -> Any:
    """Whether no case is open: nobody was held yet, or those who were have gone home."""
    return (table.track(p.custody) == FREE) | (table.track(p.custody) >= RELEASED)


@frozen
class Inspection:
    """Parameters of *inspection*."""

    unit: int = fields.ref("unit", "the coast guard group")
    boats: int = fields.ref("unit", "the fishing boats")
    outside: int = fields.ref("zone", "where boats go that leave")
    warned: int = fields.number("the boats leave when they are warned off", "permille a turn", 0, 1000)
    expelled: int = fields.number("they leave when they are made to", "permille a turn", 0, 1000)
    pursued: int = fields.number("they leave before one of them can be stopped", "permille a turn", 0, 1000)
    strikes: int = fields.number("a boat that does not leave and a patrol ship collide", "permille a day", 0, 500)
    weather_weight: int = fields.number("what each step of bad weather adds to that", "permille a day", 0, 100)
    crowding: int = fields.number("what each ten boats add to it", "permille a day", 0, 100)
    boards: int = fields.number("with orders to arrest, a boat is stopped and boarded", "permille a turn", 0, 1000)
    crew: int = fields.number("how many people are aboard a boat", "persons", 1, 100)
    hulls: Track = fields.track("by unit: ships fit and at hand", ("unit",), default="hulls")
    mission: Track = fields.track("what each unit is to do", ("unit",), default="mission")
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")
    struck: Track = fields.track("by unit: it was in a collision with damage", ("unit",), default="struck")
    boarded: Track = fields.track("by unit: a boat of it was boarded", ("unit",), default="boarded")
    custody: Track = fields.track("what has become of people who were held", (), default="custody")
    custody_count: Track = fields.track("how many people are held", (), default="custody_count")


def inspection(table: Any, p: Inspection) -> None:
    """A coast guard group deals with fishing boats in the inner belt: they leave, refuse, collide with a ship, or one is boarded.

    It does so when it is to warn off, make leave or arrest. One case of custody is open at a time: a boat is
    boarded only while nobody is held. Source: up to 30 boats in the week of 7 September 2010; a boat and two patrol ships
    collided, each government blaming the other side, and the boat was boarded; until then people had been sent home
    within days. The chances are the scenario's.
    """
    game = table.game
    here = table.track(game.tracks["at"], p.unit)
    mission = table.track(p.mission, p.unit)
    acts = (mission == WARN_OFF) | (mission == EXPEL) | (mission == ARREST)
    there = (here == table.track(game.tracks["at"], p.boats)) & (table.look(belts(game), here) == TERRITORIAL)
    ships = (table.track(p.hulls, p.unit) > 0) & (table.track(p.hulls, p.boats) > 0)
    table.only(there & ships & acts & (table.track(p.mission, p.boats) == FISH), told_to_leave, p)


def told_to_leave(table: Any, p: Inspection) -> None:
    """What comes of it when boats are told to leave."""
    game, both, called = table.game, (p.unit, p.boats), names(table, p.unit, p.boats)
    seen = commanders(game, *both)
    mission = table.track(p.mission, p.unit)
    chance = table.where(mission == WARN_OFF, p.warned, table.where(mission == EXPEL, p.expelled, p.pursued))
    leave = table.roll("the boats leave", chance=chance, subject=p.boats, seen=seen)
    send(table, p.boats, p.outside, leave, say("{other}: leaving, as {unit} demands.", **called))
    rough = p.weather_weight * table.track(p.weather, table.track(game.tracks["at"], p.unit))
    crowd = p.crowding * table.track(p.hulls, p.boats) // 10
    strikes = table.roll("a boat and a patrol ship collide", chance=likely(table, p.strikes + rough + crowd),
                         when=table.no(leave), subject=p.boats, seen=seen)  # fmt: skip
    note_both(table, p.struck, both, strikes, say("A boat and a ship collide: {other}, {unit}.", **called))
    boards = table.roll("a boat is boarded", chance=p.boards, subject=p.boats, seen=seen,
                        when=table.no(leave) & (mission == ARREST) & nobody_held(table, p))  # fmt: skip
    label = say("{unit} boards a boat; its people are held: {other}.", **called)
    table.note(p.boarded, p.boats, when=boards, seen=seen, label=label)
    table.put(p.custody, to=HELD, when=boards)
    table.shift(p.custody_count, by=p.crew, when=boards, label=say("people of a boat that was boarded"))
    table.shift(p.hulls, p.boats, by=-1, when=boards, label=say("a boat is held"))


@frozen
class Landing:
    """Parameters of *landing*."""

    unit: int = fields.ref("unit", "the boat of the activists")
    zone: int = fields.ref("zone", "where the island lies")
    sets_out: Look = fields.condition("it puts to sea for the island when this holds", default=False)
    blockers: tuple[int, ...] = fields.several("unit", "groups that may turn it away")
    warned: int = fields.number("it is turned away in time by a group that is to warn off", "permille", 0, 1000)
    expelled: int = fields.number("by one that is to make it leave", "permille", 0, 1000)
    pursued: int = fields.number("by one that is to stop it and hold its people", "permille", 0, 1000)
    waiting: Look = fields.condition("police wait on the island")
    people: int = fields.number("how many people are held when they do", "persons", 1, 200)
    known_to: tuple[int, ...] = fields.several("agency", "further agencies that learn of it at once", default=[])
    hulls: Track = fields.track("by unit: ships fit and at hand", ("unit",), default="hulls")
    mission: Track = fields.track("what each unit is to do", ("unit",), default="mission")
    landed: Track = fields.track("by unit: people from it went ashore", ("unit",), default="landed")
    custody: Track = fields.track("what has become of people who were held", (), default="custody")
    custody_count: Track = fields.track("how many people are held", (), default="custody_count")


def landing(table: Any, p: Landing) -> None:
    """A boat makes for an island: it is turned away in time, or people land, and are held by those who wait there, or not.

    The group with the firmest orders on the spot decides the chance. A boat that was turned away goes home, as does one
    whose people landed and found nobody waiting; one whose people are held is kept. Source: 15 August 2012: seven people
    from Hong Kong landed, some thirty officers waited, fourteen were arrested and sent back on 17 August without charge.
    """
    game, unit = table.game, p.unit
    one, at = game.units[unit], game.tracks["at"]
    seen = commanders(game, *p.blockers) | sum(1 << agency for agency in p.known_to)
    here, mission = table.track(at, unit), table.track(p.mission, unit)
    there = (here == p.zone) & (mission == LAND) & (table.track(p.hulls, unit) > 0)
    firmness = [0] * MISSIONS
    firmness[WARN_OFF], firmness[EXPEL], firmness[ARREST] = p.warned, p.expelled, p.pursued
    chance: Any = 0
    for other in p.blockers:
        on_the_spot = (table.track(at, other) == p.zone) & (table.track(p.hulls, other) > 0)
        firm = table.look(tuple(firmness), table.track(p.mission, other))
        chance = table.most(chance, table.where(on_the_spot, firm, 0))
    turned = table.roll("turned away in time", chance=chance, when=there, subject=unit, seen=seen)
    lands = there & table.no(turned)
    table.note(p.landed, unit, when=lands, seen=seen, label=say("{unit}: people land on an island.", unit=one.name))
    held = lands & p.waiting(table) & nobody_held(table, p)
    table.put(p.custody, to=HELD, when=held, label=say("{unit}: those who landed are held.", unit=one.name))
    table.shift(p.custody_count, by=p.people, when=held, label=say("people who landed, and their boat's"))
    table.shift(p.hulls, unit, by=-1, when=held, label=say("the boat is held"))
    away = there & table.no(held)
    if one.home >= 0:
        send(table, unit, one.home, away, say("{unit}: bound for home.", unit=one.name))
    table.put(p.mission, unit, to=IN_PORT, when=there)
    leaves = p.sets_out(table) & (mission == IN_PORT) & (table.track(p.hulls, unit) > 0) & table.no(here == p.zone)
    send(table, unit, p.zone, leaves, say("{unit}: at sea, bound for the islets.", unit=one.name))
    table.put(p.mission, unit, to=LAND, when=leaves)


@frozen
class WordFromSea:
    """Parameters of *word_from_sea*."""

    side: int = fields.ref("side", "the side whose capital waits for word")
    units: tuple[int, ...] = fields.several("unit", "its units in question; the one that may speak most freely counts")
    happened: Look = fields.condition("an incident at sea happened in this turn")
    prompt: int = fields.number(
        "word comes when those at sea may tell more than their agency", "permille a day", 0, 1000
    )
    slow: int = fields.number("word comes when they may tell their agency alone", "permille a day", 0, 1000)
    after: int = fields.number("turns without word after which it may never come", "turns", 1, 50)
    never: int = fields.number("from then on, it is never told", "permille a turn", 0, 1000)
    capital: tuple[int, ...] = fields.several("agency", "the agencies in the capital that learn of it")
    report_to: Track = fields.track("who may be told by a unit", ("unit",), default="report_to")
    incident: Track = fields.track("whether word of an incident has come", ("side",), default="incident")
    unheard: Track = fields.track("by side: turns without word of an incident", ("side",), default="unheard")
    heard: Track = fields.track("by side: word of an incident came in this turn", ("side",), default="heard")
    facts: Track = fields.track("what an agency knows of the cause", ("agency",), default="facts")


def word_from_sea(table: Any, p: WordFromSea) -> None:
    """Word of an incident comes to the capital at once, late or never, by whom those at sea may tell.

    The mark *incident* speaks of the latest one. One entry for each side. Source: Masuda 2012 on units, agencies and
    leaders that know different things; six days from the second lock-on to its announcement in 2013; months of quiet in
    July 2024. The chances are the scenario's.
    """
    side, seen = p.side, sum(1 << agency for agency in set(p.capital))
    fresh = p.happened(table)
    waits = fresh | (table.track(p.incident, side) == UNREPORTED)
    turns = table.where(fresh, 0, table.track(p.unheard, side))
    freely = table.count(*[table.track(p.report_to, unit) > OWN_AGENCY for unit in p.units]) > 0
    chance = likely(table, table.where(freely, p.prompt, p.slow))
    comes = table.roll("word comes to the capital", chance=chance, when=waits, subject=side)
    buried = table.roll(
        "it is never told", chance=p.never, when=waits & table.no(comes) & (turns >= p.after), subject=side
    )
    name = table.game.sides[side].name
    state = table.where(comes, KNOWN, table.where(buried, NONE, UNREPORTED))
    table.put(p.incident, side, to=state, when=waits)
    table.put(p.unheard, side, to=table.where(comes | buried, 0, table.least(turns + 1, p.unheard.high)), when=waits)
    table.note(p.heard, side, when=comes & (turns == 0), seen=seen,
               label=say("{side}: word of an incident at sea reaches the capital.", side=name))  # fmt: skip
    table.note(p.heard, side, when=comes & (turns > 0), seen=seen,
               label=say("{side}: word of an incident at sea reaches the capital, late.", side=name))  # fmt: skip
    for agency in p.capital:
        known = table.track(p.facts, agency)
        table.put(p.facts, agency, to=table.most(known, PART), when=comes)
