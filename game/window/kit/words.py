"""Text on a screen: labels of one style, and short pages with headings and lists."""

import re
from collections.abc import Sequence

import pygame

from game.window.kit.kit import Kit
from game.window.kit.node import Look, Node
from game.window.kit.theme import Colour


class Label(Node):
    """A text in one style, wrapped to the width, or cut to *most* lines. *colour*: a token of the theme, or a colour."""

    def __init__(
        self,
        text: str,
        style: str = "sans",
        size: float = 14,
        colour: str | Colour = "ink",
        *,
        align: str = "left",
        most: int = 0,
        key: str = "",
        tip: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.text, self.style, self.size, self.colour = text, style, size, colour
        self.align, self.most = align, most
        self.key, self.tip = key, tip

    def lines(self, kit: Kit, width: int) -> list[str]:
        """Its lines at a width."""
        lines = kit.wrap(self.text, width, self.style, self.size) if width > 0 else [self.text]
        if self.most and len(lines) > self.most:
            rest = " ".join(lines[self.most - 1 :])
            lines = [*lines[: self.most - 1], kit.cut(rest, width, self.style, self.size)]
        return lines

    def natural(self, kit: Kit) -> int:
        """The width of its longest line, unwrapped."""
        return max((kit.width(line, self.style, self.size) for line in self.text.split("\n")), default=0)

    def height(self, kit: Kit, width: int) -> int:
        """All lines."""
        return len(self.lines(kit, width)) * kit.line(self.style, self.size)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Line by line."""
        kit = look.kit
        x = {"left": self.rect.x, "centre": self.rect.centerx, "right": self.rect.right}[self.align]
        for number, line in enumerate(self.lines(kit, self.rect.w)):
            y = self.rect.y + number * kit.line(self.style, self.size)
            kit.text(surface, line, x, y, self.style, self.size, coloured(kit, self.colour), self.align)


def coloured(kit: Kit, colour: str | Colour) -> Colour:
    """A colour, or the theme's colour of that name."""
    if isinstance(colour, str):
        found: Colour = getattr(kit.theme, colour)
        return found
    return colour


class Rich(Node):
    """A short page as authors write it in Markdown: headings, paragraphs, lists, emphasis shown as weight.

    *size*: of the running text. Links are shown as their text; anything else as it is written.
    """

    def __init__(self, text: str, size: float = 16, style: str = "serif") -> None:
        super().__init__()
        self.blocks = blocks_of(text)
        self.size, self.style = size, style

    def height(self, kit: Kit, width: int) -> int:
        """All blocks."""
        return sum(self._block(kit, block, width) for block in self.blocks)

    def _style(self, kind: str) -> tuple[str, float, float, float]:
        """Style, size, indent and space above of a block."""
        return {
            "h1": ("serif-semibold", self.size + 6, 0.0, 14.0),
            "h2": ("serif-semibold", self.size + 2, 0.0, 16.0),
            "item": (self.style, self.size, 18.0, 5.0),
            "quote": ("serif-italic", self.size, 14.0, 8.0),
        }.get(kind, (self.style, self.size, 0.0, 9.0))

    def _block(self, kit: Kit, block: tuple[str, str, str], width: int) -> int:
        kind, _mark, text = block
        style, size, indent, above = self._style(kind)
        lines = kit.wrap(text, width - kit.px(indent), style, size)
        return len(lines) * kit.line(style, size) + (kit.px(above) if block is not self.blocks[0] else 0)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Block by block."""
        kit, y = look.kit, self.rect.y
        clip = surface.get_clip()
        for block in self.blocks:
            high = self._block(kit, block, self.rect.w)
            if y + high >= clip.top and y <= clip.bottom:
                self._paint(surface, kit, block, y + (kit.px(self._style(block[0])[3]) if y > self.rect.y else 0))
            y += high

    def _paint(self, surface: pygame.Surface, kit: Kit, block: tuple[str, str, str], y: int) -> None:
        kind, mark, text = block
        style, size, indent, _above = self._style(kind)
        colour = kit.theme.ink if kind in ("h1", "h2") else kit.theme.ink2 if kind == "quote" else kit.theme.ink
        if mark:
            kit.text(surface, mark, self.rect.x, y, style, size, kit.theme.accent)
        for line in kit.wrap(text, self.rect.w - kit.px(indent), style, size):
            kit.text(surface, line, self.rect.x + kit.px(indent), y, style, size, colour)
            y += kit.line(style, size)


def blocks_of(text: str) -> list[tuple[str, str, str]]:
    """The blocks of a page: kind, mark of a list item, and text."""
    blocks: list[tuple[str, str, str]] = []
    for raw in text.replace("\r", "").split("\n"):
        line = raw.strip()
        heading = re.match(r"(#{1,6})\s+(.*)", line)
        item = re.match(r"([-*+]|\d+[.)])\s+(.*)", line)
        if not line:
            blocks.append(("", "", ""))
        elif heading:
            blocks.append(("h1" if len(heading[1]) == 1 else "h2", "", plain(heading[2])))
        elif item:
            mark = "•" if len(item[1]) == 1 else item[1]
            blocks.append(("item", mark, plain(item[2])))
        elif line.startswith(">"):
            blocks.append(("quote", "", plain(line.lstrip("> "))))
        elif blocks and blocks[-1][0] in ("text", "item", "quote") and blocks[-1][2]:
            kind, mark, before = blocks[-1]
            blocks[-1] = (kind, mark, f"{before} {plain(line)}")
        else:
            blocks.append(("text", "", plain(line)))
    return [block for block in blocks if block[0]]


def plain(text: str) -> str:
    """A line without the marks of emphasis, code and links."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\w*])", r"\1", text)
    return text.replace("`", "")
