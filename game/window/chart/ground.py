"""What lies below names and counters: sea and land with their lines, sharp at rest and scaled while the view moves."""

from collections.abc import Sequence

import pygame
from attrs import define, field

from game.window.chart.projection import SHEET, Lens
from game.window.chart.scene import box
from game.window.chart.tiles import Backdrop, Tiles
from game.window.kit import paint
from game.window.kit.kit import Kit

FADE = 72
"""How wide the edge of the sheet fades, in pixels of the design."""

SHARP, SCALED, WHOLE = range(3)
"""Pictures as large as the chart: the ground that a motion begins with, the same scaled, and the whole chart at rest."""

ROUNDED = 64
"""How much larger a scaled picture may be for being cut at whole pixels."""


@define(eq=False)
class Ground:
    """The ground of one chart. *missing*: whether tiles are; *tiled*: whether the last frame drew some."""

    tiles: Tiles
    kit: Kit
    area: pygame.Rect = field(factory=lambda: pygame.Rect(0, 0, 0, 0))
    missing: bool = True
    tiled: bool = False
    _picture: Backdrop | None = None
    _before: Backdrop | None = None
    _rested: Lens | None = None
    _sheets: dict[int, pygame.Surface] = field(factory=dict)

    def renew(self, kit: Kit, area: pygame.Rect) -> None:
        """Draw from now on in another look or place."""
        self.kit, self.area = kit, area
        self._picture = self._before = None

    def forget(self) -> None:
        """Drop the pictures that are drawn on again and again."""
        self._sheets.clear()

    def draw(self, surface: pygame.Surface, lens: Lens, covered: Sequence[pygame.Rect], *, moving: bool,
             yielding: bool) -> None:  # fmt: skip
        """Sea and land with their lines, and the desk around the sheet. *covered*: what will be drawn over; *yielding*:
        other work waits for its frame, and new tiles take turns with it.
        """
        sheet = box(lens, SHEET).move(self.area.topleft)
        for beside in paint.around(self.area, sheet):
            for part in paint.uncovered(beside, covered):
                surface.fill(self.kit.theme.page, part)
        clip = surface.get_clip()
        surface.set_clip(sheet.clip(clip))
        if moving:
            self._in_motion(surface, lens, covered)
        else:
            self._at_rest(surface, lens, covered, yielding)
        surface.set_clip(clip)
        self._fade(surface, sheet, covered)

    def _at_rest(self, surface: pygame.Surface, lens: Lens, covered: Sequence[pygame.Rect], yielding: bool) -> None:
        """The sharp picture, or as much of it as there is yet."""
        arrived = self._picture is not None
        if self._picture is not None:
            self._before, self._picture = self._picture.seen_by(lens), None
        self._rested = lens
        seen = (surface, self.area, lens, self.tiles.level(lens.scale), self._before, covered)
        if arrived or (self.tiled and yielding):
            self.tiles.paint_kept(*seen)
            self.missing, self.tiled = True, False
            return
        self.missing = self.tiled = self.tiles.paint(*seen)
        if not self.missing:
            self._before = None

    def _in_motion(self, surface: pygame.Surface, lens: Lens, covered: Sequence[pygame.Rect]) -> None:
        """The last sharp picture, scaled."""
        if self._picture is None:
            self._picture = self._snapshot(self._rested or lens)
        seen = self._picture.seen_by(lens, self.sheet(SCALED))
        there = seen.rect(lens).move(self.area.topleft)
        for hole in paint.around(surface.get_clip(), there):
            self.tiles.blurred(surface, hole, lens.part((hole.x - self.area.x, hole.y - self.area.y), hole.size))
        for part in paint.uncovered(there.clip(self.area), covered):
            surface.blit(seen.picture, part, part.move(-there.x, -there.y))

    def _snapshot(self, rested: Lens) -> Backdrop:
        """The ground as it was before the view began to move."""
        picture = self.sheet(SHARP)
        level = self.tiles.level(rested.scale)
        self.tiles.paint_kept(picture, picture.get_rect(), rested, level, self._before)
        return Backdrop(picture, rested)

    def sheet(self, number: int) -> pygame.Surface:
        """A picture as large as the chart to draw on, and to draw on again: a new one costs a large window half a frame."""
        found, size = self._sheets.get(number), self.area.size
        if number == SCALED:
            size = size[0] + ROUNDED, size[1] + ROUNDED
        if found is None or found.get_size() != size:
            found = self._sheets[number] = pygame.Surface(size)
            # Systems give memory when it is first written to: now, not in the first frame of a motion.
            found.fill(self.kit.theme.page)
        return found

    def _fade(self, surface: pygame.Surface, sheet: pygame.Rect, covered: Sequence[pygame.Rect]) -> None:
        """Where the data end the sheet fades into the desk, instead of breaking off. The veils are as long as the area, so
        that one picture of each serves while the sheet moves.
        """
        deep, whole, seen = self.kit.px(FADE), self.area, sheet.clip(self.area)
        for beyond, veil, side in (
            (sheet.left > whole.left, (seen.left, whole.top, deep, whole.h), "left"),
            (sheet.right < whole.right, (seen.right - deep, whole.top, deep, whole.h), "right"),
            (sheet.top > whole.top, (whole.left, seen.top, whole.w, deep), "top"),
            (sheet.bottom < whole.bottom, (whole.left, seen.bottom - deep, whole.w, deep), "bottom"),
        ):
            if beyond:
                paint.fade(surface, pygame.Rect(veil), self.kit.theme.page, side, covered)
