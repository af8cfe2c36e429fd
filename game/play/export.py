"""Writing down what a session leaves for people: the chronicle, and its orders as a file that can be played again."""

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from game.play.chronicle import of_session
from game.play.journal import Entry
from game.play.playout import written_script
from game.play.session import Session
from game.words import say


class NotWritten(Exception):
    """A file could not be written; the message says which and why, in one sentence."""


def export(session: Session, entries: Sequence[Entry], journal: Path) -> tuple[Path, Path]:
    """Write the chronicle and the orders beside a journal, under names that were free; where they stand.

    Nothing is written over: where a file exists already, the new one gets a number. Raises *NotWritten*.
    """
    orders = written_script(session.game, [moment.orders for moment in session.history])
    return (
        _fresh(of_session(session, entries), lambda n: journal.with_name(f"{journal.name}.chronicle{n}.txt")),
        _fresh(orders, lambda n: journal.with_name(f"{journal.name}.orders{n}.toml")),
    )


def _fresh(text: str, named: Callable[[str], Path]) -> Path:
    """Write a text under the first of these names that is free."""
    for number in count(1):
        path = named("" if number == 1 else f"-{number}")
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            continue
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise NotWritten(say("{file} cannot be written ({reason}).", file=path, reason=reason)) from error
        return path
    raise AssertionError
