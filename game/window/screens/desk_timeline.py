"""The bottom of the desk: what the seat learned turn by turn on a line of time, and the latest of it."""

from collections.abc import Callable, Sequence

import pygame
from attrs import frozen

from game.core import Game, View
from game.core.events import REFUSAL, SHIFT, TOLD
from game.core.view import Told
from game.play.session import Session
from game.play.telling import told_in_steps
from game.window.kit import paint
from game.window.kit.controls import Button
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Look, Node, Picture, Row
from game.window.kit.rows import Item
from game.window.kit.words import Label
from game.window.readouts import figure
from game.words import say

LANES = (
    ("News", ("injects",)),
    ("Sea and air", ("movement", "encounters")),
    ("Mechanisms", ("orders", "mechanisms")),
    ("At home", ("home", "beliefs")),
    ("Risk", ("ladder", "risk")),
)
"""The lanes of the timeline with the steps of a turn that fall into each."""


@frozen
class Past:
    """How much a seat learned in each turn: for each turn and lane a count, and how far risk moved."""

    counts: tuple[tuple[int, ...], ...]
    risk: tuple[int, ...]


def past_of(session: Session, agency: str) -> Past:
    """What fills the timeline, for one seat."""
    counts, risk = [], []
    for moment in session.history:
        steps = {step.id: step.said for step in told_in_steps(session.game, moment, agency)}
        counts.append(tuple(sum(len(steps.get(one, ())) for one in ids) for _, ids in LANES))
        risk.append(sum(one.after - one.before for one in steps.get("risk", ()) if one.kind == SHIFT))
    return Past(tuple(counts), tuple(risk))


def timeline(game: Game, past: Past, turn: int, open_turn: Callable[[int], None]) -> Node:
    """The line of time: a column for each turn, a lane for each kind of thing; a click opens a turn that was played."""

    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        _Drawing(surface, rect, look.kit, game, past, turn).all()

    return _Timeline(draw, len(game.turns), len(past.counts), open_turn)


class _Timeline(Picture):
    """The picture, with turns that can be clicked."""

    def __init__(
        self,
        draw: Callable[[pygame.Surface, pygame.Rect, Look], None],
        turns: int,
        played: int,
        open_turn: Callable[[int], None],
    ) -> None:
        tip = (say("Timeline"), say("What you learned, turn by turn. A click on a turn tells it again step by step."))
        super().__init__(128, draw, key="timeline", tip=tip)
        self.turns, self.played, self.open_turn = turns, played, open_turn
        self.grow = True
        self.left = 0

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """Where the first column begins."""
        super().place(kit, rect)
        self.left = rect.x + kit.px(104)

    def press(self, point: tuple[int, int]) -> None:
        """Open the turn under the pointer; by key the last one."""
        wide = (self.rect.right - self.left) / self.turns
        turn = int((point[0] - self.left) / wide) + 1 if point[0] >= self.left else self.played
        if self.played:
            self.open_turn(max(1, min(self.played, turn)))


class _Drawing:
    """One drawing of the timeline."""

    def __init__(self, surface: pygame.Surface, rect: pygame.Rect, kit: Kit, game: Game, past: Past, turn: int) -> None:
        self.surface, self.rect, self.kit, self.game, self.past, self.turn = surface, rect, kit, game, past, turn
        self.left = rect.x + kit.px(104)
        self.wide = (rect.right - self.left) / len(game.turns)
        self.top = rect.y + kit.px(24)
        self.lane = (rect.bottom - self.top) / len(LANES)

    def all(self) -> None:
        """Head, lanes, marks."""
        kit, theme = self.kit, self.kit.theme
        if self.turn < len(self.game.turns):
            x = round(self.left + self.turn * self.wide)
            column = pygame.Rect(x, self.top - kit.px(2), round(self.wide), self.rect.bottom - self.top + kit.px(2))
            paint.box(self.surface, column, kit.px(6), theme.tint)
            self.surface.fill(theme.accent, (x, column.y, kit.px(2), column.h))
        for number in range(len(self.game.turns)):
            middle = self.left + (number + 0.5) * self.wide
            here = number == self.turn
            kit.text(
                self.surface,
                str(number + 1),
                middle,
                self.rect.y,
                "semibold" if here else "sans",
                13,
                theme.ink if here else theme.ink3,
                "centre",
            )
        for number, (name, _steps) in enumerate(LANES):
            y = round(self.top + (number + 0.5) * self.lane)
            kit.text(self.surface, say(name), self.rect.x, y - kit.line("sans", 13) // 2, "sans", 13, theme.ink2)
            self.surface.fill(theme.line, (self.left, y, self.rect.right - self.left, kit.px(1)))
        for turn, counts in enumerate(self.past.counts):
            for lane, count in enumerate(counts):
                self._mark(turn, lane, count)

    def _mark(self, turn: int, lane: int, count: int) -> None:
        if not count:
            return
        kit, theme = self.kit, self.kit.theme
        x, y = self.left + (turn + 0.5) * self.wide, self.top + (lane + 0.5) * self.lane
        if lane < len(LANES) - 1:
            radius = kit.px(3) + min(count, 6) * kit.px(1) // 2
            paint.disc(self.surface, (x, y), radius, theme.accent)
            return
        # Risk: an arrow up or down, so that colour is not the only sign.
        moved = self.past.risk[turn]
        size, step = kit.px(6), -1 if moved > 0 else 1
        colour = theme.raises if moved > 0 else theme.lowers
        if moved:
            paint.polygon(
                self.surface,
                [(x - size, y - step * size * 0.6), (x + size, y - step * size * 0.6), (x, y + step * size * 0.8)],
                colour,
            )
        else:
            paint.disc(self.surface, (x, y), kit.px(3), theme.ink3)


# ---- the latest
def latest(game: Game, view: View, count: int, log: Act, last_turn: Act) -> list[Node]:
    """The latest things that the seat learned, those in words first."""
    rows: list[Node] = []
    for number, (text, icon, about) in enumerate(latest_of(game, view.told, count)):
        tip = (text, about) if about else (text,)
        rows.append(Item(f"latest/{number}", text, last_turn, icon=icon, about=about, lines=1, most=2, tip=tip))
    if not rows:
        rows = [Label(say("Nothing has happened yet: the first turn begins."), "serif", 15, "ink3")]
    return [
        Row(
            [
                Label(say("Latest"), "semibold", 14, "ink2"),
                Button("open/log2", say("All you learned  L"), log, kind="quiet"),
            ],
            [-1, 0],
        ),
        *rows,
    ]


def latest_of(game: Game, told: Sequence[Told], count: int) -> list[tuple[str, str, str]]:
    """Text, icon and second line of the latest things: control and refusals, then news, then numbers that moved most."""
    units = {title: track.unit for track in game.tracks.values() for title in track.titles}
    first = [one for one in told if one.kind in (TOLD, REFUSAL)]
    words = [one for one in told if one.kind not in (TOLD, REFUSAL, SHIFT)]
    moved = sorted((one for one in told if one.kind == SHIFT), key=lambda one: -abs(one.after - one.before))
    found = []
    for one in [*first, *words[: max(0, count - len(first))], *moved][:count]:
        icon = {TOLD: "megaphone", REFUSAL: "ban", SHIFT: "chevron-right"}.get(one.kind, "info")
        unit = units.get(one.text, "")
        about = f"{figure(unit, one.before)} → {figure(unit, one.after)}" if one.kind == SHIFT else ""
        found.append((one.text, icon, about))
    return found


def bottom(game: Game, view: View, past: Past, acts: tuple[Callable[[int], None], Act, Act]) -> Node:
    """Timeline and latest side by side."""
    open_turn, log, last_turn = acts
    line = Column([Label(say("Timeline"), "semibold", 14, "ink2"), timeline(game, past, view.turn, open_turn)], 2)
    line.grow = True
    return Row([line, Column(latest(game, view, 3, log, last_turn), 1)], [-5, -4], gap=24, align="top")


def ticker(game: Game, view: View, log: Act) -> Node:
    """The latest thing in one line, for small windows."""
    found = latest_of(game, view.told, 1)
    text, icon, _about = found[0] if found else (say("The first turn begins."), "info", "")
    return Item(
        "ticker", text, log, icon=icon, right=say("Log  L"), right_colour="accent", most=1, tip=(text,) if found else ()
    )
