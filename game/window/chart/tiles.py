"""The chart in square tiles: drawn a few at a time, kept, and replaced by a blurred view while they are missing."""

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from time import perf_counter

import pygame
from attrs import define, field, frozen

from game.scenario.map import features, rings
from game.scenario.shipped import shipped
from game.window.chart.atlas import Atlas, Line
from game.window.chart.base import CRISP, Base, draw_land, read_base
from game.window.chart.ink import FINE, Sheet, premultiplied, rule, wash
from game.window.chart.limits import look
from game.window.chart.projection import SHEET, Lens, Spot, meet, place, spot
from game.window.chart.steps import Steps
from game.window.kit import paint
from game.window.kit.theme import Theme

SIDE = 256
"""Pixels along a side of a tile."""

PATIENCE = 0.004
"""Seconds that a frame may spend on tiles."""

UNREADY = 8
"""How many tiles that are half drawn are kept at most."""

OVERVIEW = 900
"""Width in pixels of the blurred view of everything."""

SMOOTH = 2_600_000
"""Pixels, before and after together, up to which an older picture is scaled smoothly."""

Key = tuple[int, int, int]
"""Level, column and row of a tile."""


@frozen
class Level:
    """A scale at which a tile covers a whole number of pixels of the baked picture: so tiles meet without a seam."""

    sources: int
    per_degree: float

    @property
    def scale(self) -> float:
        """Pixels per degree."""
        return SIDE * self.per_degree / self.sources


def level_for(scale: float, per_degree: float, below: bool = False) -> Level:
    """The level nearest to a scale; with *below* the next one that is not larger."""
    sources = SIDE * per_degree / scale
    number = math.ceil(sources - 1e-6) if below else round(sources)
    # Small scales read the picture in half size, for which the number must be even.
    if number >= 2 * SIDE and number % 2:
        number += 1
    return Level(max(4, number), per_degree)


@frozen(eq=False)
class Style:
    """What decides how a tile looks besides its place."""

    theme: Theme
    u: float
    layers: frozenset[str]


def graticule_step(scale: float, u: float) -> float:
    """Degrees between the lines of the graticule."""
    return next((step for step in (0.05, 0.1, 0.25, 0.5, 1.0, 2.0) if step * scale >= 84 * u), 5.0)


@frozen(eq=False)
class Backdrop:
    """A picture of the chart, and the lens that saw it."""

    picture: pygame.Surface
    lens: Lens

    def rect(self, lens: Lens) -> pygame.Rect:
        """Where the picture lies for another lens of the same scale."""
        x, y = lens.seen(self.lens.under((0, 0)))
        return self.picture.get_rect(topleft=(round(x), round(y)))

    def seen_by(self, lens: Lens, onto: pygame.Surface | None = None) -> "Backdrop":
        """The picture scaled to what a lens sees: quickly *onto* a part of another, where there is one large enough."""
        times = lens.scale / self.lens.scale
        left, top = self.lens.seen(lens.under((0, 0)))
        right, bottom = self.lens.seen(lens.under(lens.size))
        edges = math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)
        part = pygame.Rect(edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1]).clip(self.picture.get_rect())
        if part.w < 1 or part.h < 1:
            return Backdrop(pygame.Surface((1, 1)), lens)
        size = max(1, round(part.w * times)), max(1, round(part.h * times))
        there = Lens(self.lens.under((part.x + part.w / 2, part.y + part.h / 2)), lens.scale, size)
        source = self.picture.subsurface(part)
        if onto is not None and size[0] <= onto.get_width() and size[1] <= onto.get_height():
            return Backdrop(pygame.transform.scale(source, size, onto.subsurface((0, 0), size)), there)
        # Smooth scaling of a very large window takes longer than a frame may.
        smooth = size[0] * size[1] + part.w * part.h < SMOOTH
        scale = pygame.transform.smoothscale if smooth else pygame.transform.scale
        return Backdrop(scale(source, size), there)


@define(eq=False)
class Tiles:
    """The tiles of one chart. *most* is how many bytes of them are kept."""

    atlas: Atlas
    style: Style
    base: Base
    kept: "OrderedDict[Key, pygame.Surface]" = field(factory=OrderedDict)
    most: int = 96 << 20
    _overview: pygame.Surface | None = None
    _making: dict[Key, Steps[pygame.Surface]] = field(factory=dict)
    _borders: tuple[Line, ...] | None = None

    def restyle(self, style: Style) -> None:
        """Draw from now on in another style."""
        if (style.theme.name, style.u, style.layers) == (self.style.theme.name, self.style.u, self.style.layers):
            return
        if style.theme.name != self.style.theme.name:
            self.base, self._overview = read_base(style.theme), None
        self.style = style
        self.kept.clear()
        self._making.clear()

    def level(self, scale: float, below: bool = False) -> Level:
        """The level for a scale."""
        return level_for(scale, self.base.per_degree, below)

    def paint(self, surface: pygame.Surface, area: pygame.Rect, lens: Lens, level: Level,
              before: Backdrop | None = None, covered: Sequence[pygame.Rect] = ()) -> bool:  # fmt: skip
        """Draw the chart as the lens of *area* sees it; the lens is at the scale of *level*. Whether tiles are missing.

        *before* is an older picture at this scale, shown where tiles are missing; *covered* is what something opaque will
        be drawn over, so that what is behind it need not be.
        """
        corner, missing = origin(lens), self._known(surface, area, lens, level, covered)
        middle = (area.w / 2 - SIDE / 2, area.h / 2 - SIDE / 2)
        missing.sort(key=lambda one: math.dist(one[1], middle))
        until = perf_counter() + PATIENCE
        for number, (key, at) in enumerate(missing):
            tile = self._made(key, level, until)
            if tile is None:
                self._stand_in(surface, area, lens, missing[number:], before)
                return True
            surface.blit(tile, (area.x + at[0], area.y + at[1]))
        return self._ahead(area, corner, level, until)

    def paint_kept(self, surface: pygame.Surface, area: pygame.Rect, lens: Lens, level: Level,
                   before: Backdrop | None = None, covered: Sequence[pygame.Rect] = ()) -> None:  # fmt: skip
        """Draw the chart as :meth:`paint` does, from what there is already."""
        missing = self._known(surface, area, lens, level, covered)
        self._stand_in(surface, area, lens, missing, before)

    def _known(self, surface: pygame.Surface, area: pygame.Rect, lens: Lens, level: Level,
               covered: Sequence[pygame.Rect] = ()) -> list[tuple[Key, tuple[int, int]]]:  # fmt: skip
        """Draw the tiles that are kept; those that are missing."""
        corner = origin(lens)
        missing: list[tuple[Key, tuple[int, int]]] = []
        for column, row in _around(area, corner, level.scale, 0):
            key, at = (level.sources, column, row), (column * SIDE + corner[0], row * SIDE + corner[1])
            place = pygame.Rect(area.x + at[0], area.y + at[1], SIDE, SIDE)
            seen = paint.uncovered(place, covered)
            tile = self.kept.get(key)
            if not seen:
                continue
            if tile is None:
                missing.append((key, at))
                continue
            self.kept.move_to_end(key)
            for part in seen:
                surface.blit(tile, part, part.move(-place.x, -place.y))
        return missing

    def _made(self, key: Key, level: Level, until: float) -> pygame.Surface | None:
        """A tile that was not kept; None where it is not ready when a time has come, and then it is worked on later."""
        work = self._making.pop(key, None) or self._drawing(key[1], key[2], level)
        try:
            next(work)
            while perf_counter() < until:
                next(work)
        except StopIteration as end:
            tile: pygame.Surface = end.value
            self.kept[key] = tile
            while len(self.kept) * SIDE * SIDE * 4 > self.most:
                self.kept.popitem(last=False)
            return tile
        self._making[key] = work
        if len(self._making) > UNREADY:
            self._making.pop(next(iter(self._making)))
        return None

    def blurred(self, surface: pygame.Surface, area: pygame.Rect, lens: Lens) -> None:
        """Draw the view of everything, enlarged to what a lens sees."""
        view = self.overview()
        share = view.get_width() / (SHEET[2] - SHEET[0])
        left, top, right, bottom = lens.area
        source = pygame.Rect(math.floor((left - SHEET[0]) * share), math.floor((top - SHEET[1]) * share), 0, 0)
        source.w = math.ceil((right - SHEET[0]) * share) - source.x
        source.h = math.ceil((bottom - SHEET[1]) * share) - source.y
        self._enlarged(surface, area, view, source, lens.scale / share, lens)

    def overview(self) -> pygame.Surface:
        """The blurred view of everything."""
        if self._overview is None:
            self._overview = self.base.overview(OVERVIEW)
        return self._overview

    def _enlarged(self, surface: pygame.Surface, area: pygame.Rect, view: pygame.Surface, source: pygame.Rect,
                  times: float, lens: Lens) -> None:  # fmt: skip
        part = source.clip(view.get_rect())
        if part.w <= 0 or part.h <= 0:
            return
        share = view.get_width() / (SHEET[2] - SHEET[0])
        x, y = lens.seen((part.x / share + SHEET[0], part.y / share + SHEET[1]))
        size = (math.ceil(part.w * times) + 1, math.ceil(part.h * times) + 1)
        surface.blit(pygame.transform.scale(view.subsurface(part), size), (area.x + round(x), area.y + round(y)))

    def _stand_in(self, surface: pygame.Surface, area: pygame.Rect, lens: Lens,
                  missing: Iterable[tuple[Key, tuple[int, int]]], before: Backdrop | None) -> None:  # fmt: skip
        """Fill the places of missing tiles from an older picture, and where it does not reach from the blurred view."""
        clip = surface.get_clip()
        for _, at in missing:
            hole = pygame.Rect(area.x + at[0], area.y + at[1], SIDE, SIDE)
            surface.set_clip(hole.clip(clip))
            there = before.rect(lens).move(area.topleft) if before else pygame.Rect(0, 0, 0, 0)
            if not there.contains(hole.clip(clip)):
                self.blurred(surface, hole, lens.part((hole.x - area.x, hole.y - area.y), hole.size))
            if before:
                surface.blit(before.picture, there)
        surface.set_clip(clip)

    def _ahead(self, area: pygame.Rect, corner: tuple[int, int], level: Level, until: float) -> bool:
        """Draw tiles just outside the view, so that dragging finds them. Whether some are still missing."""
        for column, row in _around(area, corner, level.scale, 1):
            key = (level.sources, column, row)
            if key not in self.kept and (perf_counter() > until or self._made(key, level, until) is None):
                return True
        return False

    def _drawing(self, column: int, row: int, level: Level) -> Steps[pygame.Surface]:
        tile = pygame.Surface((SIDE, SIDE))
        width = SIDE / level.scale
        sheet = Sheet((SHEET[0] + column * width, SHEET[1] + row * width), level.scale, SIDE)
        self.base.draw(tile, column, row, level.sources)
        yield
        blown = level.scale / level.per_degree
        if blown > CRISP or not self.base.sizes:
            draw_land(tile, sheet, self.atlas.land, self.style.theme, blown, self.style.u)
            yield
        yield from self._lines(tile, sheet)
        return tile

    def _lines(self, tile: pygame.Surface, sheet: Sheet) -> Steps[None]:
        theme, u = self.style.theme, self.style.u
        fine = pygame.Surface((SIDE * FINE, SIDE * FINE), pygame.SRCALPHA)
        if "graticule" in self.style.layers:
            self._graticule(tile, sheet)
        if "zones" in self.style.layers:
            colour = premultiplied(theme.ink3, 84)
            for line in _near(self.borders(), sheet, u):
                rule(fine, sheet, line, colour, u, (2 * u, 3 * u))
            yield
        for shape in self.atlas.shapes:
            seen = look(shape.limit, theme)
            if seen is None or seen.layer not in self.style.layers:
                continue
            if seen.fill:
                wash(tile, sheet, shape.lines, seen.colour, seen.fill)
            dash, colour = tuple(one * u for one in seen.dash), premultiplied(seen.colour, seen.alpha)
            for line in _near(shape.lines, sheet, seen.width * u):
                rule(fine, sheet, line, colour, seen.width * u, dash)
                yield
        small = pygame.transform.smoothscale(fine, (SIDE, SIDE))
        tile.blit(small, (0, 0), special_flags=pygame.BLEND_PREMULTIPLIED)

    def _graticule(self, tile: pygame.Surface, sheet: Sheet) -> None:
        veil = pygame.Surface((SIDE, max(1, round(self.style.u))), pygame.SRCALPHA)
        veil.fill((*self.style.theme.water_name, 46))
        step = graticule_step(sheet.scale, self.style.u)
        upright = pygame.transform.rotate(veil, 90)
        left, top, right, bottom = sheet.area(2)
        for lon in _steps(left, right, step):
            tile.blit(upright, (round((lon - sheet.corner[0]) * sheet.scale), 0))
        for lat in _steps(place((0, bottom))[1], place((0, top))[1], step):
            tile.blit(veil, (0, round((spot((0, lat))[1] - sheet.corner[1]) * sheet.scale)))

    def borders(self) -> tuple[Line, ...]:
        """The borders between zones at sea."""
        if self._borders is None:
            self._borders = tuple(borders())
        return self._borders


def _near(lines: Iterable[Line], sheet: Sheet, width: float) -> list[Line]:
    """The lines of a width that may be seen on a sheet."""
    area = sheet.area(width + 2)
    return [line for line in lines if meet(line.area, area)]


def origin(lens: Lens) -> tuple[int, int]:
    """Where the corner of the sheet lies, in whole pixels from the corner of what a lens sees."""
    x, y = lens.seen((SHEET[0], SHEET[1]))
    return round(x), round(y)


def borders() -> Iterator[Line]:
    """Lines along which two zones meet, each once; the coast is no border."""
    outlines = [ring for one in features(shipped("assets") / "map", "zones.geojson") for ring in rings(one)]
    counted: dict[frozenset[tuple[float, float]], int] = {}
    for ring in outlines:
        for pair in pairwise(ring):
            counted[frozenset(pair)] = counted.get(frozenset(pair), 0) + 1
    for ring in outlines:
        line: list[Spot] = []
        for one, other in pairwise(ring):
            if counted.get(frozenset((one, other)), 0) > 1:
                # Met from one side; from the other it is not drawn again.
                counted[frozenset((one, other))] = 0
                line = line or [spot(one)]
                line.append(spot(other))
            elif line:
                yield Line(tuple(line))
                line = []
        if line:
            yield Line(tuple(line))


def _around(area: pygame.Rect, corner: tuple[int, int], scale: float, margin: int) -> Iterator[tuple[int, int]]:
    """Columns and rows of the tiles that an area shows, with so many around it, none outside the sheet."""
    across, down = ((SHEET[axis + 2] - SHEET[axis]) * scale for axis in (0, 1))
    right = min(area.w - corner[0] + margin * SIDE, math.ceil(across))
    bottom = min(area.h - corner[1] + margin * SIDE, math.ceil(down))
    columns = range(max(0, -corner[0] // SIDE - margin), (right - 1) // SIDE + 1)
    rows = range(max(0, -corner[1] // SIDE - margin), (bottom - 1) // SIDE + 1)
    return ((column, row) for row in rows for column in columns)


def _steps(low: float, high: float, step: float) -> Iterator[float]:
    number = math.ceil(low / step - 1e-9)
    while number * step <= high:
        yield number * step
        number += 1
