"""A field to type in. Text comes from the system's input method, so Japanese and Chinese can be typed as anywhere else."""

from collections.abc import Callable, Sequence

import pygame
from attrs import define

from game.window.kit import paint
from game.window.kit.controls import Control
from game.window.kit.keys import ENTER
from game.window.kit.kit import Kit
from game.window.kit.node import Look, ring
from game.window.kit.theme import mixed

LONGEST = 400
"""Letters that a field takes where nothing else is said."""


@define
class Typing:
    """What stands in a field: the text, the caret, where a selection began (-1: none), and what is being composed."""

    text: str = ""
    caret: int = 0
    anchor: int = -1
    composed: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """The selection from and to, empty at the caret."""
        return (
            (min(self.anchor, self.caret), max(self.anchor, self.caret))
            if self.anchor >= 0
            else (self.caret, self.caret)
        )

    def put(self, text: str, longest: int) -> None:
        """Text in the place of the selection, at the caret."""
        begin, end = self.span
        room = longest - len(self.text) + end - begin
        text = text[: max(0, room)]
        self.text = self.text[:begin] + text + self.text[end:]
        self.caret, self.anchor = begin + len(text), -1

    def move(self, to: int, *, select: bool) -> None:
        """The caret to a place, with the selection or without."""
        if select and self.anchor < 0:
            self.anchor = self.caret
        elif not select:
            self.anchor = -1
        self.caret = max(0, min(len(self.text), to))

    def rub(self, by: int) -> None:
        """Take away the selection, or letters before (negative) or after the caret."""
        begin, end = self.span
        if begin == end:
            begin, end = sorted((begin, max(0, min(len(self.text), begin + by))))
        self.text = self.text[:begin] + self.text[end:]
        self.caret, self.anchor = begin, -1


class Entry(Control):
    """One field. *changed(text)* is told of every change; *entered* when Enter is typed. *hidden*: for a PIN.

    The *typing* is kept by the screen, so that it outlives a new building of the screen.
    """

    def __init__(
        self,
        key: str,
        typing: Typing,
        *,
        hint: str = "",
        changed: Callable[[str], None] | None = None,
        entered: Callable[[], None] | None = None,
        hidden: bool = False,
        longest: int = LONGEST,
        lines: int = 1,
        tip: Sequence[str] = (),
    ) -> None:
        super().__init__(key, None, tip=tip)
        self.typing, self.hint, self.changed, self.entered = typing, hint, changed, entered
        self.hidden, self.longest, self.lines = hidden, longest, lines
        self._rows: list[tuple[int, str, int]] = []
        self._kit: Kit | None = None
        self._home = pygame.Rect(0, 0, 0, 0)

    def height(self, kit: Kit, width: int) -> int:
        """Its lines with room around them."""
        lines = max(self.lines, len(self._broken(kit, width - kit.px(24)))) if self.lines > 1 else 1
        return max(kit.px(36), lines * kit.line("sans", 14) + kit.px(16))

    def _shown(self) -> str:
        typing = self.typing
        text = typing.text[: typing.caret] + typing.composed + typing.text[typing.caret :]
        return "•" * len(text) if self.hidden else text

    def _broken(self, kit: Kit, room: int) -> list[str]:
        """The text in lines, none of its letters lost."""
        text = self._shown()
        lines, line = [], ""
        for letter in text:
            if line and kit.width(line + letter, "sans", 14) > room:
                cut = line.rfind(" ") + 1
                cut = cut if cut > len(line) // 2 else len(line)
                lines.append(line[:cut])
                line = line[cut:]
            line += letter
        return [*lines, line]

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Plate, text or hint, selection and caret."""
        kit, theme = look.kit, look.kit.theme
        here = look.focus == self.key
        paint.box(surface, self.rect, kit.px(8), theme.panel, theme.accent if here else theme.line2, kit.px(1))
        inner = self.rect.inflate(-kit.px(24), -kit.px(8))
        clip = surface.get_clip()
        surface.set_clip(inner.inflate(kit.px(4), 0).clip(clip))
        if not self._shown() and not here:
            kit.text(
                surface, kit.cut(self.hint, inner.w, "sans", 14), inner.x, inner.y + kit.px(4), "sans", 14, theme.ink3
            )
        self._lines(surface, look, inner, here)
        surface.set_clip(clip)
        if here:
            ring(surface, self.rect, kit)

    def _lines(self, surface: pygame.Surface, look: Look, inner: pygame.Rect, here: bool) -> None:
        kit, theme = look.kit, look.kit.theme
        high = kit.line("sans", 14)
        lines = self._broken(kit, inner.w) if self.lines > 1 else [self._shown()]
        caret = self.typing.caret + len(self.typing.composed)
        shift = 0
        if self.lines == 1:
            shift = max(0, kit.width(lines[0][:caret], "sans", 14) - inner.w + kit.px(4))
        begin, end = self.typing.span
        start = 0
        self._rows = []
        y = inner.y + kit.px(4) if self.lines > 1 else inner.centery - high // 2
        for number, line in enumerate(lines):
            x = inner.x - shift
            self._rows.append((start, line, y - self.rect.y))
            if begin != end and begin < start + len(line) and end > start:
                left = kit.width(line[: max(0, begin - start)], "sans", 14)
                right = kit.width(line[: end - start], "sans", 14)
                surface.fill(mixed(theme.panel, theme.accent, 0.3), (x + left, y, right - left, high))
            kit.text(surface, line, x, y, "sans", 14, theme.ink)
            last = number == len(lines) - 1
            if here and start <= caret and (caret < start + len(line) or last):
                at = x + kit.width(line[: caret - start], "sans", 14)
                surface.fill(theme.accent, (at, y + kit.px(2), kit.px(2), high - kit.px(4)))
                # Where the list of an input method belongs.
                there = (at - self.rect.x + self._home.x, y - self.rect.y + self._home.y)
                pygame.key.set_text_input_rect(pygame.Rect(*there, 1, high))
            start += len(line)
            y += high

    # ---- what people type
    def press(self, point: tuple[int, int]) -> None:
        """The caret goes to the click."""
        self.typing.move(self._place(point), select=False)

    def drag(self, point: tuple[int, int]) -> bool:
        """Dragging selects."""
        self.typing.move(self._place(point), select=True)
        return True

    def _place(self, point: tuple[int, int]) -> int:
        """Which letter is at a point: by the widths as last painted."""
        if not self._rows or self._kit is None:
            return len(self.typing.text)
        rows = [row for row in self._rows if row[2] + self.rect.y <= point[1]] or self._rows[:1]
        start, line, _y = rows[-1]
        x = self.rect.x + self._kit.px(12)
        best = min(range(len(line) + 1), key=lambda n: abs(x + self._width(line[:n]) - point[0]))
        return start + best

    def _width(self, text: str) -> int:
        return self._kit.width(text, "sans", 14) if self._kit else 0

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Remember kit and place: clicks are measured by them, and a pane paints its nodes elsewhere."""
        super().place(kit, rect)
        self._kit, self._home = kit, pygame.Rect(rect)

    def type(self, event: pygame.event.Event) -> bool:
        """Text, and keys that move or change it."""
        typing = self.typing
        before = typing.text
        if event.type == pygame.TEXTINPUT:
            typing.composed = ""
            typing.put(event.text, self.longest)
        elif event.type == pygame.TEXTEDITING:
            typing.composed = event.text
        elif event.type == pygame.KEYDOWN:
            if typing.composed or not self._key(event):
                return bool(typing.composed)
        else:
            return False
        if typing.text != before and self.changed:
            self.changed(typing.text)
        return True

    def _key(self, event: pygame.event.Event) -> bool:
        """A key; whether it means something here."""
        typing = self.typing
        command = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
        select = bool(event.mod & pygame.KMOD_SHIFT)
        moves = {
            pygame.K_LEFT: typing.caret - 1,
            pygame.K_RIGHT: typing.caret + 1,
            pygame.K_HOME: 0,
            pygame.K_END: len(typing.text),
        }
        if event.key in moves:
            typing.move(moves[event.key], select=select)
        elif event.key == pygame.K_BACKSPACE:
            typing.rub(-1)
        elif event.key == pygame.K_DELETE:
            typing.rub(1)
        elif command and event.key in (pygame.K_a, pygame.K_c, pygame.K_x, pygame.K_v):
            self._clip(event.key)
        elif event.key in ENTER and self.entered:
            self.entered()
        else:
            # Letters come as text as well; keys with a meaning of their own elsewhere must not act here.
            return not command and event.key not in (pygame.K_TAB, pygame.K_ESCAPE) and event.key < pygame.K_F1
        return True

    def _clip(self, key: int) -> None:
        typing = self.typing
        begin, end = typing.span
        if key == pygame.K_a:
            typing.anchor, typing.caret = 0, len(typing.text)
        elif key == pygame.K_v:
            typing.put(pasted().replace("\n", " "), self.longest)
        elif begin != end and not self.hidden:
            clip(typing.text[begin:end])
            if key == pygame.K_x:
                typing.rub(0)


def clip(text: str) -> None:
    """Put a text into the clipboard, where there is one."""
    try:
        pygame.scrap.put_text(text)
    except pygame.error:
        return


def pasted() -> str:
    """The text in the clipboard; nothing where there is none."""
    try:
        return str(pygame.scrap.get_text() or "").replace("\r", "")
    except (pygame.error, UnicodeError):
        return ""
