"""Text on the chart: lines of letters with a soft halo, level or along a line, drawn once and kept."""

import math
from collections.abc import Sequence
from functools import lru_cache

import pygame

from game.window.kit.kit import Kit
from game.window.kit.theme import Colour

Written = tuple[str, str, float, Colour]
"""A line of text: words, style, size in pixels of the design, colour."""

HALO = 2
"""Width of the halo, in pixels of the design."""


def blank(size: tuple[int, int], colour: Colour) -> pygame.Surface:
    """A transparent surface whose pixels have a colour all the same: scaling would else darken the edges."""
    surface = pygame.Surface(size, pygame.SRCALPHA)
    surface.fill((*colour, 0))
    return surface


@lru_cache(maxsize=1200)
def lettered(kit: Kit, lines: tuple[Written, ...], angle: float = 0.0, strength: int = 210) -> pygame.Surface:
    """Lines of text below each other, centred, with a halo; turned by *angle* degrees against the clock."""
    if angle:
        # Turned text is drawn at twice its size: turning costs sharpness.
        large = Kit(kit.theme, kit.u * 2, kit.still)
        return pygame.transform.rotozoom(_level(large, lines, strength), angle, 0.5)
    return _level(kit, lines, strength)


def block(kit: Kit, lines: Sequence[Written]) -> tuple[int, int]:
    """Width and height of lines of text, without their halo."""
    wide = max(kit.width(text, style, size) for text, style, size, _ in lines)
    return wide, sum(kit.line(style, size) for _, style, size, _ in lines)


def turned(size: tuple[int, int], angle: float) -> tuple[int, int]:
    """Width and height of the box around a turned block."""
    sine, cosine = abs(math.sin(math.radians(angle))), abs(math.cos(math.radians(angle)))
    return math.ceil(size[0] * cosine + size[1] * sine), math.ceil(size[0] * sine + size[1] * cosine)


def _level(kit: Kit, lines: tuple[Written, ...], strength: int) -> pygame.Surface:
    wide, high = block(kit, lines)
    edge = kit.px(HALO) + 2
    inked = blank((wide + 2 * edge, high + 2 * edge), lines[0][3])
    ghost = blank(inked.get_size(), kit.theme.halo)
    top = edge
    for text, style, size, colour in lines:
        for surface, one in ((inked, colour), (ghost, kit.theme.halo)):
            kit.text(surface, text, edge + wide / 2, top, style, size, one, "centre")
        top += kit.line(style, size)
    soft = _spread(kit, ghost, strength)
    soft.blit(inked, (0, 0))
    return soft


def _spread(kit: Kit, ghost: pygame.Surface, strength: int) -> pygame.Surface:
    """The halo: the letters laid down in a ring around their place, blurred."""
    soft = blank(ghost.get_size(), kit.theme.halo)
    reach = HALO * kit.u * 0.7
    for step in range(12):
        angle = math.tau * step / 12
        soft.blit(ghost, (round(reach * math.cos(angle)), round(reach * math.sin(angle))))
    soft.blit(ghost, (0, 0))
    soft = pygame.transform.box_blur(soft, max(1, round(kit.u)))
    # Blurring pulls the colour towards nothing at the edges; only its alpha is wanted.
    plain = blank(soft.get_size(), kit.theme.halo)
    plain.fill((*kit.theme.halo, 255))
    soft.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)
    plain.blit(soft, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    plain.fill((255, 255, 255, strength), special_flags=pygame.BLEND_RGBA_MULT)
    return plain
