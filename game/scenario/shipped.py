"""Where the folders that travel with the game are found."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from game.words import say


def shipped(name: str) -> Traversable:
    """The folder *name* ("assets" or "scenarios") that came with this copy of the game.

    In an installed game it lies inside the package, in a checkout beside it.
    """
    package = files("game")
    inside = package / name
    if inside.is_dir():
        return inside
    beside = Path(str(package)).parent / name
    if beside.is_dir():
        return beside
    raise FileNotFoundError(say("This copy of the game has no folder {name!r}.", name=name))
