"""A state: one moment of one run."""

import hashlib
from collections.abc import Sequence

from attrs import frozen

from game.core.events import Event
from game.core.model import Game


@frozen
class State:
    """One moment: the seed of the run, how many turns are done, and every cell.

    The seed is part of the state and of no view.
    """

    seed: int
    turn: int
    row: tuple[int, ...]


def start(game: Game, seed: int) -> State:
    """The state before the first turn. *seed* is any whole number from 0 to 2**64 - 1."""
    if not 0 <= seed < 1 << 64:
        raise ValueError(f"a seed is a whole number from 0 to 2**64 - 1, not {seed}")
    return State(seed, 0, game.start_row)


def digest(row: Sequence[int], events: Sequence[Event] = ()) -> str:
    """A fingerprint of the cells and of every roll's address and chance: the same on every machine.

    The rolls are in it because cells alone hide small errors: a chance one permille too high flips hardly any draw.
    """
    rolls = ";".join(f"{e.roll.address}:{e.roll.chance}" for e in events if e.roll is not None)
    return hashlib.sha256(f"{','.join(map(str, row))}|{rolls}".encode()).hexdigest()[:32]
