"""The sign of the game."""

import math

import pygame

from game.window.kit import paint
from game.window.kit.kit import Kit


def emblem(surface: pygame.Surface, centre: tuple[int, int], kit: Kit, size: float = 15) -> None:
    """The sign of the game: a current in a circle."""
    radius = kit.px(size)
    paint.disc(surface, centre, radius, None, kit.theme.accent, kit.px(2))
    points_of = [
        (centre[0] + radius * (x / 10 - 0.8) * 1.0, centre[1] - radius * 0.28 * math.sin((x / 10 - 0.8) * 3.6))
        for x in range(17)
    ]
    paint.stroke(surface, points_of, kit.theme.accent, kit.px(2))
