"""The map behind the title: the whole sheet with soft edges, fading to the left, and the frames of the scenarios on it."""

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING

import pygame
from attrs import frozen

from game.window.chart.projection import SHEET, Frame, Lens, area_of
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.theme import Colour, mixed

if TYPE_CHECKING:
    from game.play.offering import Offer

COARSE = 8
"""How much smaller what lies beyond the sheet is drawn."""

LATEST = "2024-12-31"
"""A day on which all names stand; lines of a day are left out here."""

PATIENCE = 0.03
"""Seconds of a frame that are spent on drawing the map."""

ROUNDS = 1000
"""More than the chart needs to draw all its tiles."""


@frozen(eq=False)
class Ground:
    """The map as a picture of the size of the window, and the lens through which it is seen. *fine*: drawn by the chart."""

    picture: pygame.Surface
    lens: Lens
    fine: bool


def paper(kit: Kit) -> Colour:
    """What the title is printed on."""
    return kit.theme.page if kit.theme.dark else kit.theme.panel


def coarse(kit: Kit, size: tuple[int, int], free: pygame.Rect, around: Frame, left: int) -> Ground:
    """The map at once, from its baked picture alone."""
    from game.window.chart.base import read_base

    inner = Lens((0.0, 0.0), 1.0, free.size).fitted(area_of(around))
    lens = _whole(inner, size, free)
    picture = _beyond(kit, size, lens)
    sheet = _sheet(lens)
    soft = pygame.Surface(size, pygame.SRCALPHA)
    soft.blit(pygame.transform.scale(read_base(kit.theme).overview(900), sheet.size), sheet)
    soft.blit(_mask(size, sheet), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    picture.blit(soft, (0, 0))
    _fade(kit, picture, left)
    return Ground(picture, lens, False)


def blank(kit: Kit, size: tuple[int, int], left: int) -> Ground:
    """Nothing but sea: what is there before the map could be read."""
    picture = pygame.Surface(size).convert()
    picture.fill(kit.theme.sea[1])
    _fade(kit, picture, left)
    return Ground(picture, Lens((0.0, 0.0), 1.0, size), False)


class Drafting:
    """The map as the chart draws it, with names; a little at a time, so that the window answers meanwhile."""

    def __init__(self, kit: Kit, size: tuple[int, int], free: pygame.Rect, around: Frame, left: int) -> None:
        from game.window.chart.view import Chart

        self.kit, self.left = kit, left
        self.chart = Chart(kit, LATEST, (), around)
        self.chart.layers = {"names", "belts"}
        self.chart.place(pygame.Rect((0, 0), size), free)
        self.drawn = pygame.Surface(size).convert()
        self.rounds = 0

    def step(self) -> Ground | None:
        """Go on drawing; the map once it is done."""
        started = perf_counter()
        while self.rounds < ROUNDS:
            self.chart.draw(self.drawn)
            self.rounds += 1
            if not self.chart.busy:
                break
            if perf_counter() - started > PATIENCE:
                return None
        lens, sheet = self.chart.lens, _sheet(self.chart.lens)
        size = self.drawn.get_size()
        picture = self.drawn
        if not sheet.contains(self.drawn.get_rect()):
            picture = _beyond(self.kit, size, lens)
            soft = self.drawn.convert_alpha()
            soft.blit(_mask(size, sheet), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
            picture.blit(soft, (0, 0))
        _fade(self.kit, picture, self.left)
        return Ground(picture, lens, True)


def _whole(inner: Lens, size: tuple[int, int], free: pygame.Rect) -> Lens:
    """The lens of the whole window for that of its free part."""
    middle = inner.under((size[0] / 2 - free.x, size[1] / 2 - free.y))
    return Lens(middle, inner.scale, size)


def _sheet(lens: Lens, share: int = 1) -> pygame.Rect:
    left, top = lens.seen((SHEET[0], SHEET[1]))
    right, bottom = lens.seen((SHEET[2], SHEET[3]))
    return pygame.Rect(
        round(left / share), round(top / share), round((right - left) / share), round((bottom - top) / share)
    )


def _beyond(kit: Kit, size: tuple[int, int], lens: Lens) -> pygame.Surface:
    """The sheet, blurred, with its edges drawn out to those of the window."""
    from game.window.chart.base import read_base

    wide, high = -(-size[0] // COARSE), -(-size[1] // COARSE)
    sheet = _sheet(lens, COARSE)
    canvas = pygame.Surface((wide, high))
    canvas.fill(kit.theme.sea[1])
    overview = pygame.transform.smoothscale(read_base(kit.theme).overview(max(2, sheet.w)), sheet.size)
    canvas.blit(overview, sheet)
    seen = sheet.clip(canvas.get_rect())
    if seen.w > 2 and seen.h > 2:
        for x, gap in ((seen.x, pygame.Rect(0, seen.y, seen.x, seen.h)),
                       (seen.right - 1, pygame.Rect(seen.right, seen.y, wide - seen.right, seen.h))):  # fmt: skip
            canvas.blit(pygame.transform.scale(canvas.subsurface((x, seen.y, 1, seen.h)), gap.size), gap)
        for y, gap in ((seen.y, pygame.Rect(0, 0, wide, seen.y)),
                       (seen.bottom - 1, pygame.Rect(0, seen.bottom, wide, high - seen.bottom))):  # fmt: skip
            canvas.blit(pygame.transform.scale(canvas.subsurface((0, y, wide, 1)), gap.size), gap)
    # Drawn-out edges are no map: washed out, they are only there so that the picture has no end.
    wash = pygame.Surface((wide, high))
    wash.fill(kit.theme.sea[1])
    wash.set_alpha(110)
    canvas.blit(wash, (0, 0))
    return pygame.transform.smoothscale(pygame.transform.gaussian_blur(canvas, 14), size).convert()


def _mask(size: tuple[int, int], sheet: pygame.Rect) -> pygame.Surface:
    """White where the sheet is, softly ending at its edges."""
    wide, high = -(-size[0] // COARSE), -(-size[1] // COARSE)
    mask = pygame.Surface((wide, high), pygame.SRCALPHA)
    mask.fill((255, 255, 255, 0))
    inner = pygame.Rect(sheet.x // COARSE, sheet.y // COARSE, sheet.w // COARSE, sheet.h // COARSE).inflate(-22, -22)
    mask.fill((255, 255, 255, 255), inner)
    return pygame.transform.smoothscale(pygame.transform.gaussian_blur(mask, 9), size)


def _fade(kit: Kit, picture: pygame.Surface, left: int) -> None:
    """Paper at the left, nothing of it from a third of the way beyond *left*."""
    colour = paper(kit)
    reach = round(left * 1.4)
    begin = round(left * 0.72)
    veil = pygame.Surface((reach, 1), pygame.SRCALPHA)
    for x in range(reach):
        share = min(1.0, max(0.0, (x - begin) / (reach - begin)))
        veil.set_at((x, 0), (*colour, round(255 * (1 - share * share * (3 - 2 * share)))))
    picture.blit(pygame.transform.scale(veil, (reach, picture.get_height())), (0, 0))


# ---- the frames of the scenarios
def around(frames: Sequence[Frame]) -> Frame:
    """The smallest frame around several; the middle of the map without any."""
    if not frames:
        return (119.0, 23.0, 131.0, 34.0)
    wests, souths, easts, norths = zip(*frames, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def boxes(kit: Kit, lens: Lens, offers: Sequence["Offer"]) -> list[tuple[int, pygame.Rect, tuple[int, int]]]:
    """For each scenario with a frame its number from 0, its box, and where its number stands."""
    found: list[tuple[int, pygame.Rect, tuple[int, int]]] = []
    for number, offer in enumerate(offers):
        if offer.frame is None:
            continue
        left, top, right, bottom = area_of(offer.frame)
        x, y = lens.seen((left, top))
        z, w = lens.seen((right, bottom))
        rect = pygame.Rect(round(x), round(y), round(z - x), round(w - y))
        # Scenarios with one frame have their numbers side by side.
        same = sum(1 for _, other, _ in found if other == rect)
        found.append((number, rect, (rect.x + kit.px(30) * same, rect.y)))
    return found


def draw_boxes(
    surface: pygame.Surface, kit: Kit, lens: Lens, offers: Sequence["Offer"], taken: int, hover: int
) -> None:
    """The boxes with their numbers; the one that is taken last, so that it lies on top."""
    theme = kit.theme
    found = boxes(kit, lens, offers)
    for number, rect, _at in sorted(found, key=lambda one: one[0] == taken):
        mine = number == taken
        if mine:
            paint.box(surface, rect, kit.px(10), (*theme.accent, 18))
        line = theme.accent if mine else mixed(theme.ink3, theme.sea[1], 0.25)
        paint.box(surface, rect, kit.px(10), None, line, kit.px(2.5 if mine else 1))
    for number, _rect, at in sorted(found, key=lambda one: one[0] == taken):
        mine = number == taken
        radius = kit.px(14)
        fill = theme.accent if mine else theme.panel3 if number == hover else theme.panel
        paint.disc(surface, at, radius, fill, theme.accent if mine else theme.line2, kit.px(1.5))
        kit.text(surface, str(number + 1), at[0], at[1] - kit.line("semibold", 14) // 2, "semibold", 14,
                 theme.on_accent if mine else theme.ink2, "centre")  # fmt: skip


def box_at(kit: Kit, lens: Lens, offers: Sequence["Offer"], point: tuple[int, int]) -> int:
    """The scenario whose number is at a pixel; -1 for none."""
    reach = kit.px(17)
    for number, _rect, (x, y) in boxes(kit, lens, offers):
        if abs(point[0] - x) <= reach and abs(point[1] - y) <= reach:
            return number
    return -1
