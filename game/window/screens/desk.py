"""The desk: one agency's screen while it plans its orders, in secret."""

from collections.abc import Callable, Sequence

import pygame

from game.core.view import Reading, readings
from game.play.outlook import SpeakingRule
from game.play.session import SessionProblem
from game.play.wording import ways_named
from game.window import panes
from game.window.app import Screen
from game.window.chart.hits import Hit, PlaceHit, ZoneHit
from game.window.faces import face
from game.window.front import front, question
from game.window.guide import Guide
from game.window.kit.entry import Entry
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
from game.window.screens.onmap import OnMap
from game.window.screens.why import why_pane
from game.window.table import Table
from game.words import say

SAVE_EVERY = 2000
"""Milliseconds after which an order that is being composed is kept."""

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
        self.open: Callable[[], Pane] | None = None
        self.said = ""
        self.guide = Guide.of(self.game, self.planning.view.turn)
        self.foresight = table.foresight()
        self.chart = table.chart()
        self.chart.focused = True
        self.map = OnMap(self, self.chart, self._layers, self._chosen)
        self.charted: object = None
        self.seconds = -1
        self.saved = 0
        if self.planning.view.turn == 0 and not self.planning.drafts and self.guide is None:
            self._show(lambda: panes.brief_pane(self.app, self.game, self.planning.view, self._close))

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
        self._refresh_chart()
        self._ask()
        top = topbar.high(kit)
        found = [self._top()]
        margin = kit.px(MARGIN if not self.app.compact else 8)
        body = pygame.Rect(margin, top + margin, wide - 2 * margin, high - top - 2 * margin)
        found += self._narrow(body) if self.app.compact else self._broad(body)
        if self.guide:
            found.append(self.guide.pane(self.app, self.chart.free, self.changed))
        if self.open:
            found.append(self.open())
        return found

    def _broad(self, body: pygame.Rect) -> list[Pane]:
        """Three panels and the timeline."""
        kit = self.kit
        gap = kit.px(MARGIN)
        left = pygame.Rect(body.x, body.y, kit.px(LEFT), body.h)
        right = pygame.Rect(body.right - kit.px(RIGHT), body.y, kit.px(RIGHT), body.h)
        middle = right.x - left.right - 2 * gap
        node = desk_timeline.bottom(
            self.game, self.planning.view, self.past, (self._open_turn, self._log, self._last_turn)
        )
        low = pygame.Rect(left.right + gap, 0, middle, kit.px(BOTTOM))
        low.bottom = body.bottom
        self.map.place(topbar.high(kit), pygame.Rect(left.right + gap, body.y, middle, low.y - body.y - gap))
        return [
            self._map_pane(),
            Pane("agency", left, Pad(self._agency_panel(), 20, 18, 16)),
            Pane("order", right, Pad(self._order_panel(), 20, 18, 16)),
            Pane("time", low, Pad(node, 18, 12, 10)),
        ]

    def _narrow(self, body: pygame.Rect) -> list[Pane]:
        """A rail, one panel, and the latest thing in a line."""
        kit = self.kit
        gap = kit.px(8)
        rail = pygame.Rect(body.x, body.y, kit.px(RAIL), body.h)
        side = pygame.Rect(0, body.y, min(kit.px(RIGHT), body.w * 2 // 5), body.h)
        side.right = body.right
        ticker = desk_timeline.ticker(self.game, self.planning.view, self._log)
        tall = max(kit.px(44), ticker.height(kit, side.x - rail.right - 2 * gap) + kit.px(8))
        low = pygame.Rect(rail.right + gap, body.bottom - tall, side.x - rail.right - 2 * gap, tall)
        self.map.place(topbar.high(kit), pygame.Rect(rail.right + gap, body.y, low.w, low.y - body.y - gap))
        composing = self.planning.composing is not None
        panel = self._order_panel() if composing or self.tab == "plan" else self._tab_panel()
        return [
            self._map_pane(),
            Pane("rail", rail, Pad(self._rail(), 6, 10, 8)),
            Pane("order", side, Pad(panel, 16, 14, 12)),
            Pane("ticker", low, Pad(ticker, 4)),
        ]

    def _map_pane(self) -> Pane:
        """Where the map is: keys reach it like everything else, and the pointer goes through to the map itself."""
        return Pane("map", pygame.Rect(0, 0, 0, 0), _Map(self.chart.free), plain=True)

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
            lock=self._ask_lock,
            rule=self._open_rule,
            open_list=self.app.stage.open_list,
            forecast=self._forecast,
            said=self.said,
        )
        return desk_order.panel(self.game, self.planning, acts, self.app.stage.offsets)

    # ---- what may come
    def _ask(self) -> None:
        """Ask what may come with the orders as they stand; what cannot be ordered is left out."""
        self.foresight = self.table.foresight()
        if self.foresight:
            composing = self.planning.composing if self.planning.refusal() is None else None
            self.foresight.ask(self.session, self.agency, composing)

    def _main_pair(self) -> Gauge:
        """The two sides of which the bar on top shows the readings."""
        return gauges(self.game, self.planning.view.readings, self.table.side(self.agency))[0]

    def _forecast(self) -> Sequence[Node]:
        if not self.foresight:
            return ()
        main = self._main_pair()
        return desk_forecast.section(self.game, self.foresight, main.pair, main.risk or 0, self._open_forecast)

    def _open_forecast(self) -> None:
        if self.foresight:
            found = self.foresight
            self._show(lambda: desk_forecast.page(self.app, self.game, found, self._main_pair().pair, self._close))

    def _top(self) -> Pane:
        tools = [
            topbar.Tool("tool/undo", "undo-2", self._undo, (say("A step back  Ctrl Z"),), off=not self.planning.past),
            topbar.Tool(
                "tool/redo", "redo-2", self._redo, (say("Forward again  Ctrl Shift Z"),), off=not self.planning.future
            ),
            topbar.Tool("tool/layers", "layers", self._layers, (say("What the map shows  M"),)),
            topbar.Tool("tool/help", "circle-help", self._help, (say("Help  F1"),)),
            topbar.Tool("tool/menu", "menu", self._menu, (say("Menu: text size, theme, hand over, close"),)),
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
            clock=self.table.clock(self.agency),
            tools=tools,
            why=self._why,
            come=(desk_forecast.reading(self.foresight, self._main_pair().pair), self._open_forecast),
        )

    def _opens(self) -> desk_agency.Opens:
        return desk_agency.Opens(
            brief=self._brief,
            values=self._values,
            log=self._log,
            law=self._law,
            last_turn=self._last_turn,
            pick=self._pick,
            mechanism=self._mechanism,
            why=self._why,
        )

    # ---- the chart
    def _refresh_chart(self) -> None:
        self.chart.restyle(self.kit)
        # A forecast that comes builds the panels anew; what stands on the chart changes with the orders alone.
        stands = (self.kit, self.planning.drafts, self.planning.composing)
        if stands == self.charted:
            return
        self.charted = stands
        self.chart.pieces = pieces_known(self.game, self.planning.view.readings, self.planning.drafts)
        self.chart.marks.clear()
        zone = self._zone_composed()
        if zone:
            self.chart.mark(zone, self.kit.theme.accent)

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
        if not self.open:
            self.map.paint_card(surface)

    def event(self, event: pygame.event.Event) -> bool:
        """Keys, and the map."""
        if event.type == pygame.KEYDOWN and self._key(event):
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
        self.changed()

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

    def _ask_lock(self) -> None:
        """Locking is asked about: once everybody has locked the turn may be played, and nothing can be taken back."""
        count = len(self.planning.drafts)
        if count:
            title = say("Lock your order?") if count == 1 else say("Lock your {count} orders?", count=count)
            text = "\n".join(desk_order.named(self.planning, order) for order in self.planning.drafts)
        else:
            title = say("Lock without orders?")
            text = say(
                "You have drafted no order. An agency may do nothing: that is a choice as well, and it stays secret."
            )
        if self.planning.composing:
            unfinished = say("The order that you are composing is not in your plan and is dropped.")
            text = f"{text}\n\n{unfinished}"
        self._show(lambda: question(self.app, "sure", title, text, say("Lock"), self._lock, self._close))

    def _lock(self) -> None:
        try:
            self.session.lock(self.agency)
        except SessionProblem as problem:
            self.open, self.said = None, str(problem)
            self.changed()
            return
        self.planning.discard()
        self.table.locked(self.agency)

    def _hand_over(self) -> None:
        self.table.left(self.agency)

    # ---- opening panes
    def _show(self, build: Callable[[], Pane]) -> None:
        self.open = build
        self.map.clear()
        if self.app.screen is self:
            self.changed()

    def _close(self) -> None:
        self.open = None
        self.changed()

    def _brief(self) -> None:
        self._show(lambda: panes.brief_pane(self.app, self.game, self.planning.view, self._close))

    def _values(self) -> None:
        self._show(lambda: panes.values_pane(self.app, self.game, self.planning.view, self._why, self._close))

    def _mechanism(self, name: str) -> None:
        self._show(
            lambda: panes.values_pane(self.app, self.game, self.planning.view, self._why, self._close, only=name)
        )

    def _log(self) -> None:
        self._show(lambda: panes.log_pane(self.app, self.session, self.agency, self._why_then, self._close))

    def _law(self) -> None:
        number = self.game.agency_number(self.agency)
        self._show(lambda: panes.law_pane(self.app, self.game, number, self._close))

    def _help(self) -> None:
        self._show(lambda: panes.help_pane(self.app, self._close))

    def _layers(self) -> None:
        self._show(lambda: panes.layers_pane(self.app, self.chart.layers, self._close, self.changed))

    def _why(self, name: str) -> None:
        self._show(lambda: why_pane(self.app, self.session, name, self.agency, self._close))

    def _why_then(self, name: str, turn: int) -> None:
        self._show(lambda: why_pane(self.app, self.session, name, self.agency, self._close, turn=turn))

    def _why_risk(self) -> None:
        side = self.table.side(self.agency)
        pairs = [
            one
            for one in self.planning.view.readings
            if one.name.startswith("risk.") and side in one.name.split(".")[1:]
        ]
        if pairs:
            self._why(max(pairs, key=lambda one: one.value).name)

    def _open_rule(self, rule: SpeakingRule) -> None:
        body: list[Node] = [
            Label(rule.meaning, "serif", 16),
            Spacer(8),
            Label(say("Source: {source}", source=rule.source), "sans", 14, "ink3"),
        ]
        self._show(lambda: front(self.app, "rule", rule.name, body, self._close, wide=560))

    def _menu(self) -> None:
        items = [
            ("over", say("Hand over without locking"), "users", self._hand_over),
            ("help", say("Help"), "circle-help", self._help),
            ("close", say("Close the window (everything is kept)"), "log-out", self.app.close),
        ]
        self._show(lambda: panes.menu_pane(self.app, items, self._close))

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

    def _key(self, event: pygame.event.Event) -> bool:
        # What is open in front has the keyboard: a letter meant for it must not order or lock anything.
        if self.open or event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT):
            return False
        acts: dict[int, Act] = {
            pygame.K_b: self._brief,
            pygame.K_l: self._log,
            pygame.K_v: self._values,
            pygame.K_w: self._why_risk,
            pygame.K_g: self._law,
            pygame.K_t: self._last_turn,
            pygame.K_m: self._layers,
            pygame.K_f: self._open_forecast,
            pygame.K_F1: self._help,
            pygame.K_QUESTION: self._help,
            pygame.K_k: self._ask_lock,
        }
        if event.key in acts:
            acts[event.key]()
        elif event.unicode == "?":
            self._help()
        elif event.key == pygame.K_n:
            self.map.next(-1 if event.mod & pygame.KMOD_SHIFT else 1)
        elif event.unicode.isdigit() and 1 <= int(event.unicode) <= len(self.planning.actions()):
            self._pick(self.planning.actions()[int(event.unicode) - 1][0].order.action)
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
        changed = left != self.seconds or bool(self.foresight and self.foresight.look())
        self.seconds = left
        if changed and self.app.screen is self:
            self.changed()
        return changed

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
