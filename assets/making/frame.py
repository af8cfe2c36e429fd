"""The frame of the base map, its projection, and the land in it."""

from __future__ import annotations

import json
import math
from pathlib import Path

from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.ops import unary_union

WEST, SOUTH, EAST, NORTH = 116, 21, 134, 36
PIXELS_PER_DEGREE = 200


def mercator(latitude: float) -> float:
    """Return the height of a latitude in the Mercator projection, in degrees of longitude at the equator."""
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


WIDTH = round((EAST - WEST) * PIXELS_PER_DEGREE)
HEIGHT = round((mercator(NORTH) - mercator(SOUTH)) * PIXELS_PER_DEGREE)


def pixel(longitude: float, latitude: float, scale: float = 1.0) -> tuple[float, float]:
    """Return where a position lies in the raster; (0, 0) is its north-west corner."""
    return (
        (longitude - WEST) * PIXELS_PER_DEGREE * scale,
        (mercator(NORTH) - mercator(latitude)) * PIXELS_PER_DEGREE * scale,
    )


def polygons(geometry: Polygon | MultiPolygon) -> list[Polygon]:
    """Return the polygons of a geometry."""
    return [part for part in getattr(geometry, "geoms", [geometry]) if isinstance(part, Polygon)]


def read_land(path: Path) -> tuple[MultiPolygon, list[Polygon]]:
    """Return all land but the contested islets as one geometry, and the islets.

    Who administers which land is left behind here: the base map draws all of it alike.
    """
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    islets = [shape(one["geometry"]) for one in features if one["properties"]["disputed"]]
    rest = [shape(one["geometry"]).buffer(0) for one in features if not one["properties"]["disputed"]]
    return MultiPolygon(polygons(unary_union(rest))), islets
