"""What lies below the lines of the chart: the picture baked for a theme, and crisp land for close looks."""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO

import pygame
from attrs import frozen

from game.scenario.shipped import shipped
from game.window.chart.atlas import Piece
from game.window.chart.ink import Sheet, fill
from game.window.chart.projection import SHEET, meet
from game.window.kit.theme import Colour, Theme, mixed

PER_DEGREE = 200.0
"""Pixels per degree of the baked picture; where there is none, what it would have."""

CRISP = 1.15
"""How far the baked picture may be enlarged before land is drawn from its outlines."""


@frozen(eq=False)
class Base:
    """The baked picture of a theme in full and in half size; without them the sea is plain."""

    theme: Theme
    sizes: tuple[pygame.Surface, ...]
    per_degree: float

    def draw(self, tile: pygame.Surface, column: int, row: int, sources: int) -> None:
        """Draw the part of the picture for a tile that is *sources* of its pixels wide."""
        tile.fill(self.theme.sea[0])
        if not self.sizes:
            return
        half = len(self.sizes) > 1 and sources % 2 == 0 and sources >= 2 * tile.get_width()
        picture, step = (self.sizes[1], sources // 2) if half else (self.sizes[0], sources)
        wanted = pygame.Rect(column * step, row * step, step, step)
        part = wanted.clip(picture.get_rect())
        if part == wanted:
            pygame.transform.smoothscale(picture.subsurface(part), tile.get_size(), tile)
        elif part.w > 0 and part.h > 0:
            share = tile.get_width() / step
            size = (max(1, round(part.w * share)), max(1, round(part.h * share)))
            tile.blit(pygame.transform.smoothscale(picture.subsurface(part), size), (0, 0))

    def overview(self, side: int) -> pygame.Surface:
        """The whole picture, *side* pixels wide."""
        high = round(side * (SHEET[3] - SHEET[1]) / (SHEET[2] - SHEET[0]))
        if self.sizes:
            return pygame.transform.smoothscale(self.sizes[-1], (side, high))
        plain = pygame.Surface((side, high))
        plain.fill(self.theme.sea[0])
        return plain


def read_base(theme: Theme) -> Base:
    """The picture of a theme."""
    sizes = _pictures(theme.name)
    return Base(theme, sizes, sizes[0].get_width() / (SHEET[2] - SHEET[0]) if sizes else PER_DEGREE)


@lru_cache(maxsize=1)
def _pictures(name: str) -> tuple[pygame.Surface, ...]:
    """The picture of a theme in full and in half size. Only the last one read is kept: it is large."""
    path = shipped("assets") / "chart" / f"{name}.webp"
    if not path.is_file():
        return ()
    picture = pygame.image.load(BytesIO(path.read_bytes()))
    if pygame.display.get_surface() is not None:
        picture = picture.convert()
    return picture, pygame.transform.smoothscale(picture, (picture.get_width() // 2, picture.get_height() // 2))


def draw_land(tile: pygame.Surface, sheet: Sheet, land: Iterable[Piece], theme: Theme, blown: float, u: float) -> None:
    """Draw land from its outlines. *blown*: how far the baked picture below is enlarged.

    Its blurred coast is covered by a band in the colour of the shallows before the land goes on top.
    """
    band = round(min(3 * blown, 26 * u))
    near = [one for one in land if meet(one.area, sheet.area(band))]
    lines = [sheet.pixels(line) for one in near for line in one.coast if len(line) > 1]
    seen = pygame.Rect(-band, -band, sheet.side + 2 * band, sheet.side + 2 * band)
    lines = [line for line in lines if _bounds(line).colliderect(seen)]
    # From the outside in, so that the band fades into what the picture shows around the coast.
    for reach, share in ((1.0, 0.35), (0.75, 0.5), (0.5, 0.65)):
        for line in lines:
            _band(tile, line, round(band * reach), mixed(theme.sea[0], theme.glow, share))
    for one in near:
        fill(tile, sheet, one.fill, theme.land)
    for line in lines:
        if u >= 1.5:
            pygame.draw.lines(tile, theme.coast, False, line, round(u))
        pygame.draw.aalines(tile, theme.coast, False, line)


def _band(tile: pygame.Surface, line: list[tuple[float, float]], half: int, colour: Colour) -> None:
    pygame.draw.lines(tile, colour, False, line, 2 * half)
    if half > 5:
        for corner in line:
            pygame.draw.circle(tile, colour, corner, half)


def _bounds(line: list[tuple[float, float]]) -> pygame.Rect:
    left, top = min(x for x, _ in line), min(y for _, y in line)
    return pygame.Rect(left, top, max(x for x, _ in line) - left + 1, max(y for _, y in line) - top + 1)
