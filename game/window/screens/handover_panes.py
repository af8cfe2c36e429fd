"""What the hand-over opens in front: the page for all, a PIN, orders to take back, help, and a pause."""

from typing import TYPE_CHECKING

from game.window.front import front
from game.window.kit.controls import Button
from game.window.kit.entry import Entry
from game.window.kit.node import Node, Row, Rule, Spacer
from game.window.kit.pane import Pane
from game.window.kit.words import Label, Rich
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.handover import HandOver

HELP = """\
Everybody plays at this one laptop, seat after seat. Orders are secret until all have locked them; then the turn is played
and everybody looks.

- **Take the seat**: hold Space for a second, or the mouse on the ring. It keeps a seat from opening while others still look.
- **Another seat first**: click its card below.
- **Take orders back**: click the card of a seat that has locked, as long as somebody is still drafting.
- **What all know**: the page for all, and the last turn as everybody may know it.
- **Control**: the facilitator's screen. It sees the secrets of every seat, speaks, overrules and rewinds.
- **Pause**: everything is in the journal at once. Close the window whenever you like.
"""

KEYS = (
    ("Space, held", "take the seat"),
    ("Enter", "play the turn when all have locked; close a page"),
    ("Tab, Shift and Tab", "from card to card; Enter chooses"),
    ("Ctrl and + or −", "text size"),
    ("F2  F11", "light or dark theme, full screen"),
    ("F1 or ?", "this page"),
)


def read_pane(screen: "HandOver") -> Pane:
    """Before the first turn: what everybody reads together."""
    game = screen.table.game
    body: list[Node] = [
        Rich(game.texts.get("public", "")), Rule(18, 12),
        Label(game.disclaimer, "sans", 13, "ink3"), Spacer(8),
        Label(say("The session is kept in {file}. You can stop at any time and go on.", file=screen.table.path),
              "sans", 13, "ink3"),
    ]  # fmt: skip
    button = Button("read/done", say("We have read it"), screen.close_front, kind="primary", keycap=say("Enter"))
    return front(screen.app, "read", say("Read this together"), body, screen.close_front, wide=820, buttons=[button],
                 about=f"{game.title}, {game.turns[0].clock}")  # fmt: skip


def public_pane(screen: "HandOver") -> Pane:
    """The page for all once more."""
    game = screen.table.game
    body: list[Node] = [Rich(game.texts.get("public", "")), Rule(18, 12), Label(game.disclaimer, "sans", 13, "ink3")]
    return front(
        screen.app, "public", say("What everybody was told"), body, screen.close_front, wide=820, about=game.title
    )


def help_pane(screen: "HandOver") -> Pane:
    """How the hand-over works."""
    body: list[Node] = [Rich(say(HELP)), Spacer(10)]
    body += [
        Row([Label(say(keys), "medium", 14), Label(say(text), "sans", 14, "ink2")], [190, -1], align="top")
        for keys, text in KEYS
    ]
    return front(screen.app, "help", say("The hand-over"), body, screen.close_front, wide=780)


def pause_pane(screen: "HandOver") -> Pane:
    """Everything is kept: go on, to the title, or close."""
    body: list[Node] = [
        Label(say("Everything is kept in"), "serif", 17), Spacer(2),
        Label(str(screen.table.path), "medium", 14, "ink2"), Spacer(8),
        Label(say("Go on later with Continue on the first page. Orders that are drafted stay drafted, orders that are locked "
                  "stay locked."), "serif", 17),
    ]  # fmt: skip
    buttons = [
        Button("pause/on", say("Go on playing"), screen.close_front, kind="primary", keycap=say("Enter")),
        Button("pause/home", say("To the first page"), screen.home),
        Button("pause/end", say("Close Kuroshio"), screen.app.close),
    ]
    return front(screen.app, "pause", say("Pause"), body, screen.close_front, wide=620, buttons=buttons)


def _pin_row(screen: "HandOver") -> list[Node]:
    if not screen.asked.pin:
        return []
    nodes: list[Node] = [
        Spacer(10), Label(say("PIN of {whose}", whose=screen.asked_name), "medium", 14, "ink2"), Spacer(4),
        Entry("pin", screen.pin, hidden=True, longest=40, entered=screen.answer),
    ]  # fmt: skip
    if screen.note:
        nodes += [Spacer(6), Label(screen.note, "medium", 14, "raises")]
    return nodes


def pin_pane(screen: "HandOver") -> Pane:
    """The PIN of the person who takes the seat."""
    buttons = [Button("pin/open", say("Open the desk"), screen.answer, kind="primary", keycap=say("Enter")),
               Button("pin/back", say("Back"), screen.close_front, keycap=say("Esc"))]  # fmt: skip
    return front(
        screen.app,
        "ask",
        screen.table.whose(screen.subject),
        _pin_row(screen),
        screen.close_front,
        wide=520,
        buttons=buttons,
    )


def control_pane(screen: "HandOver") -> Pane:
    """Whether the facilitator is there."""
    body: list[Node] = [
        Label(say("Control sees the secrets of every seat. Is the facilitator at the screen, and can nobody else see it?"),
              "serif", 16),
        *_pin_row(screen),
    ]  # fmt: skip
    buttons = [Button("control/yes", say("Open control"), screen.answer, kind="primary", keycap=say("Enter")),
               Button("control/no", say("Back"), screen.close_front, keycap=say("Esc"))]  # fmt: skip
    return front(screen.app, "ask", say("Control"), body, screen.close_front, wide=560, buttons=buttons)


def again_pane(screen: "HandOver") -> Pane:
    """Whether a seat takes its orders back."""
    name = screen.table.agency(screen.subject).name
    body: list[Node] = [
        Label(say("{name} has locked its orders. They can be changed and locked again, as long as somebody is still drafting.",
                  name=name), "serif", 16),
        *_pin_row(screen),
    ]  # fmt: skip
    buttons = [Button("again/yes", say("Take back orders"), screen.answer, kind="primary", keycap=say("Enter")),
               Button("again/no", say("Leave them locked"), screen.close_front, keycap=say("Esc"))]  # fmt: skip
    return front(screen.app, "ask", say("Take back orders?"), body, screen.close_front, wide=560, buttons=buttons)
