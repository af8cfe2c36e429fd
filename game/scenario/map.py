"""The map of the East China Sea: zones, places and limits on a given day, distances, and a chart in plain characters.

Sources, licences and doubts about single lines stand in the README beside the map files (assets/map). Positions are
degrees of longitude east and latitude north (WGS 84), in that order.
"""

import hashlib
import json
import math
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
    limits = features(folder, "limits.geojson")
    later = frozenset(
        party
        for feature in limits
        if feature["properties"]["kind"] == "adiz" and not _exists(feature, today)
        for party in feature["properties"]["parties"]
    )
    waters = tuple((feature["id"], rings(feature)) for feature in features(folder, "zones_simple.geojson"))
    return Map(
        zones=tuple(_zone(feature, later) for feature in features(folder, "zones.geojson")),
        places=tuple(_place(feature) for feature in features(folder, "places.geojson") if _exists(feature, today)),
        limits=tuple(_limit(feature) for feature in limits if _exists(feature, today)),
        islets=tuple(_islet(feature, waters) for feature in features(folder, "islets.geojson")),
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


def features(folder: Traversable, name: str) -> list[Any]:
    """The features of one file of the map."""
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
        zone=next((zone for zone, rings in waters if inside(point, rings)), None),
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


def rings(feature: Mapping[str, Any]) -> tuple[Ring, ...]:
    """The outlines of an area, holes among them."""
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return tuple(tuple((lon, lat) for lon, lat in ring) for polygon in polygons for ring in polygon)


def crossings(ring: Ring, lat: float) -> list[float]:
    """Longitudes at which *ring* crosses the parallel *lat*."""
    found = []
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(ring):
        if (lat_a <= lat) != (lat_b <= lat):
            found.append(lon_a + (lat - lat_a) * (lon_b - lon_a) / (lat_b - lat_a))
    return found


def inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Whether *point* lies inside an area of *rings*, holes taken out (even-odd rule)."""
    lon, lat = point
    return sum(crossing > lon for ring in rings for crossing in crossings(ring, lat)) % 2 == 1
