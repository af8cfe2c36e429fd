"""What is worked out for one view of the chart: where counters stand and where names fit between them.

That takes longer than one frame, so it is done a little at a time.
"""

from collections.abc import Sequence

import pygame
from attrs import frozen

from game.window.chart import crowd, inset, labels
from game.window.chart.atlas import Atlas
from game.window.chart.counters import Piece
from game.window.chart.furniture import Layout
from game.window.chart.names import names
from game.window.chart.projection import Area, Lens, spot
from game.window.chart.steps import Steps
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


@frozen(eq=False)
class Coming:
    """A scene that is still being worked out: for what, and the work."""

    key: tuple[object, ...]
    area: Area
    work: Steps[Scene]


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
    """A scene to be worked out. One that was *kept* for the same key lends its counters: dragging moves none."""
    west, north, east, south = window.lens.area
    more = (east - west) * MORE, (south - north) * MORE
    area = west - more[0], north - more[1], east + more[0], south + more[1]
    lent = kept if kept is not None and kept.key == key else None
    return Coming(key, area, _settling(kit, atlas, pieces, layers, window, (key, area), lent))


def _settling(kit: Kit, atlas: Atlas, pieces: Sequence[Piece], layers: frozenset[str], window: Window,
              which: tuple[tuple[object, ...], Area], lent: Scene | None) -> Steps[Scene]:  # fmt: skip
    """Counters first, then the names between them."""
    lens, (key, area) = window.lens, which
    if lent is not None:
        standing, corner = lent.crowd, lent.inset
    else:
        standing, corner = yield from _standing(kit, atlas, pieces, window)
    taken = [rect for _, rect, _ in crowd.seats(kit, standing, lens, (0, 0))]
    near = []
    for one in names(atlas, kit.theme, layers, lens.scale / kit.u, area):
        if area[0] <= one.at[0] <= area[2] and area[1] <= one.at[1] <= area[3]:
            near.append(one)
        yield
    found = []
    for label in labels.settling(kit, near, lens, taken):
        if label:
            found.append(label)
        yield
    return Scene(key, area, standing, tuple(found), corner)


def _standing(
    kit: Kit, atlas: Atlas, pieces: Sequence[Piece], window: Window
) -> Steps[tuple[crowd.Crowd, pygame.Rect]]:
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
    standing = yield from crowd.gathering(kit, atlas, pieces, lens, walls, window.free.move(away))
    return standing, corner


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
