"""Panes in front of everything: a page to read, a list, a question. Esc, the cross or a click on Close ends them."""

from collections.abc import Sequence

import pygame

from game.window.app import App
from game.window.kit.controls import Button
from game.window.kit.node import Act, Column, Node, Pad, Row, Rule
from game.window.kit.pane import Pane
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.words import say


def front(
    app: App,
    name: str,
    title: str,
    body: Sequence[Node],
    close: Act,
    *,
    wide: float = 720,
    buttons: Sequence[Node] = (),
    fixed: Sequence[Node] = (),
    about: str = "",
) -> Pane:
    """A pane in the middle of the window with a title, something fixed, a body that scrolls, and buttons below."""
    kit = app.kit
    room = pygame.Rect((0, 0), app.size).inflate(-kit.px(48), -kit.px(48))
    width = min(kit.px(wide), room.w)
    cross = Button(f"{name}/close", "", close, kind="quiet", icon="x", tip=(say("Close"), say("Esc does the same.")))
    head: list[Node] = [Row([Label(title, "serif-semibold", 22), cross], [-1, 36])]
    if about:
        head.append(Label(about, "sans", 14, "ink3"))
    inner = Column(list(body), gap=2)
    foot: list[Node] = [Rule(10, 12), Row(list(buttons), [0] * len(buttons), gap=10)] if buttons else []
    fixed_part = [*head, Rule(10, 12), *fixed]
    around = Pad(Column([*fixed_part, *foot]), 24).height(kit, width)
    high = min(room.h, around + inner.height(kit, width - kit.px(48) - kit.px(12)) + kit.px(4))
    rect = pygame.Rect(0, 0, width, high)
    rect.center = app.size[0] // 2, app.size[1] // 2
    scroll = Scroll(f"{name}/body", inner, app.stage.offsets)
    return Pane(name, rect, Pad(Column([*fixed_part, scroll, *foot]), 24), front=True, close=close)


def question(app: App, name: str, title: str, text: str, yes: str, act: Act, close: Act) -> Pane:
    """A question with two answers; the second is to leave things as they are."""
    buttons = [
        Button(f"{name}/yes", yes, act, kind="primary", keycap=say("Enter")),
        Button(f"{name}/no", say("Not now"), close, keycap=say("Esc")),
    ]
    return front(app, name, title, [Label(text, "serif", 16)], close, wide=520, buttons=buttons)
