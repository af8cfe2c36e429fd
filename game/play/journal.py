"""The record of a session: one file of entries, appended to and never changed.

A journal is one SQLite file. Each entry carries a digest over the digest before it, so that a changed, lost or
reordered entry shows when the journal is opened. Nothing is acknowledged before it is on the disk. How a file is judged
before it is trusted stands in `game.play.journal_check`.
"""

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from game.play.journal_check import (
    APPLICATION,
    FORMAT,
    LARGEST_ENTRY,
    LARGEST_FILE,
    Damaged,
    Entry,
    JournalProblem,
    Unreadable,
    already_there,
    canonical,
    checked_entries,
    choose_safety,
    companions,
    connect,
    declarations,
    in_plain_words,
    is_kind,
    link_digest,
    place_of,
    plain_body,
    release,
    setting_of,
    shown,
    verified_entries,
)
from game.words import say

__all__ = ["Damaged", "Entry", "Journal", "JournalProblem", "Unreadable"]


class Journal:
    """An open journal: this window alone may append to it, from any thread.

    While it is open, nothing else in the program may open the file, not even to copy it: closing such a second handle
    drops SQLite's lock on Linux and macOS.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, entries: Sequence[Entry]) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = connection
        self._entries = list(entries)
        self._sound = True
        self._turn = threading.Lock()

    @classmethod
    def create(cls, path: Path) -> Self:
        """Start a new, empty journal. Raises Unreadable where a file exists already or none can be written."""
        place = place_of(path)
        with in_plain_words(place):
            for found in (place, *companions(place)):
                if found.exists() or found.is_symlink():
                    raise Unreadable(already_there(found))
            place.open("xb").close()
            try:
                with closing(connect(place, "rw")) as connection:
                    _lay_out(connection)
            except BaseException:
                for left in (place, *companions(place)):
                    with suppress(OSError):
                        left.unlink(missing_ok=True)
                raise
        return cls.open(place)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a journal to continue it, after checking all of it; a file with anything wrong keeps every byte.

        Raises Unreadable when it is missing, not allowed or open in another window; Damaged when its content is wrong.
        """
        place = place_of(path)
        verified_entries(place)
        with in_plain_words(place):
            connection = connect(place, "rw")
            try:
                _seize(connection)
                # Once more, now that nobody else can write: what was checked is what is held.
                return cls(place, connection, checked_entries(connection, place))
            except BaseException:
                release(connection)
                raise

    @classmethod
    def read(cls, path: Path) -> tuple[Entry, ...]:
        """All entries of a journal, checked, without leaving a trace. Raises Unreadable and Damaged."""
        return verified_entries(place_of(path))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries so far, in order."""
        return tuple(self._entries)

    def append(self, kind: str, body: Mapping[str, Any]) -> Entry:
        """Add one entry, and return once it is safely on the disk. Raises what ``append_all`` raises."""
        return self.append_all([(kind, body)])[0]

    def append_all(self, items: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[Entry, ...]:
        """Add several entries, all or none, and return once they are safely on the disk.

        Raises Unreadable when they cannot be written (the journal then stays as it was); ValueError for a closed
        journal, an unusable kind or a body that is not a JSON document; TypeError for a value that JSON does not have.
        """
        with self._turn:
            if self._connection is None:
                raise ValueError("the journal is closed")
            if not self._sound:
                raise Unreadable(
                    say("{file} could not be written before; close it and open it again.", file=shown(self._path))
                )
            rows = self._sealed(items)
            with in_plain_words(self._path):
                self._commit(self._connection, rows)
            fresh = tuple(Entry(seq, kind, json.loads(text), digest) for seq, kind, text, digest in rows)
            self._entries.extend(fresh)
            return fresh

    def close(self) -> None:
        """Let go of the file; closing twice is allowed."""
        with self._turn:
            if self._connection is not None:
                release(self._connection)
                self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _sealed(self, items: Sequence[tuple[str, Mapping[str, Any]]]) -> list[tuple[int, str, str, str]]:
        previous = self._entries[-1].digest if self._entries else ""
        rows = []
        for seq, (kind, body) in enumerate(items, len(self._entries) + 1):
            if not is_kind(kind):
                raise ValueError(f"not a kind of entry: {kind!r}")
            if not isinstance(body, Mapping):
                raise TypeError(f"a body is a JSON object, not {type(body).__name__}")
            text = canonical(plain_body(body))
            if len(text.encode()) > LARGEST_ENTRY:
                raise Unreadable(
                    say(
                        "An entry for {file} is larger than {limit} MB and was not written; make it smaller.",
                        file=shown(self._path),
                        limit=LARGEST_ENTRY >> 20,
                    )
                )
            previous = link_digest(previous, seq, kind, text)
            rows.append((seq, kind, text, previous))
        return rows

    def _commit(self, connection: sqlite3.Connection, rows: Sequence[tuple[int, str, str, str]]) -> None:
        if not rows:
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO entries (seq, kind, body, digest) VALUES (?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
        except BaseException:
            # A COMMIT that failed may still have reached the disk: go on only if the file agrees with memory.
            self._sound = False
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                last = connection.execute("SELECT seq, digest FROM entries ORDER BY seq DESC LIMIT 1").fetchall()
                self._sound = last == [(e.seq, e.digest.encode()) for e in self._entries[-1:]]
            raise


def _lay_out(connection: sqlite3.Connection) -> None:
    """Declare an empty journal, in one transaction."""
    choose_safety(connection)
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    for _sort, _name, sql in sorted(declarations(strict=sqlite3.sqlite_version_info >= (3, 37))):
        connection.execute(sql)
    connection.execute("COMMIT")
    release(connection)


def _seize(connection: sqlite3.Connection) -> None:
    """Take the lock that keeps other windows out until the journal is closed."""
    choose_safety(connection)
    connection.execute(f"PRAGMA max_page_count = {LARGEST_FILE // setting_of(connection, 'page_size')}")
    connection.execute("BEGIN EXCLUSIVE")
    # A rehearsed change, taken back: a folder that cannot be written to shows now, and not at the first order.
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("ROLLBACK")
