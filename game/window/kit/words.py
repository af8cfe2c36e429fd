"""Text on a screen: labels of one style, and short pages with headings and lists."""

import re
from collections.abc import Sequence

import pygame

from game.window.kit import lettering
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
            kit.text(surface, line, x, y, self.style, self.size, kit.theme.colour(self.colour), self.align)


Run = tuple[str, str]
"""A piece of a line: its text and its style."""

BOLD = {"serif": "serif-semibold", "sans": "semibold"}
"""The style of what authors mark as strong."""


class Rich(Node):
    """A short page as authors write it in Markdown: headings, paragraphs, lists, strong words.

    *size*: of the running text. Links are shown as their text; anything else as it is written.
    """

    def __init__(self, text: str, size: float = 16, style: str = "serif") -> None:
        super().__init__()
        self.blocks = blocks_of(text)
        self.size, self.style = size, style
        self._goes_on = False
        self._laid: tuple[int, Kit, list[list[list[Run]]]] | None = None

    def parts(self) -> Sequence[Node]:
        """Its blocks, each as a page of its own."""
        found = []
        for number, block in enumerate(self.blocks):
            part = Rich("", self.size, self.style)
            part.blocks, part._goes_on = [block], number > 0
            found.append(part)
        return found or [self]

    def height(self, kit: Kit, width: int) -> int:
        """All blocks."""
        return sum(self._high(kit, number, lines) for number, lines in enumerate(self._lines(kit, width)))

    def _style(self, kind: str) -> tuple[str, float, float, float]:
        """Style, size, indent and space above of a block."""
        return {
            "h1": ("serif-semibold", self.size + 6, 0.0, 14.0),
            "h2": ("serif-semibold", self.size + 2, 0.0, 16.0),
            "item": (self.style, self.size, 18.0, 5.0),
            "quote": ("serif-italic", self.size, 14.0, 8.0),
        }.get(kind, (self.style, self.size, 0.0, 9.0))

    def _indent(self, kit: Kit, kind: str, mark: str) -> int:
        """How far a block stands in: far enough for its mark, which may be a number of two digits."""
        style, size, indent, _above = self._style(kind)
        return max(kit.px(indent), kit.width(mark, style, size) + kit.px(6) if mark else 0)

    def _lines(self, kit: Kit, width: int) -> list[list[list[Run]]]:
        """For each block its lines at a width; kept until the width changes."""
        if self._laid is None or self._laid[:2] != (width, kit):
            laid = []
            for kind, mark, text in self.blocks:
                style, size, _indent, _above = self._style(kind)
                laid.append(flowed(kit, text, width - self._indent(kit, kind, mark), style, size))
            self._laid = (width, kit, laid)
        return self._laid[2]

    def _high(self, kit: Kit, number: int, lines: list[list[Run]]) -> int:
        style, size, _indent, _above = self._style(self.blocks[number][0])
        return len(lines) * kit.line(style, size) + self._above(kit, number)

    def _above(self, kit: Kit, number: int) -> int:
        """The space above a block; none above the first of a page."""
        return kit.px(self._style(self.blocks[number][0])[3]) if number or self._goes_on else 0

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Block by block."""
        kit, y = look.kit, self.rect.y
        clip = surface.get_clip()
        for number, lines in enumerate(self._lines(kit, self.rect.w)):
            high = self._high(kit, number, lines)
            if y + high >= clip.top and y <= clip.bottom:
                self._paint(surface, kit, number, lines, y + self._above(kit, number))
            y += high

    def _paint(self, surface: pygame.Surface, kit: Kit, number: int, lines: list[list[Run]], y: int) -> None:
        kind, mark, _text = self.blocks[number]
        style, size, _indent, _above = self._style(kind)
        colour = kit.theme.ink2 if kind == "quote" else kit.theme.ink
        if mark:
            kit.text(surface, mark, self.rect.x, y, style, size, kit.theme.accent)
        for line in lines:
            x = self.rect.x + self._indent(kit, kind, mark)
            for text, run_style in line:
                x += kit.text(surface, text, x, y, run_style, size, colour)
            y += kit.line(style, size)


def flowed(kit: Kit, text: str, width: int, style: str, size: float) -> list[list[Run]]:
    """A text with strong words broken into lines."""
    lines: list[list[Run]] = [[]]
    room = width
    for number, part in enumerate(text.split("**")):
        run_style = BOLD.get(style, style) if number % 2 else style
        for piece in lettering.pieces(part):
            wide = kit.width(piece, run_style, size)
            if lines[-1] and wide > room and kit.width(piece.rstrip(), run_style, size) > room:
                lines.append([])
                room = width
            if lines[-1] and lines[-1][-1][1] == run_style:
                lines[-1][-1] = (lines[-1][-1][0] + piece, run_style)
            else:
                lines[-1].append((piece, run_style))
            room -= wide
    return lines


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
        elif blocks and blocks[-1][0] in ("text", "item", "quote") and blocks[-1][2] and not line.startswith("**"):
            kind, mark, before = blocks[-1]
            blocks[-1] = (kind, mark, f"{before} {plain(line)}")
        else:
            blocks.append(("text", "", plain(line)))
    return [block for block in blocks if block[0]]


def plain(text: str) -> str:
    """A line without the marks of code, links and weak emphasis; strong words keep theirs."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"__(.+?)__", r"**\1**", text)
    text = re.sub(r"(?<![\w*])\*(?![\s*])(.+?)(?<![\s*])\*(?![\w*])", r"\1", text)
    return text.replace("`", "")
