"""The desk: one agency's screen while it plans its orders, in secret."""

from collections.abc import Callable, Sequence

import pygame

from game.core.view import Reading, readings
from game.play.outlook import Outlooks
from game.play.session import SessionProblem
from game.play.wording import ways_named
from game.window.app import Screen
from game.window.chart.hits import Hit, PlaceHit, ZoneHit
from game.window.faces import face
from game.window.guide import Guide
from game.window.kit.entry import Entry
from game.window.kit.kept import Kept
from game.window.kit.keys import ENTER
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Node, Pad, Picture, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import Tile, glyph
from game.window.kit.words import Label
from game.window.pieces import pieces_known
from game.window.planning import Planning
from game.window.readouts import Gauge, gauges
from game.window.screens import desk_agency, desk_forecast, desk_order, desk_timeline, topbar
from game.window.screens.desk_front import InFront
from game.window.screens.onmap import OnMap
from game.window.table import Table
from game.words import say

SAVE_EVERY = 2000
"""Milliseconds after which an order that is being composed is kept."""

STEP = 0.004
"""Seconds of a frame in which rules are looked through for what they say of an order."""

RAIL, LEFT, RIGHT, BOTTOM, MARGIN = 76, 364, 392, 196, 16
"""Widths and heights of the panels, in design pixels."""

TABS = (("plan", "Orders", "pencil"), ("actions", "Actions", "binoculars"), ("briefing", "Brief", "book-open"))
"""What the one panel of a small window can show."""


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
        self.kept = Kept()
        self.outlooks = Outlooks(self.game, self.planning.view)
        self.searching = True
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
        kit, (wide, high) = self.kit, self.app.size
        self.kept.begin()
        self._refresh_chart()
        self._ask()
        top = topbar.high(kit)
        margin = kit.px(MARGIN if not self.app.compact else 8)
        body = pygame.Rect(margin, top + margin, wide - 2 * margin, high - top - 2 * margin)
        panels = self._narrow(body) if self.app.compact else self._broad(body)
        found = [self._top(), *panels]
        if self.guide:
            found.append(self.guide.pane(self.app, self.chart.free, self.changed))
        front = self.front.pane()
        return [*found, front] if front else found

    def _broad(self, body: pygame.Rect) -> list[Pane]:
        """Three panels and the timeline. The order is built first: it is what people look at."""
        kit, keep = self.kit, self.kept.pane
        gap = kit.px(MARGIN)
        left = pygame.Rect(body.x, body.y, kit.px(LEFT), body.h)
        right = pygame.Rect(body.right - kit.px(RIGHT), body.y, kit.px(RIGHT), body.h)
        middle = right.x - left.right - 2 * gap
        low = pygame.Rect(left.right + gap, 0, middle, kit.px(BOTTOM))
        low.bottom = body.bottom
        self.map.place(topbar.high(kit), pygame.Rect(left.right + gap, body.y, middle, low.y - body.y - gap))
        order = keep(kit, "order", right, self._order_shows(), lambda: Pad(self._order_panel(), 20, 18, 16))
        agency = keep(kit, "agency", left, self._plan(), lambda: Pad(self._agency_panel(), 20, 18, 16))
        opens = (self._open_turn, self.front.log, self._last_turn)
        time = keep(
            kit,
            "time",
            low,
            None,
            lambda: Pad(desk_timeline.bottom(self.game, self.planning.view, self.past, opens), 18, 12, 10),
        )
        return [self._map_pane(), agency, order, time]

    def _narrow(self, body: pygame.Rect) -> list[Pane]:
        """A rail, one panel, and the latest thing in a line."""
        kit, keep = self.kit, self.kept.pane
        gap = kit.px(8)
        rail = pygame.Rect(body.x, body.y, kit.px(RAIL), body.h)
        side = pygame.Rect(0, body.y, min(kit.px(RIGHT), body.w * 2 // 5), body.h)
        side.right = body.right
        ticker = desk_timeline.ticker(self.game, self.planning.view, self.front.log)
        tall = max(kit.px(44), ticker.height(kit, side.x - rail.right - 2 * gap) + kit.px(8))
        low = pygame.Rect(rail.right + gap, body.bottom - tall, side.x - rail.right - 2 * gap, tall)
        self.map.place(topbar.high(kit), pygame.Rect(rail.right + gap, body.y, low.w, low.y - body.y - gap))
        tab = "plan" if self.planning.composing else self.tab
        panel = self._order_panel if tab == "plan" else self._tab_panel
        shows = (tab, self._order_shows() if tab == "plan" else self._plan())
        order = keep(kit, "order", side, shows, lambda: Pad(panel(), 16, 14, 12))
        rail_shows = (tab, len(self.planning.drafts))
        return [
            self._map_pane(),
            keep(kit, "rail", rail, rail_shows, lambda: Pad(self._rail(), 6, 10, 8)),
            order,
            keep(kit, "ticker", low, None, lambda: Pad(ticker, 4)),
        ]

    def _plan(self) -> object:
        """What the panel of the agency depends on."""
        composing = self.planning.composing
        return self.planning.drafts, composing and composing.action

    def _order_shows(self) -> object:
        """What the panel of the order depends on."""
        planning = self.planning
        composing = planning.composing
        outlook = composing and self.outlooks.of(composing)
        # Fields are the same where they are one object: equal ones of two orders are not.
        fields = (id(planning.reason), id(planning.expects))
        return planning.drafts, composing, outlook, fields, self.said, self._come()

    def _come(self) -> object:
        """What there is of the forecast."""
        return self.foresight and (self.foresight.forecast, self.foresight.progress())

    def _map_pane(self) -> Pane:
        """Where the map is: keys reach it like everything else, and the pointer goes through to the map itself."""
        free = self.chart.free
        return self.kept.pane(self.kit, "map", pygame.Rect(0, 0, 0, 0), tuple(free), lambda: _Map(free), plain=True)

    def _place(self) -> str:
        held = self.session.together(self.agency)
        side = self.game.sides[self.game.agency(self.agency).side].name
        if len(held) == 1:
            return side
        return say("{side}, desk {place} of {count}", side=side, place=held.index(self.agency) + 1, count=len(held))

    def _agency_panel(self) -> Node:
        opens = self._opens()
        head = desk_agency.head(self.kit, self.game, self.planning, self._place(), opens)
        parts = ("briefing", "actions", "mechanisms")
        body = desk_agency.body(self.game, self.planning, opens, self.app.stage.offsets, parts=parts)
        return Column([*head, Spacer(12), body, Spacer(10), desk_agency.foot(opens)])

    def _tab_panel(self) -> Node:
        opens = self._opens()
        head = desk_agency.head(self.kit, self.game, self.planning, self._place(), opens)
        parts = ("briefing",) if self.tab == "briefing" else ("actions", "mechanisms")
        # Where letters are large even the head gives way: it scrolls with what is below it.
        above = [*head, Spacer(10)] if self.app.tiny else []
        body = desk_agency.body(self.game, self.planning, opens, self.app.stage.offsets, parts=parts, above=above)
        return Column(
            [*([] if above else [*head, Spacer(10)]), body, Spacer(8), desk_agency.foot(opens, plain=self.app.tiny)]
        )

    def _rail(self) -> Node:
        agency = self.game.agency(self.agency)
        nodes: list[Node] = [face(self.kit, agency, self.game.sides[agency.side]), Spacer(10)]
        count = len(self.planning.drafts)
        for tab, name, icon in TABS:
            words = say("Orders {count}", count=count) if tab == "plan" and count else say(name)
            here = tab == ("plan" if self.planning.composing else self.tab)
            inner = Column(
                [glyph(icon, 20, "accent" if here else "ink2"), Label(words, "medium", 11, align="centre")], 2
            )
            nodes += [
                Tile(f"tab/{tab}", inner, desk_agency.opener(self._take_tab, tab), on=here, pad=5, bare=True),
                Spacer(4),
            ]
        return Column(nodes)

    def _take_tab(self, tab: str) -> None:
        if self.planning.composing:
            self.planning.discard()
        self.tab = tab
        self.changed()

    def _order_panel(self) -> Node:
        acts = desk_order.Acts(
            choose=self._do(self.planning.choose),
            way=lambda n, way: self._step(lambda: self.planning.way(n, way)),
            add=self._add,
            discard=lambda: self._step(self.planning.discard),
            drop=self._do(self.planning.drop),
            pick=self._pick,
            lock=self._sure,
            rule=self.front.rule,
            open_list=self.app.stage.open_list,
            forecast=self._forecast,
            outlook=self.outlooks.of(self.planning.composing) if self.planning.composing else None,
            said=self.said,
        )
        return desk_order.panel(self.planning, acts, self.app.stage.offsets)

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

    def _forecast(self) -> Sequence[Node]:
        if not self.foresight:
            return ()
        main = self.main_pair()
        return desk_forecast.section(self.game, self.foresight, main.pair, main.risk or 0, self.front.forecast)

    def _top(self) -> Pane:
        off = (not self.planning.past, not self.planning.future)
        clock = self.table.clock(self.agency)
        rect = pygame.Rect(0, 0, self.app.size[0], topbar.high(self.kit))
        return self.kept.pane(self.kit, "top", rect, (clock, off, self._come()), lambda: self._bar(clock, *off))

    def _bar(self, clock: str, no_past: bool, no_future: bool) -> Pane:
        tools = [
            topbar.Tool("tool/undo", "undo-2", self._undo, (say("A step back  Ctrl Z"),), off=no_past),
            topbar.Tool("tool/redo", "redo-2", self._redo, (say("Forward again  Ctrl Shift Z"),), off=no_future),
            topbar.Tool("tool/layers", "layers", self.front.layers, (say("What the map shows  M"),)),
            topbar.Tool("tool/help", "circle-help", self.front.help, (say("Help  F1"),)),
            topbar.Tool("tool/menu", "menu", self.front.menu, (say("Menu: text size, theme, hand over, close"),)),
        ]
        view = self.planning.view
        return topbar.bar(
            self.app,
            self.game,
            view.readings,
            self.earlier,
            turn=view.turn,
            side=self.table.side(self.agency),
            phase=say("Planning"),
            clock=clock,
            tools=tools,
            why=self.front.why,
            come=(desk_forecast.reading(self.foresight, self.main_pair().pair), self.front.forecast),
        )

    def _opens(self) -> desk_agency.Opens:
        return desk_agency.Opens(
            brief=self.front.brief,
            values=self.front.values,
            log=self.front.log,
            law=self.front.law,
            last_turn=self._last_turn,
            pick=self._pick,
            mechanism=self.front.mechanism,
            why=self.front.why,
        )

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
    def _step(self, act: Act) -> None:
        self.said = ""
        act()
        self.app.rebuild(whole=False)

    def _do(self, act: Callable[[str], None]) -> Callable[[str], None]:
        return lambda name: self._step(lambda: act(name))

    def _pick(self, action: str) -> None:
        self._step(lambda: self.planning.pick(action))
        # Tab goes on from here through the order; never a field, where the letter that chose the order would land.
        form = next((pane for pane in self.app.stage.panes if pane.name == "order"), None)
        keys = (node.key for node in form.node.walk() if node.focusable and not isinstance(node, Entry)) if form else ()
        self.app.stage.focus = next((key for key in keys if key and not key.startswith("pip")), "")
        self.app.stage.by_key = False

    def _add(self) -> None:
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

    def _undo(self) -> None:
        self._step(self.planning.undo)

    def _redo(self) -> None:
        self._step(self.planning.redo)

    def _sure(self) -> None:
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

    def _open_turn(self, turn: int) -> None:
        from game.window.screens.resolution import Resolution

        table, agency = self.table, self.agency
        self.app.go(Resolution(table, turn, agency, back=lambda: table.sit(agency)))

    def _last_turn(self) -> None:
        if self.session.history:
            self._open_turn(len(self.session.history))

    # ---- keys
    def first(self, event: pygame.event.Event) -> bool:
        """Steps back and forth work wherever the focus is."""
        self.map.before(event)
        if (
            event.type != pygame.KEYDOWN
            or not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
            or event.key != pygame.K_z
        ):
            return False
        (self._redo if event.mod & pygame.KMOD_SHIFT else self._undo)()
        return True

    def _own(self, event: pygame.event.Event) -> bool:
        """Whether a key is meant for the desk: a letter meant for what is open in front must not order or lock anything."""
        return not self.front.build and not event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT)

    def _numbered(self, event: pygame.event.Event) -> bool:
        """Compose the order with the number that was typed."""
        actions = self.planning.actions()
        if not self._own(event) or not event.unicode.isdigit() or not 1 <= int(event.unicode) <= len(actions):
            return False
        self._pick(actions[int(event.unicode) - 1][0].order.action)
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
            pygame.K_t: self._last_turn,
            pygame.K_m: self.front.layers,
            pygame.K_f: self.front.forecast,
            pygame.K_F1: self.front.help,
            pygame.K_QUESTION: self.front.help,
            pygame.K_k: self._sure,
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
            self._add()
        elif event.key == pygame.K_ESCAPE and self.planning.composing:
            self._step(self.planning.discard)
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
            self.front.renew()
        passed, self.seconds = left != self.seconds, left
        # What an event has built is shown first: one panel in a frame.
        more = not self.app.stage.fresh and self._go_on()
        if (more or news or passed) and self.app.screen is self:
            self.app.rebuild(whole=False)
        return False

    def _go_on(self) -> bool:
        """Find a little more of what can be said of the order in hand; whether there is more to show."""
        order = self.planning.composing
        if order is None and self.chart.busy:
            return self.kept.behind  # The chart has the frames; nobody waits for rules.
        if self.searching or (order and self.outlooks.of(order) is None):
            self.searching = self.outlooks.go_on(order, STEP)
            return not self.searching
        return self.kept.behind

    @property
    def building(self) -> bool:
        """While panels are built one by one, or rules are looked through."""
        return self.kept.behind or self.searching

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


class _Map(Picture):
    """The focus of the keyboard on the map: a ring around what no panel covers."""

    def __init__(self, free: pygame.Rect) -> None:
        tip = (
            say("The map"),
            say("Arrows move it, + and − zoom, Home shows the whole scenario, N goes from unit to unit."),
        )
        super().__init__(0, lambda surface, rect, look: None, key="map", tip=tip)
        self.free = free

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """It takes no room of its own."""
        super().place(kit, self.free.inflate(-kit.px(8), -kit.px(8)))
