"""Finding scenarios and loading them: the one way from a name or a folder to a game."""

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from attrs import frozen

from game.core.model import Game
from game.words import say
from game.rules import SHELF, Block
from game.scenario.bind import bind
from game.scenario.document import Document, from_plain, read_document
from game.scenario.problems import Problem, in_order, nearest, report
from game.scenario.read import safe_name
from game.scenario.shipped import shipped


class ScenarioProblem(Exception):  # noqa: N818  (the word of the project: something wrong in a file)
    """A scenario that cannot be played; the message is a report for people."""


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

    Raises *ScenarioProblem* when there is none.
    """
    shelf = shipped("scenarios")
    path = Path(name)
    if path.is_dir():
        beside = path.resolve().parent
        return path.resolve(), (beside, shelf)
    if safe_name(name) and shelf.joinpath(name).joinpath("scenario.toml").is_file():
        return shelf.joinpath(name), (shelf,)
    known = shipped_scenarios()
    close = nearest(name, known)
    hint = say(" Did you mean '{close}'?", close=close) if close else ""
    raise ScenarioProblem(say("No scenario is called '{name}', and no folder is either.{hint} Known: {known}.",
                              name=name, hint=hint, known=", ".join(known)))  # fmt: skip


def load(name: str, variants: Sequence[str] = (), shelf: Sequence[Block] = SHELF) -> Loaded:
    """Load a scenario by id or folder, with variants. Raises *ScenarioProblem* when there is no such scenario."""
    folder, library = locate(name)
    document = read_document(folder, library, variants)
    return _loaded(document, shelf)


def playable(name: str, variants: Sequence[str] = ()) -> Game:
    """The game of a scenario. Raises *ScenarioProblem* with the whole report when it has errors."""
    loaded = load(name, variants)
    if loaded.game is None:
        raise ScenarioProblem(loaded.report)
    return loaded.game


def restored(plain: object) -> Game:
    """The game of a scenario document that a journal kept. Raises *ScenarioProblem* when it cannot be bound."""
    try:
        document = from_plain(plain)
    except ValueError as error:
        raise ScenarioProblem(str(error)) from error
    loaded = _loaded(document, SHELF)
    if loaded.game is None:
        raise ScenarioProblem(say("The scenario in the journal cannot be played by this program.\n{report}", report=loaded.report))
    return loaded.game


def _loaded(document: Document, shelf: Sequence[Block]) -> Loaded:
    game = bind(document, shelf)
    return Loaded(game, in_order(document.problems), document.variants_known, document.sources)
