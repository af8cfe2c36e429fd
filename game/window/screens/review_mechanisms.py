"""The page of mechanisms: each with its chain of links by turn, to the link at which it ended."""

from collections.abc import Callable

import pygame

from game.core.model import Game
from game.play.uses import DRAWN, STATUS, Link
from game.window.kit import paint
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Look, Node, Rule
from game.window.kit.rows import Item
from game.window.kit.words import Label
from game.window.screens.figures import began
from game.window.screens.review_data import Findings
from game.window.screens.review_parts import Sheet, side_mark, title
from game.words import say

ICONS = {
    "asked": "megaphone", "rang": "phone", "refused": "x", "unanswered": "phone-off", "answered": "check",
    "late": "hourglass", "believed": "handshake", STATUS: "settings", DRAWN: "",
}  # fmt: skip
"""The sign of each kind of link."""

GOOD, BAD = ("answered", "believed"), ("refused", "unanswered", "late")


def list_sheet(found: Findings, taken: str, choose: Callable[[str], Act]) -> Sheet:
    """All mechanisms, those that were used first."""
    game = found.game
    counts = {one: dict.fromkeys(("asked", "answered", "refused"), 0) for one in game.mechanisms}
    for use in found.used:
        if use.kind in counts[use.mechanism]:
            counts[use.mechanism][use.kind] += 1
    names = dict(zip(game.mechanisms, game.mechanism_names, strict=True))
    rows: list[Node] = []
    for one in ordered(found):
        told = counts[one]
        about = (
            say("Used {asked}, answered {answered}, refused {refused}", **told)
            if any(told.values())
            else say("Not used")
        )
        rows.append(Item(f"chain/{one}", names[one], choose(one), about=about, on=one == taken, lines=3))
    return Sheet("chains", [title(say("Mechanisms"))], Column(rows, gap=2))


def ordered(found: Findings) -> list[str]:
    """The mechanisms, those that were used first."""
    used = {use.mechanism for use in found.used}
    return sorted(found.game.mechanisms, key=lambda one: one not in used)


def chain_sheet(found: Findings, taken: str) -> Sheet:
    """The links of one mechanism, turn by turn."""
    game = found.game
    number = game.mechanisms.index(taken)
    name = game.mechanism_names[number]
    links = found.links[taken]
    body: list[Node] = []
    for turn in dict.fromkeys(link.turn for link in links):
        body += [Rule(10, 10)] if body else []
        clock = game.turns[turn - 1].clock
        body.append(Label(say("Turn {turn}: {clock}", turn=turn, clock=clock), "semibold", 15))
        own = [link for link in links if link.turn == turn]
        body += [LinkRow(game, name, link, last=link is own[-1]) for link in own]
    if not any(link.kind != DRAWN for link in links):
        body.insert(0, Label(say("Nobody asked for it, and nothing came of it by itself."), "serif", 16, "ink2"))
    track = game.tracks["status"]
    status = track.shown(found.session.state.row[track.cell(number)])
    about = say(
        "Each link as it happened, with the draws on which it hung. At the end of the game: {status}.", status=status
    )
    return Sheet("chain", [title(name), Label(about, "sans", 14, "ink3"), Rule(2, 0)], Column(body))


class LinkRow(Node):
    """One link: a sign on a line that joins it to the next, the side, what happened."""

    def __init__(self, game: Game, name: str, link: Link, *, last: bool) -> None:
        super().__init__()
        self.link, self.last = link, last
        self.sides = [side.id for side in game.sides]
        text = link.text.removeprefix(f"{name}, ")
        self.text = began(text.partition(": ")[2] if text != link.text and ": " in text else link.text)
        agency = next((one for one in game.agencies if one.id == link.agency), None)
        side = next((one.name for one in game.sides if one.id == link.side), "")
        self.who = (agency.short or agency.name) if agency else side
        self.size = 13.5 if link.kind == DRAWN else 15.0

    def _lines(self, kit: Kit, width: int) -> list[str]:
        return kit.wrap(self.text, width - self._left(kit), "sans", self.size)

    def _left(self, kit: Kit) -> int:
        return kit.px(56) + kit.px(110)

    def height(self, kit: Kit, width: int) -> int:
        """Its lines."""
        lines = len(self._lines(kit, width)) * kit.line("sans", self.size)
        return max(kit.px(28 if self.link.kind == DRAWN else 34), lines + kit.px(8))

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """Line, sign, side, words."""
        kit, theme, rect, link = look.kit, look.kit.theme, self.rect, self.link
        x, middle = rect.x + kit.px(18), rect.y + kit.px(17 if link.kind != DRAWN else 14)
        if not self.last:
            surface.fill(theme.line2, (x - kit.px(1), middle, kit.px(2), rect.bottom - middle + kit.px(14)))
        colour = theme.lowers if link.kind in GOOD else theme.raises if link.kind in BAD else theme.ink2
        if link.kind == DRAWN:
            paint.disc(
                surface, (x, middle), kit.px(5), theme.panel, theme.lowers if link.met else theme.raises, kit.px(2)
            )
        else:
            paint.disc(surface, (x, middle), kit.px(13), theme.panel, colour, kit.px(2))
            paint.icon(surface, ICONS[link.kind], (x, middle), kit.px(15), colour)
        lines = self._lines(kit, rect.w)
        y = middle - kit.line("sans", self.size) // 2
        if link.side in self.sides:
            number = self.sides.index(link.side)
            side_mark(surface, kit, (rect.x + kit.px(50), middle), kit.px(10), link.side, number)
        if self.who:
            size = 13
            shown = kit.wrap(self.who, kit.px(100), "sans", size)[0]
            kit.text(
                surface, shown, rect.x + kit.px(62), middle - kit.line("sans", size) // 2, "sans", size, theme.ink2
            )
        ink = theme.ink2 if link.kind == DRAWN else theme.ink
        for line in lines:
            kit.text(surface, line, rect.x + self._left(kit), y, "sans", self.size, ink)
            y += kit.line("sans", self.size)
