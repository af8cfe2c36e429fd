"""Shapes with smooth edges, shadows and icons. pygame's own rounded shapes have steps: these are drawn large, scaled down
and kept.

All coordinates are pixels of the surface. Colours may have an alpha where that is said.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise

import pygame

from game.scenario.shipped import shipped
from game.window.kit.theme import Colour

Point = tuple[float, float]
Shade = Colour | tuple[int, int, int, int]
"""A colour that may have an alpha."""

FINE = 4
"""How much larger a shape is drawn than it is shown."""


def alpha(colour: Shade) -> int:
    """The alpha of a colour, 255 where it names none."""
    return colour[3] if len(colour) == 4 else 255


def box(
    surface: pygame.Surface,
    rect: pygame.Rect,
    radius: int,
    fill: Shade | None = None,
    border: Shade | None = None,
    width: int = 1,
) -> None:
    """A rectangle with round corners, filled or with a border inside its edge, or both. Both may have an alpha."""
    rect = pygame.Rect(rect)
    if rect.w <= 0 or rect.h <= 0 or (fill is None and border is None):
        return
    radius = min(radius, rect.w // 2, rect.h // 2)
    side = max(radius, width) + 1
    if rect.w < 2 * side or rect.h < 2 * side:
        surface.blit(_patch(rect.w, rect.h, radius, fill, border, width), rect)
        return
    patch = _patch(2 * side, 2 * side, radius, fill, border, width)
    far = (rect.right - side, rect.bottom - side)
    for x, u in ((rect.x, 0), (far[0], side)):
        for y, v in ((rect.y, 0), (far[1], side)):
            surface.blit(patch, (x, y), (u, v, side, side))
    wide, high = rect.w - 2 * side, rect.h - 2 * side
    for strip, area in (
        ((0, -rect.h), pygame.Rect(rect.x + side, rect.y, wide, rect.h)),
        ((-side, 0), pygame.Rect(rect.x, rect.y + side, side, high)),
        ((side, 0), pygame.Rect(rect.right - side, rect.y + side, side, high)),
    ):
        _bar(surface, area, strip, fill, border, width)


def corners(surface: pygame.Surface, rect: pygame.Rect, radius: int, fill: Shade) -> None:
    """The four round corners of a box alone."""
    if radius <= 0:
        return
    patch = _patch(2 * radius + 2, 2 * radius + 2, radius, fill, None, 1)
    for x, u in ((rect.x, 0), (rect.right - radius, radius + 2)):
        for y, v in ((rect.y, 0), (rect.bottom - radius, radius + 2)):
            surface.blit(patch, (x, y), (u, v, radius, radius))


def _bar(
    surface: pygame.Surface,
    area: pygame.Rect,
    edge: tuple[int, int],
    fill: Shade | None,
    border: Shade | None,
    width: int,
) -> None:
    """The straight parts of a box: the filling and the border along the edges that this part has."""
    if fill is not None:
        flat(surface, area, fill)
    if border is None:
        return
    if edge[1]:
        flat(surface, pygame.Rect(area.x, area.y, area.w, width), border)
        flat(surface, pygame.Rect(area.x, area.bottom - width, area.w, width), border)
    else:
        x = area.x if edge[0] < 0 else area.right - width
        flat(surface, pygame.Rect(x, area.y, width, area.h), border)


def flat(surface: pygame.Surface, area: pygame.Rect, colour: Shade) -> None:
    """A plain rectangle, the colour's alpha respected."""
    if alpha(colour) == 255:
        surface.fill(colour, area)
    else:
        veil = _veil(colour)
        for y in range(area.y, area.bottom, VEIL):
            for x in range(area.x, area.right, VEIL):
                surface.blit(veil, (x, y), (0, 0, area.right - x, area.bottom - y))


VEIL = 256
"""Pixels of the side of a veil that is laid over larger areas piece by piece: one as large as the window takes long to make."""


@lru_cache(maxsize=64)
def _veil(colour: Shade) -> pygame.Surface:
    veil = pygame.Surface((VEIL, VEIL), pygame.SRCALPHA)
    veil.fill(colour)
    return veil


@lru_cache(maxsize=600)
def _patch(wide: int, high: int, radius: int, fill: Shade | None, border: Shade | None, width: int) -> pygame.Surface:
    fine = pygame.Surface((wide * FINE, high * FINE), pygame.SRCALPHA)
    outer = border if border is not None else fill
    assert outer is not None
    fine.fill((*outer[:3], 0))
    area = fine.get_rect()
    if border is not None:
        pygame.draw.rect(fine, border, area, 0 if fill else width * FINE, border_radius=radius * FINE)
        if fill is not None:
            inner = area.inflate(-2 * width * FINE, -2 * width * FINE)
            pygame.draw.rect(fine, fill, inner, border_radius=max(0, radius - width) * FINE)
    elif fill is not None:
        pygame.draw.rect(fine, fill, area, border_radius=radius * FINE)
    return pygame.transform.smoothscale(fine, (wide, high))


def disc(
    surface: pygame.Surface,
    centre: Point,
    radius: float,
    fill: Shade | None = None,
    ring: Shade | None = None,
    width: float = 2,
) -> None:
    """A circle, filled or with a ring inside its edge, or both. Both may have an alpha."""
    picture = _disc(round(radius * 2) / 2, fill, ring, width)
    surface.blit(picture, picture.get_rect(center=(round(centre[0]), round(centre[1]))))


@lru_cache(maxsize=400)
def _disc(radius: float, fill: Shade | None, ring: Shade | None, width: float) -> pygame.Surface:
    size = math.ceil(radius * 2) + 1
    fine = pygame.Surface((size * FINE, size * FINE), pygame.SRCALPHA)
    outer = ring if ring is not None else fill
    assert outer is not None
    fine.fill((*outer[:3], 0))
    middle, reach = size * FINE / 2, radius * FINE
    if ring is not None:
        pygame.draw.circle(fine, ring, (middle, middle), reach, 0 if fill else max(1, round(width * FINE)))
        reach -= width * FINE
    if fill is not None:
        pygame.draw.circle(fine, fill, (middle, middle), reach)
    return pygame.transform.smoothscale(fine, (size, size))


def arc(surface: pygame.Surface, centre: Point, radius: float, share: float, colour: Colour, width: float) -> None:
    """The part of a ring from twelve o'clock clockwise that a share of 0 to 1 fills, with round ends."""
    if share <= 0:
        return
    # Drawn large and scaled down: a band of many strokes would show where they meet.
    side = math.ceil(2 * (radius + width)) + 2
    fine = pygame.Surface((side * FINE, side * FINE), pygame.SRCALPHA)
    fine.fill((*colour, 0))
    steps = max(8, round(160 * share))
    turns = [math.tau * min(1.0, share) * k / steps for k in range(steps + 1)]
    middle = side * FINE / 2
    edges = [
        [(middle + reach * FINE * math.sin(turn), middle - reach * FINE * math.cos(turn)) for turn in turns]
        for reach in (radius + width / 2, radius - width / 2)
    ]
    pygame.draw.polygon(fine, colour, [*edges[0], *reversed(edges[1])])
    for turn in (turns[0], turns[-1]):
        end = middle + radius * FINE * math.sin(turn), middle - radius * FINE * math.cos(turn)
        pygame.draw.circle(fine, colour, end, width * FINE / 2)
    picture = pygame.transform.smoothscale(fine, (side, side))
    surface.blit(picture, picture.get_rect(center=(round(centre[0]), round(centre[1]))))


def stroke(
    surface: pygame.Surface,
    points: Sequence[Point],
    colour: Colour,
    width: float = 1,
    closed: bool = False,
    dash: Sequence[float] | None = None,
) -> None:
    """A line through points; *dash* gives lengths of strokes and gaps in turn."""
    line = [*points, points[0]] if closed and points else list(points)
    if len(line) < 2:
        return
    for piece in dashed(line, dash) if dash else [line]:
        if width <= 1.2:
            pygame.draw.aalines(surface, colour, False, piece)
            continue
        for one, other in pairwise(piece):
            pygame.draw.aaline(surface, colour, one, other, max(1, round(width)))
        if width > 2:
            for corner in piece[1:-1]:
                pygame.draw.aacircle(surface, colour, corner, width / 2)


def dashed(line: Sequence[Point], dash: Sequence[float]) -> list[list[Point]]:
    """The strokes of a dashed line."""
    strokes: list[list[Point]] = []
    number, left, drawing = 0, float(dash[0]), True
    piece: list[Point] = [line[0]]
    for one, other in pairwise(line):
        length = math.dist(one, other)
        done = 0.0
        while length - done > left:
            done += left
            share = done / length
            point = (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)
            if drawing:
                strokes.append([*piece, point])
            number += 1
            left, drawing, piece = float(dash[number % len(dash)]), not drawing, [point]
        left -= length - done
        if drawing:
            piece.append(other)
    if drawing and len(piece) > 1:
        strokes.append(piece)
    return strokes


def polygon(surface: pygame.Surface, points: Sequence[Point], fill: Colour) -> None:
    """A filled polygon."""
    if len(points) > 2:
        pygame.draw.polygon(surface, fill, points)
        pygame.draw.aalines(surface, fill, True, points)


def around(area: pygame.Rect, sheet: pygame.Rect) -> tuple[pygame.Rect, ...]:
    """The parts of an area that a sheet does not cover."""
    inner = sheet.clip(area)
    if not inner:
        return (area,)
    strips = (
        pygame.Rect(area.x, area.y, area.w, inner.y - area.y),
        pygame.Rect(area.x, inner.bottom, area.w, area.bottom - inner.bottom),
        pygame.Rect(area.x, inner.y, inner.x - area.x, inner.h),
        pygame.Rect(inner.right, inner.y, area.right - inner.right, inner.h),
    )
    return tuple(one for one in strips if one.w > 0 and one.h > 0)


def uncovered(area: pygame.Rect, covers: Sequence[pygame.Rect]) -> list[pygame.Rect]:
    """The parts of an area that lie behind none of some covers."""
    parts = [area]
    for cover in covers:
        if cover.colliderect(area):
            parts = [left for part in parts for left in around(part, cover)]
    return parts


def fade(
    surface: pygame.Surface, area: pygame.Rect, colour: Colour, side: str, covered: Sequence[pygame.Rect] = ()
) -> None:
    """A veil that is whole at one side of an area and gone at the other: left, right, top or bottom. What is *covered*
    by something that comes later needs none.
    """
    if area.w > 0 and area.h > 0:
        veil = _fading(area.w, area.h, colour, side)
        for part in uncovered(area, covered):
            surface.blit(veil, part, part.move(-area.x, -area.y))


@lru_cache(maxsize=16)
def _fading(wide: int, high: int, colour: Colour, side: str) -> pygame.Surface:
    across = side in ("left", "right")
    strip = pygame.Surface((256, 1) if across else (1, 256), pygame.SRCALPHA)
    for k in range(256):
        share = 1 - k / 255 if side in ("left", "top") else k / 255
        strip.set_at((k, 0) if across else (0, k), (*colour, round(255 * share * share)))
    return pygame.transform.scale(strip, (wide, high))


# ---- shadows
def shadow(
    surface: pygame.Surface,
    rect: pygame.Rect,
    radius: int,
    blur: int,
    strength: int,
    colour: Colour = (27, 47, 59),
    *,
    behind: Sequence[pygame.Rect] = (),
) -> None:
    """A soft shadow around a box; *strength* is its alpha at the edge of the box. *behind*: what will hide all
    that lies within.
    """
    side = radius + 2 * blur + 2
    if rect.w < 2 * radius + 4 or rect.h < 2 * radius + 4:
        return
    corners = _shadow(radius, blur, strength, colour)
    left, top = rect.x - 2 * blur, rect.y - 2 * blur
    right, bottom = rect.right + 2 * blur - side, rect.bottom + 2 * blur - side
    for x, u in ((left, 0), (right, side)):
        for y, v in ((top, 0), (bottom, side)):
            surface.blit(corners, (x, y), (u, v, side, side))
    wide, high = right - left - side, bottom - top - side
    # The strips reach under the box as far as the corners do, so that a box that stands higher than its shadow leaves no gap.
    strips = [((side - 1, v, 1, side), pygame.Rect(left + side, y, wide, side)) for y, v in ((top, 0), (bottom, side))]
    strips += [((u, side - 1, side, 1), pygame.Rect(x, top + side, side, high)) for x, u in ((left, 0), (right, side))]
    for part, place in strips:
        if place.w > 0 and place.h > 0:
            strip = _strip(radius, blur, strength, colour, part, place.size)
            for seen in uncovered(place, behind):
                surface.blit(strip, seen, seen.move(-place.x, -place.y))


@lru_cache(maxsize=64)
def _shadow(radius: int, blur: int, strength: int, colour: Colour) -> pygame.Surface:
    side = radius + 2 * blur + 2
    picture = pygame.Surface((2 * side, 2 * side), pygame.SRCALPHA)
    picture.fill((*colour, 0))
    inner = picture.get_rect().inflate(-4 * blur, -4 * blur)
    pygame.draw.rect(picture, (*colour, strength), inner, border_radius=radius)
    return pygame.transform.gaussian_blur(picture, max(1, blur))


@lru_cache(maxsize=128)
def _strip(
    radius: int, blur: int, strength: int, colour: Colour, part: tuple[int, int, int, int], size: tuple[int, int]
) -> pygame.Surface:
    return pygame.transform.scale(_shadow(radius, blur, strength, colour).subsurface(part), size)


# ---- icons
@lru_cache(maxsize=200)
def _svg(name: str) -> bytes | None:
    path = shipped("assets") / "icons" / f"{name}.svg"
    return path.read_bytes() if path.is_file() else None


@lru_cache(maxsize=800)
def _icon(name: str, size: int, colour: Colour) -> pygame.Surface:
    file = _svg(name)
    if file is None:
        raise FileNotFoundError(name)
    fine = pygame.image.load_sized_svg(BytesIO(file), (size * FINE, size * FINE)).convert_alpha()
    fine.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)
    picture = pygame.transform.smoothscale(fine, (size, size))
    picture.fill((*colour, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return picture


def icon(surface: pygame.Surface, name: str, centre: Point, size: int, colour: Colour) -> None:
    """An icon of the set in assets/icons, by its name, *size* pixels wide and high."""
    picture = _icon(name, max(1, size), colour)
    surface.blit(picture, picture.get_rect(center=(round(centre[0]), round(centre[1]))))
