"""Where units are: under way, arrived, and seen by the other side."""

from functools import lru_cache
from typing import Any

from attrs import frozen

from game.core.model import Game, Track
from game.rules import fields
from game.words import say


@frozen
class Sailing:
    """Parameters of *sailing*."""

    units: tuple[int, ...] = fields.several("unit", "the units that move")
    bound: Track = fields.track("where each unit is bound", ("unit",), default="bound")
    way: Track = fields.track("how far it has still to go", ("unit",), default="way")


def sailing(table: Any, p: Sailing) -> None:
    """A unit arrives when its speed and the hours allow; until then it is under way and counts as where it was.

    Distances are great circles between the label points of zones, in kilometres; speeds are the units' own.
    """
    at = table.game.tracks["at"]
    for unit in p.units:
        one = table.game.units[unit]
        here, bound = table.track(at, unit), table.track(p.bound, unit)
        left = table.most(table.track(p.way, unit) - one.speed * table.minutes // 60, 0)
        moving = table.no(here == bound)
        table.put(p.way, unit, to=left, when=moving)
        table.move(unit, to=bound, when=moving & (left == 0), label=say("{unit}: arrived.", unit=one.name))


@frozen
class Watch:
    """Parameters of *watch*."""

    side: int = fields.ref("side", "the side that watches")
    units: tuple[int, ...] = fields.several("unit", "the units of others that it watches for")
    zones: tuple[int, ...] = fields.several("zone", "the zones that its radars and patrols cover")
    chance: int = fields.number("a unit there is seen in a turn", "permille", 0, 1000)
    plot: Track = fields.track("the zone in which each side last saw each unit", ("side", "unit"), default="plot")


def watch(table: Any, p: Watch) -> None:
    """A side sees units of others where it looks, with a chance, and loses sight of them elsewhere."""
    at = table.game.tracks["at"]
    watched = marked(table.game, p.zones)
    for unit in p.units:
        here = table.track(at, unit)
        covered = table.look(watched, here) == 1
        sight = say("{unit}: seen", unit=table.game.units[unit].name)
        seen = table.roll("seen", chance=p.chance, when=covered, subject=unit, label=sight)
        table.put(p.plot, p.side, unit, to=table.where(seen, here + 1, 0))


@lru_cache(maxsize=16)
def between(game: Game) -> tuple[int, ...]:
    """Kilometres from each zone to each, row after row."""
    return tuple(km for row in game.distances for km in row)


@lru_cache(maxsize=256)
def marked(game: Game, zones: tuple[int, ...]) -> tuple[int, ...]:
    """For each zone 1 where it is one of these, else 0."""
    return tuple(int(zone in zones) for zone in range(len(game.zones)))
