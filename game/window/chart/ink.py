"""Drawing lines and areas of the plane on one tile: clipped to it, and dashed alike on both sides of its edges."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pygame
from attrs import frozen

from game.window.chart.atlas import Line
from game.window.chart.projection import Area, Spot, meet
from game.window.kit.theme import Colour

FINE = 2
"""How much larger lines are drawn than they are shown."""


@frozen
class Sheet:
    """A square of the plane: its upper left corner, pixels per degree, and pixels along a side."""

    corner: Spot
    scale: float
    side: int

    def area(self, margin: float = 0.0) -> Area:
        """The square with so many pixels around it."""
        more, across = margin / self.scale, (self.side + margin) / self.scale
        x, y = self.corner
        return x - more, y - more, x + across, y + across

    def pixels(self, spots: Iterable[Spot], fine: int = 1) -> list[Spot]:
        """Points of the plane as pixels of the tile."""
        (x, y), scale = self.corner, self.scale * fine
        return [((a - x) * scale, (b - y) * scale) for a, b in spots]


def premultiplied(colour: Colour, alpha: int) -> tuple[int, int, int, int]:
    """A colour for a surface that is scaled down before it is laid on: transparent edges stay clean."""
    r, g, b = (round(one * alpha / 255) for one in colour)
    return r, g, b, alpha


def rule(fine: pygame.Surface, sheet: Sheet, line: Line, colour: tuple[int, int, int, int], width: float,
         dash: Sequence[float] = ()) -> None:  # fmt: skip
    """Draw a line on a surface that is *FINE* times as large as the tile. *width* and *dash* are in pixels of the tile."""
    area = sheet.area(width + 2)
    scale, half = sheet.scale * FINE, width * FINE / 2
    for number, (one, other) in enumerate(pairwise(line.spots)):
        part = clipped(one, other, area)
        if part is None:
            continue
        (start, end), (a, b) = part, sheet.pixels((one, other), FINE)
        if not dash:
            _bar(fine, _along(a, b, start), _along(a, b, end), half, colour)
            if half > 1 and end == 1.0:
                pygame.draw.circle(fine, colour, b, half)
            continue
        length = (line.far[number + 1] - line.far[number]) * scale
        before = line.far[number] * scale
        for low, high in strokes(before + start * length, before + end * length, [one * FINE for one in dash]):
            if length > 0:
                _bar(fine, _along(a, b, (low - before) / length), _along(a, b, (high - before) / length), half, colour)


def strokes(start: float, end: float, dash: Sequence[float]) -> list[tuple[float, float]]:
    """The strokes of a dashed line between two ways from its start."""
    period = sum(dash)
    found = []
    way = start // period * period
    while way < end:
        for number, length in enumerate(dash):
            if number % 2 == 0 and way + length > start and way < end:
                found.append((max(way, start), min(way + length, end)))
            way += length
    return found


def clipped(one: Spot, other: Spot, area: Area) -> tuple[float, float] | None:
    """The part of a segment inside a rectangle, as shares of its length; None when it misses it."""
    start, end = 0.0, 1.0
    for axis in (0, 1):
        low, high, step = area[axis] - one[axis], area[axis + 2] - one[axis], other[axis] - one[axis]
        if step == 0:
            if low > 0 or high < 0:
                return None
            continue
        near, far = sorted((low / step, high / step))
        start, end = max(start, near), min(end, far)
    return (start, end) if start < end else None


def cut(spots: Sequence[Spot], area: Area) -> list[Spot]:
    """The part of a polygon inside a rectangle (Sutherland and Hodgman)."""
    found = list(spots)
    for axis, edge, sign in ((0, area[0], 1), (1, area[1], 1), (0, area[2], -1), (1, area[3], -1)):
        if not found:
            break
        last, found = found, []
        for one, other in zip((last[-1], *last[:-1]), last, strict=True):
            inside, was = (other[axis] - edge) * sign >= 0, (one[axis] - edge) * sign >= 0
            if inside != was:
                share = (edge - one[axis]) / (other[axis] - one[axis])
                found.append((one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share))
            if inside:
                found.append(other)
    return found


def fill(surface: pygame.Surface, sheet: Sheet, spots: Sequence[Spot], colour: Colour) -> None:
    """Fill the part of a polygon that lies on a tile. Its edge has steps: a line goes over it."""
    kept = cut(spots, sheet.area(4))
    if len(kept) > 2:
        pygame.draw.polygon(surface, colour, sheet.pixels(kept))


def wash(surface: pygame.Surface, sheet: Sheet, lines: Iterable[Line], colour: Colour, alpha: int) -> None:
    """Lay a transparent colour over areas; where areas of one call meet, it is laid once."""
    near = [line for line in lines if meet(line.area, sheet.area())]
    kept = [found for line in near if len(found := cut(line.spots, sheet.area(4))) > 2]
    if not kept:
        return
    veil = pygame.Surface((sheet.side, sheet.side), pygame.SRCALPHA)
    veil.fill((*colour, 0))
    for one in kept:
        pygame.draw.polygon(veil, (*colour, alpha), sheet.pixels(one))
    surface.blit(veil, (0, 0))


def _along(one: Spot, other: Spot, share: float) -> Spot:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _bar(surface: pygame.Surface, one: Spot, other: Spot, half: float, colour: tuple[int, int, int, int]) -> None:
    """A straight stroke with square ends."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = (dx * dx + dy * dy) ** 0.5
    if length == 0:
        return
    x, y = -dy / length * half, dx / length * half
    pygame.draw.polygon(surface, colour, ((one[0] + x, one[1] + y), (other[0] + x, other[1] + y),
                                          (other[0] - x, other[1] - y), (one[0] - x, one[1] - y)))  # fmt: skip
