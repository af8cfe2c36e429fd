"""Kuroshio in a window: what the command line asks for, the window, and the way out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pygame
from attrs import frozen

from game.window.app import App, Screen
from game.window.display import NoDisplay
from game.window.glass import Glass
from game.window.kit.keys import chooses
from game.window.kit.pane import Pane
from game.window.screens.title_panes import problem_pane
from game.window.settings import Settings
from game.words import say

FINE, PROBLEMS, MISUSE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes, those of the command line."""

NAME = "Kuroshio"
"""What the window is called: nothing of the game, which others may read over somebody's shoulder."""


def play(scenario: str | None, variants: Sequence[str], *, journal: Path | None, seed: int | None,
         seats: Mapping[str, str] | None) -> int:  # fmt: skip
    """Play in a window until people close it; returns the exit code. Raises *NoDisplay* when no window can be opened.

    What is left out is asked for on the title. A *journal* that exists is taken up where it stood.
    """
    from game.window.screens.title import Title

    try:
        # What was named on the command line is judged before a window opens.
        beginning = _judged(scenario, variants, journal, seed, seats)
    except Wrong as wrong:
        print(wrong)  # noqa: T201
        return wrong.code
    settings = Settings.read()
    try:
        glass = Glass.opened(NAME, full=settings.full)
    except NoDisplay:
        beginning.close()
        raise
    # Clock and letters: until then time stands still.
    pygame.init()
    app = Window(glass, settings)
    try:
        if beginning.begin is None:
            app.go(Title(app, scenario, variants, seats=seats, keep=journal, seed=seed))
        else:
            beginning.begin(app)
        app.run()
    except KeyboardInterrupt:
        app.screen.leave()
        settings.write()
        return INTERRUPTED
    except Exception as problem:
        # The file of a new session could not be made.
        if not _ours(problem):
            raise
        print(problem)  # noqa: T201
        return Wrong(problem).code
    finally:
        _let_go(app)
        # Letters stay: a font does not outlive its module, and the caller may open another window.
        pygame.display.quit()
    return FINE


class Window(App):
    """The window as people have it: what goes wrong with the session or its file becomes a sentence in front."""

    def __init__(self, glass: Glass, settings: Settings) -> None:
        self.problem = ""
        super().__init__(glass, settings)

    def handle(self, event: pygame.event.Event) -> None:
        """As any window; a problem of ours is told and closed before anything else."""
        try:
            if self.problem and chooses(event):
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

    def panes(self) -> list[Pane]:
        """The panes of the screen, and what went wrong in front of them."""
        return [*super().panes(), *([problem_pane(self, self.problem, self.told)] if self.problem else [])]

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
        if not _ours(error):
            raise error
        self.problem = str(error)
        self.rebuild()


def _ours(error: Exception) -> bool:
    """Whether it is a problem of sessions, files or scenarios, told in words for people."""
    from game.window.opening import PROBLEMS as OURS

    return isinstance(error, OURS)


class Wrong(Exception):
    """Something that was named on the command line cannot be played; *code* is the exit code."""

    def __init__(self, problem: Exception) -> None:
        from game.play.journal import Damaged
        from game.play.session import SessionProblem
        from game.scenario.library import NoSuch, ScenarioProblem

        super().__init__(str(problem))
        self.code = PROBLEMS if isinstance(problem, Damaged | ScenarioProblem) else UNREADABLE
        if isinstance(problem, NoSuch | SessionProblem):
            self.code = MISUSE


@frozen
class Beginning:
    """How play begins in an open window: *begin*, none for the title; *close* when no window could be opened."""

    begin: Callable[[App], None] | None = None
    close: Callable[[], None] = lambda: None


def _judged(scenario: str | None, variants: Sequence[str], journal: Path | None, seed: int | None,
            seats: Mapping[str, str] | None) -> Beginning:  # fmt: skip
    """How play begins. Raises *Wrong* when what was named cannot be played."""
    taken_up = journal is not None and journal.exists()
    if scenario is None and not taken_up:
        return Beginning()
    from game.window import opening

    try:
        if taken_up and journal is not None:
            session, kept = opening.read(journal)
            return Beginning(lambda app: opening.laid(app, session, kept, journal).go_on(), kept.close)
        assert scenario is not None
        return _new(scenario, variants, journal, seed, seats)
    except opening.PROBLEMS as problem:
        raise Wrong(problem) from problem


def _new(scenario: str, variants: Sequence[str], journal: Path | None, seed: int | None,
         seats: Mapping[str, str] | None) -> Beginning:  # fmt: skip
    """A new session, kept in the current folder or the file that was named; the title where seats are left open."""
    from datetime import datetime

    from game.play.offering import seating_given
    from game.play.session import Session
    from game.scenario.library import playable
    from game.window import opening

    game = playable(scenario, variants)
    if seats is None:
        return Beginning()
    seating = seating_given(game, seats)
    Session.begin(game, seating.players, seed=seed, groups=seating.groups)
    path = journal or Path(f"{game.id}-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.kuroshio")
    # The file is made once there is a window: else the terminal would find it there.
    return Beginning(lambda app: opening.begun(app, game, seating, path, seed).go_on())


def _let_go(app: App) -> None:
    """Close the journal of the session, wherever people stopped, and say where it is."""
    from game.window.table import Table

    table = getattr(app.screen, "table", None)
    if isinstance(table, Table):
        table.close()
        print(say("Everything is kept in {file}.", file=table.path))  # noqa: T201
