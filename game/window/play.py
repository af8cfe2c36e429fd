"""Kuroshio in a window: what the command line asks for, the window, and the way out."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pygame

from game.window.app import App, Screen
from game.window.glass import Glass
from game.window.screens.title import Title
from game.window.screens.title_panes import problem_pane
from game.window.settings import Settings
from game.words import say

FINE, PROBLEMS, MISUSE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes, those of the command line."""

READ = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)
"""Keys that say that a sentence was read."""

NAME = "Kuroshio"
"""What the window is called: nothing of the game, which others may read over somebody's shoulder."""


def play(scenario: str | None, variants: Sequence[str], *, journal: Path | None, seed: int | None,
         seats: Mapping[str, str] | None) -> int:  # fmt: skip
    """Play in a window until people close it; returns the exit code. Raises *NoDisplay* when no window can be opened.

    What is left out is asked for on the title. A *journal* that exists is taken up where it stood.
    """
    taken_up = journal is not None and journal.exists()
    # What was named on the command line is judged before a window opens.
    begin = scenario is not None and seats is not None and not taken_up
    if not taken_up and scenario is not None:
        code = _judged(scenario, variants, seats, seed)
        if code != FINE:
            return code
    settings = Settings.read()
    glass = Glass.opened(NAME, full=settings.full)
    # Clock and letters: until then time stands still.
    pygame.init()
    app = Window(glass, settings)
    code = FINE
    try:
        if taken_up and journal is not None:
            code = _take_up(app, journal)
        elif begin and scenario is not None and seats is not None:
            code = _begin(app, scenario, variants, journal, seed, seats)
        else:
            app.go(Title(app, scenario, variants, seats=seats, keep=journal, seed=seed))
        if code == FINE:
            app.run()
    except KeyboardInterrupt:
        app.screen.leave()
        settings.write()
        code = INTERRUPTED
    finally:
        _let_go(app)
        # Letters stay: a font does not outlive its module, and the caller may open another window.
        pygame.display.quit()
    return code


class Window(App):
    """The window as people have it: what goes wrong with the session or its file becomes a sentence in front."""

    def __init__(self, glass: Glass, settings: Settings) -> None:
        self.problem = ""
        super().__init__(glass, settings)

    def handle(self, event: pygame.event.Event) -> None:
        """As any window; a problem of ours is told and closed before anything else."""
        try:
            if self.problem and event.type == pygame.KEYDOWN and event.key in READ:
                self.told()
            else:
                super().handle(event)
        except Exception as error:
            self._tell(error)

    def turn(self, wait: bool = True) -> None:
        """As any window."""
        try:
            super().turn(wait)
        except Exception as error:
            self._tell(error)

    def rebuild(self) -> None:
        """The panes of the screen, and what went wrong in front of them."""
        panes = list(self.screen.panes())
        if self.problem:
            panes.append(problem_pane(self, self.problem, self.told))
        self.stage.show(self.kit, panes)
        self._stale = True

    def go(self, screen: Screen) -> None:
        """Another screen."""
        super().go(screen)
        # The system shows the name of the window everywhere: it never tells whose seat is open.
        pygame.display.set_caption(NAME)

    def told(self) -> None:
        """The sentence was read."""
        self.problem = ""
        self.rebuild()

    def _tell(self, error: Exception) -> None:
        """Say what went wrong; what is no problem of sessions, files or scenarios goes its way."""
        from game.window.opening import PROBLEMS as OURS

        if not isinstance(error, OURS):
            raise error
        self.problem = str(error)
        self.rebuild()


def _judged(scenario: str, variants: Sequence[str], seats: Mapping[str, str] | None, seed: int | None) -> int:
    """Whether a scenario can be played with these variants and seats; says what is wrong and returns the exit code."""
    from game.play.offering import seating_given
    from game.play.session import Session
    from game.scenario.library import playable
    from game.window.opening import PROBLEMS as OURS

    try:
        game = playable(scenario, variants)
        if seats is not None:
            seating = seating_given(game, seats)
            Session.begin(game, seating.players, seed=seed, groups=seating.groups)
    except OURS as problem:
        return _said(problem)
    return FINE


def _take_up(app: App, journal: Path) -> int:
    """Go on with a journal."""
    from game.window.opening import PROBLEMS as OURS
    from game.window.opening import resumed

    try:
        resumed(app, journal).go_on()
    except OURS as problem:
        return _said(problem)
    return FINE


def _begin(app: App, scenario: str, variants: Sequence[str], journal: Path | None, seed: int | None,
           seats: Mapping[str, str]) -> int:  # fmt: skip
    """A new session as the command line says, kept in the current folder or the file that was named."""
    from datetime import datetime

    from game.play.offering import seating_given
    from game.scenario.library import playable
    from game.window.opening import PROBLEMS as OURS
    from game.window.opening import begun

    try:
        game = playable(scenario, variants)
        path = journal or Path(f"{game.id}-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.kuroshio")
        begun(app, game, seating_given(game, seats), path, seed).go_on()
    except OURS as problem:
        return _said(problem)
    return FINE


def _said(problem: Exception) -> int:
    """Print what is wrong, as the terminal does, and return its exit code."""
    from game.play.journal import Damaged
    from game.play.session import SessionProblem
    from game.scenario.library import ScenarioProblem

    print(problem, file=sys.stdout)  # noqa: T201
    if isinstance(problem, Damaged | ScenarioProblem):
        return PROBLEMS
    return MISUSE if isinstance(problem, SessionProblem) else UNREADABLE


def _let_go(app: App) -> None:
    """Close the journal of the session, wherever people stopped, and say where it is."""
    from game.window.table import Table

    table = getattr(app.screen, "table", None)
    if isinstance(table, Table):
        table.close()
        print(say("Everything is kept in {file}.", file=table.path))  # noqa: T201


__all__ = ["play"]
