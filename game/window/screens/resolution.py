"""The resolution: a turn that was played, step by step, as all may know it or as one seat learned it."""

from collections.abc import Callable, Sequence

import pygame

from game.play.telling import Waterfall as Fall
from game.play.wording import lasting
from game.window import panes
from game.window.app import Screen
from game.window.kit.controls import Button, Segments
from game.window.kit.node import Act, Column, Node, Pad, Row, Rule, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import glyph
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.pieces import pieces_known
from game.window.readouts import points
from game.window.screens import resolution_chart, resolution_told, topbar
from game.window.screens.figures import curve
from game.window.screens.onmap import OnMap
from game.window.screens.resolution_chart import Card, focus_of
from game.window.screens.resolution_steps import Stepper, Stretching
from game.window.screens.resolution_story import Story
from game.window.screens.waterfall import Waterfall, room_for
from game.window.screens.why import tips_of, why_pane
from game.window.table import Table
from game.words import say

LEFT, RIGHT, BOTTOM, MARGIN = 350, 408, 320, 16
"""Widths and heights of the panels of a wide window, in design pixels."""

SLIM_LEFT, SLIM_RIGHT, SLIM_BOTTOM, SLIM_MARGIN = 252, 336, 242, 10
"""The same of a small one."""

PACES = (0, 9000, 4000)
"""Milliseconds for which a step stands before the next one comes: step by step, slow, fast."""

BACK_KEYS = (pygame.K_LEFT, pygame.K_BACKSPACE)
ON_KEYS = (pygame.K_SPACE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_RIGHT)


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
        slim = self.app.compact
        left, right, bottom, margin = (
            kit.px(n)
            for n in ((SLIM_LEFT, SLIM_RIGHT, SLIM_BOTTOM, SLIM_MARGIN) if slim else (LEFT, RIGHT, BOTTOM, MARGIN))
        )
        top = topbar.high(kit)
        body = pygame.Rect(margin, top + margin, wide - 2 * margin, high - top - 2 * margin)
        bottom = min(bottom, body.h * 9 // 20)
        steps = pygame.Rect(body.x, body.y, left, body.h)
        told = pygame.Rect(body.right - right, body.y, right, body.h)
        low = pygame.Rect(steps.right + margin, body.bottom - bottom, told.x - steps.right - 2 * margin, bottom)
        self._place_chart(pygame.Rect(low.x, body.y, low.w, low.y - body.y - margin))
        pad = 14 if slim else 20
        found = [
            self._top(),
            Pane("steps", steps, self._steps(steps, pad)),
            Pane("told", told, self._told(pad)),
            Pane("fall", low, Pad(self._fall(low.w - 2 * kit.px(pad)), pad, 12, 10)),
        ]
        if self.open:
            found.append(self.open())
        return found

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
                          side=side, phase=self._whose(), clock=clock, tools=tools, why=self._why)  # fmt: skip

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
        pair = self._falls()[self.pair].pair if self._falls() else ()
        stepper = Stepper(self.story.chapters, self.number, ".".join(pair), self.show)
        view = Scroll("steps/list", Stretching(stepper, rect.h - around), self.app.stage.offsets)
        # The plate of the present step reaches beyond its words, so the list has less room at its sides.
        return Column(
            [Spacer(pad), Pad(Column(head), pad, 0, 0), _Fill(view, pad - 8), Pad(Column(foot), pad, 0, 0), Spacer(pad)]
        )

    def _foot(self) -> list[Node]:
        still = say("Motion is reduced.") if self.kit.still else ""
        pace = Segments("pace", [say("Step"), say("Slow"), say("Fast")], 0 if self.kit.still else self.pace, self._pace,
                        offs=("", still, still), tip=(say("Pace"), say("Go on step by step, or by itself.")))  # fmt: skip
        words = self._onward() if self.last else say("Next step")
        back = Button("previous", "", lambda: self.step(-1), icon="skip-back", off=self.number == 0, high=46,
                      tip=(say("The step before"), say("Left arrow")))  # fmt: skip
        on = Button("next", words, lambda: self.step(1), kind="primary", keycap=say("Space"), high=46)
        return [
            Rule(8, 12),
            Row([Label(say("Pace"), "sans", 14, "ink2"), pace], [46, -1]),
            Spacer(12),
            Row([back, on], [54, -1]),
        ]

    def _onward(self) -> str:
        """Where the last step leads."""
        if self.back:
            return say("Back")
        if self.session.ended:
            return say("To the review")
        return say("Hand over") if self.table.people() else say("Next turn")

    def _told(self, pad: int) -> Node:
        chapter = self.story.chapters[self.number]
        place = say("Step {step} of {steps}", step=self.number + 1, steps=len(self.story.chapters))
        body = Column([*self._end(), *resolution_told.panel(self.story, self.number, self._why)])
        return Pad(Column([
            Label(chapter.name, "serif-semibold", 22), Label(place, "sans", 13, "ink3"), Spacer(12),
            Scroll("told", body, self.app.stage.offsets),
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

    # ---- risk
    def _falls(self) -> tuple[Fall, ...]:
        return self.story.moved()

    def _fall(self, width: int) -> Node:
        """Why risk moved, or that it did not, with the last turns."""
        falls = self._falls()
        if not falls:
            return self._unmoved()
        fall = falls[min(self.pair, len(falls) - 1)]
        small = self.app.compact
        moved = "Why risk moved from {before} to {after}: {pair}"
        stayed = "Why risk is back at {after}: {pair}"
        text = say(moved if fall.before != fall.after else stayed, before=points(fall.before), after=points(fall.after),
                   pair=fall.title)  # fmt: skip
        title = Label(text, "serif-semibold", 17 if small else 20, most=1)
        head: Node = Row([title, *self._chips(falls)], [-1, *[0] * len(self._chips(falls))])
        name = f"risk.{'.'.join(fall.pair)}"
        bars = self.story.bars(fall, room_for(self.kit, width))
        waterfall = Waterfall(bars, self.number, lambda: self._why(name), [tips_of(self.game, one) for one in bars])
        return Column([head, Spacer(6), waterfall])

    def _chips(self, falls: Sequence[Fall]) -> list[Node]:
        if len(falls) < 2:
            return (
                [] if self.app.compact else [Label(say("A bar tells its rule; a click tells all."), "sans", 14, "ink3")]
            )

        def taker(number: int) -> Act:
            def take() -> None:
                self.pair = number
                self.changed()

            return take

        return [Button(f"pair/{number}", "–".join(side.upper() for side in one.pair), taker(number), kind="chip",
                       on=number == self.pair, tip=(one.title,)) for number, one in enumerate(falls[:5])]  # fmt: skip

    def _unmoved(self) -> Node:
        """That risk did not move, and how it went in the turns before."""
        title = Label(say("Risk did not move in this turn"), "serif-semibold", 17 if self.app.compact else 20)
        far = max(self.story.falls, key=lambda one: one.after, default=None)
        if far is None:
            return Column([title])
        cell = self.game.cells_named(f"risk.{'.'.join(far.pair)}")[0]
        history = self.session.history[: self.turn]
        values = [history[0].before.row[cell], *(moment.after.row[cell] for moment in history)]
        first = max(0, len(values) - 12)
        about = Label(far.title, "sans", 14, "ink2")
        line = curve(values[first:], len(values) - 1 - first, 130 if self.app.compact else 210, points, first)
        return Column([title, about, Spacer(6), line])

    # ---- what can be opened
    def _show(self, build: Callable[[], Pane]) -> None:
        self.open = build
        self.map.clear()
        self.changed()

    def _close(self) -> None:
        self.open, self.since = None, pygame.time.get_ticks()
        self.changed()

    def _why(self, name: str) -> None:
        self._show(lambda: why_pane(self.app, self.session, name, self.agency, self._close, turn=self.turn,
                                    everything=self.everything))  # fmt: skip

    def _why_risk(self) -> None:
        falls = self._falls() or self.story.falls
        if falls:
            self._why(f"risk.{'.'.join(falls[min(self.pair, len(falls) - 1)].pair)}")

    def _layers(self) -> None:
        self._show(lambda: panes.layers_pane(self.app, self.chart.layers, self._close, self.changed))

    def _help(self) -> None:
        self._show(lambda: panes.help_pane(self.app, self._close))

    def _menu(self) -> None:
        items = [("on", self._onward(), "log-out", self.leave_for)]
        self._show(lambda: panes.menu_pane(self.app, items, self._close))

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
