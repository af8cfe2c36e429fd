"""All counters of the chart: their groups at the points of their zones, the ways they are bound on, opened stacks."""

import math
from collections.abc import Iterator, Sequence

import pygame
from attrs import frozen

from game.window.chart.atlas import Atlas
from game.window.chart.clusters import Group, Seat, arranging
from game.window.chart.counters import Look, Piece, cell, counter
from game.window.chart.furniture import card
from game.window.chart.projection import Lens, Spot, spot
from game.window.chart.steps import Steps
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.theme import Colour, mixed

BEND = 0.14
"""How far the way of a piece bows to the side, as a share of its length."""

STEPS = 20
"""Straight parts of a way."""

LED = 30
"""Pixels of the design from which on a group that was pushed aside is led back to its zone by a line."""


@frozen(eq=False)
class Way:
    """A way from one zone to another: the seat it begins at, and where it goes."""

    seat: Seat
    start: Spot
    end: Spot
    side: str


@frozen(eq=False)
class Crowd:
    """The groups of counters with the points of their zones, and the ways that pieces are bound on."""

    groups: tuple[tuple[Group, Spot], ...]
    ways: tuple[Way, ...]


def gathering(kit: Kit, atlas: Atlas, pieces: Sequence[Piece], lens: Lens, walls: Sequence[pygame.Rect] = (),
              room: pygame.Rect | None = None) -> Steps[Crowd]:  # fmt: skip
    """The counters of pieces at the scale of a lens; *walls* are places to
    leave free within *room*, both in its pixels."""
    points = {zone: spot(water.zone.label_point) for zone, water in atlas.waters.items()}
    groups = yield from arranging(kit, pieces, lambda zone: lens.seen(points[zone]), fixed=walls, room=room)
    ways = {}
    for group in groups:
        for seat in group.seats:
            for one in seat.pieces:
                if one.bound in points and one.bound != one.zone:
                    ways[(seat.offset, one.side, one.bound)] = Way(seat, points[one.zone], points[one.bound], one.side)
    return Crowd(tuple((group, points[group.zone]) for group in groups), tuple(ways.values()))


def seats(kit: Kit, crowd: Crowd, lens: Lens, corner: tuple[int, int]) -> Iterator[tuple[Seat, pygame.Rect, Spot]]:
    """Every seat with what it covers and its middle, in pixels of the surface on which the lens is at *corner*."""
    for group, point in crowd.groups:
        x, y = lens.seen(point)
        for seat in group.seats:
            middle = x + seat.offset[0] + corner[0], y + seat.offset[1] + corner[1]
            yield seat, seat.rect(middle, kit), middle


def draw(kit: Kit, surface: pygame.Surface, crowd: Crowd, lens: Lens, corner: tuple[int, int], chosen: str) -> None:
    """Draw all counters, those that are selected last."""
    area = surface.get_clip().inflate(kit.px(80), kit.px(80))
    later = []
    for seat, rect, middle in seats(kit, crowd, lens, corner):
        if area.colliderect(rect):
            look = seat.look(chosen)
            if look.chosen:
                later.append((look, middle))
            else:
                counter(kit, look).draw(surface, middle)
    for look, middle in later:
        counter(kit, look).draw(surface, middle)


def draw_ways(kit: Kit, surface: pygame.Surface, crowd: Crowd, lens: Lens, corner: tuple[int, int]) -> None:
    """Draw the lines that lead groups back to their zones, and arrows to where pieces are bound."""
    for group, point in crowd.groups:
        away = math.hypot(*group.pushed)
        if away > kit.px(LED):
            x, y = lens.seen(point)
            start = x + corner[0], y + corner[1]
            end = start[0] + group.pushed[0], start[1] + group.pushed[1]
            paint.stroke(surface, (start, end), kit.theme.ink3, max(1, kit.px(1)))
            paint.disc(surface, start, kit.px(3), kit.theme.ink3, kit.theme.halo, kit.px(1))
    for way in crowd.ways:
        x, y = lens.seen(way.start)
        start = x + corner[0] + way.seat.offset[0], y + corner[1] + way.seat.offset[1]
        x, y = lens.seen(way.end)
        _arrow(kit, surface, start, (x + corner[0], y + corner[1]), kit.theme.side(way.side))


def _arrow(kit: Kit, surface: pygame.Surface, start: Spot, end: Spot, colour: Colour) -> None:
    """A dashed, bowed arrow that begins at the edge of a counter."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length < kit.px(50):
        return
    knee = (start[0] + end[0]) / 2 - dy * BEND, (start[1] + end[1]) / 2 + dx * BEND
    line = []
    first = kit.px(24) / length
    for step in range(STEPS + 1):
        t = first + (1 - first) * step / STEPS
        line.append(tuple((1 - t) ** 2 * start[k] + 2 * t * (1 - t) * knee[k] + t * t * end[k] for k in (0, 1)))
    points = [(one[0], one[1]) for one in line]
    soft = mixed(colour, kit.theme.halo, 0.15)
    paint.stroke(surface, points[:-1], soft, kit.px(2), dash=(kit.px(5), kit.px(4)))
    turn = math.atan2(points[-1][1] - points[-2][1], points[-1][0] - points[-2][0])
    size = kit.px(10)
    wings = [(end[0] + size * math.cos(turn + a), end[1] + size * math.sin(turn + a)) for a in (2.6, -2.6)]
    paint.polygon(surface, [end, *wings], soft)


@frozen(eq=False)
class Fan:
    """A stack that is opened: its pieces side by side on a card."""

    seat: Seat
    rect: pygame.Rect
    cells: tuple[tuple[Piece, pygame.Rect], ...]

    def piece(self, at: tuple[int, int]) -> Piece | None:
        """The piece at a pixel."""
        return next((one for one, rect in self.cells if rect.collidepoint(at)), None)


def opened(kit: Kit, seat: Seat, rect: pygame.Rect, room: pygame.Rect) -> Fan:
    """A stack opened above its place, within *room*."""
    columns = min(4, math.ceil(math.sqrt(len(seat.pieces))))
    rows = math.ceil(len(seat.pieces) / columns)
    wide = max(cell(kit, one.code)[0] for one in seat.pieces) + kit.px(4)
    high, edge = cell(kit, "")[1], kit.px(10)
    box = pygame.Rect(0, 0, columns * wide + 2 * edge, rows * high + 2 * edge - kit.px(2))
    box.midbottom = rect.centerx, rect.top + kit.px(6)
    if box.top < room.top:
        box.midtop = rect.centerx, rect.bottom - kit.px(6)
    box.clamp_ip(room)
    cells = []
    for number, one in enumerate(seat.pieces):
        row, column = divmod(number, columns)
        cells.append((one, pygame.Rect(box.x + edge + column * wide, box.y + edge + row * high, wide, high)))
    return Fan(seat, box, tuple(cells))


def draw_fan(kit: Kit, surface: pygame.Surface, fan: Fan, chosen: str) -> None:
    """Draw an opened stack."""
    card(kit, surface, fan.rect, 10)
    for one, rect in fan.cells:
        look = Look(one.code, one.side, one.service, one.kind, bool(one.seen), one.ordered, one.id == chosen)
        counter(kit, look).draw(surface, (rect.centerx, rect.y + kit.px(21)))
