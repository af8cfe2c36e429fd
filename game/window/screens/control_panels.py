"""The panels of control: the seats with what they drafted, news, values, and the turns that were played."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pygame

from game.core import Order
from game.core.model import Agency
from game.play.allowed import LOOKAHEAD, computers
from game.play.session import PERSON
from game.play.wording import order_name
from game.window import panes
from game.window.faces import face
from game.window.kit.controls import Button, Choice, Segments
from game.window.kit.entry import Entry
from game.window.kit.kept import Kept
from game.window.kit.node import Act, Column, Grid, Node, Pad, Row, Rule, Spacer
from game.window.kit.pane import Pane
from game.window.kit.rows import Item, Tile, glyph
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.panes import heading
from game.window.screens import desk_forecast, topbar
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.control import Control

SIDE, MARGIN = 380, 16
"""Widths in design pixels."""

SEATS, NEWS, VALUES, TURNS = "seats", "news", "values", "turns"
TABS = (NEWS, VALUES, TURNS)
"""The pages of the panel at the right; in a small window the seats are one of them."""

BESIDE = 24
"""Letters of a value that stand beside its name."""

NAMES = {SEATS: "Seats", NEWS: "News", VALUES: "Values", TURNS: "Turns"}
PLAYERS = {PERSON: "a person", "doctrine": "the computer, by doctrine", LOOKAHEAD: "the computer, looking ahead",
           "random": "the computer, at random"}  # fmt: skip


class Panels:
    """The panels of one console."""

    def __init__(self, screen: "Control") -> None:
        self.screen = screen
        self.kept = Kept()

    def panes(self) -> list[Pane]:
        """Top bar, the seats, the map's eyes, and the pages."""
        screen = self.screen
        kit, (wide, high) = screen.kit, screen.app.size
        top, margin = topbar.high(kit), kit.px(8 if screen.app.compact else MARGIN)
        body = pygame.Rect(margin, top + margin, wide - 2 * margin, high - top - 2 * margin)
        side = min(kit.px(SIDE), body.w * 9 // 20)
        right = pygame.Rect(body.right - side, body.y, side, body.h)
        left = pygame.Rect(body.x, body.y, 0 if screen.app.compact else side, body.h)
        free = pygame.Rect(left.right, body.y, right.x - left.right, body.h)
        if left.w:
            free.inflate_ip(-2 * margin, 0)
        else:
            free.w -= margin
        self.kept.begin()
        keep, pad = self.kept.pane, 16 if screen.app.compact else 20
        eyes = keep(kit, "eyes", self._eyes_at(free), screen.eyes, self._eyes, plain=True)
        # What stands at a corner of the map keeps off the choice.
        below = eyes.rect.bottom + kit.px(4)
        screen.map.place(top, pygame.Rect(free.x, below, free.w, free.bottom - below))
        found = [keep(kit, "top", pygame.Rect(0, 0, wide, top), (self._stands(), self._come()), self._top), eyes]
        pages = keep(kit, "pages", right, self._page_shows(), lambda: Pad(self._pages(), pad, 16, 14))
        if left.w:
            found.append(keep(kit, "seats", left, self._seats_show(), lambda: Pad(self._seats(), 20, 18, 16)))
        return [*found, pages]

    # ---- what the panels depend on
    def _stands(self) -> object:
        """Who plays, who has locked, and what is so."""
        session = self.screen.session
        return session.state, session.waiting(), tuple(session.seats.items()), session.groups

    def _come(self) -> object:
        foresight = self.screen.foresight
        return foresight and (foresight.forecast, foresight.progress())

    def _seats_show(self) -> object:
        screen = self.screen
        drafts = tuple(screen.session.drafts(agency.id) for agency in screen.game.agencies)
        return self._stands(), drafts, screen.seat, self._come()

    def _page_shows(self) -> object:
        screen = self.screen
        typed = (id(screen.text), screen.text.text, screen.sought.text, frozenset(screen.to))
        page = self._seats_show() if screen.app.compact else self._stands()
        return screen.tab, screen.said, screen.good, screen.front is None, typed, page

    # ---- top
    def _top(self) -> Pane:
        screen = self.screen
        waiting, people = len(screen.session.waiting()), len(screen.people())
        phase = say("Control: {locked} of {people} locked", locked=people - waiting, people=people)
        tools = [
            topbar.Tool("tool/layers", "layers", screen.layers, (say("What the map shows  M"),)),
            topbar.Tool("tool/help", "circle-help", screen.help, (say("Help  F1"),)),
            topbar.Tool("tool/menu", "menu", screen.menu, (say("Menu: text size, theme, back, close"),)),
        ]
        return topbar.bar(
            screen.app, screen.game, screen.readings, screen.before, turn=screen.session.state.turn, side="", phase=phase,
            clock="", tools=tools, why=screen.why,
            come=(desk_forecast.reading(screen.foresight, screen.main_pair().pair), screen.forecast),
        )  # fmt: skip

    def _eyes_at(self, free: pygame.Rect) -> pygame.Rect:
        kit = self.screen.kit
        wide = min(kit.px(360), free.w - kit.px(24))
        return pygame.Rect(free.x + kit.px(8), free.y + kit.px(8), wide, self._eyes().height(kit, wide))

    def _eyes(self) -> Node:
        """Whose eyes the map is seen with."""
        screen = self.screen
        eyes = ["", *(agency.id for agency in screen.game.agencies)]
        names = [say("The map shows everything"),
                 *(say("Known to {name}", name=agency.name) for agency in screen.game.agencies)]  # fmt: skip
        return Choice("eyes", names, eyes.index(screen.eyes), lambda number: screen.take_eyes(eyes[number]),
                        screen.app.stage.open_list)  # fmt: skip

    # ---- seats
    def _seats(self) -> Node:
        screen = self.screen
        people = screen.people()
        # Whom control waits for stands first.
        first = [node for agency in screen.game.agencies if agency.id in people for node in self._seat(agency)]
        others = [node for agency in screen.game.agencies if agency.id not in people for node in self._seat(agency)]
        rows = [*first, *([Rule(8, 8)] if first and others else []), *others]
        ahead: list[Node] = []
        if screen.foresight:
            main = screen.main_pair()
            ahead += desk_forecast.section(screen.game, screen.foresight, main.pair, main.risk or 0, screen.forecast)
        offsets, compact = screen.app.stage.offsets, screen.app.compact
        scroll = Scroll("control/seats", Column([*rows, *(ahead if compact else [])], gap=2), offsets)
        head = [] if compact else [Label(say("Seats"), "serif-semibold", 22), Spacer(8)]
        return Column([*head, scroll, *([] if compact else ahead), *self._foot()])

    def _foot(self) -> list[Node]:
        """Back to the seats, or the end of planning."""
        screen = self.screen
        waiting = screen.session.waiting()
        back = Button("back", say("To the seats"), screen.back, icon="users", keycap=say("Esc"))
        if not waiting:
            return [Spacer(6), back]
        end = Button("end", say("End planning"), screen.ask_end, icon="timer", tip=(
            say("End planning"),
            say("Locks what was drafted for: {names}. They are told.",
                names=", ".join(screen.game.agency(one).short for one in waiting)),
        ))  # fmt: skip
        return [Spacer(6), Row([back, end], [-1, 0], gap=8)]

    def _seat(self, agency: Agency) -> list[Node]:
        """A seat with its state; open, with its orders and who plays it."""
        screen = self.screen
        session, side = screen.session, screen.game.sides[agency.side]
        drafts, waiting = session.drafts(agency.id), agency.id in session.waiting()
        count = say("no orders") if not drafts else say("1 order") if len(drafts) == 1 else \
            say("{count} orders", count=len(drafts))  # fmt: skip
        if session.seats[agency.id].policy != PERSON:
            icon, state = "cpu", say(PLAYERS[session.seats[agency.id].policy])
        elif waiting:
            icon, state = "pencil", say("still drafting, {count}", count=count)
        else:
            icon, state = "check", say("locked, {count}", count=count)
        stands = Row([glyph(icon, 14, "accent" if icon == "check" else "ink3"), Label(state, "sans", 13, "ink2", most=1)],
                     [16, -1], gap=5)  # fmt: skip
        child = Row([face(screen.kit, agency, side, 32), Column([Label(agency.name, "medium", 14, most=2), stands])],
                    [32, -1], gap=10)  # fmt: skip
        here = screen.seat == agency.id
        tile = Tile(f"seat/{agency.id}", child, self._opener(agency.id), on=here, pad=7, bare=True, tip=(
            agency.name, side.name, say("A click shows what it drafted, and lets it change players.")))  # fmt: skip
        return [tile, Pad(Column(self._open_seat(agency, drafts)), 12, 4, 12)] if here else [tile]

    def _opener(self, agency: str) -> Act:
        return lambda: self.screen.take_seat(agency)

    def _open_seat(self, agency: Agency, drafts: Sequence[Order]) -> list[Node]:
        screen, session = self.screen, self.screen.session
        options = session.view(agency.id).options if drafts else ()
        nodes: list[Node] = []
        for order in drafts:
            nodes.append(Label(order_name(options, order), "medium", 14))
            notes = [(say("reason: {text}", text=order.reason), order.reason),
                     (say("expected: {text}", text=order.expects), order.expects)]  # fmt: skip
            nodes += [Label(text, "serif", 14, "ink2") for text, given in notes if given]
            nodes.append(Spacer(4))
        together = session.together(agency.id)
        if len(together) > 1:
            held = ", ".join(screen.game.agency(one).short for one in together)
            nodes += [Label(say("One person holds {names}.", names=held), "sans", 13, "ink3"), Spacer(4)]
        if session.locked(agency.id):
            can = bool(session.waiting())
            why = (
                say("The seat may change its orders.")
                if can
                else say("All have locked: play the turn, then go back to its beginning.")
            )
            nodes += [Button("reopen", say("Reopen"), lambda: screen.reopen(agency.id), kind="chip", icon="lock-open",
                             off=not can, tip=(say("Reopen"), why)), Spacer(4)]  # fmt: skip
        players = (PERSON, *computers(screen.game))
        words = [say(PLAYERS.get(player, player)) for player in players]
        take: Callable[[int], None] = lambda number: screen.ask_reseat(agency.id, players[number], words[number])  # noqa: E731
        nodes.append(Choice("player", [say("Played by {player}", player=word) for word in words],
                            players.index(session.seats[agency.id].policy), take, screen.app.stage.open_list))  # fmt: skip
        return nodes

    # ---- pages
    def _pages(self) -> Node:
        screen = self.screen
        tabs = (SEATS, *TABS) if screen.app.compact else TABS
        here = screen.tab if screen.tab in tabs else tabs[0]
        page = {SEATS: self._seats, NEWS: self._news, VALUES: self._values, TURNS: self._turns}[here]()
        page.grow = True
        choose: Callable[[int], None] = lambda number: screen.take_tab(tabs[number])  # noqa: E731
        nodes: list[Node] = [Segments("pages", [say(NAMES[tab]) for tab in tabs], tabs.index(here), choose), Spacer(10)]
        if screen.said and not screen.front:
            nodes += [Label(screen.said, "medium", 14, "lowers" if screen.good else "raises"), Spacer(8)]
        return Column([*nodes, page])

    def _news(self) -> Node:
        """Saying something, and the news that the scenario brings by itself."""
        screen = self.screen
        everybody = len(screen.to) == len(screen.game.agencies)
        chips: list[Node] = [Button("to/all", say("All"), screen.mark_all, kind="chip", on=everybody,
                                    icon="check" if everybody else "")]  # fmt: skip
        for number, side in enumerate(screen.game.sides):
            names = {agency.id for agency in screen.game.agencies if agency.side == number}
            if len(names) > 1:
                chips.append(Button(f"to/side/{side.id}", side.name, self._side_marker(number), kind="chip",
                                    on=names <= screen.to))  # fmt: skip
        for agency in screen.game.agencies:
            on = agency.id in screen.to
            chips.append(Button(f"to/{agency.id}", agency.short, self._marker(agency.id), kind="chip", on=on,
                                tip=(agency.name,)))  # fmt: skip
        off = not (screen.text.text.strip() and screen.to)
        above: list[Node] = [
            heading(say("Say something")), Spacer(4),
            Entry("speak", screen.text, hint=say("News, a ruling, an answer to a question"), lines=3,
                  changed=screen.typed), Spacer(8),
            Label(say("Who learns of it"), "sans", 13, "ink2"), Spacer(4), Grid(chips, 3, 6), Spacer(8),
            Button("say", say("Say it"), screen.speak, kind="primary", icon="megaphone", off=off, tip=(
                say("Say it"), say("It stands on their screens at once, and in the journal."))),
            *self._said(), Rule(14, 10), heading(say("News of the scenario")),
        ]  # fmt: skip
        return Scroll("control/news", Column([*above, *self._injects()]), screen.app.stage.offsets)

    def _marker(self, agency: str) -> Act:
        return lambda: self.screen.mark(agency)

    def _side_marker(self, side: int) -> Act:
        return lambda: self.screen.mark_side(side)

    def _whom(self, seen: int) -> str:
        """Those who learn of something, by the bits of the agencies."""
        agencies = self.screen.game.agencies
        names = [agency.short for number, agency in enumerate(agencies) if seen >> number & 1]
        return say("to all") if len(names) == len(agencies) else say("to {names}", names=", ".join(names))

    def _said(self) -> list[Node]:
        """What control has said and done since the last turn, the last first."""
        rows: list[Node] = [Item("", event.label, None, about=self._whom(event.seen), icon="megaphone")
                            for event in reversed(self.screen.session.news)]  # fmt: skip
        return [Rule(14, 10), heading(say("From you, this turn")), *rows] if rows else []

    def _injects(self) -> list[Node]:
        screen = self.screen
        game, row = screen.game, screen.session.state.row
        rows: list[Node] = []
        for inject in game.injects:
            told = row[inject.spoken] > 0
            whom = self._whom(inject.seen)
            when = say("was told") if told else say("from turn {turn}, when its condition holds", turn=inject.turn)
            rows.append(Item("", inject.text, None, about=f"{when}; {whom}", icon="check" if told else "newspaper",
                             off=told, most=3, tip=(when, inject.text, whom)))  # fmt: skip
        return rows or [Label(say("This scenario brings none."), "serif", 15, "ink3")]

    def _values(self) -> Node:
        """Every value, or those that were sought."""
        screen = self.screen
        sought = screen.sought.text.strip().lower()
        words = sought.split()
        shown = [one for one in screen.readings if all(word in f"{one.title} {one.name}".lower() for word in words)]
        body = list(panes.values_of(screen.game, shown, screen.ask_value, resting=bool(words)))
        if not shown:
            body = [Label(say("No value is called that."), "serif", 16, "ink3")]
        for one in body:
            if isinstance(one, Item) and len(one.right) > BESIDE:
                # The panel is too narrow for a long word beside a long name.
                one.about, one.right = one.right, ""
        find = Entry("find", screen.sought, hint=say("Find a value, also one at rest"), changed=screen.typed)
        about = say("A click on a value tells why it stands where it does, and lets you overrule it.")
        scroll = Scroll("control/values", Column(body), screen.app.stage.offsets)
        return Column([find, Spacer(6), Label(about, "sans", 13, "ink3"), scroll])

    def _turns(self) -> Node:
        """The turns that were played, the last first."""
        screen = self.screen
        rows: list[Node] = []
        for turn in range(len(screen.session.history), 0, -1):
            moment = screen.session.history[turn - 1]
            clock = screen.game.turns[turn - 1].clock
            orders = len(moment.orders)
            rows += [
                Label(say("Turn {turn}, {clock}", turn=turn, clock=clock), "serif-semibold", 17),
                Label(say("1 order") if orders == 1 else say("{count} orders", count=orders), "sans", 13, "ink3"),
                Spacer(4),
                Row([Button(f"open/{turn}", say("Step by step"), self._turn_opener(turn), kind="chip", icon="play"),
                     Button(f"rewind/{turn}", say("Back to its beginning"), self._rewinder(turn), kind="chip", icon="rotate-ccw"),
                     Spacer()], [0, 0, -1], gap=8),
                Spacer(12),
            ]  # fmt: skip
        rows = rows or [Label(say("No turn has been played yet."), "serif", 16, "ink3")]
        return Scroll("control/turns", Column(rows), screen.app.stage.offsets)

    def _turn_opener(self, turn: int) -> Act:
        return lambda: self.screen.open_turn(turn)

    def _rewinder(self, turn: int) -> Act:
        return lambda: self.screen.ask_rewind(turn)
