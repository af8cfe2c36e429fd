"""What every drawing needs at hand: the theme, the scale, letters."""

import pygame
from attrs import frozen

from game.window.kit import lettering
from game.window.kit.theme import CHART, Colour, Theme


@frozen(eq=False)
class Kit:
    """Theme and scale of the window. *u*: pixels of the window for one pixel of the design; *still*: no motion."""

    theme: Theme = CHART
    u: float = 1.0
    still: bool = False

    def px(self, n: float) -> int:
        """A length of the design in pixels of the window; 1 at least where there is any."""
        return 0 if n == 0 else max(1, round(n * self.u))

    def text(
        self,
        surface: pygame.Surface,
        text: str,
        x: float,
        y: float,
        style: str = "sans",
        size: float = 14,
        colour: Colour | None = None,
        align: str = "left",
    ) -> int:
        """Draw one line, its top at *y*, or leave it to the next frame; returns its width. *align*: left, centre or right
        of *x*.
        """
        if not text:
            return 0
        if not lettering.ready(text, style, size * self.u, colour or self.theme.ink):
            return self.width(text, style, size)
        picture = self.render(text, style, size, colour or self.theme.ink)
        wide = picture.get_width()
        left = x - {"left": 0, "centre": wide / 2, "right": wide}[align]
        surface.blit(picture, (round(left), round(y)))
        return wide

    def render(self, text: str, style: str = "sans", size: float = 14, colour: Colour | None = None) -> pygame.Surface:
        """A line of text as a picture, kept for the next time: do not alter it."""
        return lettering.drawn(text, style, size * self.u, colour or self.theme.ink)

    def width(self, text: str, style: str = "sans", size: float = 14) -> int:
        """How wide a line is."""
        return lettering.width(text, style, size * self.u)

    def line(self, style: str = "sans", size: float = 14) -> int:
        """How high a line is."""
        return lettering.line_height(style, size * self.u)

    def wrap(self, text: str, width: int, style: str = "sans", size: float = 14) -> list[str]:
        """A text in lines of a width."""
        return list(lettering.wrapped(text, style, size * self.u, width))

    def cut(self, text: str, width: int, style: str = "sans", size: float = 14) -> str:
        """A text shortened to a width."""
        return lettering.cut(text, style, size * self.u, width)
