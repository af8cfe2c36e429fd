"""The inset: the belts around the contested islets, too small to be read on the chart itself, with the pieces in them."""

from collections.abc import Iterable, Sequence

import pygame
from attrs import define, evolve, field

from game.scenario.map import Place
from game.window.chart import labels
from game.window.chart.atlas import Atlas
from game.window.chart.clusters import Group, Seat, arranged
from game.window.chart.counters import SMALL, Piece, counter
from game.window.chart.furniture import card
from game.window.chart.lettering import blank
from game.window.chart.names import Name, islet
from game.window.chart.projection import Area, Frame, Lens, Spot, area_of, spot
from game.window.chart.tiles import Tiles
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.words import say

FRAME: Frame = (123.0, 25.33, 125.02, 26.4)
"""What the inset shows: the islets with 24 nautical miles around them."""

AREA: Area = area_of(FRAME)

READABLE = 150.0
"""Pixels of the design per degree from which on the belts can be read on the chart."""

WIDEST, LEAST = 400, 300
"""Widths of the inset, in pixels of the design."""

ANY = ("below", "above", "right", "left", "away")
"""Sides of an islet on which its name may stand."""


def short_names() -> dict[str, tuple[str, tuple[str, ...]]]:
    """The islets that the inset names: their names in short, and on which side; the others lie beside the first."""
    return {
        "islet-uotsuri": (say("Uotsuri / Diaoyu / Diaoyutai"), ANY),
        "islet-kuba": (say("Kuba / Huangwei"), ("above", "right", *ANY)),
        "islet-taisho": (say("Taisho / Chiwei"), ANY),
    }


def wanted(kit: Kit, scale: float, free: pygame.Rect, belts: Iterable[str]) -> bool:
    """Whether the chart at a scale needs the inset, and has room for it."""
    return bool(tuple(belts)) and scale < READABLE * kit.u and free.w >= kit.px(520) and free.h >= kit.px(380)


def placed(kit: Kit, free: pygame.Rect, seats: Sequence[pygame.Rect], bar: pygame.Rect) -> pygame.Rect:
    """Where the inset stands: in the left corner of the free part where it covers fewer counters, rather the lower.

    *bar* is the scale bar, above which it stands where it cannot stand beside it.
    """
    wide = round(min(max(free.w * 0.36, kit.px(LEAST)), kit.px(WIDEST)))
    high = round(wide * (AREA[3] - AREA[1]) / (AREA[2] - AREA[0]))
    edge = kit.px(20)
    low = pygame.Rect(free.x + edge, free.bottom - edge - high, wide, high)
    if low.inflate(edge, 0).colliderect(bar):
        low.bottom = bar.top - kit.px(12)
    corners = [low, pygame.Rect(free.x + edge, free.y + kit.px(44), wide, high)]
    return min(corners, key=lambda one: len(one.inflate(edge, edge).collidelistall(list(seats))))


@define(eq=False)
class Inset:
    """The picture of the inset, drawn anew only when something in it changed."""

    atlas: Atlas
    rect: pygame.Rect = field(factory=lambda: pygame.Rect(0, 0, 0, 0))
    groups: tuple[Group, ...] = ()
    busy: bool = False
    _lens: Lens | None = None
    _picture: pygame.Surface | None = None
    _key: tuple[object, ...] = ()

    def prepare(self, kit: Kit, tiles: Tiles, rect: pygame.Rect, pieces: Sequence[Piece], chosen: str) -> None:
        """Draw it as it is to be seen now; nothing is done when that is as before."""
        key = (kit, tiles.style, rect.topleft, rect.size, tuple(pieces), chosen)
        if key == self._key and not self.busy:
            return
        self._key, self.rect = key, rect
        level = tiles.level(Lens((0, 0), 1, rect.size).fitted(AREA).scale, True)
        self._lens = lens = Lens(((AREA[0] + AREA[2]) / 2, (AREA[1] + AREA[3]) / 2), level.scale, rect.size)
        picture = pygame.Surface(rect.size)
        self.busy = tiles.paint(picture, picture.get_rect(), lens, level)
        # Names come first here: islets have their places, counters stand anywhere in their zone.
        walls = self._write(kit, picture, lens)
        room = picture.get_rect()
        self.groups = arranged(kit, pieces, lambda zone: lens.seen(self._spot(zone)), SMALL, walls, room)
        self._counters(kit, picture, lens, chosen)
        self._picture = _rounded(kit, picture)

    def draw(self, kit: Kit, surface: pygame.Surface) -> None:
        """Lay it on the chart."""
        if self._picture is not None:
            card(kit, surface, self.rect.inflate(kit.px(8), kit.px(8)), 10)
            surface.blit(self._picture, self.rect)

    def seats(self) -> Iterable[tuple[Seat, pygame.Rect, tuple[float, float]]]:
        """The counters of the inset: where they stand, and their middles, in pixels of the window."""
        if self._lens is None:
            return
        for group in self.groups:
            x, y = self._lens.seen(self._spot(group.zone))
            for seat in group.seats:
                middle = x + seat.offset[0] + self.rect.x, y + seat.offset[1] + self.rect.y
                size = seat.size
                yield (
                    seat,
                    pygame.Rect(round(middle[0] - size[0] / 2), round(middle[1] - size[1] * 0.33), *size),
                    middle,
                )

    def point(self, at: tuple[int, int]) -> tuple[float, float] | None:
        """The place on Earth that the inset shows at a pixel of the window."""
        if self._lens is None or not self.rect.collidepoint(at):
            return None
        return self._lens.point((at[0] - self.rect.x, at[1] - self.rect.y))

    def _spot(self, zone: str) -> Spot:
        return spot(self.atlas.waters[zone].zone.label_point)

    def _write(self, kit: Kit, picture: pygame.Surface, lens: Lens) -> list[pygame.Rect]:
        """Write the names of the islets; what they and the heading cover."""
        head, room = _head(kit), picture.get_rect()
        names = [self._name(kit, one) for one in self.atlas.islets if one.id in short_names()]
        found = labels.settled(kit, names, lens, [head], room)
        if labels.draw(kit, picture, found, lens, (0, 0), room, ()):
            self.busy = True
        return [head, *(one.rect(lens.seen(one.name.at)) for one in found)]

    def _name(self, kit: Kit, place: Place) -> Name:
        """The name of an islet in every party's form, in short."""
        text, sides = short_names()[place.id]
        name = islet(place, kit.theme, 12)
        return evolve(name, lines=((text, *name.lines[0][1:]), *name.lines[1:]), sides=sides)

    def _counters(self, kit: Kit, picture: pygame.Surface, lens: Lens, chosen: str) -> None:
        for group in self.groups:
            x, y = lens.seen(self._spot(group.zone))
            for seat in group.seats:
                counter(kit, seat.look(chosen, SMALL)).draw(picture, (x + seat.offset[0], y + seat.offset[1]))
        box = _head(kit)
        paint.box(picture, box, kit.px(6), (*kit.theme.panel, 225))
        top = box.centery - kit.line("semibold", 12) / 2
        kit.text(picture, say("Detail 12 nm / 24 nm"), box.x + kit.px(8), top, "semibold", 12, kit.theme.ink2)


def _head(kit: Kit) -> pygame.Rect:
    """Where the heading stands."""
    wide = kit.width(say("Detail 12 nm / 24 nm"), "semibold", 12)
    return pygame.Rect(kit.px(8), kit.px(8), wide + kit.px(16), kit.px(22))


def _rounded(kit: Kit, picture: pygame.Surface) -> pygame.Surface:
    """A picture with round corners."""
    mask = blank(picture.get_size(), (255, 255, 255))
    paint.box(mask, mask.get_rect(), kit.px(7), (255, 255, 255))
    mask.blit(picture, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
    return mask
