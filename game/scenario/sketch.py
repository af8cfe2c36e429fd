"""A chart in plain characters: land, small islands and sea, with marks and a legend. No boundary is ever drawn."""

import math
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

from game.scenario.map import Frame, Map, Point, Ring, crossings, features, rings
from game.scenario.shipped import shipped
from game.words import say

SEA, LAND, SMALL_ISLAND = ".", "#", "+"
KEYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
"""Signs for the marks of a chart, in the order in which they are given out."""
SCANS = 4
"""Parallels of latitude looked at within one row of a chart."""
LAND_SHARE = 0.4
"""Share of a cell of a chart from which it counts as land."""
CELL_SHAPE = 2.0
"""Height of a character cell over its width in a usual terminal."""


def sketch(map: Map, frame: Frame, width: int, marks: Sequence[tuple[str, Point]]) -> list[str]:
    """A chart of *frame* in plain characters: land, sea and *marks* (label and position), legend and disclaimer.

    The chart proper comes first, in rows of exactly *width* characters, as many as keep the shape of the land in a
    usual terminal. No zone edge, limit or boundary is drawn. A mark whose cell is taken moves to a free cell beside it.
    """
    west, south, east, north = frame
    if not (west < east and south < north) or width < 1:
        raise ValueError(say("A chart needs a west-south-east-north frame and a width of at least one character."))
    if len(marks) > len(KEYS):
        raise ValueError(say("A chart has room for {most} marks, not {number}.", most=len(KEYS), number=len(marks)))
    middle = math.cos(math.radians((south + north) / 2))
    height = max(1, round(width * (north - south) / ((east - west) * middle) / CELL_SHAPE))
    chart = _coast(_land(frame), frame, width, height)
    for place in (*map.islets, *(place for place in map.places if place.kind == "island")):
        spot = _cell(place.point, frame, width, height)
        # The label of the contested group stands in open water; its islets are drawn one by one.
        whole_group = place.kind == "island" and place.territory == "DISPUTED"
        if spot and not whole_group and chart[spot[0]][spot[1]] == SEA:
            chart[spot[0]][spot[1]] = SMALL_ISLAND
    entries = [
        say("{sign} land", sign=LAND),
        say("{sign} small island", sign=SMALL_ISLAND),
        say("{sign} sea", sign=SEA),
    ]
    taken: set[tuple[int, int]] = set()
    for key, (label, point) in zip(KEYS, marks, strict=False):
        spot = _cell(point, frame, width, height)
        if spot is None:
            entries.append(say("{key} {label} (off the chart)", key=key, label=label))
            continue
        free = _free_cell(spot, taken, width, height)
        if free is None:
            entries.append(say("{key} {label} (no room on the chart)", key=key, label=label))
            continue
        taken.add(free)
        chart[free[0]][free[1]] = key
        entries.append(say("{key} {label}", key=key, label=label))
    return ["".join(row) for row in chart] + _packed(entries, width) + textwrap.wrap(map.disclaimer, width)


def _land(frame: Frame) -> list[Ring]:
    """Outlines of the land that may show in *frame*."""
    west, south, east, north = frame
    chosen = []
    for feature in features(shipped("assets") / "map", "land.geojson"):
        for ring in rings(feature):
            lons, lats = zip(*ring, strict=True)
            if max(lons) >= west and min(lons) <= east and max(lats) >= south and min(lats) <= north:
                chosen.append(ring)
    return chosen


def _coast(land: Sequence[Ring], frame: Frame, width: int, height: int) -> list[list[str]]:
    """Rows of land and sea, north first; land too small to fill a cell, away from other land, as a small island."""
    covered = _covered(land, frame, width, height)
    solid = [[share >= LAND_SHARE for share in row] for row in covered]

    def beside_land(row: int, column: int) -> bool:
        return any(
            solid[y][x]
            for y in range(max(0, row - 1), min(height, row + 2))
            for x in range(max(0, column - 1), min(width, column + 2))
        )

    chart = []
    for row in range(height):
        signs = []
        for column in range(width):
            if solid[row][column]:
                signs.append(LAND)
            elif covered[row][column] > 0 and not beside_land(row, column):
                signs.append(SMALL_ISLAND)
            else:
                signs.append(SEA)
        chart.append(signs)
    return chart


def _covered(land: Sequence[Ring], frame: Frame, width: int, height: int) -> list[list[float]]:
    """The share of each cell that is land, measured along a few parallels per row."""
    west, south, east, north = frame
    covered = [[0.0] * width for _ in range(height)]
    spans = [(min(lat for _, lat in ring), max(lat for _, lat in ring), ring) for ring in land]
    for scan in range(height * SCANS):
        row = covered[scan // SCANS]
        lat = north - (scan + 0.5) * (north - south) / (height * SCANS)
        lons = sorted(
            crossing for lowest, highest, ring in spans if lowest <= lat <= highest for crossing in crossings(ring, lat)
        )
        for start, end in zip(lons[::2], lons[1::2], strict=False):
            left = max(0.0, (start - west) / (east - west) * width)
            right = min(float(width), (end - west) / (east - west) * width)
            for column in range(int(left), min(width, math.ceil(right))):
                row[column] += max(0.0, min(right, column + 1) - max(left, column)) / SCANS
    return covered


def _cell(point: Point, frame: Frame, width: int, height: int) -> tuple[int, int] | None:
    """Row and column of *point*, or none outside *frame*."""
    west, south, east, north = frame
    lon, lat = point
    if not (west <= lon <= east and south <= lat <= north):
        return None
    return (
        min(height - 1, int((north - lat) / (north - south) * height)),
        min(width - 1, int((lon - west) / (east - west) * width)),
    )


def _free_cell(spot: tuple[int, int], taken: set[tuple[int, int]], width: int, height: int) -> tuple[int, int] | None:
    """*spot*, or the nearest cell beside it that no mark has taken."""
    row, column = spot
    around = sorted(
        ((row + y, column + x) for y in (-1, 0, 1) for x in (-2, -1, 0, 1, 2)),
        key=lambda cell: ((cell[0] - row) ** 2 * CELL_SHAPE**2 + (cell[1] - column) ** 2, cell),
    )
    return next((cell for cell in around if cell not in taken and 0 <= cell[0] < height and 0 <= cell[1] < width), None)


def _packed(entries: Iterable[str], width: int) -> list[str]:
    """*entries* side by side in lines of at most *width* columns; a longer entry is broken."""
    lines: list[str] = []
    for entry in entries:
        if lines and _columns(lines[-1]) + 2 + _columns(entry) <= width:
            lines[-1] += "  " + entry
            continue
        lines.append("")
        for sign in entry:
            if _columns(lines[-1]) + _columns(sign) > width:
                lines.append("")
            lines[-1] += sign
    return lines


def _columns(text: str) -> int:
    """Columns that *text* takes in a terminal, where Japanese and Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
