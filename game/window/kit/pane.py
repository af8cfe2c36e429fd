"""Panes: cards with nodes, and the small cards that tell more beside what is hovered or focused."""

import math
from collections.abc import Sequence

import pygame

from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.lettering import patience
from game.window.kit.node import Act, Look, Node


class Pane:
    """A card with nodes, at a rectangle. *plain*: without plate and shadow; *front*: in front of everything, and what
    is behind cannot be reached. *radius* of its corners; *fill* a token of the theme. One that *owes* has texts that come in
    the next frame.
    """

    def __init__(
        self,
        name: str,
        rect: pygame.Rect,
        node: Node,
        *,
        front: bool = False,
        radius: float = 12,
        fill: str = "panel",
        plain: bool = False,
        close: Act | None = None,
    ) -> None:
        self.name, self.rect, self.node = name, pygame.Rect(rect), node
        self.front, self.radius, self.fill, self.plain, self.close = front, radius, fill, plain, close
        self._picture: pygame.Surface | None = None
        self._shown: tuple[str, ...] | None = None
        self._keys: frozenset[str] = frozenset()
        self.owes = False
        self._seen = False

    def place(self, kit: Kit) -> None:
        """Place its nodes."""
        self.node.place(kit, self.rect)
        self._keys = frozenset(node.key for node in self.node.walk() if node.key)
        self.renew()

    def renew(self) -> None:
        """Draw it anew the next time: something in it has changed."""
        self._shown = None

    def named(self) -> frozenset[str]:
        """The keys of its nodes."""
        return self._keys

    def reach(self, kit: Kit) -> pygame.Rect:
        """All pixels that it touches, its shadow among them."""
        return self.rect.inflate(kit.px(44), kit.px(44))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Show it."""
        if self.plain:
            self.node.paint(surface, look)
        else:
            self.draw(look)
            self.put(surface, look.kit, look.kit.px(4))
            self._seen = True

    def draw(self, look: Look) -> None:
        """Draw its picture, where something in it has changed, or what is hovered or focused in it. Texts that it owes are
        drawn once the picture without them was seen.
        """
        shown = tuple(one if one in self._keys else "" for one in (look.hover, look.focus, look.pressed))
        owing = self.owes and (self._seen or look.until == math.inf)
        if self.plain or (shown == self._shown and not owing):
            return
        margin = look.kit.px(4)
        size = max(1, self.rect.w + 2 * margin), max(1, self.rect.h + 2 * margin)
        if self._picture is None or self._picture.get_size() != size:
            self._picture = pygame.Surface(size)
        # Painted in place on a picture of its own: its corners stay what is behind them.
        self.owes = self._draw(look, margin)
        self._shown, self._seen = shown, False

    def _draw(self, look: Look, margin: int) -> bool:
        """Draw the picture; whether some of its texts are left to the next frame."""
        assert self._picture is not None
        self._picture.fill(look.kit.theme.colour(self.fill))
        shifted = _Shifted(self._picture, self.rect.x - margin, self.rect.y - margin)
        patience.begin(look.until)
        shifted.paint(self.node, look)
        owed = patience.owed
        patience.begin(math.inf)
        return owed

    def put(self, surface: pygame.Surface, kit: Kit, margin: int) -> None:
        """Put its picture onto the window, with round corners and a shadow: the corners as plates, the rest in three
        stripes, and a hairline in the dark. *margin*: how much wider the picture is on every side.
        """
        assert self._picture is not None
        radius = min(kit.px(self.radius), self.rect.w // 2, self.rect.h // 2)
        opaque = self.rect.inflate(-2 * radius, 0), self.rect.inflate(0, -2 * radius)
        below = self.rect.move(0, kit.px(3))
        paint.shadow(surface, below, kit.px(self.radius), kit.px(9), 46, kit.theme.shade, behind=opaque)
        colour = kit.theme.colour(self.fill)
        paint.corners(surface, self.rect, radius, colour)
        for area in (
            pygame.Rect(0, radius, self.rect.w, self.rect.h - 2 * radius),
            pygame.Rect(radius, 0, self.rect.w - 2 * radius, radius),
            pygame.Rect(radius, self.rect.h - radius, self.rect.w - 2 * radius, radius),
        ):
            surface.blit(self._picture, self.rect.move(area.topleft).topleft, area.move(margin, margin))
        if kit.theme.dark:
            paint.box(surface, self.rect, radius, None, kit.theme.line, kit.px(1))


class _Shifted:
    """Paints nodes, which know their place in the window, into a smaller picture."""

    def __init__(self, picture: pygame.Surface, x: int, y: int) -> None:
        self.picture, self.x, self.y = picture, x, y

    def paint(self, node: Node, look: Look) -> None:
        """Move the nodes there and back."""
        moved = list(node.walk())
        for one in moved:
            one.rect.move_ip(-self.x, -self.y)
        node.paint(self.picture, look)
        for one in moved:
            one.rect.move_ip(self.x, self.y)


CARD = 360
"""Width of a card at most, in design pixels."""


def card_lines(kit: Kit, lines: Sequence[str], room: tuple[int, int]) -> tuple[list[str], list[str]]:
    """Title and body of a card, broken into lines."""
    most = min(kit.px(CARD), room[0] // 2) - kit.px(28)
    return kit.wrap(lines[0], most, "semibold", 14), [
        piece for line in lines[1:] for piece in kit.wrap(line, most, "sans", 13)
    ]


def card_at(kit: Kit, room: tuple[int, int], beside: pygame.Rect, lines: Sequence[str]) -> pygame.Rect:
    """Where a card with these lines stands beside a rectangle in a window of this size: wherever there is room."""
    title, body = card_lines(kit, lines, room)
    widths = [kit.width(line, "semibold", 14) for line in title] + [kit.width(line, "sans", 13) for line in body]
    high = len(title) * kit.line("semibold", 14) + len(body) * kit.line("sans", 13) + kit.px(20)
    rect = pygame.Rect(0, 0, max(widths) + kit.px(28), high)
    inner = pygame.Rect((0, 0), room).inflate(-kit.px(12), -kit.px(12))
    gap = kit.px(8)
    spots = (
        ("topleft", (beside.right + gap, beside.y)),
        ("topright", (beside.x - gap, beside.y)),
        ("midtop", (beside.centerx, beside.bottom + gap)),
        ("midbottom", (beside.centerx, beside.y - gap)),
    )
    for name, place in spots:
        setattr(rect, name, place)
        if not rect.clamp(inner).colliderect(beside):
            break
    return rect.clamp(inner)


def paint_card(surface: pygame.Surface, kit: Kit, beside: pygame.Rect, lines: Sequence[str]) -> pygame.Rect:
    """Draw a card with a title and lines beside a rectangle; where it is."""
    theme = kit.theme
    title, body = card_lines(kit, lines, surface.get_size())
    rect = card_at(kit, surface.get_size(), beside, lines)
    paint.shadow(surface, rect.move(0, kit.px(2)), kit.px(8), kit.px(7), 60, theme.shade)
    paint.box(surface, rect, kit.px(8), theme.panel, theme.line2, kit.px(1))
    y = rect.y + kit.px(10)
    for style, size, colour, texts in (("semibold", 14, theme.ink, title), ("sans", 13, theme.ink2, body)):
        for line in texts:
            kit.text(surface, line, rect.x + kit.px(14), y, style, size, colour)
            y += kit.line(style, size)
    return rect
