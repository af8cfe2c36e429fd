"""The desk: one agency's screen while it plans its orders, in secret."""

import math
from collections.abc import Callable, Sequence

import pygame

from game.core.view import Reading, readings
from game.play.outlook import Outlooks
from game.play.session import SessionProblem
from game.play.wording import ways_named
from game.window.app import Screen
from game.window.chart.hits import Hit, PlaceHit, ZoneHit
from game.window.guide import Guide
from game.window.kit.entry import Entry
from game.window.kit.keys import ENTER
from game.window.kit.node import Act
from game.window.kit.pane import Pane
from game.window.pieces import pieces_known
from game.window.planning import Planning
from game.window.readouts import Gauge, gauges
from game.window.screens import desk_timeline
from game.window.screens.desk_front import InFront
from game.window.screens.desk_panels import Panels
from game.window.screens.onmap import OnMap
from game.window.table import Table

SAVE_EVERY = 2000
"""Milliseconds after which an order that is being composed is kept."""

STEP = 0.004
"""Seconds of a frame in which rules are looked through for what they say of an order, or a page is laid out."""

FURTHER = (pygame.K_TAB, pygame.K_PAGEDOWN)
"""Keys that may go to any place of a page, which is laid out whole for them."""


class Desk(Screen):
    """One agency at the window."""

    def __init__(self, table: Table, agency: str) -> None:
        super().__init__(table.app)
        self.table, self.agency = table, agency
        self.session, self.game = table.session, table.game
        self.planning = Planning(self.session, agency)
        self.planning.take_up(self._kept())
        self.past = desk_timeline.past_of(self.session, agency)
        self.earlier = self._before()
        self.tab = "actions"
        self.front = InFront(self)
        self.panels = Panels(self)
        self.outlooks = Outlooks(self.game, self.planning.view)
        self.searching = True
        # Whether panels were built that nobody has seen yet.
        self.unseen = True
        # Whether figures of a forecast or the clock are to be shown.
        self.due = False
        self.said = ""
        self.guide = Guide.of(self.game, self.planning.view.turn)
        self.foresight = table.foresight()
        self.chart = table.chart()
        self.chart.focused = True
        self.map = OnMap(self, self.chart, self.front.layers, self._chosen)
        self.charted: object = None
        self.seconds = -1
        self.saved = 0
        if self.planning.view.turn == 0 and not self.planning.drafts and self.guide is None:
            self.front.brief()

    def _kept(self) -> dict[str, object]:
        kept = self.app.settings.unfinished
        return kept if kept.get("journal") == str(self.table.path) else {}

    def _before(self) -> tuple[Reading, ...]:
        """What the seat knew a turn ago, for changes."""
        if not self.session.history:
            return self.planning.view.readings
        return readings(self.game, self.session.history[-1].before.row, 1 << self.game.agency_number(self.agency))

    # ---- panes
    def panes(self) -> Sequence[Pane]:
        """Top bar, panels, and what is open in front."""
        self.unseen = True
        self._refresh_chart()
        self._ask()
        found = self.panels.panes()
        if self.guide:
            found.append(self.guide.pane(self.app, self.chart.free, self.changed))
        front = self.front.pane()
        return [*found, front] if front else found

    def take_tab(self, tab: str) -> None:
        """Another panel, in a small window."""
        if self.planning.composing:
            self.planning.discard()
        self.tab = tab
        self.changed()

    # ---- what may come
    def _ask(self) -> None:
        """Ask what may come with the orders as they stand; what cannot be ordered is left out."""
        self.foresight = self.table.foresight()
        if self.foresight:
            composing = self.planning.composing if self.planning.refusal() is None else None
            self.foresight.ask(self.session, self.agency, composing)

    def main_pair(self) -> Gauge:
        """The two sides of which the bar on top shows the readings."""
        return gauges(self.game, self.planning.view.readings, self.table.side(self.agency))[0]

    # ---- the chart
    def _refresh_chart(self) -> None:
        self.chart.restyle(self.kit)
        # A forecast that comes builds the panels anew; what stands on the chart changes with the orders alone.
        zone = self._zone_composed()
        stands = (self.kit, self.planning.drafts, zone)
        if stands == self.charted:
            return
        self.charted = stands
        self.chart.pieces = pieces_known(self.game, self.planning.view.readings, self.planning.drafts)
        self.chart.marks.clear()
        if zone:
            self.chart.mark(zone, self.kit.theme.accent)
        self.app.stage.all_fresh()

    def _zone_composed(self) -> str:
        """The zone that the order in hand names."""
        order = self.planning.composing
        if order is None:
            return ""
        option = self.planning.option(order)
        zones = {zone.id for zone in self.game.zones}
        return next((way.id for way in ways_named(option, order) if way.id in zones), "") if option.details else ""

    def behind(self, surface: pygame.Surface) -> None:
        """The chart with its furniture."""
        self.unseen = False
        self.map.draw(surface)
        self.chart.furniture(surface)

    def over(self, surface: pygame.Surface) -> None:
        """The card of what is on the map, in front of the panels."""
        if not self.front.build:
            self.map.paint_card(surface)

    def event(self, event: pygame.event.Event) -> bool:
        """Keys, and the map."""
        if event.type == pygame.KEYDOWN:
            if self._numbered(event):
                return False  # The order that it opens is drawn, and nothing else.
            if self._key(event):
                return True
        return self.map.event(event)

    def _chosen(self, hit: Hit) -> bool:
        """A click on the map: the order in hand names the zone, if it can."""
        zone = hit.zone.id if isinstance(hit, ZoneHit) else hit.place.zone if isinstance(hit, PlaceHit) else hit.zone
        order = self.planning.composing
        option = self.planning.option(order) if order else None
        for place, (_name, ways) in enumerate(option.details if option else ()):
            if zone and any(way.id == zone and way.refusal is None for way in ways):
                self.planning.way(place, zone)
                self.said = ""
                self.changed()
                return True
        return False

    # ---- doing
    def step(self, act: Act) -> None:
        """Do something to the plan, and show it."""
        self.said = ""
        act()
        self.app.rebuild(whole=False)

    def do(self, act: Callable[[str], None]) -> Callable[[str], None]:
        """An act that does something to the plan, and shows it."""
        return lambda name: self.step(lambda: act(name))

    def pick(self, action: str) -> None:
        """Compose an order."""
        self.step(lambda: self.planning.pick(action))
        # Tab goes on from here through the order; never a field, where the letter that chose the order would land.
        form = next((pane for pane in self.app.stage.panes if pane.name == "order"), None)
        keys = (node.key for node in form.node.walk() if node.focusable and not isinstance(node, Entry)) if form else ()
        self.app.stage.focus = next((key for key in keys if key and not key.startswith("pip")), "")
        self.app.stage.by_key = False

    def add(self) -> None:
        """Put the order in hand into the plan."""
        try:
            refusal = self.planning.add()
        except SessionProblem as problem:
            self.said = str(problem)
        else:
            self.said = refusal.message if refusal else ""
            if not refusal:
                self.tab = "plan"
                self.app.stage.focus = ""
        self.changed()

    def undo(self) -> None:
        """A step back."""
        self.step(self.planning.undo)

    def redo(self) -> None:
        """Forward again."""
        self.step(self.planning.redo)

    def ask_lock(self) -> None:
        """Ask whether the orders are to be locked."""
        self.front.ask_lock(self._lock)

    def _lock(self) -> None:
        try:
            self.session.lock(self.agency)
        except SessionProblem as problem:
            self.said = str(problem)
            self.front.close()
            return
        self.planning.discard()
        self.table.locked(self.agency)

    def hand_over(self) -> None:
        """Hand the seat on without locking."""
        self.table.left(self.agency)

    def open_turn(self, turn: int) -> None:
        """A turn again, step by step, as the seat knows it."""
        from game.window.screens.resolution import Resolution

        table, agency = self.table, self.agency
        self.app.go(Resolution(table, turn, agency, back=lambda: table.sit(agency)))

    def last_turn(self) -> None:
        """The last turn again."""
        if self.session.history:
            self.open_turn(len(self.session.history))

    # ---- keys
    def first(self, event: pygame.event.Event) -> bool:
        """Steps back and forth work wherever the focus is."""
        self.map.before(event)
        if event.type == pygame.KEYDOWN and event.key in FURTHER and self.front.behind:
            self.front.go_on(math.inf)
        if (
            event.type != pygame.KEYDOWN
            or not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
            or event.key != pygame.K_z
        ):
            return False
        (self.redo if event.mod & pygame.KMOD_SHIFT else self.undo)()
        return True

    def _own(self, event: pygame.event.Event) -> bool:
        """Whether a key is meant for the desk: a letter meant for what is open in front must not order or lock anything."""
        return not self.front.build and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT)

    def _numbered(self, event: pygame.event.Event) -> bool:
        """Compose the order with the number that was typed."""
        actions = self.planning.actions()
        if not self._own(event) or not event.unicode.isdecimal() or not 1 <= int(event.unicode) <= len(actions):
            return False
        self.pick(actions[int(event.unicode) - 1][0].order.action)
        return True

    def _key(self, event: pygame.event.Event) -> bool:
        if not self._own(event):
            return False
        acts: dict[int, Act] = {
            pygame.K_b: self.front.brief,
            pygame.K_l: self.front.log,
            pygame.K_v: self.front.values,
            pygame.K_w: self.front.why_risk,
            pygame.K_g: self.front.law,
            pygame.K_t: self.last_turn,
            pygame.K_m: self.front.layers,
            pygame.K_f: self.front.forecast,
            pygame.K_F1: self.front.help,
            pygame.K_QUESTION: self.front.help,
            pygame.K_k: self.ask_lock,
        }
        if event.key in acts:
            acts[event.key]()
        elif event.unicode == "?":
            self.front.help()
        elif event.key == pygame.K_n:
            self.map.next(-1 if event.mod & pygame.KMOD_SHIFT else 1)
        elif event.key in ENTER and (hit := self.map.focused()) and self._chosen(hit):
            self.map.clear()
        elif event.key in ENTER and self.planning.composing:
            self.add()
        elif event.key == pygame.K_ESCAPE and self.planning.composing:
            self.step(self.planning.discard)
        elif event.key == pygame.K_ESCAPE and self.map.card:
            self.map.clear()
        else:
            return False
        return True

    # ---- time
    def tick(self, now: int) -> bool:
        """The clock of planning; and what is being composed is kept, in case the machine stops."""
        if now - self.saved > SAVE_EVERY:
            self.saved = now
            self._keep()
        left = self.table.pass_time(self.agency, now)
        news = bool(self.foresight and self.foresight.look())
        if news:
            self.front.renew("forecast")
        self.due = self.due or news or left != self.seconds
        self.seconds = left
        if self.app.late:
            return False
        due, self.due = self.due, False
        # What an event or a forecast has built is shown first: one panel in a frame.
        more = not (due or self.unseen or self.app.stage.owes) and self._go_on()
        if (self._guided() or more or due) and self.app.screen is self:
            self.app.rebuild(whole=False)
        return False

    def _guided(self) -> bool:
        """Tell the guide what has been done; whether it goes on."""
        facts = {
            "map": self.map.card is not None,
            "orders": self.planning.full,
            "reason": any(order.reason for order in self.planning.drafts),
        }
        guide = self.guide
        return guide is not None and sum(guide.done(what) for what, so in facts.items() if so) > 0

    def _go_on(self) -> bool:
        """Lay out a little more of what is open in front, else find a little more of what can be said of the order in hand;
        whether there are panels to build.
        """
        if self.front.behind:
            self.front.go_on(STEP)
            return False
        order = self.planning.composing
        if order is None and self.chart.busy:
            return self.panels.kept.behind  # The chart has the frames; nobody waits for rules.
        if self.searching or (order and self.outlooks.of(order) is None):
            self.searching = self.outlooks.go_on(order, STEP)
            return not self.searching
        return self.panels.kept.behind

    @property
    def building(self) -> bool:
        """While panels are built one by one, a page is laid out, or rules are looked through."""
        return self.panels.kept.behind or self.front.behind or self.searching

    def changed(self) -> None:
        """Something has changed that may be anywhere."""
        self.front.renew()
        super().changed()

    def _keep(self) -> None:
        """Keep what is being composed beside the settings, if it has changed."""
        kept = self.planning.unfinished() if not self.session.locked(self.agency) else {}
        wanted = {**kept, "journal": str(self.table.path)} if kept else {}
        before = self.app.settings.unfinished
        # What another seat was composing stays until that seat goes on, or this one composes.
        if wanted != before and (wanted or before.get("agency") == self.agency):
            self.app.settings.unfinished = wanted
            self.app.settings.write()

    @property
    def waits(self) -> bool:
        """While a forecast is awaited."""
        return bool(self.foresight and self.foresight.waiting)

    @property
    def busy(self) -> bool:
        """While the chart moves."""
        return self.chart.busy

    def leave(self) -> None:
        """Keep what is being composed, and clear the chart of what this seat knows."""
        self._keep()
        if self.foresight:
            self.foresight.forget()
        self.chart.forget()
        self.table.pause()
