"""The first screen: go on with a session, or choose a scenario, who sits where, and begin."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.window.app import App, Screen
from game.window.chart.projection import Frame
from game.window.kit.entry import Typing
from game.window.kit.keys import ENTER
from game.window.kit.kit import Kit
from game.window.kit.node import Pad
from game.window.kit.pane import Pane
from game.window.kit.words import Label
from game.window.screens.title_card import card
from game.window.screens.title_left import left
from game.window.screens.title_map import Drafting, Ground, around, blank, box_at, coarse, draw_boxes
from game.window.screens.title_panes import file_pane, pins_pane, problem_pane
from game.window.screens.title_seats import Seats
from game.window.screens.title_shelf import FIRST, Shelf
from game.words import say

if TYPE_CHECKING:
    from game.play.offering import Offer

IDLE = 400
"""Milliseconds after a choice before the scenario is bound in advance."""


class Title(Screen):
    """Title, scenarios and seats.

    *scenario* and *variants* are chosen at first; *seats*: who sits where, as on the command line; *keep*: the file of a
    new session in the place of one in the folder of sessions; *seed*: of a new session.
    """

    def __init__(self, app: App, scenario: str | None = None, variants: Sequence[str] = (), *,
                 seats: Mapping[str, str] | None = None, keep: Path | None = None, seed: int | None = None) -> None:  # fmt: skip
        super().__init__(app)
        self.shelf = Shelf(scenario, app.settings.journal)
        self.wanted = scenario or FIRST
        self.taken = -1
        self.variants: set[str] = set(variants)
        self.named = seats
        self.keep = keep
        self.seed = Typing("" if seed is None else str(seed))
        self.more = seed is not None
        self.tables: dict[str, Seats] = {}
        self.front = ""
        self.problem = ""
        self.file = Typing()
        self.waiting: Callable[[], None] | None = None
        self._painted = False
        self._seen: object = None
        self._acted = False
        self._since = pygame.time.get_ticks()
        self._ground: Ground | None = None
        self._drafting: Drafting | None = None
        self._key: object = None
        self._hover = -1

    # ---- what is chosen
    @property
    def offer(self) -> "Offer | None":
        """The scenario that is chosen."""
        return self.shelf.offers[self.taken] if 0 <= self.taken < len(self.shelf.offers) else None

    @property
    def seats(self) -> Seats | None:
        """The seats of the scenario that is chosen."""
        offer = self.offer
        if offer is None:
            return None
        if offer.id not in self.tables:
            self.tables[offer.id] = self._seated(offer)
        return self.tables[offer.id]

    def _seated(self, offer: "Offer") -> Seats:
        """Seats that make sense: as on the command line, else one person for a first game and two for the others."""
        seats = Seats(offer)
        if self.named is not None:
            from game.play.offering import seating_given
            from game.play.session import SessionProblem

            try:
                seats.adopt(seating_given(offer, self.named))
            except SessionProblem as problem:
                seats.note = str(problem)
            else:
                return seats
        note = seats.note
        seats.propose(1 if len(offer.agencies) <= 2 else 2)
        seats.note = note
        return seats

    def choose(self, number: int) -> None:
        """Take a scenario by its number from 0."""
        self._acted = True
        if not 0 <= number < len(self.shelf.offers):
            return
        if number != self.taken:
            self.taken = number
            self.wanted = self.shelf.offers[number].id
            self.variants = set()
        if self.app.stage.focus == "continue":
            self.app.stage.focus = ""
        self.touched()
        self.changed()

    def touched(self) -> None:
        """Something was chosen: bind the scenario once people have stopped choosing."""
        self._since = pygame.time.get_ticks()

    def turn_more(self) -> None:
        """Show or hide what is rarely needed."""
        self.more = not self.more
        self.changed()

    # ---- panes in front
    def ask_file(self) -> None:
        """Ask which file to go on with."""
        self._open_front("open", "file")

    def ask_pins(self) -> None:
        """Ask for PINs."""
        if self.seats is not None:
            self._open_front("pins", f"pin/{next(iter(self.seats.people()), 'control')}")

    def _open_front(self, name: str, focus: str) -> None:
        self._acted = True
        self.front = name
        self.changed()
        self.app.stage.take(focus, by_key=False)

    def close_front(self) -> None:
        """Close what is in front."""
        if self.problem:
            self.problem = ""
        else:
            self.front = ""
        self.changed()
        if self.front == "open":
            self.app.stage.take("file", by_key=False)

    # ---- beginning
    def go_on(self) -> None:
        """Take up the last session."""
        if self.shelf.kept is not None:
            self.open(self.shelf.kept.path)

    def open(self, path: Path) -> None:
        """Take up the session in a file."""
        from game.window.opening import resumed

        def go_on() -> None:
            # Two readers of one file would let go of each other's lock.
            self.shelf.wait()
            resumed(self.app, path).go_on()

        self._later(go_on)

    def _open_typed(self) -> None:
        text = self.file.text.strip().strip("\"'")
        if text:
            try:
                path = Path(text).expanduser()
            except RuntimeError:
                path = Path(text)
            self.open(path)

    def start(self) -> None:
        """Begin the session that was chosen."""
        if self.offer is not None and self.waiting is None:
            self._later(self._begin)

    def _begin(self) -> None:
        from game.play.session import SessionProblem
        from game.window.opening import begun, fresh

        offer, seats = self.offer, self.seats
        if offer is None or seats is None:
            return
        text = self.seed.text.strip()
        if text and not text.isdecimal():
            raise SessionProblem(say("A seed is a whole number, such as 2024; '{text}' is none.", text=text))
        game = self.shelf.game(offer.id, tuple(name for name in offer.variants if name in self.variants))
        path = self.keep or fresh(game.id)
        begun(self.app, game, seats.seating(), path, int(text) if text else None).go_on()

    def _later(self, act: Callable[[], None]) -> None:
        """Do something that takes a moment once people can see that it is being done."""
        self._acted = True
        self.waiting = act
        self._painted = False
        self.changed()

    def _do(self) -> None:
        from game.window.opening import PROBLEMS

        act, self.waiting = self.waiting, None
        assert act is not None
        try:
            act()
        except PROBLEMS as problem:
            self.problem = str(problem)
            self.changed()

    # ---- time
    def tick(self, now: int) -> bool:
        """Take what the shelf has found; bind what is chosen; draw the map in full once the window is there."""
        if self.waiting is not None and self._painted:
            self._do()
            return True
        if self._painted and not self.shelf.begun:
            self.shelf.begin()
            self._ground = coarse(*self._map())
            return True
        if self._seen != self.shelf.version:
            self._seen = self.shelf.version
            self._take_up()
            self.changed()
        offer = self.offer
        if offer is not None and self.shelf.ready and now - self._since > IDLE:
            self.shelf.bind(offer.id, tuple(name for name in offer.variants if name in self.variants))
        return self._draw_on()

    def _take_up(self) -> None:
        """The scenario that is wanted, and the focus on the session to go on with."""
        places = {offer.id: number for number, offer in enumerate(self.shelf.offers)}
        if self.shelf.ready:
            # Nothing that went wrong in the background is passed over.
            self.shelf.wait()
        self.taken = places.get(self.wanted, self.taken if self.shelf.ready else -1)
        if self.taken < 0 and self.shelf.ready and places:
            self.taken = 0
        if self.shelf.kept is not None and not self._acted and self.app.stage.focus == "":
            self._acted = True
            self.changed()
            self.app.stage.take("continue")

    def leave(self) -> None:
        """Let the shelf go."""
        self.shelf.close()

    # ---- panes
    def panes(self) -> Sequence[Pane]:
        """Left, card, the words under the map, and what is in front."""
        here, there = self._columns()
        panes = [
            Pane("left", here, left(self, self._narrow), plain=True),
        ]
        if there.x - here.right > self.kit.px(140):
            panes.append(Pane("words", *self._words(here, there), plain=True))
        if self.offer is not None:
            panes.append(self._card(there))
        if self.problem:
            panes.append(problem_pane(self.app, self.problem, self.close_front))
        elif self.front == "open":
            panes.append(file_pane(self, self.file, self._open_typed, self.close_front))
        elif self.front == "pins" and self.seats is not None:
            panes.append(pins_pane(self, self.close_front))
        self._prepare_map()
        return panes

    def _card(self, room: pygame.Rect) -> Pane:
        """The card, no higher than what is on it."""
        column = card(self)
        node = Pad(column, *((22, 20) if self._narrow else (28, 26)))
        scroll = column.nodes[0]
        inner = room.w - 2 * self.kit.px(node.side)
        high = node.height(self.kit, room.w) + sum(one.height(self.kit, inner) for one in scroll.children())
        return Pane("card", pygame.Rect(room.x, room.y, room.w, min(room.h, high)), node)

    @property
    def _narrow(self) -> bool:
        return self.app.compact

    def _columns(self) -> tuple[pygame.Rect, pygame.Rect]:
        """Where the left column stands, and the card."""
        kit = self.kit
        wide, high = self.app.size
        if self._narrow:
            # Large letters leave less room than the two columns would like: each takes its share.
            share = min(1.0, wide / kit.px(1000))
            here = pygame.Rect(kit.px(36 * share), kit.px(22), kit.px(452 * share), high - kit.px(42))
            card_wide, edge = kit.px(474 * share), kit.px(24 * share)
        else:
            here = pygame.Rect(kit.px(72), kit.px(56), kit.px(500), high - kit.px(100))
            card_wide, edge = kit.px(520), kit.px(52)
        return here, pygame.Rect(wide - card_wide - edge, edge, card_wide, high - 2 * edge)

    def _words(self, here: pygame.Rect, there: pygame.Rect) -> tuple[pygame.Rect, Label]:
        from game.scenario.map import disclaimer

        kit = self.kit
        whole = disclaimer()
        gap = pygame.Rect(here.right + kit.px(24), 0, there.x - here.right - kit.px(48), 0)
        short = say("Zones, lines and positions are schematic and for training. They imply no view on sovereignty, jurisdiction "
                    "or delimitation.")  # fmt: skip
        if gap.w < kit.px(200):
            # Between the columns there is room for two words; the rest stands on their card.
            short = say("About the map")
        label = Label(short, "sans", 12, "ink2", align="centre", key="disclaimer", tip=(say("About the map"), whole))
        high = label.height(kit, gap.w)
        return pygame.Rect(gap.x, self.app.size[1] - high - kit.px(20), gap.w, high), label

    # ---- the map
    def _free(self) -> pygame.Rect:
        """What neither column nor card covers."""
        kit = self.kit
        here, there = self._columns()
        high = self.app.size[1]
        if self._narrow:
            # Too little between the two to show frames: the map fills the window.
            return pygame.Rect(here.right - kit.px(60), 0, self.app.size[0] - here.right + kit.px(60), high)
        return pygame.Rect(here.right + kit.px(40), kit.px(40), there.x - here.right - kit.px(70), high - kit.px(110))

    def _prepare_map(self) -> None:
        """A map at once for a new size or theme."""
        key = (self.kit, self.app.size)
        if self._key == key:
            return
        if self._key is None:
            # The first picture does not wait for any map.
            self._ground = blank(self.kit, self.app.size, self._columns()[0].right)
        else:
            self._ground = coarse(*self._map())
        self._key, self._drafting = key, None

    def _map(self) -> tuple[Kit, tuple[int, int], pygame.Rect, Frame, int]:
        """What the map is drawn by: the frames of all scenarios fit between column and card."""
        frames = [] if self._narrow else [offer.frame for offer in self.shelf.offers if offer.frame]
        return self.kit, self.app.size, self._free(), around(frames), self._columns()[0].right

    def _draw_on(self) -> bool:
        """Draw on at the map with names, once all scenarios are known; whether it is done."""
        if not self.busy:
            return False
        self._drafting = self._drafting or Drafting(*self._map())
        done = self._drafting.step()
        if done is not None:
            self._ground, self._drafting = done, None
        return done is not None

    @property
    def reading(self) -> bool:
        """Whether scenarios are still being read."""
        return not self.shelf.ready

    @property
    def busy(self) -> bool:
        """Whether the map is still being drawn."""
        return self.shelf.ready and self._ground is not None and not self._ground.fine

    def behind(self, surface: pygame.Surface) -> None:
        """The map with the frames of the scenarios."""
        self._painted = True
        if self._ground is None:
            surface.fill(self.kit.theme.page)
            return
        surface.blit(self._ground.picture, (0, 0))
        if not self._narrow and self._ground.fine:
            draw_boxes(surface, self.kit, self._ground.lens, self.shelf.offers, self.taken, self._hover)

    # ---- events
    def event(self, event: pygame.event.Event) -> bool:
        """Enter begins or goes on; numbers choose a scenario, and so do those on the map."""
        if event.type == pygame.KEYDOWN:
            return self._key_down(event)
        if event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN) and not self._narrow and self._ground:
            number = box_at(self.kit, self._ground.lens, self.shelf.offers, event.pos)
            if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and number >= 0:
                self.choose(number)
                return True
            changed, self._hover = number != self._hover, number
            return changed
        return False

    def _key_down(self, event: pygame.event.Event) -> bool:
        if event.key in ENTER:
            if self.problem:
                self.close_front()
            elif self.front == "":
                (self.go_on if self.app.stage.focus == "continue" else self.start)()
            return True
        number = event.key - pygame.K_1
        if 0 <= number < 9 and not self.front and not self.problem and not event.mod & pygame.KMOD_CTRL:
            self.choose(number)
            return True
        return False
