"""Nodes: what a screen is built of. A node tells how high it is for a width, is placed at a rectangle, and paints itself.

A screen builds its nodes anew whenever what it shows has changed, so nothing shown before can stay behind. What must
live on from one building to the next (what is focused, how far a list is scrolled) is kept by the node's *key*.
"""

import math
from collections.abc import Callable, Iterator, Sequence

import pygame

from game.window.kit import paint
from game.window.kit.keys import chooses
from game.window.kit.kit import Kit

Act = Callable[[], None]


NOBODY = "\0"
"""A key that no node has."""


class Look:
    """What a node must know to paint itself: the kit, which keys are hovered, focused and pressed, and the moment of the
    clock until which new texts are drawn.
    """

    def __init__(self, kit: Kit, hover: str = "", focus: str = "", pressed: str = "", until: float = math.inf) -> None:
        self.kit, self.until = kit, until
        # Nodes without a key are never hovered, focused or pressed.
        self.hover = hover or NOBODY
        self.focus = focus or NOBODY
        self.pressed = pressed or NOBODY


class Node:
    """A part of a screen.

    *key* names it from one building to the next; it is empty for what cannot be focused or hovered. *grow*: takes the
    height that is left in a column. *tip*: what a card beside it tells when it is hovered or focused: a title and lines.
    """

    key: str = ""
    grow: bool = False
    tip: Sequence[str] = ()
    focusable: bool = False

    def __init__(self) -> None:
        self.rect = pygame.Rect(0, 0, 0, 0)

    def height(self, kit: Kit, width: int) -> int:
        """The height that it wants at a width."""
        return 0

    def exceeds(self, kit: Kit, width: int, high: int) -> bool:
        """Whether it wants more than this height."""
        return self.height(kit, width) > high

    def parts(self) -> Sequence["Node"]:
        """What a long page may lay out of it one after the other: nodes that stand below each other without gaps."""
        return (self,)

    def natural(self, kit: Kit) -> int:
        """The width that it would like; 0 when it takes any."""
        return 0

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Take a rectangle."""
        self.rect = pygame.Rect(rect)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Draw it at its rectangle."""

    def children(self) -> Sequence["Node"]:
        """The nodes inside it."""
        return ()

    def walk(self) -> Iterator["Node"]:
        """It and all nodes inside it, in reading order."""
        yield self
        for child in self.children():
            yield from child.walk()

    def at(self, point: tuple[int, int]) -> "Node | None":
        """The innermost node with a key at a point."""
        if not self.rect.collidepoint(point):
            return None
        for child in reversed(self.children()):
            found = child.at(point)
            if found:
                return found
        return self if self.key else None

    # ---- what people do to it
    def press(self, point: tuple[int, int]) -> None:
        """It was clicked, or chosen with Enter or the space bar."""

    def drag(self, point: tuple[int, int]) -> bool:
        """The pointer moved while the button is down on it; whether it changed."""
        return False

    def type(self, event: pygame.event.Event) -> bool:
        """A key or text while it is focused; whether it took it."""
        return False


class Spacer(Node):
    """Empty height; one that grows pushes what follows to the bottom."""

    def __init__(self, high: float = 0, grow: bool = False) -> None:
        super().__init__()
        self.high, self.grow = high, grow

    def height(self, kit: Kit, width: int) -> int:
        """Its height."""
        return kit.px(self.high)


class Rule(Node):
    """A hairline across."""

    def __init__(self, above: float = 12, below: float = 12) -> None:
        super().__init__()
        self.above, self.below = above, below

    def height(self, kit: Kit, width: int) -> int:
        """Space above, the line, space below."""
        return kit.px(self.above) + kit.px(1) + kit.px(self.below)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The line."""
        kit = look.kit
        surface.fill(kit.theme.line, (self.rect.x, self.rect.y + kit.px(self.above), self.rect.w, kit.px(1)))


class Column(Node):
    """Nodes one below the other. Those that grow share the height that is left."""

    def __init__(self, children: Sequence[Node], gap: float = 0, grow: bool = False) -> None:
        super().__init__()
        self.nodes = list(children)
        self.gap = gap
        self.grow = grow

    def children(self) -> Sequence[Node]:
        """Its nodes."""
        return self.nodes

    def height(self, kit: Kit, width: int) -> int:
        """The sum of its nodes and the gaps."""
        return sum(node.height(kit, width) for node in self.nodes) + kit.px(self.gap) * max(0, len(self.nodes) - 1)

    def natural(self, kit: Kit) -> int:
        """The width of its widest node."""
        return max((node.natural(kit) for node in self.nodes), default=0)

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """From top to bottom."""
        super().place(kit, rect)
        heights = [node.height(kit, rect.w) for node in self.nodes]
        left = rect.h - sum(heights) - kit.px(self.gap) * max(0, len(self.nodes) - 1)
        growing = [number for number, node in enumerate(self.nodes) if node.grow]
        for place, number in enumerate(growing):
            share = left // (len(growing) - place)
            heights[number] += share
            left -= share
        y = rect.y
        for node, high in zip(self.nodes, heights, strict=True):
            node.place(kit, pygame.Rect(rect.x, y, rect.w, max(0, high)))
            y += high + kit.px(self.gap)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Each that can be seen, in turn."""
        seen = surface.get_clip().inflate(0, look.kit.px(16))
        for node in self.nodes:
            if node.rect.bottom >= seen.top and node.rect.top <= seen.bottom:
                node.paint(surface, look)


class Row(Node):
    """Nodes side by side. *widths*: for each its width in design pixels, or a share of what is left, written negative
    (-1 for an equal share); 0 asks the node itself (*natural*). *align*: where lower nodes stand: top or middle.
    """

    def __init__(
        self, children: Sequence[Node], widths: Sequence[float] = (), gap: float = 8, align: str = "middle"
    ) -> None:
        super().__init__()
        self.nodes = list(children)
        self.widths = list(widths) or [-1.0] * len(self.nodes)
        self.gap = gap
        self.align = align

    def children(self) -> Sequence[Node]:
        """Its nodes."""
        return self.nodes

    def natural(self, kit: Kit) -> int:
        """The widths that are given, or that its nodes would like, with the gaps."""
        wide = [kit.px(w) if w > 0 else node.natural(kit) for node, w in zip(self.nodes, self.widths, strict=True)]
        return sum(wide) + kit.px(self.gap) * max(0, len(wide) - 1)

    def _wide(self, kit: Kit, width: int) -> list[int]:
        fixed = [
            kit.px(wide) if wide > 0 else node.natural(kit) if wide == 0 else 0
            for node, wide in zip(self.nodes, self.widths, strict=True)
        ]
        left = width - sum(fixed) - kit.px(self.gap) * max(0, len(self.nodes) - 1)
        shares = -sum(wide for wide in self.widths if wide < 0) or 1
        found, given = [], 0.0
        for wide, own in zip(self.widths, fixed, strict=True):
            # Rounded as they add up, so that together they are as wide as there is room.
            before, given = given, given + max(0.0, -wide) / shares
            found.append(own if wide >= 0 else max(0, round(left * given) - round(left * before)))
        return found

    def height(self, kit: Kit, width: int) -> int:
        """That of its highest node."""
        wide = self._wide(kit, width)
        return max((node.height(kit, w) for node, w in zip(self.nodes, wide, strict=True)), default=0)

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """From left to right."""
        super().place(kit, rect)
        x = rect.x
        for node, wide in zip(self.nodes, self._wide(kit, rect.w), strict=True):
            high = rect.h if node.grow else min(rect.h, node.height(kit, wide))
            y = rect.y + ((rect.h - high) // 2 if self.align == "middle" else 0)
            node.place(kit, pygame.Rect(x, y, wide, high))
            x += wide + kit.px(self.gap)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Each in turn."""
        for node in self.nodes:
            node.paint(surface, look)


class Grid(Node):
    """Nodes in columns of equal width, row by row; the rows are as high as their highest node."""

    def __init__(self, children: Sequence[Node], columns: int, gap: float = 12) -> None:
        super().__init__()
        self.rows = [
            Row(list(children[n : n + columns]), gap=gap, align="top") for n in range(0, len(children), columns)
        ]
        if self.rows and len(self.rows[-1].nodes) < columns:
            short = columns - len(self.rows[-1].nodes)
            self.rows[-1].nodes += [Spacer() for _ in range(short)]
            self.rows[-1].widths += [-1.0] * short
        self.column = Column(self.rows, gap)

    def children(self) -> Sequence[Node]:
        """Its rows."""
        return (self.column,)

    def height(self, kit: Kit, width: int) -> int:
        """All rows."""
        return self.column.height(kit, width)

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Row by row."""
        super().place(kit, rect)
        self.column.place(kit, rect)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Each in turn."""
        self.column.paint(surface, look)


class Pad(Node):
    """Space around a node: left and right, above, below."""

    def __init__(self, child: Node, side: float = 20, above: float | None = None, below: float | None = None) -> None:
        super().__init__()
        self.child = child
        self.side = side
        self.above = side if above is None else above
        self.below = side if below is None else below
        self.grow = child.grow

    def children(self) -> Sequence[Node]:
        """The node."""
        return (self.child,)

    def natural(self, kit: Kit) -> int:
        """The node with the space."""
        return self.child.natural(kit) + 2 * kit.px(self.side)

    def height(self, kit: Kit, width: int) -> int:
        """The node with the space."""
        return self.child.height(kit, width - 2 * kit.px(self.side)) + kit.px(self.above) + kit.px(self.below)

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Inside the space."""
        super().place(kit, rect)
        side, above, below = kit.px(self.side), kit.px(self.above), kit.px(self.below)
        self.child.place(
            kit, pygame.Rect(rect.x + side, rect.y + above, rect.w - 2 * side, max(0, rect.h - above - below))
        )

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The node."""
        self.child.paint(surface, look)


class Picture(Node):
    """A drawing of its own: a chart, a gauge. *draw(surface, rect, look)*; *high* in design pixels."""

    def __init__(
        self,
        high: float,
        draw: Callable[[pygame.Surface, pygame.Rect, Look], None],
        *,
        wide: float = 0,
        key: str = "",
        tip: Sequence[str] = (),
        act: Act | None = None,
        grow: bool = False,
    ) -> None:
        super().__init__()
        self.high, self.wide, self.draw = high, wide, draw
        self.key, self.tip, self.act = key, tip, act
        self.focusable = bool(key)
        self.grow = grow

    def height(self, kit: Kit, width: int) -> int:
        """Its height."""
        return kit.px(self.high)

    def natural(self, kit: Kit) -> int:
        """Its width."""
        return kit.px(self.wide)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The drawing, with a ring when it is focused."""
        self.draw(surface, self.rect, look)
        if self.key and look.focus == self.key:
            ring(surface, self.rect, look.kit)

    def press(self, point: tuple[int, int]) -> None:
        """Do what it is for."""
        if self.act:
            self.act()

    def type(self, event: pygame.event.Event) -> bool:
        """Enter and the space bar choose it."""
        if self.act is None or not chooses(event):
            return False
        self.act()
        return True


def nothing(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
    """The drawing of what is painted by something else."""


def ring(surface: pygame.Surface, rect: pygame.Rect, kit: Kit, radius: float = 8) -> None:
    """The ring around what is focused."""
    paint.box(surface, rect.inflate(kit.px(4), kit.px(4)), kit.px(radius + 2), None, kit.theme.accent, kit.px(2))
