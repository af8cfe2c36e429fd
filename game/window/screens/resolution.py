"""The resolution: a turn that was played, step by step, as all may know it or as one seat learned it."""

from collections.abc import Callable, Sequence

import pygame

from game.play.wording import lasting
from game.window import panes
from game.window.app import Screen
from game.window.kit.controls import Button, Segments
from game.window.kit.keys import CHOOSE
from game.window.kit.node import Act, Column, Node, Pad, Row, Rule, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import glyph
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.pieces import pieces_known
from game.window.screens import resolution_chart, resolution_fall, resolution_told, topbar
from game.window.screens.onmap import OnMap
from game.window.screens.resolution_chart import Card, focus_of
from game.window.screens.resolution_steps import Stepper, Stretching
from game.window.screens.resolution_story import Story
from game.window.screens.why import why_pane
from game.window.table import Table
from game.words import say

LEFT, RIGHT, BOTTOM, MARGIN = 350, 408, 320, 16
"""Widths and heights of the panels of a wide window, in design pixels."""

SLIM_LEFT, SLIM_RIGHT, SLIM_BOTTOM, SLIM_MARGIN = 252, 336, 242, 10
"""The same of a small one."""

RAIL, DISC = 60, 30
"""Width of the steps without words, and of one of them."""

PACES = (0, 9000, 4000)
"""Milliseconds for which a step stands before the next one comes: step by step, slow, fast."""

BACK_KEYS = (pygame.K_LEFT, pygame.K_BACKSPACE)
ON_KEYS = (*CHOOSE, pygame.K_RIGHT)


class Resolution(Screen):
    """A turn that was played.

    *turn* from 1. *agency*: what this seat learned; None for what all may know. *everything*: for control, and for all
    once the game has ended. *back* leads back to the screen before; without it the table goes on.
    """

    def __init__(self, table: Table, turn: int, agency: str | None, *, everything: bool = False,
                 back: Act | None = None) -> None:  # fmt: skip
        super().__init__(table.app)
        self.table, self.turn, self.agency, self.everything, self.back = table, turn, agency, everything, back
        self.session, self.game = table.session, table.game
        self.story = Story.of(self.game, self.session.history[turn - 1], agency, everything=everything)
        self.number = 0
        self.pair = 0
        self.pace = 0
        self.since = pygame.time.get_ticks()
        self.open: Callable[[], Pane] | None = None
        self.callout: Card | None = None
        self.chart = table.chart()
        self.map = OnMap(self, self.chart, self._layers)
        self.fresh = True

    @property
    def chapter(self) -> int:
        """The number of the step that is shown."""
        return self.number

    @property
    def last(self) -> bool:
        """Whether it is the last one."""
        return self.number == len(self.story.chapters) - 1

    # ---- going through the turn
    def step(self, by: int) -> None:
        """The next step, or the one before; after the last one the table goes on."""
        if by > 0 and self.last:
            self.leave_for()
        else:
            self.show(self.number + by)

    def show(self, number: int) -> None:
        """Show the step with this number."""
        number = max(0, min(len(self.story.chapters) - 1, number))
        self.since = pygame.time.get_ticks()
        if number == self.number:
            return
        self.number = number
        self.map.clear()
        self.app.stage.offsets.pop("told", None)
        self._look()
        self.changed()

    def leave_for(self) -> None:
        """Whatever comes after the last step."""
        (self.back or self.table.go_on)()

    def _look(self, animate: bool = True) -> None:
        chapter = self.story.chapters[self.number]
        resolution_chart.look_at(self.chart, focus_of(self.game, chapter), animate)

    def _pace(self, number: int) -> None:
        self.pace, self.since = number, pygame.time.get_ticks()
        self.changed()

    def tick(self, now: int) -> bool:
        """Go on by itself, at the pace that people chose."""
        wait = 0 if self.kit.still or self.open or self.last else PACES[self.pace]
        if wait and now - self.since >= wait:
            self.show(self.number + 1)
            return True
        return False

    @property
    def busy(self) -> bool:
        """Whether the chart moves."""
        return self.chart.busy

    # ---- panes
    def panes(self) -> Sequence[Pane]:
        """Top bar, stepper, what is told, the waterfall, and what is open in front."""
        kit, (wide, high) = self.kit, self.app.size
        margin = kit.px(SLIM_MARGIN if self.app.compact else MARGIN)
        top = topbar.high(kit)
        body = pygame.Rect(margin, top + margin, wide - 2 * margin, high - top - 2 * margin)
        found = [self._top(), *(self._large(body, margin) if self.app.tiny else self._usual(body, margin))]
        if self.open:
            found.append(self.open())
        return found

    def _usual(self, body: pygame.Rect, margin: int) -> list[Pane]:
        """Three panels around the map."""
        kit, slim = self.kit, self.app.compact
        left, right, bottom = (
            kit.px(n) for n in ((SLIM_LEFT, SLIM_RIGHT, SLIM_BOTTOM) if slim else (LEFT, RIGHT, BOTTOM))
        )
        bottom = min(bottom, body.h * 9 // 20)
        steps = pygame.Rect(body.x, body.y, left, body.h)
        told = pygame.Rect(body.right - right, body.y, right, body.h)
        low = pygame.Rect(steps.right + margin, body.bottom - bottom, told.x - steps.right - 2 * margin, bottom)
        self._place_chart(pygame.Rect(low.x, body.y, low.w, low.y - body.y - margin))
        pad = 14 if slim else 20
        fall = resolution_fall.below(self, low.w - 2 * kit.px(pad))
        return [
            Pane("steps", steps, self._steps(steps, pad)),
            Pane("told", told, self._told(pad)),
            Pane("fall", low, Pad(fall, pad, 12, 10)),
        ]

    def _large(self, body: pygame.Rect, margin: int) -> list[Pane]:
        """Large letters: the steps without words, one panel that also goes on, and risk behind a line."""
        kit = self.kit
        steps = pygame.Rect(body.x, body.y, kit.px(RAIL), body.h)
        told = pygame.Rect(body.right - kit.px(SLIM_RIGHT), body.y, kit.px(SLIM_RIGHT), body.h)
        line = Pad(resolution_fall.line(self), 4)
        low = pygame.Rect(steps.right + margin, 0, told.x - steps.right - 2 * margin, 0)
        low.h = line.height(kit, low.w)
        low.bottom = body.bottom
        self._place_chart(pygame.Rect(low.x, body.y, low.w, low.y - body.y - margin))
        stepper = Stepper(self.story.chapters, self.number, "", self.show, bare=True)
        rail = Scroll("steps/list", Stretching(stepper, body.h - 2 * kit.px(8)), self.app.stage.offsets)
        return [
            Pane("steps", steps, Pad(rail, (RAIL - DISC) / 2, 8, 8)),
            Pane("told", told, self._told(14)),
            Pane("fall", low, line),
        ]

    def _place_chart(self, free: pygame.Rect) -> None:
        chart, top = self.chart, topbar.high(self.kit)
        chart.restyle(self.kit)
        chart.pieces = pieces_known(self.game, self.story.readings(self.number))
        chart.marks.clear()
        focus = focus_of(self.game, self.story.chapters[self.number])
        self.callout = Card(self.kit, self.game, focus) if focus else None
        if focus and focus.exact:
            for zone in dict.fromkeys(one.end for one in focus.tracks) or focus.zones[:1]:
                chart.mark(zone, self.kit.theme.raises)
        area = pygame.Rect(0, top, self.app.size[0], self.app.size[1] - top)
        moved = (area, free) != (chart.area, chart.free)
        chart.place(area, free)
        if self.fresh or moved:
            # Where the seat before looked is nobody's business here.
            self._look(animate=False)
            self.fresh = False

    def _top(self) -> Pane:
        tools = [
            topbar.Tool("tool/layers", "layers", self._layers, (say("What the map shows  M"),)),
            topbar.Tool("tool/help", "circle-help", self._help, (say("Help  F1"),)),
            topbar.Tool("tool/menu", "menu", self._menu, (say("Menu: text size, theme"),)),
        ]
        side = self.table.side(self.agency) if self.agency else ""
        clock = say("Step {step} of {steps}", step=self.number + 1, steps=len(self.story.chapters))
        return topbar.bar(self.app, self.game, self.story.readings(self.number), self.story.before(), turn=self.turn - 1,
                          side=side, phase=self._whose(), clock=clock, tools=tools, why=self.why)  # fmt: skip

    def _whose(self) -> str:
        if self.everything:
            return say("Everything")
        return self.table.agency(self.agency).short or self.agency if self.agency else say("Known to all")

    def _steps(self, rect: pygame.Rect, pad: int) -> Node:
        """The stepper with its title above and what drives it below."""
        kit = self.kit
        here = self.game.turns[self.turn - 1]
        when = say("Turn {turn}: {clock}, {length}", turn=self.turn, clock=here.clock, length=lasting(here.minutes))
        size = 20 if self.app.compact else 24
        head: list[Node] = [
            Label(say("Resolution"), "serif-semibold", size),
            Label(when, "sans", 14, "ink2"),
            Spacer(10),
        ]
        foot = self._foot()
        inner = rect.w - 2 * kit.px(pad)
        around = sum(node.height(kit, inner) for node in (*head, *foot)) + 2 * kit.px(pad)
        fall = resolution_fall.taken(self)
        stepper = Stepper(self.story.chapters, self.number, ".".join(fall.pair) if fall else "", self.show)
        view = Scroll("steps/list", Stretching(stepper, rect.h - around), self.app.stage.offsets)
        # The plate of the present step reaches beyond its words, so the list has less room at its sides.
        return Column(
            [Spacer(pad), Pad(Column(head), pad, 0, 0), _Fill(view, pad - 8), Pad(Column(foot), pad, 0, 0), Spacer(pad)]
        )

    def _foot(self) -> list[Node]:
        pace = Row([Label(say("Pace"), "sans", 14, "ink2"), self._paces()], [46, -1])
        return [Rule(8, 12), pace, Spacer(12), self._ways()]

    def _paces(self) -> Node:
        still = say("Motion is reduced.") if self.kit.still else ""
        return Segments("pace", [say("Step"), say("Slow"), say("Fast")], 0 if self.kit.still else self.pace, self._pace,
                        offs=("", still, still), tip=(say("Pace"), say("Go on step by step, or by itself.")))  # fmt: skip

    def _ways(self) -> Node:
        """Back and on."""
        words = self._onward() if self.last else say("Next step")
        back = Button("previous", "", lambda: self.step(-1), icon="skip-back", off=self.number == 0, high=46,
                      tip=(say("The step before"), say("Left arrow")))  # fmt: skip
        on = Button("next", words, lambda: self.step(1), kind="primary", keycap=say("Space"), high=46)
        return Row([back, on], [54, -1])

    def _onward(self) -> str:
        """Where the last step leads."""
        if self.back:
            return say("Back")
        if self.session.ended:
            return say("To the review")
        return say("Hand over") if self.table.people() else say("Next turn")

    def _told(self, pad: int) -> Node:
        chapter = self.story.chapters[self.number]
        place: Node = Label(
            say("Step {step} of {steps}", step=self.number + 1, steps=len(self.story.chapters)), "sans", 13, "ink3"
        )
        large = self.app.tiny
        if large:
            place = Row([place, self._paces()], [-1, 176])
        body = Column([*self._end(), *resolution_told.panel(self.story, self.number, self.why)])
        return Pad(Column([
            Label(chapter.name, "serif-semibold", 22), place, Spacer(12),
            Scroll("told", body, self.app.stage.offsets), *([Spacer(8), self._ways()] if large else []),
        ]), pad)  # fmt: skip

    def _end(self) -> list[Node]:
        """How the game ended, in the last step of its last turn."""
        ended = self.session.ended
        if not ended or not self.last or self.turn < len(self.session.history):
            return []
        text = [Label(ended.text, "serif", 16, "ink2")] if ended.text else []
        about = say("The game has ended. What follows is the review, in which everything is open.")
        return [Row([glyph("flag", 20, "accent"), Column([Label(ended.name, "serif-semibold", 18), *text,
                     Label(about, "sans", 14, "ink2")], 4)], [24, -1], gap=10, align="top"), Rule(14, 12)]  # fmt: skip

    # ---- what can be opened
    def _show(self, build: Callable[[], Pane]) -> None:
        self.open = build
        self.map.clear()
        self.changed()

    def close(self) -> None:
        """Close what is open in front."""
        self.open, self.since = None, pygame.time.get_ticks()
        self.changed()

    def why(self, name: str) -> None:
        """Open the explanation of a value."""
        self._show(lambda: why_pane(self.app, self.session, name, self.agency, self.close, turn=self.turn,
                                    everything=self.everything))  # fmt: skip

    def _why_risk(self) -> None:
        fall = resolution_fall.taken(self) or next(iter(self.story.falls), None)
        if fall:
            self.why(f"risk.{'.'.join(fall.pair)}")

    def open_fall(self) -> None:
        """Show why risk moved in front of everything."""
        self._show(lambda: resolution_fall.in_front(self))

    def _layers(self) -> None:
        self._show(lambda: panes.layers_pane(self.app, self.chart.layers, self.close, self.changed))

    def _help(self) -> None:
        self._show(lambda: panes.help_pane(self.app, self.close))

    def _menu(self) -> None:
        items = [("on", self._onward(), "log-out", self.leave_for)]
        self._show(lambda: panes.menu_pane(self.app, items, self.close))

    # ---- painting
    def behind(self, surface: pygame.Surface) -> None:
        """The chart with the event on it."""
        self.map.draw(surface)
        if self.callout:
            resolution_chart.draw(self.kit, surface, self.chart, self.callout.focus)
        self.chart.furniture(surface)
        if self.callout:
            self.callout.draw(surface, self.chart)

    def over(self, surface: pygame.Surface) -> None:
        """The card of what is on the map, in front of the panels."""
        if not self.open:
            self.map.paint_card(surface)

    # ---- events
    def event(self, event: pygame.event.Event) -> bool:
        """Keys, and the map."""
        if event.type == pygame.KEYDOWN:
            return self._key(event)
        return self.map.event(event)

    def first(self, event: pygame.event.Event) -> bool:
        """The map forgets the pointer when it goes onto a panel."""
        self.map.before(event)
        return False

    def _key(self, event: pygame.event.Event) -> bool:
        if self.open:
            return False
        if event.key in ON_KEYS or event.key in BACK_KEYS:
            self.step(1 if event.key in ON_KEYS else -1)
            return True
        if event.key == pygame.K_ESCAPE and self.back:
            self.back()
            return True
        acts = {
            pygame.K_w: self._why_risk,
            pygame.K_m: self._layers,
            pygame.K_F1: self._help,
            pygame.K_HOME: self.chart.fit,
        }
        act = acts.get(event.key)
        if act:
            act()
        return act is not None


class _Fill(Pad):
    """A view that takes the height that is left, with room at its sides."""

    def __init__(self, child: Node, side: float) -> None:
        super().__init__(child, side, 0, 0)
        self.grow = True
