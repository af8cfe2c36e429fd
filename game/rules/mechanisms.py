"""What all mechanisms share: their books, and how their links are told.

A mechanism is a state machine. Its *status* is none, proposed, agreed, operating or suspended. Each use is a chain of
links, each link an event with its roll. Authority, latency and willingness are separate parameters because in the
record each failed separately.
"""

from functools import lru_cache
from typing import Any

from attrs import frozen

from game.core.model import Game, Track
from game.words import say

NONE, PROPOSED, AGREED, OPERATING, SUSPENDED = range(5)
STATUS = ("none", "proposed", "agreed", "operating", "suspended")

IDLE, CONSULTING, RINGING, RELAYING = range(4)


@frozen
class Books:
    """The cells that mechanisms keep, each by mechanism and side.

    The status is by mechanism alone. Stage and due time of a use under way; content of what is being said. Notes of
    the turn: asked, refused, rang, unanswered, answered, late, believed.
    """

    status: Track
    stage: Track
    due: Track
    content: Track
    asked: Track
    refused: Track
    rang: Track
    unanswered: Track
    answered: Track
    late: Track
    believed: Track


def books(table: Any) -> Books:
    """The mechanisms' cells of the game on this table."""
    return _books(table.game)


# The last few games are remembered, because every rule asks anew in every turn.
@lru_cache(maxsize=16)
def _books(game: Game) -> Books:
    return Books(*(game.tracks[name] for name in Books.__annotations__))


@lru_cache(maxsize=1024)
def known_to(agencies: tuple[int, ...]) -> int:
    """The bits of the agencies that learn of a mechanism's links."""
    return sum(1 << agency for agency in set(agencies))


@lru_cache(maxsize=4096)
def tell(game: Game, mechanism: int, side: int, sentence: str) -> str:
    """A link of the chain in a sentence: which mechanism, on whose asking, and what happened."""
    return say("{mechanism}, used by {side}: {sentence}", mechanism=game.mechanism_names[mechanism],
               side=game.sides[side].name, sentence=sentence)  # fmt: skip


def is_asked(table: Any, kept: Books, mechanism: int, side: int, seen: int) -> Any:
    """Whether a use begins: asked for in this turn, none under way, and the mechanism operating. Else it is refused."""
    idle = table.track(kept.stage, mechanism, side) == IDLE
    asked = table.noted(kept.asked, mechanism, side)
    operating = table.track(kept.status, mechanism) == OPERATING
    refuse(table, mechanism, side, asked & table.no(operating), say("it is not in operation."), seen)
    return asked & idle & operating


def refuse(table: Any, mechanism: int, side: int, when: Any, sentence: str, seen: int) -> None:
    """Note that a use was refused, and why."""
    table.note(books(table).refused, mechanism, side, when=when, seen=seen,
               label=tell(table.game, mechanism, side, sentence))  # fmt: skip


def others(table: Any, sides: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Each side of a mechanism with the other one."""
    return tuple((side, other) for side in sides for other in sides if other != side)
