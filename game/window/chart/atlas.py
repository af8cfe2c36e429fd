"""What the chart shows of the map on a day: limits, zones and names, projected once.

Limits, places and zones come from assets/map, the finer outlines of land from assets/chart.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from game.scenario.map import Limit, Names, Place, features, inside, read_map, rings
from game.scenario.map import Zone as MapZone
from game.scenario.shipped import shipped
from game.window.chart.projection import Area, Point, Spot, bounds, meet, spot

BELTS = frozenset({"territorial_sea", "contiguous_zone"})
"""Classes of the zones that lie in the belts around the contested islets."""


@frozen(eq=False)
class Line:
    """A line of points of the plane. *far* is the way from its start to each of them."""

    spots: tuple[Spot, ...]
    closed: bool = False
    area: Area = field(init=False)
    far: tuple[float, ...] = field(init=False)

    @area.default
    def _area(self) -> Area:
        return bounds(self.spots)

    @far.default
    def _far(self) -> tuple[float, ...]:
        way, last = [0.0], self.spots[0]
        for one in self.spots[1:]:
            way.append(way[-1] + ((one[0] - last[0]) ** 2 + (one[1] - last[1]) ** 2) ** 0.5)
            last = one
        return tuple(way)


@frozen(eq=False)
class Shape:
    """A limit of the map as lines; an area's outline is closed."""

    limit: Limit
    lines: tuple[Line, ...]
    closed: bool


@frozen(eq=False)
class Water:
    """A zone of the map with its outline."""

    zone: MapZone
    lines: tuple[Line, ...]
    rings: tuple[tuple[Point, ...], ...]
    area: Area

    def holds(self, point: Point) -> bool:
        """Whether a place lies in the zone."""
        x, y = spot(point)
        return meet(self.area, (x, y, x, y)) and inside(point, self.rings)


@frozen(eq=False)
class Piece:
    """A piece of land for close looks: outline to fill, and the parts of it that are coast rather than a cut."""

    area: Area
    fill: tuple[Spot, ...]
    coast: tuple[tuple[Spot, ...], ...]


@frozen(eq=False)
class Atlas:
    """The map of a day, projected."""

    shapes: tuple[Shape, ...]
    waters: Mapping[str, Water]
    places: tuple[Place, ...]
    islets: tuple[Place, ...]
    land: tuple[Piece, ...]

    def zone_at(self, point: Point) -> Water | None:
        """The zone in which a place lies."""
        return next((one for one in self.waters.values() if one.holds(point)), None)


@lru_cache(maxsize=4)
def read_atlas(date: str) -> Atlas:
    """The map as it stood on a day (ISO date), projected for the chart."""
    found = read_map(date)
    folder = shipped("assets") / "map"
    drawn = {one["id"]: one["geometry"] for one in features(folder, "limits.geojson")}
    outlines = {one["id"]: rings(one) for one in features(folder, "zones_simple.geojson")}
    return Atlas(
        shapes=tuple(_shape(limit, drawn[limit.id]) for limit in found.limits),
        waters={zone.id: _water(zone, outlines[zone.id]) for zone in found.zones},
        places=found.places,
        islets=found.islets,
        land=read_land(),
    )


@lru_cache(maxsize=1)
def read_land() -> tuple[Piece, ...]:
    """The outlines of land for close looks."""
    path = shipped("assets") / "chart" / "land.json"
    if path.is_file():
        found = json.loads(path.read_text(encoding="utf-8"))
        whole = [one["outline"] for one in found["islets"]]
        return (
            *(_piece(one["fill"], one["coast"]) for one in found["levels"]["fine"]),
            *(_piece(ring, [[*ring, ring[0]]]) for ring in whole),
        )
    outlines = (ring for one in features(shipped("assets") / "map", "land.geojson") for ring in rings(one))
    return tuple(_piece(ring, [ring]) for ring in outlines)


def in_belts(zones: Iterable[str], atlas: Atlas) -> frozenset[str]:
    """Those zones that lie in the belts around the contested islets and need a chart of their own."""
    return frozenset(one for one in zones if one in atlas.waters and atlas.waters[one].zone.legal in BELTS)


def both(names: Names) -> tuple[str, str]:
    """A name in English, and below it in Japanese and Chinese; the second once where both write it alike."""
    others = names.ja if names.ja == names.zh else f"{names.ja} · {names.zh}"
    return names.en, others


def _piece(fill: Sequence[Point], coast: Iterable[Sequence[Point]]) -> Piece:
    outline = tuple(spot((lon, lat)) for lon, lat in fill)
    return Piece(
        bounds(outline), outline, tuple(tuple(spot((lon, lat)) for lon, lat in line) for line in coast if line)
    )


def _shape(limit: Limit, geometry: Mapping[str, Any]) -> Shape:
    kind, found = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        lines = [found]
    elif kind == "MultiPolygon":
        lines = [ring for polygon in found for ring in polygon]
    else:
        lines = found
    closed = kind.endswith("Polygon")
    return Shape(limit, tuple(_line(one, closed) for one in lines), closed)


def _line(points: Sequence[Sequence[float]], closed: bool) -> Line:
    return Line(tuple(spot((point[0], point[1])) for point in points), closed)


def _water(zone: MapZone, outlines: tuple[tuple[Point, ...], ...]) -> Water:
    lines = tuple(_line(ring, closed=True) for ring in outlines)
    return Water(zone, lines, outlines, bounds(at for line in lines for at in line.spots))
