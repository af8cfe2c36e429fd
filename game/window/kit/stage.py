"""A stage: the panes of a screen, and what people do to them with pointer and keyboard.

Every screen works alike: Tab goes round, Enter and the space bar choose, a card beside what is hovered or focused tells
more, and a pane in front of the others holds the focus until it is closed.
"""

import math
from collections.abc import Iterator, Sequence

import pygame

from game.window.kit import paint
from game.window.kit.controls import Button, Choice
from game.window.kit.entry import Entry
from game.window.kit.keys import CHOOSE, ENTER
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Look, Node, Pad
from game.window.kit.pane import Pane, card_at, paint_card
from game.window.kit.rows import Item
from game.window.kit.scroll import Scroll

TIP_AFTER = 300
"""Milliseconds of rest before a card appears; the next one appears at once."""


class Stage:
    """The panes of one screen and where the people's attention is."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.panes: list[Pane] = []
        self.list_pane: Pane | None = None
        self._opened = ""
        self.hover = ""
        self.focus = ""
        self.pressed = ""
        self.offsets: dict[str, int] = {}
        self.by_key = False
        self.fresh = True
        self.room = (0, 0)
        self._dirty: list[pygame.Rect] | None = None
        self._since = 0
        self._tip = ""

    # ---- what must be drawn again
    def all_fresh(self) -> None:
        """Everything must be drawn again."""
        self.fresh, self._dirty = True, None

    def touch(self, *keys: str) -> None:
        """The panes of these nodes must be drawn again, and the card that stands now."""
        areas = [pane.reach(self.kit) for pane in self._shown() if any(key in pane.named() for key in keys if key)]
        card = self._card()
        self.touch_area(*areas, *([card] if card else []))

    def touch_area(self, *areas: pygame.Rect) -> None:
        """These parts of the window must be drawn again."""
        if not self.fresh:
            self._dirty = list(areas)
        elif self._dirty is not None:
            self._dirty += areas
        self.fresh = True

    @property
    def wholly(self) -> bool:
        """Whether all of the window must be drawn again."""
        return self.fresh and self._dirty is None

    def take_dirty(self) -> pygame.Rect | None:
        """The part of the window that must be drawn again, None for all of it; from now on nothing must."""
        dirty, self._dirty, self.fresh = self._dirty, [], False
        if dirty is None:
            return None
        return dirty[0].unionall(dirty[1:]) if dirty else pygame.Rect(0, 0, 0, 0)

    def _shown(self) -> list[Pane]:
        return [*self.panes, self.list_pane] if self.list_pane else self.panes

    def _card(self) -> pygame.Rect | None:
        """Where the card is that tells more; None when there is none."""
        node = self.node(self._tip)
        if node is None or not node.tip or not self.room[0]:
            return None
        return card_at(self.kit, self.room, node.rect, node.tip).inflate(self.kit.px(40), self.kit.px(40))

    # ---- building
    def show(self, kit: Kit, panes: Sequence[Pane], *, whole: bool = True) -> None:
        """Take the panes of a screen in the place of those before. *whole*: what is behind them may have changed as well;
        otherwise only panes that come or go are drawn again.
        """
        same, before = kit is self.kit, self.panes
        self.touch()
        self.kit, self.panes = kit, list(panes)
        come = [pane for pane in self.panes if pane not in before or not same]
        for pane in come:
            pane.place(kit)
        opened, self.list_pane = self.list_pane, None
        keys = {node.key for node in self._nodes()}
        if opened and same and self._opened in keys:
            # A screen may be built anew while a list is open, as for a clock.
            self.list_pane = opened
            keys |= {node.key for node in self._nodes()}
        self.hover = self.hover if self.hover in keys else ""
        self.focus = self.focus if self.focus in keys else ""
        self.pressed = self.pressed if self.pressed in keys else ""
        moved = [*come, *(pane for pane in before if pane not in self.panes)]
        if whole or not same or self.list_pane is not opened or any(pane.front for pane in moved):
            self.all_fresh()
        else:
            self.touch_area(*(pane.reach(kit) for pane in moved))
            self.touch()

    def forget(self) -> None:
        """Drop everything that was shown and remembered: for the next seat."""
        self.panes, self.list_pane = [], None
        self.hover = self.focus = self.pressed = self._tip = ""
        self.offsets.clear()
        self.all_fresh()

    def _reachable(self) -> list[Pane]:
        if self.list_pane:
            return [self.list_pane]
        front = [pane for pane in self.panes if pane.front]
        return front[-1:] or self.panes

    def _nodes(self) -> Iterator[Node]:
        for pane in self._reachable():
            yield from pane.node.walk()

    def node(self, key: str) -> Node | None:
        """The node with a key, if it can be reached."""
        return next((node for node in self._nodes() if node.key == key), None) if key else None

    def at(self, point: tuple[int, int]) -> Node | None:
        """The node at a point."""
        for pane in reversed(self._reachable()):
            if pane.rect.collidepoint(point):
                return pane.node.at(point)
        return None

    def covers(self, point: tuple[int, int]) -> bool:
        """Whether a pane lies over what is behind at this point."""
        if self.list_pane or any(pane.front for pane in self.panes):
            return True
        return any(pane.rect.collidepoint(point) for pane in self.panes)

    # ---- painting
    def _look(self, until: float) -> Look:
        return Look(self.kit, self.hover, self.focus if self.by_key or self._typing() else "", self.pressed, until)

    def draw(self, until: float) -> None:
        """The pictures of panes that need another, before they are shown."""
        look = self._look(until)
        for pane in reversed(self._shown()):
            pane.draw(look)

    def paint(self, surface: pygame.Surface, until: float = math.inf) -> None:
        """All panes, and the card of what is hovered or focused. New texts are drawn *until* a moment of the clock; panes
        that owe some are drawn again.
        """
        self.room = surface.get_size()
        look = self._look(until)
        clip = surface.get_clip()
        for pane in self.panes:
            if pane.front:
                self._dim(surface)
            if pane.plain or pane.reach(self.kit).colliderect(clip):
                pane.paint(surface, look)
        if self.list_pane:
            self.list_pane.paint(surface, look)
        self._paint_tip(surface)
        if self.owes:
            self.touch_area(*(pane.reach(self.kit) for pane in self._shown() if pane.owes))

    @property
    def owes(self) -> bool:
        """Whether texts are left to the next frame."""
        return any(pane.owes for pane in self._shown())

    def _dim(self, surface: pygame.Surface) -> None:
        paint.flat(surface, surface.get_rect(), (*self.kit.theme.shade, 90))

    def _typing(self) -> bool:
        return isinstance(self.node(self.focus), Entry)

    def _paint_tip(self, surface: pygame.Surface) -> None:
        node = self.node(self._tip)
        if node is not None and node.tip:
            paint_card(surface, self.kit, node.rect, node.tip)

    # ---- events
    def event(self, event: pygame.event.Event) -> bool:
        """Let people act; whether the event was meant for the stage."""
        if event.type == pygame.MOUSEMOTION:
            return self._moved(event)
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            return self._down(event.pos)
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1:
            return self._up(event.pos)
        if event.type == pygame.MOUSEWHEEL:
            return self._wheel(event)
        if event.type in (pygame.KEYDOWN, pygame.TEXTINPUT, pygame.TEXTEDITING):
            return self._typed(event)
        return False

    def tick(self, now: int) -> None:
        """Show the card once the pointer has rested."""
        wanted = self.focus if self.by_key else self.hover
        if wanted != self._tip and (self._tip or now - self._since >= TIP_AFTER):
            self.touch()
            self._tip = wanted
            self.touch()

    @property
    def waits(self) -> bool:
        """Whether a card is about to appear."""
        return (self.focus if self.by_key else self.hover) != self._tip

    def _moved(self, event: pygame.event.Event) -> bool:
        if self.pressed:
            node = self.node(self.pressed)
            if node is not None and event.buttons[0] and node.drag(event.pos):
                self._placed_again(node)
            return True
        node = self.at(event.pos)
        key = node.key if node else ""
        if key != self.hover or self.by_key:
            self.touch(self.hover, self.focus, key)
            self.hover, self.by_key = key, False
            self._since = pygame.time.get_ticks()
        return self.covers(event.pos)

    def _placed_again(self, node: Node) -> None:
        if isinstance(node, Scroll):
            node.place(self.kit, node.rect)
        for pane in self.panes:
            if node.key in pane.named():
                pane.renew()
        self.touch(node.key)

    def _down(self, point: tuple[int, int]) -> bool:
        if self.list_pane and not self.list_pane.rect.collidepoint(point):
            self.list_pane = None
            self.all_fresh()
            return True
        node = self.at(point)
        self.touch(self.pressed, self.focus)
        self.pressed = node.key if node else ""
        self._tip = ""
        if node is not None and node.focusable:
            self.focus, self.by_key = node.key, False
        elif self._typing() and not any(pane.front for pane in self.panes):
            self.focus = ""
        self.touch(self.pressed, self.focus)
        if isinstance(node, Entry):
            node.press(point)
        self._text_input()
        return self.covers(point)

    def _up(self, point: tuple[int, int]) -> bool:
        key, self.pressed = self.pressed, ""
        if not key:
            return False
        self.touch(key)
        node = self.at(point)
        if node is not None and node.key == key and not isinstance(node, Entry):
            if isinstance(node, Scroll):
                self._placed_again(node)
            node.press(point)
            if isinstance(node, Scroll):
                self._placed_again(node)
        return True

    def _wheel(self, event: pygame.event.Event) -> bool:
        point = pygame.mouse.get_pos() if getattr(event, "pos", None) is None else event.pos
        for pane in reversed(self._reachable()):
            if pane.rect.collidepoint(point):
                views = [one for one in pane.node.walk() if isinstance(one, Scroll) and one.rect.collidepoint(point)]
                # The card beside a row goes with the row.
                self.touch()
                self._tip = ""
                for view in reversed(views):
                    if view.move(round(-getattr(event, "precise_y", event.y) * view.step)):
                        self._placed_again(view)
                        break
                return True
        return self.covers(point)

    # ---- keys
    def _typed(self, event: pygame.event.Event) -> bool:
        node = self.node(self.focus)
        if node is not None and (
            self.by_key or isinstance(node, Entry) or event.type != pygame.KEYDOWN or not _plain(event)
        ):
            # Told before the node acts: what it does may build the screen anew.
            self.touch(node.key)
            if node.type(event):
                if isinstance(node, Entry):
                    self._placed_again(node)
                return True
        if event.type != pygame.KEYDOWN:
            return False
        if event.key == pygame.K_TAB:
            self.step(-1 if event.mod & pygame.KMOD_SHIFT else 1)
            return True
        if event.key == pygame.K_ESCAPE:
            return self._escape()
        if event.key in ENTER and self._agreed():
            return True
        if event.key in (pygame.K_PAGEDOWN, pygame.K_PAGEUP):
            return self._page(1 if event.key == pygame.K_PAGEDOWN else -1)
        # Arrows go through lists: where the focus is a row, to the row beside it.
        if isinstance(node, Item) and self.by_key and event.key in (pygame.K_UP, pygame.K_DOWN):
            self.step(1 if event.key == pygame.K_DOWN else -1)
            return True
        return bool(self.list_pane)

    def _agreed(self) -> bool:
        """Enter in a pane in front presses its main button, wherever the focus is; whether there is one."""
        if self.list_pane or not any(pane.front for pane in self.panes):
            return False
        buttons = (node for node in self._nodes() if isinstance(node, Button) and not node.off)
        main = next((button for button in buttons if button.kind == "primary"), None)
        if main is not None:
            main.press(main.rect.center)
        return main is not None

    def _escape(self) -> bool:
        if self.list_pane:
            self.list_pane = None
            self.all_fresh()
            return True
        front = [pane for pane in self.panes if pane.front]
        if front and front[-1].close:
            front[-1].close()
            return True
        if self._typing():
            self.focus = ""
            self._text_input()
            self.all_fresh()
            return True
        return False

    def _page(self, step: int) -> bool:
        views = [node for node in self._nodes() if isinstance(node, Scroll) and node.scrolls]
        here = next((view for view in views if any(one.key == self.focus for one in view.walk() if one.key)), None)
        view = here or next(iter(sorted(views, key=lambda one: -one.rect.w * one.rect.h)), None)
        if view and view.move(step * view.rect.h * 4 // 5):
            self._placed_again(view)
        return view is not None

    def step(self, by: int) -> None:
        """The focus to the next thing that can be chosen, or the one before."""
        keys = list(dict.fromkeys(node.key for node in self._nodes() if node.key and node.focusable))
        if not keys:
            return
        number = keys.index(self.focus) + by if self.focus in keys else (0 if by > 0 else -1)
        self.take(keys[number % len(keys)])

    def take(self, key: str, *, by_key: bool = True) -> None:
        """Put the focus on the node with a key, and scroll it into view."""
        self.touch(self.focus, self.hover, key)
        self.focus, self.by_key = key, by_key
        self._since = pygame.time.get_ticks()
        for view in [node for node in self._nodes() if isinstance(node, Scroll)]:
            node = next((one for one in view.walk() if one.key == key and one is not view), None)
            if node is not None and view.show(node.rect):
                self._placed_again(view)
        self._text_input()

    def _text_input(self) -> None:
        if self._typing():
            pygame.key.start_text_input()
        else:
            pygame.key.stop_text_input()

    # ---- the list of a drop-down
    def open_list(self, choice: Choice) -> None:
        """Show all that can be taken in the place of a drop-down."""
        kit = self.kit

        def taker(number: int) -> Act:
            def take() -> None:
                self.list_pane = None
                choice.choose(number)

            return take

        rows = [
            Item(f"{choice.key}/{number}", name, taker(number), on=number == choice.taken)
            for number, name in enumerate(choice.names)
        ]
        column = Pad(Column(rows), 6)
        room = self.room[1] or choice.rect.bottom + kit.px(400)
        wide = max(choice.rect.w, choice.natural(kit))
        high = column.height(kit, wide)
        if high > room - kit.px(32):
            high = room - kit.px(32)
            column = Pad(Scroll("list", Column(rows), self.offsets), 6)
        rect = pygame.Rect(choice.rect.right - wide, choice.rect.bottom + kit.px(4), wide, high)
        if rect.bottom > room - kit.px(8):
            rect.bottom = max(high + kit.px(8), min(choice.rect.top - kit.px(4), room - kit.px(8)))
        self.list_pane, self._opened = Pane("list", rect, column), choice.key
        self.list_pane.place(kit)
        self.hover = ""
        if self.by_key:
            self.focus = rows[choice.taken].key
        self.all_fresh()


def _plain(event: pygame.event.Event) -> bool:
    """Whether a key is Enter or the space bar, which choose only what was focused by key."""
    return event.key in CHOOSE
