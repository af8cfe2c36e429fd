"""Panes in front of everything: a page to read, a list, a question. Esc, the cross or a click on Close ends them."""

from collections.abc import Iterator, Sequence

import pygame

from game.window.app import App
from game.window.kit.controls import Button
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Node, Pad, Row, Rule
from game.window.kit.page import Page
from game.window.kit.pane import Pane
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.words import say


class Front(Pane):
    """A pane in front of everything. One that is *gradual* is placed with as much of a long body as can be seen, and whoever
    shows it lets the rest come; any other is placed whole.
    """

    def __init__(self, name: str, rect: pygame.Rect, node: Node, scroll: Scroll, close: Act) -> None:
        super().__init__(name, rect, node, front=True, close=close)
        self.scroll = scroll
        self.gradual = False

    @property
    def whole(self) -> bool:
        """Whether all of it has come."""
        return not isinstance(self.scroll.child, Page) or self.scroll.child.whole

    def place(self, kit: Kit) -> None:
        """Place its nodes."""
        if isinstance(self.scroll.child, Page) and not self.gradual:
            self.scroll.child.complete()
        super().place(kit)

    def go_on(self, kit: Kit, until: float) -> None:
        """Let more of its body come until a moment of the clock (`time.perf_counter`)."""
        come = self.scroll.go_on(kit, until)
        self._keys |= {one.key for node in come for one in node.walk() if one.key}
        self.renew()


def front(
    app: App,
    name: str,
    title: str,
    body: Sequence[Node] | Iterator[Node],
    close: Act,
    *,
    wide: float = 720,
    buttons: Sequence[Node] = (),
    fixed: Sequence[Node] = (),
    about: str = "",
) -> Front:
    """A pane in the middle of the window with a title, something fixed, a body that scrolls, and buttons below. A body whose
    nodes come one by one can be shown before all of it was made.
    """
    kit = app.kit
    room = pygame.Rect((0, 0), app.size).inflate(-kit.px(48), -kit.px(48))
    width = min(kit.px(wide), room.w)
    cross = Button(f"{name}/close", "", close, kind="quiet", icon="x", tip=(say("Close"), say("Esc does the same.")))
    head: list[Node] = [Row([Label(title, "serif-semibold", 22), cross], [-1, 36])]
    if about:
        head.append(Label(about, "sans", 14, "ink3"))
    inner = Column(body, gap=2) if isinstance(body, Sequence) else Page(body, gap=2)
    foot: list[Node] = [Rule(10, 12), Row(list(buttons), [0] * len(buttons), gap=10)] if buttons else []
    fixed_part = [*head, Rule(10, 12), *fixed]
    around = Pad(Column([*fixed_part, *foot]), 24).height(kit, width)
    rect = pygame.Rect(0, 0, width, room.h)
    scroll = Scroll(f"{name}/body", inner, app.stage.offsets)
    view, narrow = room.h - around, width - kit.px(48) - kit.px(12)
    if inner.exceeds(kit, width - kit.px(48), view):
        # It will be scrolled to where people left it.
        inner.exceeds(kit, narrow, view + app.stage.offsets.get(scroll.key, 0))
    else:
        rect.h = min(room.h, around + inner.height(kit, narrow) + kit.px(4))
    rect.center = app.size[0] // 2, app.size[1] // 2
    return Front(name, rect, Pad(Column([*fixed_part, scroll, *foot]), 24), scroll, close)


def question(app: App, name: str, title: str, text: str, yes: str, act: Act, close: Act) -> Front:
    """A question with two answers; the second is to leave things as they are."""
    buttons = [
        Button(f"{name}/yes", yes, act, kind="primary", keycap=say("Enter")),
        Button(f"{name}/no", say("Not now"), close, keycap=say("Esc")),
    ]
    return front(app, name, title, [Label(text, "serif", 16)], close, wide=520, buttons=buttons)
