"""The chart of a seat: what it knows of units, on the map of the scenario's day."""

from game.core import Game, View
from game.play.offering import frame_of
from game.scenario.map import Point, read_map
from game.scenario.sketch import KEYS, sketch
from game.words import say


def chart(game: Game, view: View, width: int) -> list[str]:
    """The chart in plain characters with its legend and disclaimer."""
    marks = units_known(game, view)
    marks += [(zone.name, zone.point) for zone in game.zones][: len(KEYS) - len(marks)]
    return sketch(read_map(game.date), frame_of(game), width, marks)


def units_known(game: Game, view: View) -> list[tuple[str, Point]]:
    """The units whose place a seat knows or last saw, with a label and a position."""
    zones = {zone.id: zone for zone in game.zones}
    names = {unit.id: unit.name for unit in game.units}
    marks: dict[str, tuple[str, Point]] = {}
    for one in view.readings:
        track, *keys = one.name.split(".")
        zone = zones.get(one.shown)
        unit = next((key for key in keys if key in names), None)
        if track not in ("at", "plot") or zone is None or unit is None:
            continue
        if track == "at":
            marks[unit] = (say("{unit}: {zone}", unit=names[unit], zone=zone.name), zone.point)
        else:
            marks.setdefault(unit, (say("{unit}, last seen: {zone}", unit=names[unit], zone=zone.name), zone.point))
    return [marks[unit] for unit in names if unit in marks]
