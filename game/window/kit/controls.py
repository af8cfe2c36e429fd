"""What people click: buttons, switches, choices."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import pygame

from game.window.kit import paint
from game.window.kit.keys import chooses
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Look, Node, ring
from game.window.kit.theme import Colour, mixed

Choose = Callable[[int], None]
"""What happens when the choice with this number is taken."""

OpenList = Callable[["Choice"], None]
"""What opens the list of a drop-down."""


class Control(Node):
    """Something that can be chosen. A control that is off tells in its tip why."""

    focusable = True

    def __init__(self, key: str, act: Act | None, *, tip: Sequence[str] = (), off: bool = False) -> None:
        super().__init__()
        self.key, self.act, self.tip, self.off = key, act, tip, off

    def press(self, point: tuple[int, int]) -> None:
        """Do what it is for, unless it is off."""
        if self.act and not self.off:
            self.act()

    def type(self, event: pygame.event.Event) -> bool:
        """Enter and the space bar choose it."""
        if chooses(event):
            if not self.off:
                self.press(self.rect.center)
            return True
        return False


class Button(Control):
    """A button with a word, an icon or both. *kind*: primary, plain, quiet (no border) or chip (small).

    *keycap*: the key that does the same, shown in the button.
    """

    HIGH: ClassVar[Mapping[str, float]] = {"primary": 44, "plain": 40, "quiet": 32, "chip": 30}

    def __init__(
        self,
        key: str,
        text: str,
        act: Act | None,
        *,
        kind: str = "plain",
        icon: str = "",
        keycap: str = "",
        tip: Sequence[str] = (),
        off: bool = False,
        on: bool = False,
        high: float = 0,
    ) -> None:
        super().__init__(key, act, tip=tip, off=off)
        self.text, self.kind, self.icon, self.keycap, self.on = text, kind, icon, keycap, on
        self.high = high or self.HIGH[kind]

    def height(self, kit: Kit, width: int) -> int:
        """One line of text with room around it."""
        return max(kit.px(self.high), kit.line("medium", 14) + kit.px(8))

    def _parts(self, kit: Kit) -> tuple[int, int, int]:
        icon = kit.px(18) + (kit.px(8) if self.text else 0) if self.icon else 0
        text = kit.width(self.text, self._style, self._size)
        cap = kit.width(self.keycap, "medium", 12) + kit.px(22) if self.keycap else 0
        return icon, text, cap

    @property
    def _style(self) -> str:
        return "semibold" if self.kind == "primary" else "medium"

    @property
    def _size(self) -> float:
        return 15 if self.kind == "primary" else 14

    def natural(self, kit: Kit) -> int:
        """The width of what is in it."""
        side = 10 if not self.text else 12 if self.kind in ("chip", "quiet") else 18
        return max(sum(self._parts(kit)) + 2 * kit.px(side), kit.px(self.high))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Plate, icon, word, key."""
        kit, theme = look.kit, look.kit.theme
        hot = look.hover == self.key and not self.off
        ink = self._plate(surface, look, hot)
        icon, text, cap = self._parts(kit)
        room = self.rect.w - icon - cap - kit.px(8)
        shown = kit.cut(self.text, room, self._style, self._size) if text > room else self.text
        text = min(text, room)
        x = self.rect.centerx - (icon + text + cap) // 2
        if self.icon:
            paint.icon(surface, self.icon, (x + kit.px(9), self.rect.centery), kit.px(18), ink)
        y = self.rect.centery - kit.line(self._style, self._size) // 2
        kit.text(surface, shown, x + icon, y, self._style, self._size, ink)
        if self.keycap:
            plate = pygame.Rect(0, 0, cap - kit.px(8), kit.line("medium", 12) + kit.px(4))
            plate.midleft = (x + icon + text + kit.px(8), self.rect.centery)
            base = theme.accent if self.kind == "primary" and not self.off else theme.panel2
            paint.box(surface, plate, kit.px(5), mixed(base, ink, 0.18))
            kit.text(
                surface,
                self.keycap,
                plate.centerx,
                plate.centery - kit.line("medium", 12) // 2,
                "medium",
                12,
                ink,
                "centre",
            )
        if look.focus == self.key:
            ring(surface, self.rect, kit)

    def _plate(self, surface: pygame.Surface, look: Look, hot: bool) -> Colour:
        """Draw the plate; the colour of what is written on it."""
        kit, theme = look.kit, look.kit.theme
        radius = kit.px(8)
        down = look.pressed == self.key
        if self.kind == "primary":
            fill = theme.panel3 if self.off else mixed(theme.accent, theme.ink, 0.18 if down else 0.1 if hot else 0)
            paint.box(surface, self.rect, radius, fill)
            return theme.ink3 if self.off else theme.on_accent
        if self.kind in ("plain", "chip"):
            fill = theme.tint if self.on else theme.panel3 if down or hot else theme.panel
            paint.box(surface, self.rect, radius, fill, theme.accent if self.on else theme.line2, kit.px(1))
        elif hot or self.on:
            paint.box(surface, self.rect, radius, theme.tint if self.on else theme.panel3)
        if self.off:
            return mixed(theme.ink3, theme.panel, 0.35)
        return theme.accent if self.kind == "quiet" and self.text and not self.icon else theme.ink


class Toggle(Control):
    """A switch with a name, and a second line that says what it does."""

    def __init__(
        self, key: str, text: str, on: bool, act: Act, *, about: str = "", tip: Sequence[str] = (), off: bool = False
    ) -> None:
        super().__init__(key, act, tip=tip, off=off)
        self.text, self.on, self.about = text, on, about

    def height(self, kit: Kit, width: int) -> int:
        """The words beside the switch."""
        room = width - kit.px(54)
        lines = len(kit.wrap(self.text, room, "sans", 14)) * kit.line("sans", 14)
        if self.about:
            lines += len(kit.wrap(self.about, room, "sans", 13)) * kit.line("sans", 13)
        return max(kit.px(32), lines + kit.px(6))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The words, then the switch at the right."""
        kit, theme = look.kit, look.kit.theme
        room = self.rect.w - kit.px(54)
        y = self.rect.y + kit.px(3)
        for text, size, colour in ((self.text, 14, theme.ink), (self.about, 13, theme.ink3)):
            for line in kit.wrap(text, room, "sans", size) if text else ():
                kit.text(surface, line, self.rect.x, y, "sans", size, colour)
                y += kit.line("sans", size)
        plate = pygame.Rect(0, 0, kit.px(38), kit.px(22))
        plate.midright = self.rect.midright
        paint.box(surface, plate, plate.h // 2, theme.accent if self.on else theme.line2)
        x = plate.right - plate.h // 2 if self.on else plate.x + plate.h // 2
        paint.disc(surface, (x, plate.centery), kit.px(8), theme.panel)
        if look.focus == self.key:
            ring(surface, self.rect, kit)


class Segments(Control):
    """A few choices side by side, one of them taken. Left and right change it. *offs*: why some cannot be taken."""

    def __init__(
        self,
        key: str,
        names: Sequence[str],
        taken: int,
        choose: Choose,
        *,
        offs: Sequence[str] = (),
        tip: Sequence[str] = (),
    ) -> None:
        super().__init__(key, None, tip=tip)
        self.names, self.taken, self.choose = list(names), taken, choose
        self.offs = list(offs) or [""] * len(self.names)
        self.cells: list[pygame.Rect] = []

    def height(self, kit: Kit, width: int) -> int:
        """One line, or as many as it takes to show the names whole."""
        return max(kit.px(34), kit.line("sans", 13) + kit.px(12)) * self._rows(kit, width)

    def _wide(self, kit: Kit) -> list[int]:
        return [kit.width(name, "semibold", 13) + kit.px(18) for name in self.names]

    def _rows(self, kit: Kit, width: int) -> int:
        """How many rows it takes: one where all names fit, else as many as equal cells need."""
        wide = self._wide(kit)
        rows = 1 if sum(wide) <= width else 2
        while 1 < rows < len(self.names) and max(wide) > width // -(-len(self.names) // rows):
            rows += 1
        return rows

    def _cells(self, kit: Kit) -> list[pygame.Rect]:
        rows = self._rows(kit, self.rect.w)
        high = self.rect.h // rows
        if rows == 1:
            return self._in_one_row(kit, high)
        each = -(-len(self.names) // rows)
        wide = self.rect.w // each
        return [
            pygame.Rect(self.rect.x + n % each * wide, self.rect.y + n // each * high, wide, high)
            for n in range(len(self.names))
        ]

    def _in_one_row(self, kit: Kit, high: int) -> list[pygame.Rect]:
        """Equal cells where the longest name fits into one, else cells by the length of their names."""
        wide = self._wide(kit)
        if max(wide) <= self.rect.w // len(wide):
            wide = [self.rect.w // len(wide)] * len(wide)
        spare = (self.rect.w - sum(wide)) / len(wide)
        cells, x = [], float(self.rect.x)
        for one in wide:
            cells.append(pygame.Rect(round(x), self.rect.y, round(x + one + spare) - round(x), high))
            x += one + spare
        return cells

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """The cells, for clicks."""
        super().place(kit, rect)
        self.cells = self._cells(kit)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The trough and the cell that is taken."""
        kit, theme = look.kit, look.kit.theme
        paint.box(surface, self.rect, kit.px(8), theme.panel3)
        for number, (name, cell) in enumerate(zip(self.names, self._cells(kit), strict=True)):
            here = number == self.taken
            if here:
                plate = cell.inflate(-kit.px(6), -kit.px(6))
                paint.box(
                    surface,
                    plate,
                    kit.px(6),
                    mixed(theme.panel3, theme.ink, 0.14) if theme.dark else theme.panel,
                    theme.line2,
                    kit.px(1),
                )
            style = "semibold" if here else "sans"
            colour = (
                theme.ink if here else theme.ink2 if not self.offs[number] else mixed(theme.ink3, theme.panel3, 0.45)
            )
            shown = kit.cut(name, cell.w - kit.px(8), style, 13)
            kit.text(surface, shown, cell.centerx, cell.centery - kit.line(style, 13) // 2, style, 13, colour, "centre")
        if look.focus == self.key:
            ring(surface, self.rect, kit)

    def press(self, point: tuple[int, int]) -> None:
        """Take the cell at the point."""
        for number, cell in enumerate(self.cells):
            if cell.collidepoint(point) and number != self.taken and not self.offs[number]:
                self.choose(number)

    def type(self, event: pygame.event.Event) -> bool:
        """Left and right."""
        if event.type != pygame.KEYDOWN or event.key not in (pygame.K_LEFT, pygame.K_RIGHT):
            return False
        step = 1 if event.key == pygame.K_RIGHT else -1
        number = self.taken + step
        while 0 <= number < len(self.names) and self.offs[number]:
            number += step
        if 0 <= number < len(self.names):
            self.choose(number)
        return True


class Choice(Control):
    """A drop-down: what is taken, and on a click the list of all. Up and down change it without the list."""

    def __init__(
        self,
        key: str,
        names: Sequence[str],
        taken: int,
        choose: Choose,
        open_list: OpenList,
        *,
        tip: Sequence[str] = (),
        off: bool = False,
    ) -> None:
        super().__init__(key, None, tip=tip, off=off)
        self.names, self.taken, self.choose, self.open_list = list(names), taken, choose, open_list

    def height(self, kit: Kit, width: int) -> int:
        """One line."""
        return max(kit.px(36), kit.line("medium", 14) + kit.px(10))

    def natural(self, kit: Kit) -> int:
        """Wide enough for the longest name."""
        return max(kit.width(name, "medium", 14) for name in self.names) + kit.px(44)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The plate with the name and an arrow."""
        kit, theme = look.kit, look.kit.theme
        hot = look.hover == self.key and not self.off
        paint.box(
            surface,
            self.rect,
            kit.px(8),
            theme.panel3 if hot else theme.panel2 if self.off else theme.panel,
            theme.line2,
            kit.px(1),
        )
        name = kit.cut(self.names[self.taken], self.rect.w - kit.px(40), "medium", 14)
        kit.text(
            surface,
            name,
            self.rect.x + kit.px(12),
            self.rect.centery - kit.line("medium", 14) // 2,
            "medium",
            14,
            theme.ink3 if self.off else theme.ink,
        )
        paint.icon(surface, "chevron-down", (self.rect.right - kit.px(18), self.rect.centery), kit.px(16), theme.ink2)
        if look.focus == self.key:
            ring(surface, self.rect, kit)

    def press(self, point: tuple[int, int]) -> None:
        """Open the list."""
        if not self.off:
            self.open_list(self)

    def type(self, event: pygame.event.Event) -> bool:
        """Up and down change what is taken; Enter opens the list."""
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_UP, pygame.K_DOWN) and not self.off:
            number = self.taken + (1 if event.key == pygame.K_DOWN else -1)
            if 0 <= number < len(self.names):
                self.choose(number)
            return True
        return super().type(event)
