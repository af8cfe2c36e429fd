"""The left of the title: name, the session to go on with, the scenarios, and how the window looks."""

import re
from typing import TYPE_CHECKING

import pygame

from game.window.emblem import emblem
from game.window.kit import paint
from game.window.kit.controls import Button
from game.window.kit.node import Column, Look, Node, Picture, Row, Spacer
from game.window.kit.rows import Tile, glyph
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.screens.title_shelf import FIRST
from game.window.settings import TEXT_SIZES
from game.words import say

if TYPE_CHECKING:
    from game.play.offering import Offer
    from game.window.screens.title import Title

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
DATED = 24
"""A first sentence no longer than this is a date."""


def left(title: "Title", compact: bool) -> Node:
    """The whole column."""
    scenarios = [card(title, number, offer) for number, offer in enumerate(title.shelf.offers)]
    body: list[Node] = [node for one in scenarios for node in (one, Spacer(8 if compact else 10))]
    if not title.shelf.ready:
        body.append(Label(say("Reading the scenarios…"), "sans", 14, "ink3"))
    return Column([
        *_name(compact),
        Spacer(12 if compact else 26),
        _go_on(title),
        Spacer(10 if compact else 24),
        Label(say("Choose a scenario"), "medium", 14, "ink2"),
        Spacer(6 if compact else 10),
        # Room at both sides for the ring around what is focused.
        Scroll("scenarios", Column(body), title.app.stage.offsets),
        Spacer(8),
        _chips(title, compact),
    ])  # fmt: skip


def _name(compact: bool) -> list[Node]:
    size = 46 if compact else 64

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit = look.kit
        radius = size * 0.37
        middle = rect.centery + kit.px(3)
        emblem(surface, (rect.x + kit.px(radius + 1), middle), kit, radius)
        y = middle - kit.line("serif", size) // 2 - kit.px(2)
        kit.text(surface, "Kuroshio", rect.x + kit.px(2 * radius + 16), y, "serif", size, kit.theme.ink)

    subtitle = Label(say("A seminar wargame on the East China Sea"), "serif", 18 if compact else 22, "ink2")
    return [Picture(size + 6, draw), subtitle]


def _go_on(title: "Title") -> Node:
    kept = title.shelf.kept
    opened = Button("open", say("Open a file…"), title.ask_file, icon="folder-open", kind="plain", high=46,
                    tip=(say("Open a session"), say("It is kept in a file, on this machine or from another.")))  # fmt: skip
    if kept is None:
        return Row([opened, Spacer()], [0, -1])
    turn = say("{title}, turn {turn}", title=kept.title, turn=kept.turn) if kept.turn else \
        say("{title}, finished", title=kept.title)  # fmt: skip
    words = Column(
        [
            Label(say("Continue") if kept.turn else say("Look back"), "semibold", 14),
            Label(turn, "sans", 13, "ink2", most=1),
        ]
    )
    tile = Tile("continue", Row([glyph("play", 18, "accent"), words], [24, -1], gap=8), title.go_on, pad=8,
                on=title.app.stage.focus == "continue")  # fmt: skip
    return Row([tile, opened], [-1, 0], gap=10)


def card(title: "Title", number: int, offer: "Offer") -> Node:
    """One scenario."""
    taken = number == title.taken

    def disc(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        at = (rect.x + kit.px(15), rect.y + kit.px(15))
        paint.disc(surface, at, kit.px(15), theme.accent if taken else theme.panel3, theme.accent if taken else theme.line2,
                   kit.px(1.5))  # fmt: skip
        kit.text(surface, str(number + 1), at[0], at[1] - kit.line("semibold", 14) // 2, "semibold", 14,
                 theme.on_accent if taken else theme.ink2, "centre")  # fmt: skip

    about = Label(gist(offer.summary), "sans", 13, "ink2", most=2)
    told = Row([about, Label(say("Begin here"), "semibold", 13, "accent")], [-1, 0]) if offer.id == FIRST else about
    words = Column([Label(offer.title, "serif-semibold", 18), told, Spacer(5), facts(offer, brief=title.app.tiny)])
    child = Row([Picture(30, disc), words], [30, -1], gap=12, align="top")
    return Tile(f"scenario/{offer.id}", child, lambda: title.choose(number), on=taken, pad=11)


def facts(offer: "Offer", *, brief: bool = False) -> Node:
    """When it plays, how long and, unless it must be *brief*, for how many."""
    from game.play.wording import lasting

    parts = (
        ("calendar", day(offer.date, short=True)),
        ("timer", say("{turns} turns, {length}", turns=offer.turns, length=lasting(rounded(offer.minutes)))),
        *([] if brief else [("users", offer.players)]),
    )
    nodes: list[Node] = []
    for icon, text in parts:
        nodes += [glyph(icon, 15, "ink3"), Label(text, "sans", 13, "ink2"), Spacer()]
    return Row([*nodes, Spacer()], [*[17, 0, 6] * len(parts), -1], gap=5)


def rounded(minutes: int) -> int:
    """The length of a story in days, or hours within a day, those that are begun counted."""
    unit = 1440 if minutes >= 1440 else 60
    return -(-minutes // unit) * unit


def day(date: str, *, short: bool = False) -> str:
    """A date of a scenario as people write it."""
    year, month, number = (int(part) for part in date.split("-"))
    name = say(MONTHS[month - 1])
    return f"{number} {name[:3] if short else name} {year}"


def gist(summary: str) -> str:
    """What a scenario is about, in the first sentence of its summary that is no date."""
    sentences = SENTENCE.split(summary)
    dated = len(sentences) > 1 and len(sentences[0]) <= DATED and any(letter.isdigit() for letter in sentences[0])
    return sentences[1 if dated else 0]


def _chips(title: "Title", compact: bool) -> Node:
    app = title.app
    settings = app.settings
    light = settings.theme == "chart"

    def larger() -> None:
        settings.size = TEXT_SIZES[(TEXT_SIZES.index(settings.size) + 1) % len(TEXT_SIZES)]
        app.restyle()

    def still() -> None:
        settings.still = not settings.still
        app.restyle()

    chips: list[Node] = [
        Button("look/theme", say("Light") if light else say("Dark"), app.retheme, kind="chip", icon="sun" if light else "moon",
               tip=(say("Light or dark"), say("Light is clearer in a lit room, dark in a dim one. F2 does the same."))),
        Button("look/size", say("Text {size} %", size=round(settings.size * 100)), larger, kind="chip", icon="a-large-small",
               tip=(say("Text size"), say("Ctrl and + or − do the same. A small window holds it back."))),
        Button("look/still", "" if compact else say("Less motion"), still, kind="chip", icon="waves", on=settings.still,
               tip=(say("Less motion"), say("On: nothing moves by itself.") if settings.still else
                    say("Off: the map glides, and rings fill."))),
        Button("look/full", "" if compact else say("Full screen"), app.fill_screen, kind="chip", icon="maximize",
               on=settings.full, tip=(say("Full screen"), say("F11 does the same."))),
    ]  # fmt: skip
    return Row([*chips, Spacer()], [0] * len(chips) + [-1], gap=8)
