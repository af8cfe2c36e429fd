"""Another process, as whoever uses it sees it: letters go there and come back, and nobody waits."""

import multiprocessing
import queue
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

Work = Callable[[Connection], None]
"""What the other process does with its end of the pipe. It returns when the pipe is closed."""

_END = "\0"
"""The last letter; it is not sent."""


class Elsewhere:
    """A process that is spawned, on every system alike, with the first letter that is sent to it.

    A thread starts it and sends, because a pipe that is full makes its writer wait. Nothing comes any more once it is
    *gone*: it has stopped, or the system lets none start.
    """

    def __init__(self, work: Work, first: Any) -> None:
        """*first* is sent before all letters."""
        self.gone = False
        self._work, self._first = work, first
        self._letters: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._connection: Connection | None = None
        self._process: Any = None
        self._sender: threading.Thread | None = None

    @property
    def begun(self) -> bool:
        """Whether it was started."""
        return self._sender is not None

    def send(self, letter: Any) -> None:
        """Send a letter, after those before it."""
        if self._sender is None:
            self._sender = threading.Thread(target=self._send, daemon=True)
            self._sender.start()
        self._letters.put(letter)

    def received(self) -> list[Any]:
        """All letters that have come since the last call."""
        letters = []
        try:
            while self._connection is not None and self._connection.poll():
                letters.append(self._connection.recv())
        except (EOFError, OSError):
            self._connection, self.gone = None, True
        return letters

    def close(self) -> None:
        """Stop the process."""
        self._letters.put(_END)
        if self._process is not None:
            self._process.terminate()
            self._process.join(2)

    def _send(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=self._work, args=(theirs,), daemon=True)
        try:
            process.start()
            self._process, self._connection = process, ours
            theirs.close()
            ours.send(self._first)
            while (letter := self._letters.get()) != _END:
                ours.send(letter)
        except (OSError, RuntimeError):
            self.gone = True
