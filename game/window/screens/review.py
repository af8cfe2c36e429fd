"""The review: how the game ended, what moved risk, what was ordered, and pages for the talk. Everything may be seen."""

from collections.abc import Callable, Sequence

import pygame

from game.window.app import Screen
from game.window.emblem import emblem
from game.window.kit.controls import Button, Segments
from game.window.kit.node import Act, Column, Look, Node, Pad, Picture, Row, Spacer
from game.window.kit.pane import Pane
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label, Rich
from game.window.screens.review_data import Findings, without_tables
from game.window.screens.review_decisions import decisions_sheet
from game.window.screens.review_fronts import causes_pane, driver_pane, objectives_pane, written
from game.window.screens.review_mechanisms import chain_sheet, list_sheet, ordered
from game.window.screens.review_overview import (
    Doors,
    curve_sheet,
    discuss_sheet,
    drivers_sheet,
    matrix_sheet,
    moments_sheet,
    objectives_sheet,
)
from game.window.screens.review_parts import Sheet, title
from game.window.screens.topbar import HIGH, Bar
from game.window.table import Table
from game.words import say

OVERVIEW, DECISIONS, MECHANISMS, RECORD, SOURCES = range(5)
MARGIN, GAP = 24, 20


class Review(Screen):
    """The talk after the game."""

    def __init__(self, table: Table) -> None:
        super().__init__(table.app)
        self.table = table
        self.found = Findings(table.session)
        self.tab = OVERVIEW
        self.pair = self.found.pairs[0]
        self.side = -1
        self.mechanism = next(iter(ordered(self.found)), "")
        self.uncovered = False
        self.front: Callable[[], Pane] | None = None

    # ---- acts
    def take(self, tab: int) -> None:
        """Another page."""
        self.tab, self.front = tab, None
        self.changed()

    def put(self, front: Callable[[], Pane] | None) -> None:
        """Something in front of the page, or nothing any more."""
        self.front = front
        self.changed()

    def close_front(self) -> None:
        """Back to the page."""
        self.put(None)

    def open_turn(self, turn: int) -> Act:
        """The turn, step by step; from there people come back to where they are."""

        def go() -> None:
            from game.window.screens.resolution import Resolution

            self.front = None
            self.app.go(Resolution(self.table, turn, None, everything=True, back=self.come_back))

        return go

    def come_back(self) -> None:
        """Here again, on the same page."""
        self.app.go(self)

    def _take_pair(self, pair: int) -> Act:
        def act() -> None:
            self.pair = pair
            self.changed()

        return act

    def _open_driver(self, label: str) -> Act:
        return lambda: self.put(
            lambda: driver_pane(self.app, self.found, self.pair, label, self.open_turn, self.close_front)
        )

    def _open_objectives(self, agency: str) -> Act:
        return lambda: self.put(lambda: objectives_pane(self.app, self.found, agency, self.close_front))

    def _open_causes(self) -> None:
        self.put(lambda: causes_pane(self.app, self.found, self.pair, self._open_driver, self.close_front))

    def _open_mechanism(self, mechanism: str) -> Act:
        def act() -> None:
            self.mechanism = mechanism
            self.app.stage.offsets.pop("chain/body", None)
            self.take(MECHANISMS)

        return act

    def _filter(self, side: int) -> None:
        self.side = side
        self.changed()

    def _uncover(self) -> None:
        self.uncovered = True
        self.changed()

    def export(self) -> None:
        """Write chronicle and orders beside the journal, and say where they stand."""
        self.put(written(self.table, self.close_front))

    def finish(self) -> None:
        """To the title. Nothing is asked: the journal holds everything."""
        from game.window.screens.title import Title

        self.table.close()
        self.app.go(Title(self.app))

    def event(self, event: pygame.event.Event) -> bool:
        """Left and right turn pages, Esc and F finish."""
        if event.type != pygame.KEYDOWN:
            return False
        if event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            to = self.tab + (1 if event.key == pygame.K_RIGHT else -1)
            if 0 <= to <= SOURCES:
                self.take(to)
            return True
        if event.key in (pygame.K_ESCAPE, pygame.K_f):
            self.finish()
            return True
        return False

    # ---- panes
    def panes(self) -> Sequence[Pane]:
        """The head, the page, and what is in front of it."""
        page = {
            OVERVIEW: self._overview,
            DECISIONS: self._decisions,
            MECHANISMS: self._mechanisms,
            RECORD: self._record,
            SOURCES: self._sources,
        }[self.tab]()
        return [self._head(), *page, *([self.front()] if self.front else [])]

    @property
    def _room(self) -> pygame.Rect:
        """What is below the head, without margins."""
        kit = self.kit
        margin, top = kit.px(16 if self.app.compact else MARGIN), kit.px(HIGH)
        wide, high = self.app.size
        return pygame.Rect(margin, top + margin, wide - 2 * margin, high - top - 2 * margin)

    def _head(self) -> Pane:
        kit = self.kit

        def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
            emblem(surface, (rect.x + look.kit.px(17), rect.centery), look.kit)

        names = [say("Overview"), say("Decisions"), say("Mechanisms"), say("The record"), say("Sources")]
        words = Column(
            [Label("Kuroshio", "serif-semibold", 20), Label(self.table.game.title, "sans", 13, "ink3", most=1)]
        )
        tabs = Segments("tabs", names, self.tab, self.take)
        tiny = self.app.tiny
        side = 132 if tiny else 300 if self.app.size[0] / kit.u >= 1500 else 250
        sign = Picture(40, draw, wide=36)
        left = Row([sign, Spacer()] if tiny else [sign, words], [36, -1], gap=8)
        right = Row([
            Spacer(),
            Button("export", "" if tiny else say("Export"), self.export, icon="download", high=40,
                   tip=(say("Export"), say("Writes the chronicle and the orders beside the journal; nothing is written over."))),
            Button("finish", say("Finish"), self.finish, kind="primary", high=40,
                   tip=(say("Back to the title"), say("Esc or F does the same. Everything is kept."))),
        ], [-1, 0, 0], gap=10)  # fmt: skip
        middle = min(760, self.app.size[0] / kit.u - (36 if tiny else side) - side - 88)
        row = Row([left, Spacer(), tabs, Spacer(), right], [36 if tiny else side, -1, middle, -1, side], gap=10)
        rect = pygame.Rect(0, 0, self.app.size[0], kit.px(HIGH))
        inset = max(20, (self.app.size[0] / kit.u - 1500) / 10) if not self.app.compact else 16
        row.grow = True
        return Bar("head", rect, Pad(row, inset, 0, 0))

    def _pane(self, sheet: Sheet, rect: pygame.Rect) -> Pane:
        return Pane(sheet.name, rect, sheet.scrolled(self.app.stage.offsets))

    def _high(self, sheet: Sheet, wide: int) -> int:
        """The height of a plate that is no higher than what is on it."""
        return min(self._room.h, sheet.whole().height(self.kit, wide) + self.kit.px(12))

    def _page(self, nodes: Sequence[Node]) -> list[Pane]:
        """Plates one below the other, in one page that scrolls."""
        room = self._room
        rect = pygame.Rect(room.x, self.kit.px(HIGH), room.w, self.app.size[1] - self.kit.px(HIGH))
        column = Column([Spacer(0), *nodes, Spacer(0)], gap=16)
        return [Pane("page", rect, Scroll(f"page/{self.tab}", column, self.app.stage.offsets), plain=True)]

    # ---- pages
    def _overview(self) -> list[Pane]:
        found, kit, room = self.found, self.kit, self._room
        doors = Doors(self.open_turn, self._take_pair, self._open_driver, self._open_mechanism, self._open_objectives,
                      lambda turn: lambda: self.take(DECISIONS), self._open_causes, lambda: self.take(RECORD))  # fmt: skip
        moments, matrix = moments_sheet(found, doors), matrix_sheet(found, doors)
        causes, aims = drivers_sheet(found, self.pair, doors), objectives_sheet(found, doors)
        wide, high = room.w / kit.u, room.h / kit.u
        if wide < 1700 or high < 860:
            single = wide < 1460
            curve = curve_sheet(
                kit, found, self.pair, doors, high=max(260, high - 190 if single else high * 0.62 - 120)
            )
            talk = discuss_sheet(found, doors, columns=2)
            if single:
                upper = [curve.whole(), _beside(moments, aims, (-6, -5)), _beside(matrix, causes, (-6, -5))]
                return self._page([*upper, talk.whole()])
            lower = Row([matrix.whole(), causes.whole(), aims.whole()], [-7, -6, -4], gap=16, align="top")
            return self._page([_beside(curve, moments, (-67, -33)), lower, talk.whole()])
        return self._spread(curve_sheet(kit, found, self.pair, doors), moments,
                            (matrix, causes, aims, discuss_sheet(found, doors)))  # fmt: skip

    def _spread(self, curve: Sheet, moments: Sheet, lower: Sequence[Sheet]) -> list[Pane]:
        """Everything at once: curve and moments above, the others below; what these do not need the curve has."""
        kit, room, gap = self.kit, self._room, self.kit.px(GAP)
        whole = room.w - 3 * gap
        widths = [whole * 34 // 100, whole * 26 // 100, whole * 16 // 100]
        widths.append(whole - sum(widths))
        needed = max(sheet.whole().height(kit, wide) for sheet, wide in zip(lower[:3], widths, strict=False))
        below = max(room.h * 30 // 100, min(needed + kit.px(8), room.h * 41 // 100))
        above, right = room.h - gap - below, room.w * 30 // 100
        panes = [
            self._pane(curve, pygame.Rect(room.x, room.y, room.w - right - gap, above)),
            self._pane(moments, pygame.Rect(room.right - right, room.y, right, above)),
        ]
        x = room.x
        for sheet, wide in zip(lower, widths, strict=True):
            panes.append(self._pane(sheet, pygame.Rect(x, room.bottom - below, wide, below)))
            x += wide + gap
        return panes

    def _decisions(self) -> list[Pane]:
        sheet = decisions_sheet(
            self.found, self.pair, self.side, self._filter, self.open_turn, compact=self.app.compact
        )
        return [self._pane(sheet, self._room)]

    def _mechanisms(self) -> list[Pane]:
        room, gap = self._room, self.kit.px(GAP)
        left = self.kit.px(340 if self.app.compact else 440)
        listed = list_sheet(self.found, self.mechanism, self._open_mechanism)
        panes = [self._pane(listed, pygame.Rect(room.x, room.y, left, self._high(listed, left)))]
        if self.mechanism:
            rect = pygame.Rect(room.x + left + gap, room.y, room.w - left - gap, room.h)
            chain = chain_sheet(self.found, self.mechanism)
            rect.h = self._high(chain, rect.w)
            panes.append(self._pane(chain, rect))
        return panes

    def _record(self) -> list[Pane]:
        room, gap = self._room, self.kit.px(GAP)
        texts, none = self.table.game.texts, say("This scenario has no such page.")
        half = min((room.w - gap) * (50 if self.uncovered else 64) // 100, self.kit.px(940))
        questions = Sheet("debrief", [], Rich(without_tables(texts.get("debrief", none))))
        if self.uncovered:
            world = Sheet("history", [], Rich(without_tables(texts.get("history", none))))
        else:
            about = say("What the governments did, and what came of it. Look after you have talked: who knows how it went "
                        "asks why others did not do the same.")  # fmt: skip
            show = Row(
                [Button("uncover", say("Show the record"), self._uncover, kind="primary", icon="eye"), Spacer()],
                [0, -1],
            )
            world = Sheet("history", [title(say("What happened in the world"))],
                          Column([Label(about, "serif", 17, "ink2"), Spacer(16), show]))  # fmt: skip
        wide = room.w - half - gap
        return [
            self._pane(questions, pygame.Rect(room.x, room.y, half, self._high(questions, half))),
            self._pane(world, pygame.Rect(room.x + half + gap, room.y, wide, self._high(world, wide))),
        ]

    def _sources(self) -> list[Pane]:
        room, kit = self._room, self.kit
        game = self.table.game
        wide = min(room.w, kit.px(980))
        text = Rich(without_tables(game.texts.get("sources", say("This scenario has no such page."))))
        sheet = Sheet("sources", [], Column([text, Spacer(16), Label(game.disclaimer, "sans", 14, "ink3")]))
        return [self._pane(sheet, pygame.Rect(room.centerx - wide // 2, room.y, wide, self._high(sheet, wide)))]


def _beside(one: Sheet, other: Sheet, shares: tuple[float, float]) -> Node:
    """Two plates side by side."""
    return Row([one.whole(), other.whole()], shares, gap=16, align="top")
