"""The ten rungs of the grey-zone ladder as boxes side by side, each with its number below."""

import pygame

from game.window.kit import paint
from game.window.kit.node import Look
from game.window.kit.theme import mixed

HIGHEST_RUNG = 9


def pitch(look: Look, wide: int) -> tuple[float, int]:
    """How wide a box is where all take this width, and the gap between two."""
    gap = look.kit.px(3)
    return (wide - gap * HIGHEST_RUNG) / (HIGHEST_RUNG + 1), gap


def rungs(surface: pygame.Surface, look: Look, area: pygame.Rect, rung: int, *, filled: int, below: int) -> None:
    """The boxes in an area: those up to *filled* are full (none where it is -1), *rung* has its number in bold. *below*: how
    far the numbers stand under the boxes, in pixels.
    """
    kit, theme = look.kit, look.kit.theme
    cell, gap = pitch(look, area.w)
    for step in range(HIGHEST_RUNG + 1):
        box = pygame.Rect(round(area.x + step * (cell + gap)), area.y, max(2, round(cell)), area.h)
        colour = theme.rung(step)
        fill = colour if step <= filled else mixed(colour, theme.panel, 0.72)
        paint.box(surface, box, kit.px(3), fill, mixed(colour, theme.ink, 0.25), kit.px(1))
        here = step == rung
        style, ink = ("semibold", theme.ink) if here else ("sans", theme.ink3)
        kit.text(surface, str(step), box.centerx, box.bottom + below, style, 12, ink, "centre")
