"""The panels of the desk: what each shows, where it stands, and what it depends on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from game.window.faces import face
from game.window.kit.kept import Kept
from game.window.kit.kit import Kit
from game.window.kit.node import Column, Node, Pad, Picture, Spacer, nothing
from game.window.kit.pane import Pane
from game.window.kit.rows import Tile, glyph
from game.window.kit.words import Label
from game.window.screens import desk_agency, desk_forecast, desk_order, desk_timeline, topbar
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.desk import Desk

RAIL, LEFT, RIGHT, BOTTOM, MARGIN = 76, 364, 392, 196, 16
"""Widths and heights of the panels, in design pixels."""

TABS = (("plan", "Orders", "pencil"), ("actions", "Actions", "binoculars"), ("briefing", "Brief", "book-open"))
"""What the one panel of a small window can show."""


class Panels:
    """The panels of one desk, kept from one frame to the next."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.kept = Kept()

    def panes(self) -> list[Pane]:
        """Top bar and panels."""
        desk = self.desk
        kit, (wide, high) = desk.kit, desk.app.size
        self.kept.begin()
        top = topbar.high(kit)
        margin = kit.px(MARGIN if not desk.app.compact else 8)
        body = pygame.Rect(margin, top + margin, wide - 2 * margin, high - top - 2 * margin)
        panels = self._narrow(body) if desk.app.compact else self._broad(body)
        return [self._top(), *panels]

    def _broad(self, body: pygame.Rect) -> list[Pane]:
        """Three panels and the timeline. The order is built first: it is what people look at."""
        desk = self.desk
        kit, keep = desk.kit, self.kept.pane
        gap = kit.px(MARGIN)
        left = pygame.Rect(body.x, body.y, kit.px(LEFT), body.h)
        right = pygame.Rect(body.right - kit.px(RIGHT), body.y, kit.px(RIGHT), body.h)
        middle = right.x - left.right - 2 * gap
        low = pygame.Rect(left.right + gap, 0, middle, kit.px(BOTTOM))
        low.bottom = body.bottom
        desk.map.place(topbar.high(kit), pygame.Rect(left.right + gap, body.y, middle, low.y - body.y - gap))
        order = keep(kit, "order", right, self._order_shows(), lambda: Pad(self._order_panel(), 20, 18, 16))
        agency = keep(kit, "agency", left, self._plan(), lambda: Pad(self._agency_panel(), 20, 18, 16))
        opens = (desk.open_turn, desk.front.log, desk.last_turn)
        time = keep(
            kit,
            "time",
            low,
            None,
            lambda: Pad(desk_timeline.bottom(desk.game, desk.planning.view, desk.past, opens), 18, 12, 10),
        )
        return [self._map_pane(), agency, order, time]

    def _narrow(self, body: pygame.Rect) -> list[Pane]:
        """A rail, one panel, and the latest thing in a line."""
        desk = self.desk
        kit, keep = desk.kit, self.kept.pane
        gap = kit.px(8)
        rail = pygame.Rect(body.x, body.y, kit.px(RAIL), body.h)
        side = pygame.Rect(0, body.y, min(kit.px(RIGHT), body.w * 2 // 5), body.h)
        side.right = body.right
        ticker = desk_timeline.ticker(desk.game, desk.planning.view, desk.front.log)
        tall = max(kit.px(44), ticker.height(kit, side.x - rail.right - 2 * gap) + kit.px(8))
        low = pygame.Rect(rail.right + gap, body.bottom - tall, side.x - rail.right - 2 * gap, tall)
        desk.map.place(topbar.high(kit), pygame.Rect(rail.right + gap, body.y, low.w, low.y - body.y - gap))
        tab = "plan" if desk.planning.composing else desk.tab
        panel = self._order_panel if tab == "plan" else self._tab_panel
        shows = (tab, self._order_shows() if tab == "plan" else self._plan())
        order = keep(kit, "order", side, shows, lambda: Pad(panel(), 16, 14, 12))
        rail_shows = (tab, len(desk.planning.drafts))
        return [
            self._map_pane(),
            keep(kit, "rail", rail, rail_shows, lambda: Pad(self._rail(), 6, 10, 8)),
            order,
            keep(kit, "ticker", low, None, lambda: Pad(ticker, 4)),
        ]

    def _plan(self) -> object:
        """What the panel of the agency depends on."""
        desk = self.desk
        composing = desk.planning.composing
        return desk.planning.drafts, composing and composing.action

    def _order_shows(self) -> object:
        """What the panel of the order depends on."""
        desk = self.desk
        planning = desk.planning
        composing = planning.composing
        outlook = composing and desk.outlooks.of(composing)
        # Fields are the same where they are one object: equal ones of two orders are not.
        fields = (id(planning.reason), id(planning.expects))
        return planning.drafts, composing, outlook, fields, desk.said, self._come()

    def _come(self) -> object:
        """What there is of the forecast."""
        desk = self.desk
        return desk.foresight and (desk.foresight.forecast, desk.foresight.progress())

    def _map_pane(self) -> Pane:
        """Where the map is: keys reach it like everything else, and the pointer goes through to the map itself."""
        desk = self.desk
        free = desk.chart.free
        return self.kept.pane(desk.kit, "map", pygame.Rect(0, 0, 0, 0), tuple(free), lambda: _Map(free), plain=True)

    def _place(self) -> str:
        desk = self.desk
        held = desk.session.together(desk.agency)
        side = desk.game.sides[desk.game.agency(desk.agency).side].name
        if len(held) == 1:
            return side
        return say("{side}, desk {place} of {count}", side=side, place=held.index(desk.agency) + 1, count=len(held))

    def _agency_panel(self) -> Node:
        desk = self.desk
        opens = self._opens()
        head = desk_agency.head(desk.kit, desk.game, desk.planning, self._place(), opens)
        parts = ("briefing", "actions", "mechanisms")
        body = desk_agency.body(desk.game, desk.planning, opens, desk.app.stage.offsets, parts=parts)
        return Column([*head, Spacer(12), body, Spacer(10), desk_agency.foot(opens)])

    def _tab_panel(self) -> Node:
        desk = self.desk
        opens = self._opens()
        head = desk_agency.head(desk.kit, desk.game, desk.planning, self._place(), opens)
        parts = ("briefing",) if desk.tab == "briefing" else ("actions", "mechanisms")
        # Where letters are large even the head gives way: it scrolls with what is below it.
        above = [*head, Spacer(10)] if desk.app.tiny else []
        body = desk_agency.body(desk.game, desk.planning, opens, desk.app.stage.offsets, parts=parts, above=above)
        return Column(
            [*([] if above else [*head, Spacer(10)]), body, Spacer(8), desk_agency.foot(opens, plain=desk.app.tiny)]
        )

    def _rail(self) -> Node:
        desk = self.desk
        agency = desk.game.agency(desk.agency)
        nodes: list[Node] = [face(desk.kit, agency, desk.game.sides[agency.side]), Spacer(10)]
        count = len(desk.planning.drafts)
        for tab, name, icon in TABS:
            words = say("Orders {count}", count=count) if tab == "plan" and count else say(name)
            here = tab == ("plan" if desk.planning.composing else desk.tab)
            inner = Column(
                [glyph(icon, 20, "accent" if here else "ink2"), Label(words, "medium", 11, align="centre")], 2
            )
            nodes += [
                Tile(f"tab/{tab}", inner, desk_agency.opener(desk.take_tab, tab), on=here, pad=5, bare=True),
                Spacer(4),
            ]
        return Column(nodes)

    def _order_panel(self) -> Node:
        desk = self.desk
        acts = desk_order.Acts(
            choose=desk.do(desk.planning.choose),
            way=lambda n, way: desk.step(lambda: desk.planning.way(n, way)),
            add=desk.add,
            discard=lambda: desk.step(desk.planning.discard),
            drop=desk.do(desk.planning.drop),
            pick=desk.pick,
            lock=desk.ask_lock,
            rule=desk.front.rule,
            open_list=desk.app.stage.open_list,
            forecast=self._forecast,
            outlook=desk.outlooks.of(desk.planning.composing) if desk.planning.composing else None,
            said=desk.said,
        )
        return desk_order.panel(desk.planning, acts, desk.app.stage.offsets)

    def _forecast(self) -> Sequence[Node]:
        desk = self.desk
        if not desk.foresight:
            return ()
        main = desk.main_pair()
        return desk_forecast.section(desk.game, desk.foresight, main.pair, main.risk or 0, desk.front.forecast)

    def _top(self) -> Pane:
        desk = self.desk
        off = (not desk.planning.past, not desk.planning.future)
        clock = desk.table.clock(desk.agency)
        rect = pygame.Rect(0, 0, desk.app.size[0], topbar.high(desk.kit))
        return self.kept.pane(desk.kit, "top", rect, (clock, off, self._come()), lambda: self._bar(clock, *off))

    def _bar(self, clock: str, no_past: bool, no_future: bool) -> Pane:
        desk = self.desk
        tools = [
            topbar.Tool("tool/undo", "undo-2", desk.undo, (say("A step back  Ctrl Z"),), off=no_past),
            topbar.Tool("tool/redo", "redo-2", desk.redo, (say("Forward again  Ctrl Shift Z"),), off=no_future),
            topbar.Tool("tool/layers", "layers", desk.front.layers, (say("What the map shows  M"),)),
            topbar.Tool("tool/help", "circle-help", desk.front.help, (say("Help  F1"),)),
            topbar.Tool("tool/menu", "menu", desk.front.menu, (say("Menu: text size, theme, hand over, close"),)),
        ]
        view = desk.planning.view
        return topbar.bar(
            desk.app,
            desk.game,
            view.readings,
            desk.earlier,
            turn=view.turn,
            side=desk.table.side(desk.agency),
            phase=say("Planning"),
            clock=clock,
            tools=tools,
            why=desk.front.why,
            come=(desk_forecast.reading(desk.foresight, desk.main_pair().pair), desk.front.forecast),
        )

    def _opens(self) -> desk_agency.Opens:
        desk = self.desk
        return desk_agency.Opens(
            brief=desk.front.brief,
            values=desk.front.values,
            log=desk.front.log,
            law=desk.front.law,
            last_turn=desk.last_turn,
            pick=desk.pick,
            mechanism=desk.front.mechanism,
            why=desk.front.why,
        )


class _Map(Picture):
    """The focus of the keyboard on the map: a ring around what no panel covers."""

    def __init__(self, free: pygame.Rect) -> None:
        tip = (
            say("The map"),
            say("Arrows move it, + and − zoom, Home shows the whole scenario, N goes from unit to unit."),
        )
        super().__init__(0, nothing, key="map", tip=tip)
        self.free = free

    def place(self, kit: Kit, rect: pygame.Rect) -> None:
        """It takes no room of its own."""
        super().place(kit, self.free.inflate(-kit.px(8), -kit.px(8)))
