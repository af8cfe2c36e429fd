"""What the title offers, read in the background: the window is there before scenarios are, and nobody waits for them."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

if TYPE_CHECKING:
    from game.core import Game
    from game.play.offering import Offer
    from game.window.opening import Kept

FIRST = "tutorial"
"""The scenario to begin with."""

Choice = tuple[str, tuple[str, ...]]
"""A scenario with its variants."""


class Shelf:
    """Scenarios as they are found, the last session, and games that were bound in advance.

    *named*: a scenario beside those that travel with the program; *journal*: the file of the last session.
    """

    def __init__(self, named: str | None, journal: str) -> None:
        self.named = named
        self.offers: tuple[Offer, ...] = ()
        self.kept: Kept | None = None
        self.ready = False
        self._pool = ThreadPoolExecutor(1, "shelf")
        self._games: dict[Choice, Future[Game]] = {}
        self._journal = journal
        self._reading: Future[None] | None = None

    @property
    def version(self) -> tuple[int, bool, bool]:
        """Changes whenever there is something new."""
        return len(self.offers), self.kept is not None, self.ready

    @property
    def begun(self) -> bool:
        """Whether reading has begun."""
        return self._reading is not None

    def begin(self) -> None:
        """Begin to read, once the window is there: it would only be slower otherwise."""
        if self._reading is None:
            self._reading = self._pool.submit(self._work, self._journal)

    def _work(self, journal: str) -> None:
        try:
            self._read(journal)
        finally:
            self.ready = True
            _wake()

    def _read(self, journal: str) -> None:
        from game.play.offering import offered
        from game.scenario.library import ScenarioProblem, shipped_scenarios
        from game.window.chart.atlas import read_atlas
        from game.window.opening import kept, replayed
        from game.window.screens.title_map import LATEST

        self.kept = kept(Path(journal)) if journal else None
        _wake()
        named = (self.named,) if self.named else ()
        for name in sorted({*shipped_scenarios(), *named}, key=lambda one: one != FIRST):
            try:
                found = offered(name)
            except (ScenarioProblem, ValueError):
                continue
            self.offers = tuple(sorted((*self.offers, found), key=lambda one: (one.id != FIRST, one.date)))
            _wake()
        if self.kept and self.kept.turn:
            self.kept = replayed(self.kept)
        # Read here so that drawing the map need not wait for it.
        read_atlas(LATEST)

    def bind(self, scenario: str, variants: tuple[str, ...]) -> "Future[Game]":
        """Begin to bind a scenario, unless that was done."""
        found = self._games.get((scenario, variants))
        if found is None:
            found = self._games[scenario, variants] = self._pool.submit(_bound, scenario, variants)
        return found

    def game(self, scenario: str, variants: tuple[str, ...]) -> "Game":
        """The game, once it is bound. Raises *ScenarioProblem*."""
        return self.bind(scenario, variants).result()

    def wait(self) -> None:
        """Wait until everything is read."""
        self.begin()
        assert self._reading is not None
        self._reading.result()

    def close(self) -> None:
        """Let what is still being read go."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _bound(scenario: str, variants: tuple[str, ...]) -> "Game":
    from game.scenario.library import playable

    return playable(scenario, variants)


def _wake() -> None:
    """Let the loop look at what is new."""
    try:
        pygame.event.post(pygame.event.Event(pygame.USEREVENT))
    except pygame.error:
        return
