"""A view on something longer than the room there is."""

from collections.abc import MutableMapping, Sequence

import pygame

from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.node import Look, Node
from game.window.kit.page import Page

BAR = 8
"""Width of the bar, in design pixels."""


class Scroll(Node):
    """Shows a part of a node; wheel, dragged bar and the keys Page Up and Page Down move it.

    *offsets* remembers by key how far each view is scrolled, from one building of the screen to the next.
    """

    focusable = False

    def __init__(self, key: str, child: Node, offsets: MutableMapping[str, int], *, most: float = 0) -> None:
        super().__init__()
        self.key, self.child, self.offsets, self.most = key, child, offsets, most
        self.grow = not most
        self.length = 0
        self.step = 60

    def children(self) -> Sequence[Node]:
        """The node."""
        return (self.child,)

    def height(self, kit: Kit, width: int) -> int:
        """As high as the node, up to *most*; when it grows it asks for nothing."""
        return min(kit.px(self.most), self.child.height(kit, width - kit.px(BAR + 4))) if self.most else 0

    @property
    def offset(self) -> int:
        """How far it is scrolled, in pixels."""
        return max(0, min(self.offsets.get(self.key, 0), self.length - self.rect.h))

    @property
    def scrolls(self) -> bool:
        """Whether there is more than can be seen."""
        return self.length > self.rect.h

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """The node is placed as far up as the view is scrolled."""
        super().place(kit, rect)
        self.step = kit.px(60)
        wide = rect.w
        if self.child.exceeds(kit, wide, rect.h):
            wide -= kit.px(BAR + 4)
        self.length = self.child.height(kit, wide)
        self.child.place(kit, pygame.Rect(rect.x, rect.y - self.offset, wide, max(self.length, rect.h)))

    def go_on(self, kit: Kit, until: float) -> Sequence[Node]:
        """Lay out more of a long page until a moment of the clock; the nodes that have come."""
        if not isinstance(self.child, Page) or self.child.whole:
            return ()
        come = self.child.go_on(kit, until)
        self.length = self.child.height(kit, self.child.rect.w)
        return come

    def at(self, point: tuple[int, int]) -> Node | None:
        """What is inside the view at a point."""
        if not self.rect.collidepoint(point):
            return None
        return self.child.at(point) or (self if self.scrolls else None)

    def move(self, by: int) -> bool:
        """Scroll by some pixels; whether that changed anything."""
        before = self.offset
        self.offsets[self.key] = max(0, min(before + by, self.length - self.rect.h))
        return self.offset != before

    def show(self, rect: pygame.Rect) -> bool:
        """Scroll so that a rectangle of the node can be seen; whether that changed anything."""
        if rect.bottom > self.rect.bottom:
            return self.move(rect.bottom - self.rect.bottom + self.step // 6)
        if rect.top < self.rect.top:
            return self.move(rect.top - self.rect.top - self.step // 6)
        return False

    def _bar(self) -> tuple[int, int]:
        high = max(self.step // 2, self.rect.h * self.rect.h // max(1, self.length))
        way = self.length - self.rect.h
        return high, self.rect.y + (self.rect.h - high) * self.offset // max(1, way)

    def drag(self, point: tuple[int, int]) -> bool:
        """The bar follows the pointer."""
        high, _y = self._bar()
        way = max(1, self.rect.h - high)
        wanted = (point[1] - self.rect.y - high // 2) * (self.length - self.rect.h) // way
        return self.move(wanted - self.offset)

    def press(self, point: tuple[int, int]) -> None:
        """A click beside the bar brings it there."""
        if point[0] > self.child.rect.right:
            self.drag(point)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The part that can be seen, with a bar where there is more."""
        kit, theme = look.kit, look.kit.theme
        before = surface.get_clip()
        surface.set_clip(self.rect.inflate(kit.px(8), 0).clip(before))
        self.child.paint(surface, look)
        surface.set_clip(before)
        if not self.scrolls:
            return
        high, y = self._bar()
        wide = kit.px(BAR - 3)
        x = self.rect.right - wide
        hot = self.key in (look.hover, look.pressed)
        paint.box(surface, pygame.Rect(x, y, wide, high), wide // 2, theme.ink3 if hot else theme.line2)
