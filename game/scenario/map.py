"""The map of the East China Sea: zones, places and limits on a given day, distances, and a chart in plain characters.

Sources, licences and doubts about single lines stand in the README beside the map files (assets/map). Positions are
degrees of longitude east and latitude north (WGS 84), in that order.
"""

import hashlib
import json
import math
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as day
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any

import attrs

from game.scenario.shipped import shipped
from game.words import say

Point = tuple[float, float]
"""Longitude east and latitude north, in degrees."""

Frame = tuple[float, float, float, float]
"""West, south, east and north edge, in degrees."""

Ring = tuple[Point, ...]
"""One closed outline."""

FILES = (
    "islets.geojson",
    "land.geojson",
    "limits.geojson",
    "places.geojson",
    "zones.geojson",
    "zones_simple.geojson",
)
"""The files that make up the map, in the order in which their fingerprint is taken."""

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth in kilometres (IUGG, Moritz 2000)."""

SEA, LAND, SMALL_ISLAND = ".", "#", "+"
KEYS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
"""Signs for the marks of a chart, in the order in which they are given out."""

SCANS = 4
"""Parallels of latitude looked at within one row of a chart."""

LAND_SHARE = 0.4
"""Share of a cell of a chart from which it counts as land."""

CELL_SHAPE = 2.0
"""Height of a character cell over its width in a usual terminal."""


@attrs.frozen
class Names:
    """The names of one thing: English, Japanese, Chinese as written in Beijing, and in Taipei where it differs."""

    en: str
    ja: str
    zh: str
    zh_hant: str = ""


@attrs.frozen
class Zone:
    """A stretch of sea in which units are.

    *legal* is a class of the game and no legal opinion; *claimants* claim sovereignty or jurisdiction, *coastal_states*
    have a coast here. *adiz* gives, per party, how much of the zone its air defence identification zone covers, in
    thousandths. *own_names* holds what each party itself calls a contested zone.
    """

    id: str
    name: str
    names: Names
    short: Names
    legal: str
    claimants: tuple[str, ...]
    coastal_states: tuple[str, ...]
    adjacency: tuple[str, ...]
    adiz: tuple[tuple[str, int], ...]
    label_point: Point
    note: str
    own_names: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Place:
    """A town, port, base, strait, gas field, island or reef.

    *zone* is the zone of its waters, none for a place off the map. *territory* says who administers it ("DISPUTED" for
    the contested islets), empty for a place at sea. *since* is the day from which it exists, where the map knows one.
    *importance* runs from 1 (always worth a label) to 3.
    """

    id: str
    kind: str
    names: Names
    zone: str | None
    point: Point
    note: str
    since: str | None
    importance: int
    territory: str
    role: str


@attrs.frozen
class Limit:
    """A line or area at sea that one or more parties declared or agreed, or that was computed for this map.

    *status* says how far to trust it: published, partly_published, published_unverified, computed or approximate.
    """

    id: str
    kind: str
    names: Names
    parties: tuple[str, ...]
    status: str
    since: str | None
    note: str
    own_names: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Map:
    """The map on the day of a scenario.

    *islets* are the contested islets one by one, and islets too small for the land outlines. *sha256* is the
    fingerprint of the map files, whatever the day.
    """

    zones: tuple[Zone, ...]
    places: tuple[Place, ...]
    limits: tuple[Limit, ...]
    islets: tuple[Place, ...]
    disclaimer: str
    sha256: str


def disclaimer() -> str:
    """The words that go with every showing of the map."""
    return say(
        "The zones, lines and positions on this map are schematic and for training. They imply no view on sovereignty, "
        'jurisdiction or delimitation. "Disputed" is the designers\' word for the Senkaku / Diaoyu / Diaoyutai islets: '
        "Tokyo holds that no dispute exists, and Beijing and Taipei each claim them. The order of names has no meaning."
    )


def read_map(date: str) -> Map:
    """The map as it stood on *date* (ISO, such as "2012-09-11").

    Places and limits of a later day are left out, and so is each zone's share of an air defence identification zone
    whose outline is of a later day. Zones are always there.
    """
    try:
        today = day.fromisoformat(date)
    except ValueError as error:
        raise ValueError(say("{date!r} is no date such as 2012-09-11.", date=date)) from error
    folder = shipped("assets") / "map"
    limits = _features(folder, "limits.geojson")
    later = frozenset(
        party
        for feature in limits
        if feature["properties"]["kind"] == "adiz" and not _exists(feature, today)
        for party in feature["properties"]["parties"]
    )
    waters = tuple((feature["id"], _rings(feature)) for feature in _features(folder, "zones_simple.geojson"))
    return Map(
        zones=tuple(_zone(feature, later) for feature in _features(folder, "zones.geojson")),
        places=tuple(_place(feature) for feature in _features(folder, "places.geojson") if _exists(feature, today)),
        limits=tuple(_limit(feature) for feature in limits if _exists(feature, today)),
        islets=tuple(_islet(feature, waters) for feature in _features(folder, "islets.geojson")),
        disclaimer=disclaimer(),
        sha256=_fingerprint(folder),
    )


def distances(zones: Sequence[Zone]) -> tuple[tuple[int, ...], ...]:
    """Great-circle distances between the label points of *zones*, in whole kilometres, in the order given."""
    return tuple(tuple(round(great_circle(one.label_point, two.label_point)) for two in zones) for one in zones)


def great_circle(one: Point, two: Point) -> float:
    """Kilometres between two points along the great circle (haversine formula on a sphere of the mean radius)."""
    west, south = (math.radians(degrees) for degrees in one)
    east, north = (math.radians(degrees) for degrees in two)
    chord = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


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


def _features(folder: Traversable, name: str) -> list[Any]:
    found: list[Any] = json.loads((folder / name).read_text(encoding="utf-8"))["features"]
    return found


def _fingerprint(folder: Traversable) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        # Some checkouts give text files other line ends; the map is still the same.
        text = (folder / name).read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(text)}\n".encode())
        digest.update(text)
    return digest.hexdigest()


def _exists(feature: Mapping[str, Any], today: day) -> bool:
    since = feature["properties"].get("since")
    return since is None or day.fromisoformat(since) <= today


def _names(properties: Mapping[str, Any]) -> Names:
    others = properties.get("alt_names", {})
    return Names(
        en=properties["name_en"],
        ja=properties["name_ja"],
        zh=properties["name_zh"],
        zh_hant=properties.get("name_zh_hant") or others.get("zh_hant") or others.get("TW") or "",
    )


def _own_names(properties: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((party, name) for party, name in properties.get("alt_names", {}).items() if party != "zh_hant")


def _zone(feature: Mapping[str, Any], later: frozenset[str]) -> Zone:
    properties = feature["properties"]
    return Zone(
        id=feature["id"],
        name=properties["name_en"],
        names=_names(properties),
        short=Names(en=properties["label_en"], ja=properties["label_ja"], zh=properties["label_zh"]),
        legal=properties["legal"],
        claimants=tuple(properties["claimants"]),
        coastal_states=tuple(properties["coastal_states"]),
        adjacency=tuple(properties["adjacency"]),
        adiz=tuple(
            (party, round(share * 1000)) for party, share in properties["adiz_share"].items() if party not in later
        ),
        label_point=_point(properties["label_point"]),
        note=properties["note"],
        own_names=_own_names(properties),
    )


def _place(feature: Mapping[str, Any]) -> Place:
    properties = feature["properties"]
    return Place(
        id=feature["id"],
        kind=properties["kind"],
        names=_names(properties),
        zone=properties.get("zone"),
        point=_point(feature["geometry"]["coordinates"]),
        note=properties.get("note", ""),
        since=properties.get("since"),
        importance=properties["importance"],
        territory=properties["territory"] or "",
        role=properties.get("role", ""),
    )


def _islet(feature: Mapping[str, Any], waters: Iterable[tuple[str, tuple[Ring, ...]]]) -> Place:
    properties = feature["properties"]
    point = _point(feature["geometry"]["coordinates"])
    contested = properties["disputed"]
    return Place(
        id=feature["id"],
        kind="islet",
        names=_names(properties),
        zone=next((zone for zone, rings in waters if _inside(point, rings)), None),
        point=point,
        note=properties["precision"],
        since=None,
        importance=2 if contested else 3,
        territory="DISPUTED" if contested else properties["territory"],
        role=say("administered by Japan; claimed by China and by Taipei") if contested else "",
    )


def _limit(feature: Mapping[str, Any]) -> Limit:
    properties = feature["properties"]
    return Limit(
        id=feature["id"],
        kind=properties["kind"],
        names=_names(properties),
        parties=tuple(properties["parties"]),
        status=properties["status"],
        since=properties.get("since"),
        note=properties.get("note", ""),
        own_names=_own_names(properties),
    )


def _point(coordinates: Sequence[float]) -> Point:
    return (float(coordinates[0]), float(coordinates[1]))


def _rings(feature: Mapping[str, Any]) -> tuple[Ring, ...]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return tuple(tuple((lon, lat) for lon, lat in ring) for polygon in polygons for ring in polygon)


def _land(frame: Frame) -> list[Ring]:
    """Outlines of the land that may show in *frame*."""
    west, south, east, north = frame
    chosen = []
    for feature in _features(shipped("assets") / "map", "land.geojson"):
        for ring in _rings(feature):
            lons, lats = zip(*ring, strict=True)
            if max(lons) >= west and min(lons) <= east and max(lats) >= south and min(lats) <= north:
                chosen.append(ring)
    return chosen


def _crossings(ring: Ring, lat: float) -> list[float]:
    """Longitudes at which *ring* crosses the parallel *lat*."""
    found = []
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(ring):
        if (lat_a <= lat) != (lat_b <= lat):
            found.append(lon_a + (lat - lat_a) * (lon_b - lon_a) / (lat_b - lat_a))
    return found


def _inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Whether *point* lies inside an area of *rings*, holes taken out (even-odd rule)."""
    lon, lat = point
    return sum(crossing > lon for ring in rings for crossing in _crossings(ring, lat)) % 2 == 1


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
            crossing
            for lowest, highest, ring in spans
            if lowest <= lat <= highest
            for crossing in _crossings(ring, lat)
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
