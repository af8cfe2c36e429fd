"""Finding scenarios and loading them: the one way from a name or a folder to a game."""

from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from game.core.model import Game
from game.rules import SHELF, Block
from game.scenario.bind import bind
from game.scenario.document import Document
from game.scenario.gathering import read_document
from game.scenario.problems import Problem, brief, in_order, nearest, report
from game.scenario.read import safe_name
from game.scenario.restoring import from_plain
from game.scenario.shipped import shipped
from game.words import say


class ScenarioProblem(Exception):
    """A scenario that cannot be played; the message is a report for people."""


class NoSuch(ScenarioProblem):
    """A scenario or variant that does not exist: wrong use rather than something wrong in a file."""


@frozen
class Loaded:
    """What loading a scenario gave: the game, or none and the problems why."""

    game: Game | None
    problems: tuple[Problem, ...]
    variants: tuple[str, ...]
    sources: dict[str, str]

    @property
    def report(self) -> str:
        """The problems as people read them."""
        return report(self.problems, self.sources)


def shipped_scenarios() -> tuple[str, ...]:
    """The ids of the scenarios that travel with the program."""
    shelf = shipped("scenarios")
    return tuple(sorted(one.name for one in shelf.iterdir() if one.joinpath("scenario.toml").is_file()))


def locate(name: str) -> tuple[Traversable, tuple[Traversable, ...]]:
    """The folder of a scenario by its id or path, and where its shared parts are looked for.

    Raises *NoSuch* when there is none.
    """
    shelf = shipped("scenarios")
    # A name that no file system takes is a name that no folder has.
    with suppress(OSError, ValueError, RuntimeError):
        ours = safe_name(name) and shelf.joinpath(name).joinpath("scenario.toml").is_file()
        if name and Path(name).is_dir() and not (ours and not Path(name, "scenario.toml").exists()):
            folder = Path(name).resolve()
            return folder, (folder.parent, shelf)
    if safe_name(name) and shelf.joinpath(name).joinpath("scenario.toml").is_file():
        return shelf.joinpath(name), (shelf,)
    known = shipped_scenarios()
    close = nearest(name, known)
    hint = say(" Did you mean '{close}'?", close=close) if close else ""
    raise NoSuch(say("No scenario is called '{name}', and no folder is either.{hint} Known: {known}.",
                              name=brief(name), hint=hint, known=", ".join(known)))  # fmt: skip


def whole_shelf() -> tuple[Block, ...]:
    """The shelf with the blocks of installed packages: each offers a tuple through the entry point ``game.rules``."""
    added = [block for point in entry_points(group="game.rules") for block in point.load()]
    return (*SHELF, *added)


def load(name: str, variants: Sequence[str] = (), shelf: Sequence[Block] | None = None) -> Loaded:
    """Load a scenario by id or folder, with variants. Raises *NoSuch* when there is no such scenario."""
    folder, library = locate(name)
    document = read_document(folder, library, variants)
    return _loaded(document, whole_shelf() if shelf is None else shelf)


def playable(name: str, variants: Sequence[str] = ()) -> Game:
    """The game of a scenario. Raises *ScenarioProblem* with the whole report when it has errors, *NoSuch* when there is none."""
    loaded = load(name, variants)
    if loaded.game is None:
        unknown = [problem for problem in loaded.problems if problem.code == "SCN201"]
        if unknown:
            raise NoSuch("\n".join(f"{problem.message} {problem.hint}".strip() for problem in unknown))
        raise ScenarioProblem(loaded.report)
    return loaded.game


def restored(plain: object) -> Game:
    """The game of a scenario document that a journal kept. Raises *ScenarioProblem* when it cannot be bound."""
    try:
        document = from_plain(plain)
    except ValueError as error:
        raise ScenarioProblem(str(error)) from error
    loaded = _loaded(document, whole_shelf())
    if loaded.game is None:
        raise ScenarioProblem(
            say("The scenario in the journal cannot be played by this program.\n{report}", report=loaded.report)
        )
    return loaded.game


def _loaded(document: Document, shelf: Sequence[Block]) -> Loaded:
    game = bind(document, shelf)
    return Loaded(game, in_order(document.problems), document.variants_known, document.sources)
