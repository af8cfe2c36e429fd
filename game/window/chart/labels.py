"""Writing on the chart without covering anything: each name takes the first of its places that is free, or none.

Counters come first, then names by rank. The same names in the same view always get the same places.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter

import pygame
from attrs import frozen

from game.window.chart.lettering import block, lettered, turned
from game.window.chart.names import Name
from game.window.chart.projection import Lens, Spot, place, spot
from game.window.chart.tiles import graticule_step
from game.window.kit import paint
from game.window.kit.kit import Kit

BESIDE = 8
"""Space between a mark and its words, in pixels of the design."""

PATIENCE = 0.003
"""Seconds that a frame may spend on names."""

TWICE = 420
"""How far apart the same words stand, in pixels of the design."""

AWAY = ((0, 0), (0, -1), (0, 1), (1, -1), (-1, 1), (1, 0), (-1, 0), (1, 1), (-1, -1), (0, -2), (0, 2), (2, 0), (-2, 0))
"""Where words may go that need not be exactly at their point, in steps."""


@frozen(eq=False)
class Label:
    """A name that has its place: *offset* is the middle of its words, from the pixel of its point."""

    name: Name
    offset: tuple[float, float]
    size: tuple[int, int]

    def rect(self, at: tuple[float, float]) -> pygame.Rect:
        """What its words cover when its point is at a pixel."""
        x, y = at[0] + self.offset[0] - self.size[0] / 2, at[1] + self.offset[1] - self.size[1] / 2
        return pygame.Rect(math.floor(x), math.floor(y), *self.size)


def settled(kit: Kit, names: Iterable[Name], lens: Lens, taken: Sequence[pygame.Rect],
            room: pygame.Rect | None = None) -> tuple[Label, ...]:  # fmt: skip
    """The names that find a place: all that :func:`settling` finds."""
    return tuple(one for one in settling(kit, names, lens, taken, room) if one)


def settling(kit: Kit, names: Iterable[Name], lens: Lens, taken: Sequence[pygame.Rect],
             room: pygame.Rect | None = None) -> Iterator[Label | None]:  # fmt: skip
    """For each name its place, or None: within *room* if it is given; *taken* is what names must leave free.

    Both are in pixels of the lens. The same words are not written twice close to each other.
    """
    full = list(taken)
    written: dict[str, list[Spot]] = {}
    for name in sorted(names, key=lambda one: (one.rank, one.at)):
        at = lens.seen(name.at)
        if name.mark and _mark(kit, at).collidelist(taken) >= 0:
            continue
        words = name.lines[0][0]
        if any(math.dist(at, one) < kit.px(TWICE) for one in written.get(words, ())):
            continue
        level = block(kit, name.lines)
        size = turned(level, name.angle) if name.angle else level
        for offset in _places(kit, name, level, lens.scale):
            label = Label(name, offset, size)
            rect = label.rect(at).inflate(kit.px(6), kit.px(2))
            pieces = _turned_boxes(name, rect, level) if name.angle else [rect]
            if room is not None and not room.contains(rect):
                continue
            if all(one.collidelist(full) < 0 for one in pieces):
                yield label
                written.setdefault(words, []).append(at)
                full.extend(pieces)
                if name.mark:
                    full.append(_mark(kit, at))
                break
        else:
            yield None


def draw(kit: Kit, surface: pygame.Surface, labels: Iterable[Label], lens: Lens, corner: tuple[int, int],
         free: pygame.Rect, hidden: Sequence[pygame.Rect]) -> bool:  # fmt: skip
    """Draw labels that lie wholly in *free* and not under any of *hidden*; *corner* is where the lens is on the surface.

    Writing takes time: what does not fit into a frame is left for the next one. Whether something was.
    """
    spent, late = 0.0, False
    for label in labels:
        seen = lens.seen(label.name.at)
        at = seen[0] + corner[0], seen[1] + corner[1]
        rect = label.rect(at)
        if not free.contains(rect) or rect.collidelist(hidden) >= 0:
            continue
        _draw_mark(kit, surface, at, label.name.mark)
        if spent > PATIENCE:
            late = True
            continue
        started = perf_counter()
        picture = lettered(kit, label.name.lines, label.name.angle, label.name.strength)
        spent += perf_counter() - started
        surface.blit(picture, picture.get_rect(center=rect.center))
    return late


def degrees(kit: Kit, surface: pygame.Surface, lens: Lens, corner: tuple[int, int], free: pygame.Rect,
            hidden: Sequence[pygame.Rect]) -> list[pygame.Rect]:  # fmt: skip
    """Write longitudes along the upper edge and latitudes along the left edge of *free*; what they cover."""
    step = graticule_step(lens.scale, kit.u)
    margin = kit.px(34)
    inner = free.move(-corner[0], -corner[1])
    west, north = place(lens.under(inner.topleft))
    east, south = place(lens.under(inner.bottomright))
    found = []
    for lon in _steps(west, east, step):
        x = lens.seen((lon, 0))[0] + corner[0]
        if free.left + margin < x < free.right - margin:
            found.append((f"{lon:g}°E", (round(x), free.top + kit.px(14))))
    for lat in _steps(south, north, step):
        y = lens.seen(spot((0, lat)))[1] + corner[1]
        if free.top + margin < y < free.bottom - margin:
            found.append((f"{lat:g}°N", (free.left + kit.px(26), round(y))))
    written = []
    for text, middle in found:
        picture = lettered(kit, ((text, "sans", 12, kit.theme.water_name),))
        rect = picture.get_rect(center=middle)
        if rect.inflate(-kit.px(6), -kit.px(6)).collidelist(hidden) < 0:
            surface.blit(picture, rect)
            written.append(rect)
    return written


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    number = math.ceil(low / step)
    while number * step <= high:
        yield round(number * step, 4)
        number += 1


def _mark(kit: Kit, at: Spot) -> pygame.Rect:
    side = kit.px(10)
    return pygame.Rect(round(at[0]) - side // 2, round(at[1]) - side // 2, side, side)


def _draw_mark(kit: Kit, surface: pygame.Surface, at: Spot, mark: str) -> None:
    theme = kit.theme
    if mark == "dot":
        paint.disc(surface, at, kit.px(3.5), theme.land, theme.land_name, kit.px(1.5))
    elif mark == "square":
        side = kit.px(8)
        box = pygame.Rect(round(at[0]) - side // 2, round(at[1]) - side // 2, side, side)
        paint.box(surface, box, kit.px(1), theme.panel, theme.ink3, kit.px(2))


def _places(kit: Kit, name: Name, size: tuple[int, int], scale: float) -> Iterator[tuple[float, float]]:
    """Where the middle of a name's words may be, best first, from its point."""
    wide, high = size
    gap = kit.px(BESIDE)
    for side in name.sides:
        if side == "right":
            yield gap + wide / 2, 0
        elif side == "left":
            yield -gap - wide / 2, 0
        elif side == "below":
            yield 0, gap + high / 2
        elif side == "above":
            yield 0, -gap - high / 2
        elif side == "middle":
            yield 0, 0
        elif side == "belts":
            # Clear of the belts around the islets, which reach 24 nautical miles (0.4 degrees) and a little more.
            reach, beside = 0.62 * scale + high / 2, 0.95 * scale + wide / 2
            for row in (reach, -reach):
                yield from ((shift * wide, row) for shift in (0.0, 0.3, -0.3, 0.6, -0.6))
            yield from ((sign * beside, row) for row in (0.0, high, -high) for sign in (1, -1))
            yield 0, reach + high
        elif side == "beside":
            turn = math.radians(name.angle)
            for away in (-high * 0.62, high * 0.62, 0.0):
                yield away * math.sin(turn), away * math.cos(turn)
        else:
            step = (max(kit.px(34), wide * 0.55), max(kit.px(24), high))
            yield from ((x * step[0], y * step[1]) for x, y in AWAY)


def _turned_boxes(name: Name, rect: pygame.Rect, level: tuple[int, int]) -> list[pygame.Rect]:
    """Boxes along a turned text: together they cover less than the one box around it."""
    count = max(1, math.ceil(level[0] / max(1, level[1]) / 1.5))
    turn = math.radians(name.angle)
    side = level[1] * 1.2
    boxes = []
    for number in range(count):
        way = ((number + 0.5) / count - 0.5) * level[0]
        x, y = rect.centerx + way * math.cos(turn), rect.centery - way * math.sin(turn)
        half = (level[0] / count * abs(math.cos(turn)) + side) / 2, (level[0] / count * abs(math.sin(turn)) + side) / 2
        boxes.append(pygame.Rect(round(x - half[0]), round(y - half[1]), round(2 * half[0]), round(2 * half[1])))
    return boxes
