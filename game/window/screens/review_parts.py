"""Small nodes of the review: plates that hold a subject, things that flow in lines, marks of sides and of outcomes."""

from collections.abc import Sequence

import pygame
from attrs import frozen

from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.node import Column, Look, Node, Pad, Picture, Row
from game.window.kit.scroll import Scroll
from game.window.kit.theme import readable
from game.window.kit.words import Label
from game.words import say

OUTCOMES = ("asked", "answered", "refused", "unanswered")
"""What became of a use in a turn."""

GLYPHS = {"answered": "check", "refused": "x", "unanswered": "minus"}


@frozen
class Sheet:
    """One subject: what stands on top, what may scroll, what stands below."""

    name: str
    head: Sequence[Node]
    body: Node
    foot: Sequence[Node] = ()

    def scrolled(self, offsets: dict[str, int]) -> Node:
        """For a plate of a given height: the body scrolls where it is longer, unless it takes what height there is."""
        body = self.body if self.body.grow else Scroll(f"{self.name}/body", self.body, offsets)
        return Pad(Column([*self.head, body, *self.foot], gap=8), 20)

    def whole(self) -> Node:
        """As a plate among others in one long page; beside others it is as high as they are."""
        plate = Plate(Column([*self.head, self.body, *self.foot], gap=8))
        plate.grow = True
        return plate


class Plate(Pad):
    """A node on a plate."""

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Plate, then the node."""
        kit, theme = look.kit, look.kit.theme
        paint.box(surface, self.rect, kit.px(12), theme.panel, theme.line, kit.px(1))
        super().paint(surface, look)


class Flow(Node):
    """Nodes one after the other, in as many lines as it takes. *end*: the lines stand at the right."""

    def __init__(self, nodes: Sequence[Node], gap: float = 14, *, end: bool = False) -> None:
        super().__init__()
        self.nodes, self.gap, self.end = list(nodes), gap, end

    def children(self) -> Sequence[Node]:
        """Its nodes."""
        return self.nodes

    def natural(self, kit: Kit) -> int:
        """All in one line."""
        return sum(node.natural(kit) for node in self.nodes) + kit.px(self.gap) * max(0, len(self.nodes) - 1)

    def _lines(self, kit: Kit, width: int) -> list[list[Node]]:
        lines: list[list[Node]] = [[]]
        left = width
        for node in self.nodes:
            wide = node.natural(kit)
            if lines[-1] and wide > left:
                lines.append([])
                left = width
            lines[-1].append(node)
            left -= wide + kit.px(self.gap)
        return lines

    def height(self, kit: Kit, width: int) -> int:
        """All lines."""
        return sum(max((node.height(kit, node.natural(kit)) for node in line), default=0) + kit.px(4)
                   for line in self._lines(kit, width))  # fmt: skip

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Line by line."""
        super().place(kit, rect)
        y = rect.y
        for line in self._lines(kit, rect.w):
            high = max((node.height(kit, node.natural(kit)) for node in line), default=0)
            whole = sum(node.natural(kit) for node in line) + kit.px(self.gap) * (len(line) - 1)
            x = rect.right - whole if self.end else rect.x
            for node in line:
                wide = min(node.natural(kit), rect.w)
                own = node.height(kit, wide)
                node.place(kit, pygame.Rect(x, y + (high - own) // 2, wide, own))
                x += wide + kit.px(self.gap)
            y += high + kit.px(4)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Each in turn."""
        for node in self.nodes:
            node.paint(surface, look)


def title(text: str) -> Node:
    """The title of a plate."""
    return Label(text, "serif-semibold", 21)


def side_mark(surface: pygame.Surface, kit: Kit, centre: tuple[int, int], size: int, side: str, number: int,
              outcome: str = "") -> None:  # fmt: skip
    """The mark of a side: its colour, and a shape of its own by its *number* in the game; in it what became of a use."""
    colour = kit.theme.side(side)
    hollow = outcome == "refused"
    fill, edge = (kit.theme.panel, colour) if hollow else (colour, colour)
    rect = pygame.Rect(0, 0, size, size)
    rect.center = centre
    if number % 4 == 0:
        paint.box(surface, rect, max(2, size // 5), fill, edge, kit.px(2))
    elif number % 4 == 1:
        paint.disc(surface, centre, size / 2, fill, edge, kit.px(2))
    else:
        x, y, reach = centre[0], centre[1], size * 0.6
        corners = [(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)]
        if number % 4 == 3:
            corners = [(x, y - reach), (x + reach, y + reach * 0.75), (x - reach, y + reach * 0.75)]
        paint.polygon(surface, corners, edge)
        if hollow:
            inner = [(x + (a - x) * 0.72, y + (b - y) * 0.72) for a, b in corners]
            paint.polygon(surface, inner, fill)
    if outcome in GLYPHS:
        paint.icon(surface, GLYPHS[outcome], centre, round(size * 0.66), colour if hollow else readable(colour))


def swatch(side: str, number: int, size: float = 11) -> Node:
    """The mark of a side as a node."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        side_mark(surface, look.kit, rect.center, look.kit.px(size), side, number)

    return Picture(18, draw, wide=size + 4)


def legend_side(name: str, side: str, number: int) -> Node:
    """A side in a legend."""
    return Row([swatch(side, number, 13), Label(name, "sans", 13, "ink2")], [17, 0], gap=5)


def legend_outcome(outcome: str) -> Node:
    """An outcome in a legend, on a mark without side."""
    words = {"asked": say("Used"), "answered": say("Answered"), "refused": say("Refused"),
             "unanswered": say("Not answered")}  # fmt: skip

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        plate = pygame.Rect(0, 0, kit.px(16), kit.px(16))
        plate.center = rect.center
        hollow = outcome == "refused"
        paint.box(surface, plate, kit.px(4), theme.panel if hollow else theme.ink2, theme.ink2, kit.px(2))
        if outcome in GLYPHS:
            paint.icon(surface, GLYPHS[outcome], plate.center, kit.px(11), theme.ink2 if hollow else theme.panel)

    return Row([Picture(18, draw, wide=18), Label(words[outcome], "sans", 13, "ink2")], [18, 0], gap=5)
