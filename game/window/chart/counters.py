"""Pieces and how they look: the plate of a counter with its sign, its label and what hangs on it.

The side of a piece is never told by colour alone: its label begins with the side's short code. Who it belongs to shows
in the plate: coast guard white with a frame and a corner stripe, navy and air force solid, civilians round.
"""

import math
from functools import lru_cache

import pygame
from attrs import frozen

from game.window.chart.lettering import blank
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.theme import Colour, mixed
from game.words import say

SIZE = 34
"""Width of a counter, in pixels of the design."""

SMALL = 28
"""Width of a counter in an inset."""

LABEL = 17
"""Height of the plate of its label."""

FINE = 4
"""How much larger signs are drawn than they are shown."""

Outline = tuple[tuple[float, float], ...]

SIGNS: dict[str, tuple[Outline, ...]] = {
    "ship": (((0, -1), (0.24, -0.68), (0.37, -0.25), (0.38, 0.6), (0.28, 0.95), (-0.28, 0.95), (-0.38, 0.6),
              (-0.37, -0.25), (-0.24, -0.68)),),
    "aircraft": (((0, -1), (0.13, -0.74), (0.15, -0.3), (1, 0.24), (1, 0.44), (0.15, 0.2), (0.1, 0.64), (0.38, 0.86),
                  (0.38, 1), (0, 0.9), (-0.38, 1), (-0.38, 0.86), (-0.1, 0.64), (-0.15, 0.2), (-1, 0.44), (-1, 0.24),
                  (-0.15, -0.3), (-0.13, -0.74)),),
    "boats": (((-0.42, -0.8), (-0.16, -0.42), (-0.16, 0.42), (-0.68, 0.42), (-0.68, -0.42)),
              ((0.42, -0.3), (0.68, 0.08), (0.68, 0.92), (0.16, 0.92), (0.16, 0.08))),
}  # fmt: skip
"""Outlines of the signs, pointing up, within a circle of radius 1."""


@frozen
class Piece:
    """A unit as one seat knows it.

    *label* is short, for the chart; *service* is coast_guard, navy, air or civilian; *kind* ship, aircraft or boats.
    *zone* is where it is; *seen* is empty for what the seat knows for sure, otherwise says from when its knowledge is.
    *bound* is the zone it is under way to, empty for none.
    """

    id: str
    label: str
    name: str
    side: str
    service: str
    kind: str
    zone: str
    seen: str = ""
    ordered: bool = False
    bound: str = ""

    @property
    def code(self) -> str:
        """What its label says: the code of the side first."""
        code = self.side.upper()
        return self.label if not code or self.label.upper().startswith(code) else f"{code} {self.label}"

    @property
    def title(self) -> str:
        """The head of its hover card."""
        return self.name

    @property
    def lines(self) -> tuple[str, ...]:
        """What its hover card says below its name."""
        said = [f"{self.side.upper()} · {service_word(self.service)}" if self.side else service_word(self.service)]
        if self.seen:
            said.append(self.seen)
        if self.ordered:
            said.append(say("Has an order this turn"))
        return tuple(said)


def service_word(service: str) -> str:
    """A service as people call it."""
    words = {
        "coast_guard": say("Coast guard"),
        "navy": say("Navy"),
        "air": say("Air"),
        "civilian": say("Civilian"),
    }
    return words.get(service, service.replace("_", " "))


@frozen
class Picture:
    """A drawn counter: lay *surface* so that its pixel *anchor* comes where the middle of the counter is to be."""

    surface: pygame.Surface
    anchor: tuple[int, int]

    def draw(self, surface: pygame.Surface, at: tuple[float, float]) -> None:
        """Draw it with its middle at a pixel."""
        surface.blit(self.surface, (round(at[0]) - self.anchor[0], round(at[1]) - self.anchor[1]))


@frozen
class Look:
    """What decides how a counter looks. *count* is the number of pieces in a stack, 1 for a single one."""

    label: str
    side: str
    service: str
    kind: str
    old: bool = False
    ordered: bool = False
    chosen: bool = False
    count: int = 1
    size: int = SIZE


def cell(kit: Kit, label: str, size: int = SIZE) -> tuple[int, int]:
    """Width and height that a counter with its label needs."""
    plate = kit.width(label, "semibold", 12) + kit.px(10) if label else 0
    return max(kit.px(size + 8), plate + kit.px(6)), kit.px(size + 3 + LABEL + 9)


@lru_cache(maxsize=600)
def counter(kit: Kit, look: Look) -> Picture:
    """A counter as a picture."""
    colour = kit.theme.side(look.side)
    wide = max(kit.px(look.size + 30), cell(kit, look.label, look.size)[0] + kit.px(4))
    above, below = kit.px(look.size / 2 + 16), kit.px(look.size / 2 + 3 + LABEL + 4)
    surface = blank((wide, above + below), colour)
    x, y, size = wide // 2, above, kit.px(look.size)
    rect = pygame.Rect(x - size // 2, y - size // 2, size, size)
    radius = size // 2 if look.service == "civilian" else kit.px(8)
    if look.chosen:
        ring = size / 2 + kit.px(9)
        paint.disc(surface, (x, y), ring, (*kit.theme.accent, 46), (*kit.theme.accent, 255), kit.px(2))
    if look.count > 1:
        behind = rect.move(kit.px(4), -kit.px(4))
        paint.box(surface, behind, radius, _paper(kit), colour, kit.px(2))
    paint.shadow(surface, rect, radius, kit.px(3), 130 if kit.theme.dark else 70, kit.theme.shade)
    _plate(kit, surface, rect, look, colour)
    if look.count > 1:
        _badge(kit, surface, (rect.right - kit.px(1), rect.top), str(look.count), colour)
    if look.ordered:
        _tick(kit, surface, (rect.right - kit.px(1), rect.bottom - kit.px(2)))
    if look.label:
        _label(kit, surface, (x, rect.bottom + kit.px(3)), look)
    return Picture(surface, (x, y))


@lru_cache(maxsize=200)
def sign(kind: str, radius: int, colour: Colour) -> pygame.Surface:
    """The sign of a kind of unit."""
    size = 2 * radius + 2
    fine = blank((size * FINE, size * FINE), colour)
    for outline in SIGNS.get(kind, SIGNS["ship"]):
        middle = size * FINE / 2
        pygame.draw.polygon(
            fine, colour, [(middle + x * radius * FINE, middle + y * radius * FINE) for x, y in outline]
        )
    return pygame.transform.smoothscale(fine, (size, size))


def _paper(kit: Kit) -> Colour:
    return mixed(kit.theme.page, (16, 30, 40), 0.6) if kit.theme.dark else kit.theme.panel


def _plate(kit: Kit, surface: pygame.Surface, rect: pygame.Rect, look: Look, colour: Colour) -> None:
    """The plate with its sign."""
    paper = _paper(kit)
    inked = mixed(colour, paper, 0.4) if look.old else colour
    radius = rect.w // 2 if look.service == "civilian" else kit.px(8)
    solid = look.service in {"navy", "air"}
    if look.old:
        # Knowledge that may be out of date: a paler plate in a broken frame.
        paint.box(surface, rect, radius, mixed(colour, paper, 0.72) if solid else paper)
        _broken(kit, surface, rect, radius, inked)
        drawn = paper if solid else inked
    elif solid:
        edge = mixed(colour, (255, 255, 255) if kit.theme.dark else (0, 0, 0), 0.25)
        paint.box(surface, rect, radius, colour, edge, kit.px(1))
        drawn = paper
    else:
        paint.box(surface, rect, radius, paper, colour, kit.px(2))
        drawn = colour
    if look.service == "coast_guard":
        _stripe(kit, surface, rect, inked)
    picture = sign(look.kind, round(rect.w * 0.31), drawn)
    surface.blit(picture, picture.get_rect(center=rect.center))


def _stripe(kit: Kit, surface: pygame.Surface, rect: pygame.Rect, colour: Colour) -> None:
    """The slanting stripe of a coast guard across the lower left corner."""
    side = kit.px(13)
    fine = blank((side * FINE, side * FINE), colour)
    full = side * FINE
    near, far = round(full * 0.12), round(full * 0.86)
    middle = round(full * 0.5)
    pygame.draw.polygon(
        fine, colour, [(near, full - far), (far, full - near), (middle, full - near), (near, full - middle)]
    )
    surface.blit(pygame.transform.smoothscale(fine, (side, side)), (rect.left, rect.bottom - side))


def _broken(kit: Kit, surface: pygame.Surface, rect: pygame.Rect, radius: int, colour: Colour) -> None:
    """A broken frame inside the edge of a plate."""
    size = rect.w * FINE
    fine = blank((size, size), colour)
    pygame.draw.rect(fine, (*colour, 255), fine.get_rect(), kit.px(2) * FINE, border_radius=radius * FINE)
    middle = size / 2
    for part in range(12):
        angle = math.tau * (part + 0.5) / 12
        way = [(middle + size * math.cos(angle + turn), middle + size * math.sin(angle + turn)) for turn in (-0.1, 0.1)]
        pygame.draw.polygon(fine, (*colour, 0), [(middle, middle), *way])
    surface.blit(pygame.transform.smoothscale(fine, rect.size), rect)


def _badge(kit: Kit, surface: pygame.Surface, at: tuple[int, int], text: str, colour: Colour) -> None:
    """The number of pieces in a stack."""
    paper = _paper(kit)
    paint.disc(surface, at, kit.px(10), colour, paper, kit.px(1.5))
    high = kit.line("semibold", 12)
    kit.text(surface, text, at[0], at[1] - high / 2, "semibold", 12, paper, "centre")


def _tick(kit: Kit, surface: pygame.Surface, at: tuple[int, int]) -> None:
    """The mark of a piece that has an order."""
    radius, paper = kit.px(8), _paper(kit)
    paint.disc(surface, at, radius, kit.theme.accent, paper, kit.px(1.5))
    size = radius * 2 * FINE
    fine = blank((size, size), paper)
    points = [(size * x, size * y) for x, y in ((0.28, 0.52), (0.44, 0.67), (0.72, 0.36))]
    pygame.draw.lines(fine, paper, False, points, round(1.8 * FINE * kit.u))
    small = pygame.transform.smoothscale(fine, (radius * 2, radius * 2))
    surface.blit(small, small.get_rect(center=at))


def _label(kit: Kit, surface: pygame.Surface, at: tuple[int, int], look: Look) -> None:
    """The plate with the label below a counter; *at* is the middle of its upper edge."""
    wide, high = kit.width(look.label, "semibold", 12) + kit.px(10), kit.px(LABEL)
    paint.box(surface, pygame.Rect(at[0] - wide // 2, at[1], wide, high), kit.px(4), (*_paper(kit), 228))
    top = at[1] + (high - kit.line("semibold", 12)) / 2
    colour = kit.theme.side_text(look.side)
    if look.old:
        colour = mixed(colour, _paper(kit), 0.22)
    kit.text(surface, look.label, at[0], top, "semibold", 12, colour, "centre")
