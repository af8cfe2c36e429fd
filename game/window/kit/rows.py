"""Rows of lists, tiles, and the small pictures beside them."""

from collections.abc import Sequence

import pygame

from game.window.kit import paint
from game.window.kit.controls import Control
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Look, Node, Picture, ring
from game.window.kit.theme import Colour, mixed


class Item(Control):
    """A row of a list: an icon, a name, a second line, something at the right.

    *lines* of the second text are shown and *most* of the name (0: all); *dot* is a colour at its
    right. One that is off is shown paler, with its reason as the second line.
    """

    def __init__(
        self,
        key: str,
        name: str,
        act: Act | None,
        *,
        about: str = "",
        icon: str = "",
        right: str = "",
        on: bool = False,
        off: bool = False,
        done: bool = False,
        tip: Sequence[str] = (),
        lines: int = 2,
        most: int = 0,
        right_colour: str | Colour = "ink2",
        dot: Colour | None = None,
    ) -> None:
        super().__init__(key, act, tip=tip, off=off)
        self.name, self.about, self.icon, self.right = name, about, icon, right
        self.on, self.done, self.lines = on, done, lines
        self.right_colour, self.dot, self.most = right_colour, dot, most
        # A row that nothing comes of is text, not a control.
        self.focusable = bool(key)

    def _room(self, kit: Kit, width: int) -> tuple[int, int]:
        left = kit.px(8) + (kit.px(30) if self.icon else 0)
        right = kit.width(self.right, "medium", 13) + kit.px(16) if self.right else kit.px(6)
        right += kit.px(14) if self.dot else 0
        right += kit.px(24) if self.done else 0
        return left, max(kit.px(40), width - left - right)

    def _lines(self, kit: Kit, width: int) -> tuple[list[str], list[str]]:
        _left, room = self._room(kit, width)
        names = kit.wrap(self.name, room, "medium", 14)
        if self.most and len(names) > self.most:
            names = [*names[: self.most - 1], kit.cut(" ".join(names[self.most - 1 :]), room, "medium", 14)]
        about = kit.wrap(self.about, room, "sans", 13) if self.about else []
        if len(about) > self.lines:
            about = [*about[: self.lines - 1], kit.cut(" ".join(about[self.lines - 1 :]), room, "sans", 13)]
        return names, about

    def height(self, kit: Kit, width: int) -> int:
        """Its lines with room around them."""
        names, about = self._lines(kit, width)
        return max(kit.px(30), len(names) * kit.line("medium", 14) + len(about) * kit.line("sans", 13) + kit.px(8))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Plate, icon, lines, what stands at the right."""
        kit, theme = look.kit, look.kit.theme
        if self.on or look.hover == self.key:
            paint.box(surface, self.rect, kit.px(8), theme.tint if self.on else theme.panel3)
        left, _room = self._room(kit, self.rect.w)
        names, about = self._lines(kit, self.rect.w)
        pale = mixed(theme.ink3, theme.panel, 0.2)
        y = self.rect.centery - (len(names) * kit.line("medium", 14) + len(about) * kit.line("sans", 13)) // 2
        if self.icon:
            paint.icon(
                surface,
                self.icon,
                (self.rect.x + kit.px(20), y + kit.line("medium", 14) // 2),
                kit.px(18),
                pale if self.off else theme.accent if self.on else theme.ink2,
            )
        for line in names:
            kit.text(surface, line, self.rect.x + left, y, "medium", 14, pale if self.off else theme.ink)
            y += kit.line("medium", 14)
        for line in about:
            kit.text(surface, line, self.rect.x + left, y, "sans", 13, theme.ink3)
            y += kit.line("sans", 13)
        self._right(surface, look)
        if look.focus == self.key:
            ring(surface, self.rect, kit)

    def _right(self, surface: pygame.Surface, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        x, middle = self.rect.right - kit.px(8), self.rect.centery
        if self.done:
            paint.disc(surface, (x - kit.px(9), middle), kit.px(9), theme.accent)
            paint.icon(surface, "check", (x - kit.px(9), middle), kit.px(12), theme.on_accent)
            x -= kit.px(24)
        if self.right:
            colour = theme.colour(self.right_colour)
            wide = kit.text(surface, self.right, x, middle - kit.line("medium", 13) // 2, "medium", 13, colour, "right")
            x -= wide + kit.px(10)
        if self.dot:
            paint.disc(surface, (x - kit.px(2), middle), kit.px(4), self.dot)


class Tile(Control):
    """Anything drawn by other nodes that can be chosen as a whole."""

    def __init__(
        self,
        key: str,
        child: Node,
        act: Act | None,
        *,
        on: bool = False,
        off: bool = False,
        tip: Sequence[str] = (),
        pad: float = 14,
        bare: bool = False,
    ) -> None:
        super().__init__(key, act, tip=tip, off=off)
        self.child, self.on, self.pad, self.bare = child, on, pad, bare

    def children(self) -> Sequence[Node]:
        """What it shows."""
        return (self.child,)

    def at(self, point: tuple[int, int]) -> Node | None:
        """It as a whole, unless something inside it can be chosen by itself."""
        found = super().at(point)
        return found if found is None or found.focusable else self

    def height(self, kit: Kit, width: int) -> int:
        """What it shows, with room around it."""
        return self.child.height(kit, width - 2 * kit.px(self.pad)) + 2 * kit.px(self.pad)

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """With room around it."""
        super().place(kit, rect)
        self.child.place(kit, rect.inflate(-2 * kit.px(self.pad), -2 * kit.px(self.pad)))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Plate and content."""
        kit, theme = look.kit, look.kit.theme
        hot = look.hover == self.key
        if not self.bare or hot or self.on:
            paint.box(
                surface,
                self.rect,
                kit.px(10),
                theme.panel if self.on else theme.panel3 if hot else theme.panel2,
                theme.accent if self.on else theme.line,
                kit.px(2 if self.on else 1),
            )
        self.child.paint(surface, look)
        if look.focus == self.key:
            ring(surface, self.rect, kit, 10)


def glyph(name: str, size: float = 18, colour: str | Colour = "ink2") -> Node:
    """An icon as a node."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        paint.icon(surface, name, rect.center, look.kit.px(size), look.kit.theme.colour(colour))

    return Picture(size + 2, draw, wide=size + 2)


def badge(icon: str, colour: Colour, ink: Colour, size: float = 40) -> Node:
    """A square plate in a side's colour with an icon: what an agency is known by."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        plate = pygame.Rect(0, 0, look.kit.px(size), look.kit.px(size))
        plate.center = rect.center
        paint.box(surface, plate, look.kit.px(size * 0.22), colour)
        paint.icon(surface, icon, plate.center, look.kit.px(size * 0.56), ink)

    return Picture(size, draw, wide=size)
