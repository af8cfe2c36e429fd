"""From degrees to pixels and back: the Mercator projection, and the lens through which the chart is looked at.

Within this folder a *spot* is a point of the projected plane: degrees of longitude east, and degrees of Mercator
latitude counted to the south, so that y grows downwards as on the screen.
"""

import math
from collections.abc import Iterable

from attrs import evolve, frozen

Point = tuple[float, float]
"""Longitude east and latitude north, in degrees."""

Spot = tuple[float, float]
"""A point of the projected plane."""

Frame = tuple[float, float, float, float]
"""West, south, east and north edge, in degrees."""

Area = tuple[float, float, float, float]
"""A rectangle of the projected plane: left, top, right, bottom."""

DATA: Frame = (116.0, 21.0, 134.0, 36.0)
"""The frame of the map data: beyond it nothing is known and nothing is drawn."""

CLOSEST = 2600.0
"""Pixels of the design per degree at the closest look; the outlines of the islets are no finer."""


def spot(point: Point) -> Spot:
    """A place on Earth on the projected plane."""
    return point[0], -math.degrees(math.asinh(math.tan(math.radians(point[1]))))


def place(at: Spot) -> Point:
    """A point of the projected plane on Earth."""
    return at[0], math.degrees(math.atan(math.sinh(math.radians(-at[1]))))


def area_of(frame: Frame) -> Area:
    """A frame on the projected plane."""
    west, south, east, north = frame
    return (*spot((west, north)), *spot((east, south)))


def bounds(spots: Iterable[Spot]) -> Area:
    """The smallest rectangle around points."""
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def meet(one: Area, other: Area) -> bool:
    """Whether two rectangles touch."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


SHEET: Area = area_of(DATA)
"""The frame of the map data on the projected plane."""


@frozen
class Lens:
    """What is looked at: the *spot* at the middle of a rectangle of *size* pixels, and pixels per degree."""

    middle: Spot
    scale: float
    size: tuple[int, int]

    def pixel(self, point: Point) -> tuple[float, float]:
        """Where a place on Earth is seen, in pixels from the left and upper edge."""
        return self.seen(spot(point))

    def seen(self, at: Spot) -> tuple[float, float]:
        """Where a point of the plane is seen."""
        return (
            (at[0] - self.middle[0]) * self.scale + self.size[0] / 2,
            (at[1] - self.middle[1]) * self.scale + self.size[1] / 2,
        )

    def under(self, pixel: tuple[float, float]) -> Spot:
        """The point of the plane that is seen at a pixel."""
        return (
            (pixel[0] - self.size[0] / 2) / self.scale + self.middle[0],
            (pixel[1] - self.size[1] / 2) / self.scale + self.middle[1],
        )

    def point(self, pixel: tuple[float, float]) -> Point:
        """The place on Earth that is seen at a pixel."""
        return place(self.under(pixel))

    @property
    def area(self) -> Area:
        """The rectangle of the plane that is seen."""
        return (*self.under((0, 0)), *self.under(self.size))

    def part(self, corner: tuple[int, int], size: tuple[int, int]) -> "Lens":
        """The lens that sees a rectangle of its pixels alone."""
        return Lens(self.under((corner[0] + size[0] / 2, corner[1] + size[1] / 2)), self.scale, size)

    def panned(self, dx: float, dy: float) -> "Lens":
        """The lens after the chart was dragged by so many pixels."""
        return evolve(self, middle=(self.middle[0] - dx / self.scale, self.middle[1] - dy / self.scale))

    def zoomed(self, scale: float, pixel: tuple[float, float]) -> "Lens":
        """The lens at another scale, with what is at *pixel* left where it is."""
        x, y = self.under(pixel)
        away = ((pixel[0] - self.size[0] / 2) / scale, (pixel[1] - self.size[1] / 2) / scale)
        return evolve(self, middle=(x - away[0], y - away[1]), scale=scale)

    def fitted(self, area: Area) -> "Lens":
        """The lens at the largest scale at which the whole of *area* is seen, in the middle."""
        wide, high = max(1e-9, area[2] - area[0]), max(1e-9, area[3] - area[1])
        scale = min(self.size[0] / wide, self.size[1] / high)
        return evolve(self, middle=((area[0] + area[2]) / 2, (area[1] + area[3]) / 2), scale=scale)

    def clamped(self, sheet: Area = SHEET) -> "Lens":
        """The lens moved so that it looks at nothing outside *sheet*; in the middle of it where all of it is seen."""
        x = _held(self.middle[0], self.size[0] / 2 / self.scale, sheet[0], sheet[2])
        y = _held(self.middle[1], self.size[1] / 2 / self.scale, sheet[1], sheet[3])
        return evolve(self, middle=(x, y))


def _held(middle: float, half: float, low: float, high: float) -> float:
    if 2 * half >= high - low:
        return (low + high) / 2
    return min(max(middle, low + half), high - half)
