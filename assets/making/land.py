"""Cut the land into pieces that are cheap to draw when the map is zoomed in.

`chart/land.json` holds:

- `levels`: for `coarse` and `fine` a list of pieces, each with its `box` [west, south, east, north], its `fill`
  (one ring of [longitude, latitude], first point not repeated) and its `coast` (lines of the same points: the part of
  the outline that is true coast, without cuts along the grid and along the frame);
- `islets`: the eight contested islets, drawn alike in both levels, each with the `id` of its feature, its `middle` and
  its `outline`: they are too small to be seen on most scales, so a map marks them by a dot of fixed size as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shapely.geometry import MultiPolygon, Polygon, box, shape

from making.fetch import say
from making.frame import EAST, NORTH, SOUTH, WEST, polygons, read_land

CELL = 2  # degrees
WHOLE = 0.5  # land smaller than this, in degrees, is not cut
COARSE = 0.01
DIGITS = 4

Point = list[float]


def rounded(ring: Polygon) -> list[Point]:
    """Return the outline of a polygon, rounded, without its last point, which repeats the first."""
    points = [[round(x, DIGITS), round(y, DIGITS)] for x, y in ring.exterior.coords]
    kept = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    return kept[:-1]


def pieces(land: MultiPolygon) -> list[tuple[Polygon, bool]]:
    """Cut large land along a grid, leave small islands whole; tell of each piece whether it is such a whole."""
    made: list[tuple[Polygon, bool]] = []
    for part in land.geoms:
        west, south, east, north = part.bounds
        if max(east - west, north - south) <= WHOLE:
            made.append((part, True))
            continue
        for x in range(WEST, EAST, CELL):
            for y in range(SOUTH, NORTH, CELL):
                if x < east and x + CELL > west and y < north and y + CELL > south:
                    made.extend((one, False) for one in polygons(part.intersection(box(x, y, x + CELL, y + CELL))))
    return made


def is_cut(first: Point, second: Point, whole: bool) -> bool:
    """Tell whether an edge lies along the frame or, unless the piece is whole, along the grid."""
    for axis, low, high in ((0, WEST, EAST), (1, SOUTH, NORTH)):
        if first[axis] == second[axis]:
            place = first[axis]
            if place in {low, high} or (not whole and (place - low) % CELL == 0):
                return True
    return False


def coast_lines(ring: list[Point], whole: bool) -> list[list[Point]]:
    """Return the lines of a ring that are coast."""
    count = len(ring)
    cut = [is_cut(ring[index], ring[(index + 1) % count], whole) for index in range(count)]
    if not any(cut):
        return [[*ring, ring[0]]]
    lines: list[list[Point]] = []
    start = cut.index(True) + 1
    line: list[Point] = []
    for step in range(count):
        index = (start + step) % count
        if cut[index]:
            if line:
                lines.append([*line, ring[index]])
            line = []
        else:
            line.append(ring[index])
    return lines


def described(piece: Polygon, whole: bool) -> dict[str, object] | None:
    """Return a piece as it is written, or nothing if rounding leaves no area."""
    ring = rounded(piece)
    if len(ring) < 3:
        return None
    across, up = [x for x, _ in ring], [y for _, y in ring]
    return {"box": [min(across), min(up), max(across), max(up)], "fill": ring, "coast": coast_lines(ring, whole)}


def level(land: MultiPolygon, tolerance: float) -> list[dict[str, object]]:
    """Return the pieces of one level of detail, from west to east."""
    simple = land.simplify(tolerance) if tolerance else land
    made = [described(*piece) for piece in pieces(MultiPolygon(polygons(simple)))]
    return sorted((one for one in made if one), key=lambda one: (one["box"], one["fill"]))


def islet(feature: dict[str, Any]) -> dict[str, object]:
    """Return a contested islet as it is written."""
    outline = shape(feature["geometry"])
    middle = [round(outline.centroid.x, DIGITS), round(outline.centroid.y, DIGITS)]
    return {"id": feature["id"], "middle": middle, "outline": rounded(outline)}


def build(source: Path, folder: Path) -> None:
    """Write `land.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    land, _ = read_land(source)
    made = {
        "levels": {"coarse": level(land, COARSE), "fine": level(land, 0)},
        "islets": [islet(feature) for feature in features if feature["properties"]["disputed"]],
    }
    target = folder / "land.json"
    target.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")
    for name, found in made["levels"].items():
        points = sum(len(one["fill"]) for one in found)
        say(f"land.json, {name}: {len(found)} pieces, {points} points")
    say(f"land.json: {target.stat().st_size / 1024:.0f} KB")
