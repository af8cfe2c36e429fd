"""What is worked out for one view of the chart: where counters stand and where names fit between them.

Placing the names of a view takes longer than one frame, so they are placed a few at a time.
"""

from collections.abc import Iterator, Sequence

import pygame
from attrs import define, field, frozen

from game.window.chart import crowd, inset, labels
from game.window.chart.atlas import Atlas
from game.window.chart.counters import Piece
from game.window.chart.furniture import Layout
from game.window.chart.names import names
from game.window.chart.projection import Area, Lens, spot
from game.window.kit.kit import Kit

MORE = 0.3
"""How far beyond the view names are placed, as a share of its size."""


@frozen(eq=False)
class Scene:
    """Counters and names for one view. *key* tells for what it was worked out, *inset* where the inset stands."""

    key: tuple[object, ...]
    area: Area
    crowd: crowd.Crowd
    labels: tuple[labels.Label, ...]
    inset: pygame.Rect


@define(eq=False)
class Coming:
    """A scene whose names are still being placed."""

    scene: Scene
    rest: Iterator[labels.Label | None]
    found: list[labels.Label | None] = field(factory=list)


@frozen(eq=False)
class Window:
    """What the chart is seen through: lens and place of the whole chart, its free part, furniture, whether with inset."""

    lens: Lens
    area: pygame.Rect
    free: pygame.Rect
    layout: Layout
    inset: bool


def begun(kit: Kit, atlas: Atlas, pieces: Sequence[Piece], layers: frozenset[str], window: Window,
          key: tuple[object, ...], kept: Scene | None) -> Coming:  # fmt: skip
    """A scene with its counters placed. One that was *kept* for the same key lends them: dragging moves no counter."""
    lens = window.lens
    west, north, east, south = lens.area
    more = (east - west) * MORE, (south - north) * MORE
    area = west - more[0], north - more[1], east + more[0], south + more[1]
    if kept is not None and kept.key == key:
        standing, corner = kept.crowd, kept.inset
    else:
        standing, corner = _standing(kit, atlas, pieces, window)
    taken = [rect for _, rect, _ in crowd.seats(kit, standing, lens, (0, 0))]
    written = names(atlas, kit.theme, layers, lens.scale / kit.u, area)
    near = [one for one in written if area[0] <= one.at[0] <= area[2] and area[1] <= one.at[1] <= area[3]]
    return Coming(Scene(key, area, standing, (), corner), labels.settling(kit, near, lens, taken))


def _standing(kit: Kit, atlas: Atlas, pieces: Sequence[Piece], window: Window) -> tuple[crowd.Crowd, pygame.Rect]:
    """Where counters stand, clear of furniture, and where the inset stands."""
    lens = window.lens
    away = -window.area.x, -window.area.y
    walls = [one.move(away) for one in window.layout.rects()]
    corner = pygame.Rect(0, 0, 0, 0)
    if window.inset:
        # What it details should be seen beside it: the islets on the chart count as much as three counters.
        islets = box(window.lens, inset.AREA).move(window.area.topleft)
        taken = [*_likely(kit, atlas, pieces, window), *[islets] * 3]
        corner = inset.placed(kit, window.free, taken, window.layout.scale)
        walls += [corner.move(away), box(lens, inset.AREA)]
    return crowd.gathered(kit, atlas, pieces, lens, walls, window.free.move(away)), corner


def _likely(kit: Kit, atlas: Atlas, pieces: Sequence[Piece], window: Window) -> list[pygame.Rect]:
    """About where the counters will be: at the points of their zones."""
    side = kit.px(60)
    found = []
    for one in pieces:
        x, y = window.lens.seen(spot(atlas.waters[one.zone].zone.label_point))
        rect = pygame.Rect(0, 0, side, side)
        rect.center = round(x) + window.area.x, round(y) + window.area.y
        found.append(rect)
    return found


def within(inner: Area, outer: Area) -> bool:
    """Whether one rectangle lies in another."""
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def box(lens: Lens, area: Area) -> pygame.Rect:
    """A rectangle of the plane as a lens sees it."""
    left, top = lens.seen((area[0], area[1]))
    right, bottom = lens.seen((area[2], area[3]))
    return pygame.Rect(round(left), round(top), round(right) - round(left), round(bottom) - round(top))
