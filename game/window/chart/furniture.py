"""What stands on the chart without being part of it: scale bar, legend, and the buttons for looking closer."""

import math
from functools import lru_cache

import pygame
from attrs import frozen

from game.window.chart.counters import Look, counter, service_word
from game.window.chart.lettering import blank
from game.window.chart.projection import Lens, place
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.words import say

LENGTHS = (1, 2, 4, 10, 20, 40, 100, 200, 400)
"""Lengths of the scale bar in nautical miles."""

LONGEST = 190
"""The longest scale bar, in pixels of the design."""

BAR = 38
"""Height of the cards along the lower edge, in pixels of the design."""

BUTTON = 40
"""Width and height of a button, in pixels of the design."""

EDGE = 16
"""How far furniture stands from the edges, in pixels of the design."""


@frozen
class Layout:
    """Where each piece of furniture stands; a rectangle of no size stands nowhere."""

    zoom: pygame.Rect
    layers: pygame.Rect
    scale: pygame.Rect
    legend: pygame.Rect

    def rects(self) -> tuple[pygame.Rect, ...]:
        """All that is covered."""
        return tuple(one for one in (self.zoom, self.layers, self.scale, self.legend) if one.w)

    def action(self, at: tuple[int, int]) -> str:
        """The button at a pixel: closer, farther, fit or layers; empty for none."""
        if self.layers.collidepoint(at):
            return "layers"
        if self.zoom.collidepoint(at):
            return ("closer", "farther", "fit")[min(2, (at[1] - self.zoom.y) * 3 // self.zoom.h)]
        return ""


def laid_out(kit: Kit, free: pygame.Rect, sides: tuple[str, ...], lens: Lens) -> Layout:
    """Where furniture stands in the free part of the chart."""
    edge, button = kit.px(EDGE), kit.px(BUTTON)
    nothing = pygame.Rect(0, 0, 0, 0)
    zoom = pygame.Rect(free.right - edge - button, free.top + edge, button, 3 * button)
    wide = kit.width(say("Layers"), "medium", 13) + kit.px(46)
    layers = pygame.Rect(zoom.left - kit.px(12) - wide, zoom.top, wide, button)
    high, low = kit.px(BAR), free.bottom - edge - kit.px(BAR)
    legend = legend_picture(kit, sides).get_size() if free.w > kit.px(560) else (0, 0)
    miles, length = bar(kit, lens)
    scale_wide = math.ceil(length) + kit.px(56 if miles < 100 else 62)
    right = free.right - edge
    legend_rect = pygame.Rect(right - legend[0], low, legend[0], high) if legend[0] else nothing
    gap = kit.px(12) if legend[0] else 0
    scale = pygame.Rect(right - legend[0] - gap - scale_wide, low, scale_wide, high)
    # Where there is little room the same button in the bar on top must do.
    if free.w < kit.px(440):
        layers = nothing
    if scale.left < free.left + edge:
        scale = nothing
    return Layout(zoom, layers, scale, legend_rect)


def draw(kit: Kit, surface: pygame.Surface, layout: Layout, sides: tuple[str, ...], lens: Lens, hot: str) -> None:
    """Draw all furniture; *hot* is the button under the pointer."""
    _buttons(kit, surface, layout, hot)
    if layout.scale.w:
        card(kit, surface, layout.scale, 8)
        _scale_bar(kit, surface, layout.scale, lens)
    if layout.legend.w:
        card(kit, surface, layout.legend, 8)
        surface.blit(legend_picture(kit, sides), layout.legend)


def card(kit: Kit, surface: pygame.Surface, rect: pygame.Rect, radius: int) -> None:
    """A card with its shadow."""
    room = kit.px(16)
    surface.blit(_card(kit, rect.w, rect.h, radius), (rect.x - room, rect.y - room))


@lru_cache(maxsize=64)
def _card(kit: Kit, wide: int, high: int, radius: int) -> pygame.Surface:
    """The picture of a card, with room for its shadow."""
    room = kit.px(16)
    picture = blank((wide + 2 * room, high + 2 * room), kit.theme.shade)
    rect = pygame.Rect(room, room, wide, high)
    soft = 120 if kit.theme.dark else 46
    paint.shadow(picture, rect.move(0, kit.px(2)), kit.px(radius), kit.px(7), soft, kit.theme.shade)
    paint.box(picture, rect, kit.px(radius), kit.theme.panel, kit.theme.line, kit.px(1))
    return picture


def bar(kit: Kit, lens: Lens) -> tuple[int, float]:
    """Length of the scale bar in nautical miles and in pixels, true in the middle of the view."""
    latitude = place(lens.middle)[1]
    mile = lens.scale / 60 / math.cos(math.radians(latitude))
    miles = next((one for one in reversed(LENGTHS) if one * mile <= kit.px(LONGEST)), LENGTHS[0])
    return miles, miles * mile


def _scale_bar(kit: Kit, surface: pygame.Surface, rect: pygame.Rect, lens: Lens) -> None:
    miles, length = bar(kit, lens)
    left, top = rect.x + kit.px(18), rect.bottom - kit.px(13)
    high, line = kit.px(5), kit.px(1)
    paint.flat(surface, pygame.Rect(left, top, round(length), high), kit.theme.ink2)
    for part in (1, 3):
        inner = pygame.Rect(round(left + length * part / 4), top + line, round(length / 4), high - 2 * line)
        paint.flat(surface, inner.clip(pygame.Rect(left, top, round(length) - line, high)), kit.theme.panel)
    above = top - kit.line("sans", 12) - kit.px(1)
    half = f"{miles / 2:g}"
    kit.text(surface, "0", left, above, "sans", 12, kit.theme.ink2)
    kit.text(surface, half, left + length / 2, above, "sans", 12, kit.theme.ink2, "centre")
    ends = say("{miles} nm", miles=miles)
    kit.text(surface, ends, left + length - kit.width(str(miles), "sans", 12) / 2, above, "sans", 12, kit.theme.ink2)


def _buttons(kit: Kit, surface: pygame.Surface, layout: Layout, hot: str) -> None:
    theme, zoom = kit.theme, layout.zoom
    card(kit, surface, zoom, 10)
    part = zoom.h // 3
    for number, (action, name) in enumerate((("closer", "plus"), ("farther", "minus"), ("fit", "locate-fixed"))):
        rect = pygame.Rect(zoom.x, zoom.y + number * part, zoom.w, part)
        if action == hot:
            paint.box(surface, rect.inflate(-kit.px(6), -kit.px(6)), kit.px(6), theme.tint)
        if number:
            paint.flat(surface, pygame.Rect(rect.x + kit.px(10), rect.y, rect.w - kit.px(20), kit.px(1)), theme.line)
        paint.icon(surface, name, rect.center, kit.px(18), theme.ink2)
    if layout.layers.w:
        card(kit, surface, layout.layers, 10)
        if hot == "layers":
            paint.box(surface, layout.layers.inflate(-kit.px(6), -kit.px(6)), kit.px(6), theme.tint)
        paint.icon(surface, "layers", (layout.layers.x + kit.px(20), layout.layers.centery), kit.px(18), theme.ink2)
        top = layout.layers.centery - kit.line("medium", 13) / 2
        kit.text(surface, say("Layers"), layout.layers.x + kit.px(36), top, "medium", 13, theme.ink2)


@lru_cache(maxsize=8)
def legend_picture(kit: Kit, sides: tuple[str, ...]) -> pygame.Surface:
    """What plates and colours mean, without the card below it."""
    services = (("coast_guard", service_word("coast_guard")), ("navy", say("Navy, air")), ("civilian", say("Civilian")))
    widths = [kit.px(39) + kit.width(word, "sans", 13) for _, word in services]
    swatch = [kit.px(27) + kit.width(one.upper(), "medium", 13) for one in sides]
    picture = blank((kit.px(14) + sum(widths) + sum(swatch) + kit.px(6), kit.px(BAR)), kit.theme.panel)
    x, middle = kit.px(12), picture.get_height() // 2
    for (service, word), wide in zip(services, widths, strict=True):
        counter(kit, Look("", "", service, "ship", size=22)).draw(picture, (x + kit.px(11), middle))
        kit.text(picture, word, x + kit.px(28), middle - kit.line("sans", 13) / 2, "sans", 13, kit.theme.ink2)
        x += wide
    for side, wide in zip(sides, swatch, strict=True):
        box = pygame.Rect(x, middle - kit.px(6), kit.px(12), kit.px(12))
        paint.box(picture, box, kit.px(3), kit.theme.side(side))
        kit.text(
            picture, side.upper(), x + kit.px(17), middle - kit.line("medium", 13) / 2, "medium", 13, kit.theme.ink2
        )
        x += wide
    return picture
