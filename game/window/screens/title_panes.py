"""What the title opens in front: a file to go on with, PINs, and what went wrong."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.window.app import App
from game.window.front import front
from game.window.kit.controls import Button
from game.window.kit.entry import Entry, Typing
from game.window.kit.node import Act, Node, Row, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import Item
from game.window.kit.words import Label
from game.window.screens.title_left import day
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.title import Title

MOST = 40
"""Recent sessions that are listed."""

NAMED = re.compile(r"(.+)-(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})\d{2}(-\d+)?")


def problem_pane(app: App, sentence: str, close: Act) -> Pane:
    """What went wrong, in front of everything."""
    first, *rest = sentence.split("\n")
    body: list[Node] = [Label(first, "serif", 17)]
    if rest:
        body += [Spacer(8), Label("\n".join(rest), "sans", 13, "ink2")]
    fine = Button("problem/fine", say("Close"), close, kind="primary", keycap=say("Enter"))
    return front(app, "problem", say("That did not work"), body, close, wide=620, buttons=[fine])


def file_pane(title: "Title", typing: Typing, act: Act, close: Act) -> Pane:
    """A field for a path, and the sessions that were kept, the newest first."""
    from game.window.opening import recent

    field: list[Node] = [
        Label(say("A file"), "semibold", 14, "ink2"), Spacer(4),
        Row([Entry("file", typing, hint=say("The path of a .kuroshio file"), entered=act, longest=1000),
             Button("file/open", say("Open"), act, kind="primary", high=36)], [-1, 0], gap=8),
        Spacer(14), Label(say("Kept on this machine"), "semibold", 14, "ink2"), Spacer(4),
    ]  # fmt: skip
    titles = {offer.id: offer.title for offer in title.shelf.offers}
    body: list[Node] = [
        Item(f"file/{path.name}", name, _opener(title, path), about=about, icon="history")
        for path in recent()[:MOST]
        for name, about in [named(path, titles)]
    ]
    if not body:
        body = [Label(say("None yet: sessions that are started here are listed here."), "sans", 14, "ink3")]
    return front(title.app, "open", say("Open a session"), body, close, wide=640, fixed=field)


def _opener(title: "Title", path: Path) -> Act:
    return lambda: title.open(path)


def named(path: Path, titles: dict[str, str]) -> tuple[str, str]:
    """A session's file as people read it: its scenario, and when it was begun."""
    found = NAMED.fullmatch(path.stem)
    if found is None:
        return path.stem, ""
    return titles.get(found[1], found[1]), say(
        "Begun on {day} at {hour}:{minute}", day=day(found[2]), hour=found[3], minute=found[4]
    )


def pins_pane(title: "Title", close: Act) -> Pane:
    """A hidden field for each person, and one for control."""
    from game.play.offering import held_name

    seats = title.seats
    assert seats is not None
    rows: list[Node] = []
    for number, held in seats.people().items():
        rows += [_pin(say("Person {number}", number=number), held_name(seats.offer, held), Entry(
            f"pin/{number}", seats.pin(number), hidden=True, hint=say("none"), longest=40, entered=_next(title)))]  # fmt: skip
        rows.append(Spacer(8))
    rows.append(_pin(say("Control"), say("The facilitator, who may see everything"), Entry(
        "pin/control", seats.pin("control"), hidden=True, hint=say("none"), longest=40, entered=close)))  # fmt: skip
    about = say(
        "A PIN keeps people from opening another's seat by mistake. It can be left out, and it cannot be found again."
    )
    fine = Button("pins/fine", say("Done"), close, kind="primary")
    return front(title.app, "pins", say("PINs"), rows, close, wide=600, buttons=[fine], about=about)


def _next(title: "Title") -> Callable[[], None]:
    return lambda: title.app.stage.step(1)


def _pin(name: str, about: str, entry: Entry) -> Node:
    from game.window.kit.node import Column

    return Row(
        [Column([Label(name, "medium", 14), Label(about, "sans", 13, "ink3", most=2)]), entry], [-1, 200], gap=16
    )
