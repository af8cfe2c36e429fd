"""Control: the facilitator's screen. It sees everything, speaks, overrules, rewinds, reseats and ends the planning."""

from collections.abc import Callable, Sequence

import pygame

from game.core import State
from game.core.view import Reading
from game.play.report import everything
from game.play.session import PERSON, SessionProblem
from game.play.wording import shown_value
from game.window import panes
from game.window.app import Screen
from game.window.chart.hits import Hit
from game.window.kit.entry import Typing
from game.window.kit.node import Act
from game.window.kit.pane import Pane
from game.window.pieces import pieces_known
from game.window.readouts import Gauge, figure, gauges
from game.window.screens import control_front, desk_forecast
from game.window.screens.control_panels import SEATS, Panels
from game.window.screens.handover import HandOver
from game.window.screens.onmap import OnMap
from game.window.screens.review_fronts import written
from game.window.screens.why import why_pane
from game.window.table import Table
from game.words import say

EVERYTHING = ""
"""The eyes that the map is seen with: nobody's in particular."""


class Control(Screen):
    """Control at the window."""

    def __init__(self, table: Table) -> None:
        super().__init__(table.app)
        self.table = table
        self.session, self.game = table.session, table.game
        self.branch = self.session.branch
        self.tab = SEATS
        self.seat = ""
        self.eyes = EVERYTHING
        self.text = Typing()
        self.value = Typing()
        self.reason = Typing()
        self.sought = Typing()
        self.to = {agency.id for agency in self.game.agencies}
        self.said = ""
        self.good = True
        self.front: Callable[[], Pane] | None = None
        self.foresight = table.foresight()
        self.chart = table.chart()
        self.chart.focused = True
        self.map = OnMap(self, self.chart, self.layers, self._chosen)
        self.panels = Panels(self)
        self.charted: object = None
        # Whether panels were built that nobody has seen yet.
        self.unseen = True
        # Whether figures of a forecast are to be shown.
        self.due = False
        self._read: tuple[State, tuple[Reading, ...]] | None = None

    # ---- what stands
    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every value."""
        if self._read is None or self._read[0] is not self.session.state:
            self._read = self.session.state, everything(self.game, self.session.state.row)
        return self._read[1]

    @property
    def before(self) -> tuple[Reading, ...]:
        """Every value a turn ago, for changes."""
        history = self.session.history
        return everything(self.game, history[-1].before.row if history else self.session.state.row)

    def main_pair(self) -> Gauge:
        """The two sides of which the bar on top shows the readings: those with the highest risk."""
        return gauges(self.game, self.readings)[0]

    # ---- panes
    def panes(self) -> Sequence[Pane]:
        """Top bar, panels, and what is open in front."""
        self.unseen = True
        self._refresh_chart()
        self.foresight = self.table.foresight()
        if self.foresight:
            self.foresight.ask_everything(self.session)
        found = self.panels.panes()
        return [*found, self.front()] if self.front else found

    def _refresh_chart(self) -> None:
        self.chart.restyle(self.kit)
        orders = tuple(order for agency in self.game.agencies for order in self.session.drafts(agency.id))
        stands = (self.kit, self.session.state, orders, self.eyes)
        if stands == self.charted:
            return
        self.charted = stands
        self.app.stage.all_fresh()
        if self.eyes == EVERYTHING:
            self.chart.pieces = pieces_known(self.game, self.readings, orders)
        else:
            drafts = self.session.drafts(self.eyes)
            self.chart.pieces = pieces_known(self.game, self.session.view(self.eyes).readings, drafts)

    def behind(self, surface: pygame.Surface) -> None:
        """The chart with its furniture."""
        self.unseen = False
        self.map.draw(surface)
        self.chart.furniture(surface)

    def over(self, surface: pygame.Surface) -> None:
        """The card of what is on the map, in front of the panels."""
        if not self.front:
            self.map.paint_card(surface)

    def _chosen(self, hit: Hit) -> bool:
        return False

    # ---- what is open
    def put(self, front: Callable[[], Pane] | None) -> None:
        """Something in front of the panels, or nothing any more."""
        self.front = front
        self.map.clear()
        self.changed()

    def close_front(self) -> None:
        """Back to the panels."""
        self.app.stage.focus = ""
        self.put(None)

    def layers(self) -> None:
        """What the map shows."""
        self.put(lambda: panes.layers_pane(self.app, self.chart.layers, self.close_front, self.changed))

    def help(self) -> None:
        """What control can do."""
        self.put(lambda: control_front.help_pane(self))

    def menu(self) -> None:
        """Back, help, close, and how the window looks."""
        items = [
            ("back", say("To the seats"), "users", self.back),
            ("help", say("Help"), "circle-help", self.help),
            ("write", say("Write chronicle and orders"), "download", self.write),
            ("leave", say("Close the window (everything is kept)"), "log-out", self.app.close),
        ]
        self.put(lambda: panes.menu_pane(self.app, items, self.close_front))

    def write(self) -> None:
        """Write the chronicle and the orders beside the journal, and say where they stand."""
        self.put(written(self.table, self.close_front))

    def why(self, name: str, back: Act | None = None) -> None:
        """Why a value stands where it does, with all draws; closed, the panels again, or what it was opened from (*back*)."""
        self.put(lambda: why_pane(self.app, self.session, name, None, back or self.close_front, everything=True))

    def forecast(self) -> None:
        """What may come, with all figures."""
        if self.foresight:
            found = self.foresight
            self.put(lambda: desk_forecast.page(self.app, self.game, found, self.main_pair().pair, self.close_front))

    def ask_value(self, name: str) -> None:
        """Another value in the place of the engine's."""
        self.value, self.reason, self.said = Typing(), Typing(), ""
        self.put(lambda: control_front.value_pane(self, name))
        self.app.stage.take("overrule/value", by_key=False)

    def ask_end(self) -> None:
        """The end of planning, once it is meant."""
        self.put(lambda: control_front.end_pane(self))

    def ask_reseat(self, agency: str, policy: str, player: str) -> None:
        """Another player for a seat, once it is meant; another person too, who needs no PIN of the one before."""
        if policy == PERSON or policy != self.session.seats[agency].policy:
            self.put(lambda: control_front.reseat_pane(self, agency, policy, player))

    def ask_rewind(self, turn: int) -> None:
        """Back to the beginning of a turn."""
        self.reason, self.said = Typing(), ""
        self.put(lambda: control_front.rewind_pane(self, turn))
        self.app.stage.take("rewind/reason", by_key=False)

    def open_turn(self, turn: int) -> None:
        """A turn, step by step, with everything."""
        from game.window.screens.resolution import Resolution

        table = self.table
        self.app.go(Resolution(table, turn, None, everything=True, back=table.take_control))

    # ---- doing
    def act(self, act: Act, done: str = "") -> bool:
        """Do something in the session; what came of it is said. Whether it was done."""
        try:
            act()
        except SessionProblem as problem:
            self.said, self.good = str(problem), False
            self.changed()
            return False
        self.said, self.good = done, True
        self.close_front()
        return True

    def speak(self) -> None:
        """Tell those who are marked what was typed."""
        text = self.text.text.strip()
        to = [agency.id for agency in self.game.agencies if agency.id in self.to]
        whom = (
            say("all") if len(to) == len(self.game.agencies) else ", ".join(self.game.agency(one).short for one in to)
        )
        if self.act(lambda: self.session.speak(text, to), say("Said to: {whom}.", whom=whom)):
            self.text = Typing()
            self.changed()

    def overrule(self, name: str, value: int) -> None:
        """Put a value in the place of the engine's."""
        reason = self.reason.text.strip()
        before = next(one for one in self.readings if one.name == name)
        after = shown_value(self.game, self.game.tracks[name.partition(".")[0]], value)
        done = say("{title}: from {before} to {after}. Both values stand in the journal.", title=before.title,
                   before=panes.shown_as(self.game, before),
                   after=figure(before.unit, value, "" if after == str(value) else after))  # fmt: skip
        self.act(lambda: self.session.overrule(name, value, reason), done)

    def rewind(self, turn: int) -> None:
        """Go back; the old line stays in the journal."""
        reason = self.reason.text.strip()
        done = say(
            "The game stands at the beginning of turn {turn} again. The old line stays in the journal.", turn=turn
        )
        self.act(lambda: self.session.rewind(turn, reason), done)

    def reseat(self, agency: str, policy: str) -> None:
        """Hand a seat to another player."""
        name = self.game.agency(agency).name
        self.act(
            lambda: self.session.reseat(agency, policy),
            say("{name} has another player, no PIN, and nothing drafted.", name=name),
        )

    def reopen(self, agency: str) -> None:
        """Let a seat that has locked plan again."""
        done = say("{name} may draft again.", name=self.game.agency(agency).name)
        self.act(lambda: self.session.take_back(agency), done)

    def end_planning(self) -> None:
        """Time is up: what was drafted is locked, and those who had not locked are told."""
        late = self.session.waiting()

        def lock() -> None:
            self.session.speak(say("Time was up: control has locked your orders as they were drafted."), late)
            for agency in late:
                self.session.lock(agency)

        if self.act(lock):
            self.back()

    def back(self) -> None:
        """To the seats."""
        again = self.session.branch != self.branch
        if again:
            self.table.last = self.table.next = None
        self.table.go_on()
        if again and isinstance(self.app.screen, HandOver):
            turn = self.session.state.turn + 1
            self.app.screen.tell(say("Control has gone back to the beginning of turn {turn}.", turn=turn))

    # ---- choices of the panels
    def take_tab(self, tab: str) -> None:
        """Another page of the panel."""
        self.tab, self.said = tab, ""
        self.changed()

    def take_seat(self, agency: str) -> None:
        """Look at a seat, or close it."""
        self.seat = "" if self.seat == agency else agency
        self.changed()

    def take_eyes(self, eyes: str) -> None:
        """The map as an agency knows it, or everything."""
        self.eyes = eyes
        self.map.clear()
        self.changed()

    def typed(self, _text: str) -> None:
        """Something was typed: what can be done with it may have changed."""
        self.app.rebuild(whole=False)

    def mark(self, agency: str) -> None:
        """Who learns what is said."""
        self.to.symmetric_difference_update({agency})
        self.changed()

    def mark_side(self, side: int) -> None:
        """Everybody of a side, or nobody of it."""
        names = {agency.id for agency in self.game.agencies if agency.side == side}
        self.to = self.to - names if names <= self.to else self.to | names
        self.changed()

    def mark_all(self) -> None:
        """Everybody, or nobody."""
        names = {agency.id for agency in self.game.agencies}
        self.to = set() if self.to == names else names
        self.changed()

    def people(self) -> tuple[str, ...]:
        """The agencies that people play."""
        return tuple(one.id for one in self.game.agencies if self.session.seats[one.id].policy == PERSON)

    # ---- time and events
    def first(self, event: pygame.event.Event) -> bool:
        """Where the pointer goes onto a panel, the map forgets it."""
        self.map.before(event)
        return False

    def event(self, event: pygame.event.Event) -> bool:
        """Keys, and the map."""
        if event.type == pygame.KEYDOWN and not self.front and self._key(event):
            return True
        return self.map.event(event)

    def _key(self, event: pygame.event.Event) -> bool:
        if event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT):
            return False
        acts: dict[int, Act] = {
            pygame.K_F1: self.help, pygame.K_QUESTION: self.help, pygame.K_m: self.layers, pygame.K_f: self.forecast,
            pygame.K_ESCAPE: self.map.clear if self.map.card else self.back,
        }  # fmt: skip
        if event.key in acts:
            acts[event.key]()
        elif event.unicode == "?":
            self.help()
        elif event.key == pygame.K_n:
            self.map.next(-1 if event.mod & pygame.KMOD_SHIFT else 1)
        else:
            return False
        return True

    def tick(self, now: int) -> bool:
        """Figures of the forecast have come, or there is more to build: one panel in a frame."""
        self.due = bool(self.foresight and self.foresight.look()) or self.due
        if self.app.late:
            return False
        due, self.due = self.due, False
        if (due or (not self.unseen and self.panels.kept.behind)) and self.app.screen is self:
            self.app.rebuild(whole=False)
        return False

    @property
    def building(self) -> bool:
        """While panels are built one by one."""
        return self.panels.kept.behind

    @property
    def waits(self) -> bool:
        """While a forecast is awaited."""
        return bool(self.foresight and self.foresight.waiting)

    @property
    def busy(self) -> bool:
        """While the chart moves."""
        return self.chart.busy

    def leave(self) -> None:
        """Nothing that control saw stays."""
        if self.foresight:
            self.foresight.forget()
        self.chart.forget()
