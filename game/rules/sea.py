"""At sea: weather, stores, fishing boats that nobody commands, and who is in which belt of waters around the islets."""

from functools import lru_cache
from typing import Any

from attrs import frozen

from game.core.model import Game, Look, Track, Unit
from game.rules import fields
from game.rules.movement import between
from game.words import say

IN_PORT, PATROL, SHADOW, ESCORT, WARN_OFF, EXPEL, ARREST, FISH, LAND = range(9)
"""Words of the mark *mission*: in port; patrol; keep beside others and watch; guard boats of the own side; tell others to
leave; make them leave; stop a boat and hold its people; fish; land on an island.
"""

OUTSIDE, CONTIGUOUS, TERRITORIAL = range(3)
"""Belts of contested waters around the islets: none, 12 to 24 nautical miles, within 12."""

MOST_LIKELY = 950
"""Permille: no chance that is a sum of causes is larger."""


@lru_cache(maxsize=16)
def contested(game: Game) -> tuple[int, ...]:
    """For each zone 1 where more than one party claims it, else 0."""
    return tuple(int(len(zone.claimants) > 1) for zone in game.zones)


@lru_cache(maxsize=16)
def belts(game: Game) -> tuple[int, ...]:
    """For each zone the belt of contested waters that it is."""
    known = {"contiguous_zone": CONTIGUOUS, "territorial_sea": TERRITORIAL}
    return tuple(
        known.get(zone.legal, OUTSIDE) * claimed for zone, claimed in zip(game.zones, contested(game), strict=True)
    )


@lru_cache(maxsize=256)
def way_to(game: Game, zone: int) -> tuple[int, ...]:
    """How far a zone lies from each zone."""
    return tuple(row[zone] for row in game.distances)


def daily(table: Any, rate: Any) -> Any:
    """What a chance or an amount for a day comes to in the hours of this turn."""
    return rate * table.minutes // 1440


def likely(table: Any, rate: Any) -> Any:
    """A chance for a day, scaled to this turn and within the limits of chances."""
    return table.most(table.least(daily(table, rate), MOST_LIKELY), 0)


def commanders(game: Game, *units: int) -> int:
    """The bits of the agencies that command these units; civilians have none."""
    return sum({1 << game.units[unit].commander for unit in units if game.units[unit].commander >= 0})


def send(table: Any, unit: int, zone: int, when: Any, label: str = "") -> None:
    """Let a unit be bound for a fixed zone, as a tasking does."""
    tracks = table.game.tracks
    way = table.look(way_to(table.game, zone), table.track(tracks["at"], unit))
    table.put(tracks["bound"], unit, to=zone, when=when, label=label)
    table.put(tracks["way"], unit, to=way, when=when)


@frozen
class Weather:
    """Parameters of *weather*."""

    zones: tuple[int, ...] = fields.several("zone", "the zones of one area, whose weather changes together")
    worsens: int = fields.number("it gets a step worse", "permille a day", 0, 1000)
    improves: int = fields.number("it gets a step better, when it has not got worse", "permille a day", 0, 1000)
    worst: int = fields.number("how bad it can get", "steps of bad weather", 0, 3)
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")


def weather(table: Any, p: Weather) -> None:
    """The weather of an area gets worse or better by a step, by one roll for the whole of it.

    Zones may start apart; each moves by the same step within its limits. Source: two to three days in a hundred
    without Chinese ships near the islets in 2024-25, gaps put down to weather (Japan Coast Guard series): presence is
    censored by weather, through *endurance* and *presence*. The chances are the scenario's.
    """
    everyone = table.game.everyone
    worse = table.roll("the weather gets worse", chance=likely(table, p.worsens), seen=everyone)
    better = table.roll(
        "the weather gets better", chance=likely(table, p.improves), when=table.no(worse), seen=everyone
    )
    for zone in p.zones:
        now = table.track(p.weather, zone)
        table.shift(p.weather, zone, by=1, when=worse & (now < p.worst), label=say("bad weather comes up"))
        table.shift(p.weather, zone, by=-1, when=better & (now > 0), label=say("the weather clears"))


@frozen
class Endurance:
    """Parameters of *endurance*."""

    units: tuple[int, ...] = fields.several("unit", "the groups of ships; those without a home are left out")
    reserve: int = fields.number("stores at or below which a group breaks off for home", "hours", 0, 2000)
    shelter: int = fields.number(
        "weather from which a group breaks off for home; 4 for never", "steps of bad weather", 1, 4
    )
    refill: int = fields.number("stores taken on in port", "hours for an hour", 1, 200)
    relief: int = fields.number(
        "a part of the ships is replaced from port when stores are low, so that the group may stay", "permille a turn", 0,
        1000, default=0)  # fmt: skip
    fresh: int = fields.number("stores that ships from port bring to the group", "hours", 0, 2000, default=0)
    stores: Track = fields.track("by unit: hours of endurance left", ("unit",), default="stores")
    mission: Track = fields.track("what each unit is to do", ("unit",), default="mission")
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")


def endurance(table: Any, p: Endurance) -> None:
    """Stores fall while a group is away and are filled at home; low stores or bad weather send it home.

    A group whose stores are used up is back in port, whatever it is ordered. So presence is limited by hulls, endurance,
    relief and weather more than by speed. Groups with endurance 0 have no stores to watch, and still seek shelter.
    Source: stays of 57 to 92 hours in the territorial sea and gaps in bad weather, 2020-25 (Japan Coast Guard series).
    """
    for unit in p.units:
        one = table.game.units[unit]
        if one.home >= 0:
            sustain(table, p, unit, one)


def sustain(table: Any, p: Endurance, unit: int, one: Unit) -> None:
    """One group: its stores, and whether it stays."""
    tracks = table.game.tracks
    here, bound = table.track(tracks["at"], unit), table.track(tracks["bound"], unit)
    away = table.no((here == one.home) & (bound == one.home))
    stays = away & table.no(bound == one.home)
    storm = stays & (table.track(p.weather, here) >= p.shelter)
    send(table, unit, one.home, storm, say("{unit}: the weather is too bad to stay; bound for port.", unit=one.name))
    table.put(p.mission, unit, to=IN_PORT, when=storm)
    if not one.endurance:
        return
    left = table.track(p.stores, unit)
    low = stays & table.no(storm) & (left <= p.reserve)
    relieved = table.roll("ships from port relieve a part of the group", chance=p.relief, when=low, subject=unit,
                          seen=commanders(table.game, unit))  # fmt: skip
    back = low & table.no(relieved)
    send(table, unit, one.home, back, say("{unit}: stores are at the reserve; bound for port.", unit=one.name))
    table.put(p.mission, unit, to=IN_PORT, when=back)
    spent = away & (left == 0) & table.no(relieved)
    table.move(unit, to=one.home, when=spent, label=say("{unit}: stores are used up; in port again.", unit=one.name))
    table.put(tracks["way"], unit, to=0, when=spent)
    hours = (table.minutes + 59) // 60
    room = table.most(one.endurance - left, 0)
    table.shift(p.stores, unit, by=[
        (say("hours at sea"), table.where(away, 0 - table.least(hours, left), 0)),
        (say("stores taken on in port"), table.where(away, 0, table.least(hours * p.refill, room))),
        (say("ships from port bring stores"), table.where(relieved, table.least(p.fresh, room), 0)),
    ])  # fmt: skip


@frozen
class Ground:
    """A fishing ground, and how much it draws."""

    zone: int = fields.ref("zone", "where it is")
    weight: int = fields.number("how much it draws boats, against the other grounds", "weight", 1, 1000)


@frozen
class Drift:
    """Parameters of *drift*."""

    unit: int = fields.ref("unit", "the fishing boats")
    grounds: tuple[Ground, ...] = fields.entries(Ground, "the grounds among which they choose")
    changes: int = fields.number("boats at sea move to another ground", "permille a day", 0, 1000)
    season: Look = fields.amount("boats in port put to sea, by season and catch", "permille a day")
    escorts: tuple[int, ...] = fields.several("unit", "ships of their own side that may guard them", default=[])
    pull: int = fields.number(
        "what each escort near the islets adds to the weight of the grounds there", "weight", 0, 1000, default=0
    )
    push: int = fields.number("weather from which they go home; 4 for never", "steps of bad weather", 1, 4)
    recalled: Look = fields.condition("their authorities at home have told them to stay away", default=False)
    obeyed: int = fields.number("they do as they were told, each turn", "permille", 0, 1000, default=1000)
    fewest: int = fields.number("how few boats they can be", "boats", 0, 400)
    largest: int = fields.number("how many boats they can be", "boats", 0, 400)
    noise: int = fields.number("how many boats at most come or go in a turn", "boats", 0, 200, default=0)
    hulls: Track = fields.track("by unit: ships fit and at hand", ("unit",), default="hulls")
    mission: Track = fields.track("what each unit is to do", ("unit",), default="mission")
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")


def drift(table: Any, p: Drift) -> None:
    """Boats that nobody commands go where fish, weather and escorts draw them; a word from home is obeyed, or not.

    No order moves them. Source: up to 30 Chinese and Taiwanese boats within 12 nautical miles in the week of 7 September
    2010; boats with escorts in September 2012; a fleet of 200 to 300 in August 2016, of which it is disputed how far
    anybody sent it. The chances are the scenario's.
    """
    game, unit = table.game, p.unit
    one, tracks = game.units[unit], game.tracks
    here, bound = table.track(tracks["at"], unit), table.track(tracks["bound"], unit)
    boats_come_and_go(table, p)
    obeys = table.roll("the boats do as they were told", chance=p.obeyed, when=p.recalled(table), subject=unit)
    storm = table.track(p.weather, here) >= p.push
    port: Any = (here == one.home) & (bound == one.home) if one.home >= 0 else False
    homeward: Any = bound == one.home if one.home >= 0 else False
    free = table.no(storm | obeys)
    puts_out = table.roll("the boats put to sea", chance=likely(table, p.season(table)), when=free & port, subject=unit)
    moves = table.roll("the boats look for another ground", chance=likely(table, p.changes),
                       when=free & table.no(homeward), subject=unit)  # fmt: skip
    ground = another_ground(table, p, puts_out | moves)
    zones = len(game.zones)
    way = table.look(between(game), here * zones + ground)
    table.put(tracks["bound"], unit, to=ground, when=puts_out | moves)
    table.put(tracks["way"], unit, to=way, when=puts_out | moves)
    table.put(p.mission, unit, to=FISH, when=puts_out)
    if one.home >= 0:
        leaves = table.no(free) & table.no(homeward)
        send(table, unit, one.home, leaves & storm, say("{unit}: bound for port, for the weather.", unit=one.name))
        told = leaves & table.no(storm)
        send(table, unit, one.home, told, say("{unit}: bound for port, as they were told.", unit=one.name))
        table.put(p.mission, unit, to=IN_PORT, when=leaves)


def boats_come_and_go(table: Any, p: Drift) -> None:
    """The number of boats changes by chance, within its limits."""
    if p.noise:
        now = table.track(p.hulls, p.unit)
        step = table.pick("boats that come or go", 2 * p.noise + 1, subject=p.unit) - p.noise
        then = table.most(table.least(now + step, p.largest), p.fewest)
        table.shift(p.hulls, p.unit, by=then - now, label=say("boats come and go"))


def another_ground(table: Any, p: Drift, when: Any) -> Any:
    """A ground, drawn by weight; escorts near the islets add to the weight of the grounds there."""
    game = table.game
    at, belt = game.tracks["at"], belts(game)
    near = [(table.look(belt, table.track(at, ship)) > 0) & (table.track(p.hulls, ship) > 0) for ship in p.escorts]
    drawn = table.count(*near) * p.pull
    sums: list[Any] = []
    total: Any = 0
    for ground in p.grounds:
        total = total + ground.weight + (drawn if belt[ground.zone] else 0)
        sums.append(total)
    left = table.pick("which ground", total, when=when, subject=p.unit)
    found: Any = p.grounds[-1].zone
    for ground, end in reversed(list(zip(p.grounds, sums, strict=True))[:-1]):
        found = table.where(left < end, ground.zone, found)
    return found


@frozen
class Presence:
    """Parameters of *presence*."""

    units: tuple[int, ...] = fields.several("unit", "the ships and boats that are counted, each group for itself")
    each_day: bool = fields.flag(
        "whether a group that stays is counted again for each day of its stay, as the Japan Coast Guard counts",
        default=True,
    )
    shelter: int = fields.number(
        "weather in which no group keeps its station; 4 for never", "steps of bad weather", 1, 4, default=4
    )
    hulls: Track = fields.track("by unit: ships fit and at hand", ("unit",), default="hulls")
    weather: Track = fields.track("the weather in each zone", ("zone",), default="weather")
    contiguous: Track = fields.track("by unit: it is in the outer belt", ("unit",), default="in_contiguous")
    territorial: Track = fields.track("by unit: it is in the inner belt", ("unit",), default="in_territorial")
    entries: Track = fields.track("by unit: ships that entered the inner belt so far", ("unit",), default="entries")
    stay: Track = fields.track("by unit: hours in the inner belt without a break", ("unit",), default="stay")


def presence(table: Any, p: Presence) -> None:
    """Notes who is in which belt of contested waters, and counts ships that enter the inner one.

    A group under way home counts no more; nor does one in weather in which nobody keeps station. Counted are ships and
    days, not cases: the same series gives 20 days and 68 ships for September to December 2012 (Japan Coast Guard).
    """
    game = table.game
    tracks, belt = game.tracks, belts(game)
    hours = (table.minutes + 59) // 60
    for unit in p.units:
        one = game.units[unit]
        here, hulls = table.track(tracks["at"], unit), table.track(p.hulls, unit)
        there = (hulls > 0) & (table.track(p.weather, here) < p.shelter)
        if one.home >= 0:
            there = there & table.no(table.track(tracks["bound"], unit) == one.home)
        where = table.look(belt, here)
        inner = there & (where == TERRITORIAL)
        table.note(p.contiguous, unit, when=there & (where == CONTIGUOUS),
                   label=say("{unit}: 12 to 24 nautical miles off the islets.", unit=one.name))  # fmt: skip
        table.note(p.territorial, unit, when=inner,
                   label=say("{unit}: within 12 nautical miles of the islets.", unit=one.name))  # fmt: skip
        before = table.track(p.stay, unit)
        after = table.least(before + hours, p.stay.high)
        enters = table.count(before == 0)
        more = (after + 23) // 24 - (before + 23) // 24 - enters if p.each_day else 0
        table.shift(p.entries, unit, when=inner, by=[
            (say("ships that come in"), hulls * enters),
            (say("ships that stay for another day"), hulls * more),
        ])  # fmt: skip
        table.put(p.stay, unit, to=table.where(inner, after, 0))
