"""From a choice to a table: sessions that are begun or taken up, and where they are kept."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import attrs
from attrs import frozen

from game.core import Game
from game.play.journal import Journal, JournalProblem
from game.play.offering import Seating
from game.play.session import Session, SessionProblem, rebuilt
from game.scenario.library import ScenarioProblem
from game.window import settings
from game.window.app import App
from game.window.table import Table
from game.words import say

SUFFIX = ".kuroshio"

PROBLEMS = (JournalProblem, ScenarioProblem, SessionProblem)
"""What can go wrong with sessions and their files; the message of each is for people."""


@frozen
class Kept:
    """A session in a file, as it is offered to go on with. *turn*: the one that is to be planned, 0 when the game is over."""

    path: Path
    title: str
    turn: int


def folder() -> Path:
    """The folder of the sessions that were begun in the window."""
    return settings.home() / "sessions"


def fresh(scenario: str) -> Path:
    """A new name in the folder of sessions. Raises *SessionProblem* when there is no such folder and none can be made."""
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise SessionProblem(
            say("The folder {folder} cannot be made ({reason}).", folder=place, reason=reason)
        ) from error
    now = f"{scenario}-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    names = (place / f"{now}{more}{SUFFIX}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for path in names if not path.exists())


def recent() -> list[Path]:
    """The files in the folder of sessions, the newest first."""
    try:
        found = [(one.stat().st_mtime, one) for one in folder().glob(f"*{SUFFIX}")]
    except OSError:
        return []
    return [path for _, path in sorted(found, reverse=True)]


def kept(path: Path) -> Kept | None:
    """What can be gone on with in a file; none when it cannot be read."""
    try:
        entries = Journal.read(path)
        plain: Mapping[str, Mapping[str, object]] = entries[0].body["scenario"]
        settings_kept = plain["settings"]
        turn = 1
        for entry in entries:
            if entry.kind == "played":
                turn = int(entry.body["turn"]) + 1
            elif entry.kind == "rewound":
                turn = int(entry.body["turn"])
        turns = settings_kept["turns"]
        over = isinstance(turns, list) and turn > len(turns)
        return Kept(path, str(settings_kept["title"]), 0 if over else turn)
    except (JournalProblem, LookupError, TypeError, ValueError):
        return None


def replayed(kept: Kept) -> Kept:
    """The same, once it is known whether the game has ended before its last turn: only playing it again tells."""
    try:
        return attrs.evolve(kept, turn=0) if rebuilt(Journal.read(kept.path)).ended else kept
    except PROBLEMS:
        return kept


def begun(app: App, game: Game, seating: Seating, path: Path, seed: int | None) -> Table:
    """A new session in a new file. Raises what is in `PROBLEMS`; then no file is left behind."""
    journal = Journal.create(path)
    try:
        session = Session.begin(
            game, seating.players, seed=seed, journal=journal, pins=seating.pins, groups=seating.groups
        )
    except BaseException:
        journal.close()
        path.unlink(missing_ok=True)
        raise
    return laid(app, session, journal, path)


def resumed(app: App, path: Path) -> Table:
    """The session of a file where it stood. Raises what is in `PROBLEMS`."""
    session, journal = read(path)
    return laid(app, session, journal, path)


def read(path: Path) -> tuple[Session, Journal]:
    """The session of a file and the file, which is open from now on. Raises what is in `PROBLEMS`."""
    journal = Journal.open(path)
    try:
        return Session.resume(journal), journal
    except BaseException:
        journal.close()
        raise


def laid(app: App, session: Session, journal: Journal, path: Path) -> Table:
    """The table of a session; the window remembers its file."""
    app.settings.journal = str(path.absolute())
    app.settings.write()
    return Table(app, session, journal, path.absolute())
