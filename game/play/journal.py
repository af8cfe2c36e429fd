"""The record of a session: one file of entries, appended to and never changed.

A journal is one SQLite file. Each entry carries a digest over the digest before it, so that a changed, lost or
reordered entry shows when the journal is opened. Nothing is acknowledged before it is on the disk. A journal that comes
from somebody else is treated as hostile: it is judged read-only, and nothing stored in it is ever run.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import quote

import attrs

from game.core.words import say

FORMAT = 1
"""Version of the file format, kept in the file as SQLite's ``user_version``."""
APPLICATION = 0x4B55524F
"""The letters KURO, kept in the file as SQLite's ``application_id``."""
LARGEST_ENTRY = 32 * 2**20
"""Bytes of one entry's body as JSON text."""
LARGEST_FILE = 512 * 2**20
"""Bytes of a whole journal."""
DEEPEST_BODY = 100
"""Levels of lists and objects inside one body."""
LONGEST_KIND = 100
"""Characters in the name of a kind of entry."""
PATIENCE = 0.25
"""Seconds to wait for a lock that somebody else holds."""

_TABLE = "CREATE TABLE entries (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL)"
_TRIGGERS = (
    # INSERT OR REPLACE would delete without a DELETE trigger; hence the rule that a new entry is always the next one.
    ("entries_follow", "INSERT ON entries WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)"),
    ("entries_stay", "UPDATE ON entries"),
    ("entries_last", "DELETE ON entries"),
)
# The last eight bytes of a rollback journal that names a "super-journal".
_ROLLBACK_MAGIC = bytes.fromhex("d9d505f920a163d7")


class JournalProblem(Exception):  # noqa: N818 - a problem is this project's word
    """Something is wrong with a journal; the text is one sentence for people."""


class Unreadable(JournalProblem):
    """The file cannot be read or written at all: missing, not allowed, disk full, open elsewhere."""


class Damaged(JournalProblem):
    """The file can be read, but is not an undamaged journal that this version knows."""


@attrs.frozen
class Entry:
    """One thing that happened in a session: its place from 1, its kind, its JSON document, its link in the chain."""

    seq: int
    kind: str
    body: Mapping[str, Any]
    digest: str


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
        place = _place(path)
        with _plainly(place):
            for found in (place, *_companions(place)):
                if found.exists() or found.is_symlink():
                    raise Unreadable(_exists(found))
            place.open("xb").close()
            try:
                with closing(_connect(place, "rw")) as connection:
                    _lay_out(connection)
            except BaseException:
                for left in (place, *_companions(place)):
                    with suppress(OSError):
                        left.unlink(missing_ok=True)
                raise
        return cls.open(place)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a journal to continue it, after checking all of it; a file with anything wrong keeps every byte.

        Raises Unreadable when it is missing, not allowed or open in another window; Damaged when its content is wrong.
        """
        place = _place(path)
        _verified(place)
        with _plainly(place):
            connection = _connect(place, "rw")
            try:
                _seize(connection)
                # Once more, now that nobody else can write: what was checked is what is held.
                return cls(place, connection, _checked(connection, place))
            except BaseException:
                _release(connection)
                raise

    @classmethod
    def read(cls, path: Path) -> tuple[Entry, ...]:
        """All entries of a journal, checked, without leaving a trace. Raises Unreadable and Damaged."""
        return _verified(_place(path))

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
                    say("{file} could not be written before; close it and open it again.", file=_shown(self._path))
                )
            rows = self._sealed(items)
            with _plainly(self._path):
                self._commit(self._connection, rows)
            fresh = tuple(Entry(seq, kind, json.loads(text), digest) for seq, kind, text, digest in rows)
            self._entries.extend(fresh)
            return fresh

    def close(self) -> None:
        """Let go of the file; closing twice is allowed."""
        with self._turn:
            if self._connection is not None:
                _release(self._connection)
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
            if not _is_kind(kind):
                raise ValueError(f"not a kind of entry: {kind!r}")
            if not isinstance(body, Mapping):
                raise TypeError(f"a body is a JSON object, not {type(body).__name__}")
            text = _canonical(_plain(body))
            if len(text.encode()) > LARGEST_ENTRY:
                raise Unreadable(
                    say(
                        "An entry for {file} is larger than {limit} MB and was not written; make it smaller.",
                        file=_shown(self._path),
                        limit=LARGEST_ENTRY >> 20,
                    )
                )
            previous = _digest(previous, seq, kind, text)
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


def _place(path: Path) -> Path:
    """Where SQLite will look: it puts its companion files beside the file that a link leads to."""
    if "\0" in str(path):
        raise Unreadable(_refused(path, ValueError(say("a file name has no zero characters"))))
    try:
        os.fsencode(path)
        return path.resolve() if path.is_symlink() else path.absolute()
    except (OSError, RuntimeError, UnicodeError) as error:
        raise Unreadable(_refused(path, error)) from error


def _companions(place: Path) -> tuple[Path, Path]:
    """SQLite's rollback journal, and the write-ahead log that Kuroshio never uses."""
    return place.with_name(place.name + "-journal"), place.with_name(place.name + "-wal")


def _address(absolute: str, mode: str) -> str:
    """The file as a URI; with two slashes more for a Windows share, as SQLite knows no host names."""
    rooted = absolute if absolute.startswith("/") else "/" + absolute
    return f"file://{quote(os.fsencode(rooted), safe='/:')}?mode={mode}"


def _connect(place: Path, mode: str) -> sqlite3.Connection:
    # Two threads may share the connection because every use of it happens under the journal's own lock.
    connection = sqlite3.connect(
        _address(place.as_posix(), mode), uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE
    )
    try:
        connection.text_factory = bytes
        # The limit is for a whole row: the body, and some room for the kind and the digest.
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_ENTRY + 4096)
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        # Exclusive locking is for writing; read-only, it makes SQLite refuse a foreign file in WAL mode before it
        # creates that mode's companion files. No memory mapping: a file cut short meanwhile would kill the program.
        for setting in (
            "locking_mode = EXCLUSIVE",
            "mmap_size = 0",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "foreign_keys = ON",
            "recursive_triggers = ON",
        ):
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def _setting(connection: sqlite3.Connection, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def _schema(*, strict: bool) -> frozenset[tuple[str, str, str]]:
    """Everything a journal declares: (sort, name, SQL)."""
    triggers = (
        (
            "trigger",
            name,
            f"CREATE TRIGGER {name} BEFORE {event} BEGIN SELECT RAISE(ABORT, 'a journal is only appended to'); END",
        )
        for name, event in _TRIGGERS
    )
    return frozenset({("table", "entries", _TABLE + " STRICT" * strict), *triggers})


def _lay_out(connection: sqlite3.Connection) -> None:
    """Declare an empty journal, in one transaction."""
    _choose_safety(connection)
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    for _sort, _name, sql in sorted(_schema(strict=sqlite3.sqlite_version_info >= (3, 37))):
        connection.execute(sql)
    connection.execute("COMMIT")
    _release(connection)


def _choose_safety(connection: sqlite3.Connection) -> None:
    """Ask for the settings that lose nothing when the power fails, and believe only what is read back."""
    mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    connection.execute("PRAGMA synchronous = EXTRA")
    # On macOS an ordinary sync stops at the drive's own memory; elsewhere this changes nothing.
    connection.execute("PRAGMA fullfsync = ON")
    if (mode, _setting(connection, "synchronous")) != (b"delete", 3):
        raise sqlite3.OperationalError("SQLite refuses the safe way of writing")


def _seize(connection: sqlite3.Connection) -> None:
    """Take the lock that keeps other windows out until the journal is closed."""
    _choose_safety(connection)
    connection.execute(f"PRAGMA max_page_count = {LARGEST_FILE // _setting(connection, 'page_size')}")
    connection.execute("BEGIN EXCLUSIVE")
    # A rehearsed change, taken back: a folder that cannot be written to shows now, and not at the first order.
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.execute("ROLLBACK")


def _release(connection: sqlite3.Connection) -> None:
    # Under exclusive locking SQLite blanks its rollback journal instead of deleting it; this removes the blank file.
    with suppress(sqlite3.Error):
        for setting in ("locking_mode = NORMAL", "journal_mode = PERSIST", "journal_mode = DELETE"):
            connection.execute(f"PRAGMA {setting}")
    connection.close()


def _verified(place: Path) -> tuple[Entry, ...]:
    """All entries of the file, which is only read."""
    with _plainly(place):
        found = place.stat()
        if not place.is_file():
            raise Unreadable(say("{file} is not a file; choose a session's journal file.", file=_shown(place)))
        if not found.st_size:
            _damaged(place, say("it is empty"))
        if found.st_size > LARGEST_FILE:
            _damaged(place, say("it is larger than {limit} MB", limit=LARGEST_FILE >> 20))
        rollback, log = _companions(place)
        if log.exists():
            # SQLite would put the log's pages over ours.
            _damaged(place, say("{log} lies beside it, which Kuroshio never writes", log=_shown(log)))
        # SQLite itself opens the file, not open(): closing any other handle on it would, on Linux and macOS, silently
        # drop the lock of a journal that this program has open. For that reason not immutable=1 either.
        try:
            with closing(_connect(place, "ro")) as connection:
                return _checked(connection, place)
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", 0)
            if code == sqlite3.SQLITE_READONLY_ROLLBACK:
                return _rehearsed(place, rollback)
            if code & 0xFF == sqlite3.SQLITE_IOERR and _in_wal_mode(place):
                _damaged(place, say("it is kept in SQLite's WAL mode, which Kuroshio never uses"))
            raise


def _rehearsed(place: Path, rollback: Path) -> tuple[Entry, ...]:
    """The entries after undoing what a crash left half written, undone in a copy only.

    A rollback journal that is still hot belongs to the file: the program stopped within a commit, and no read-only
    opening can undo it. So the undoing is tried on a copy; only if that gives a good journal does the writable opening
    do the same to the file itself. Nobody holds a lock at this moment, else SQLite would not have called it hot.
    """
    with TemporaryDirectory(prefix="kuroshio-") as folder:
        copy = Path(folder) / "copy"
        undo, _log = _companions(copy)
        if rollback.stat().st_size > 2 * LARGEST_FILE:
            _damaged(place, say("its rollback journal is too large"))
        shutil.copyfile(place, copy)
        shutil.copyfile(rollback, undo)
        with undo.open("rb") as stream:
            stream.seek(max(0, undo.stat().st_size - len(_ROLLBACK_MAGIC)))
            if stream.read() == _ROLLBACK_MAGIC:
                # Such a journal makes SQLite delete a file of its author's choice.
                _damaged(place, say("its rollback journal names another file, which Kuroshio never does"))
        # Problems are reported about the file, not about the copy: its name says nothing to anybody.
        with closing(_connect(copy, "rw")) as connection:
            return _checked(connection, place)


def _in_wal_mode(place: Path) -> bool:
    with place.open("rb") as stream:
        return 2 in stream.read(20)[18:]


def _checked(connection: sqlite3.Connection, place: Path) -> tuple[Entry, ...]:
    """All entries, after everything about the file has been compared with what Kuroshio writes."""
    if _setting(connection, "application_id") != APPLICATION:
        _damaged(place, say("it is an SQLite file of another program"))
    version = _setting(connection, "user_version")
    if version > FORMAT:
        raise Damaged(
            say(
                "{file} has journal format {found}, but this Kuroshio knows formats up to {known}; open it with a "
                "newer Kuroshio.",
                file=_shown(place),
                found=version,
                known=FORMAT,
            )
        )
    if version != FORMAT:
        _damaged(place, say("its format {found} never existed", found=version))
    # Compared before the first use of the table: no trigger, view or check of a stranger ever runs.
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    declared = [_schema(strict=strict) for strict in (True, False)]
    known = [{tuple(text.encode() for text in row) for row in schema} for schema in declared]
    if set(rows) not in known or len(rows) != len(declared[0]):
        _damaged(place, say("its tables, triggers or views are not those of a journal"))
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [(b"ok",)]:
        _damaged(place, say("SQLite finds its pages damaged"))
    entries: list[Entry] = []
    previous = ""
    for row in connection.execute("SELECT seq, kind, body, digest FROM entries ORDER BY seq"):
        try:
            entry = _unsealed(row, len(entries) + 1, previous)
        except (ValueError, RecursionError) as error:
            why = say("entry {seq} was changed, lost or put in from elsewhere", seq=len(entries) + 1)
            raise Damaged(_damage(place, why)) from error
        entries.append(entry)
        previous = entry.digest
    return tuple(entries)


def _unsealed(row: tuple[Any, ...], seq: int, previous: str) -> Entry:
    """The entry in a row of the table. Raises ValueError or RecursionError when anything about it is wrong."""
    found, *texts = row
    if found != seq or not all(isinstance(text, bytes) for text in texts):
        raise ValueError("not the next entry")
    kind, text, digest = (text.decode() for text in texts)
    body = json.loads(text, parse_constant=_no_constant)
    if not isinstance(body, dict) or not _is_kind(kind) or _canonical(_plain(body)) != text:
        raise ValueError("not a canonical body")
    if _digest(previous, seq, kind, text) != digest:
        raise ValueError("not the right digest")
    return Entry(seq, kind, body, digest)


def _is_kind(kind: str) -> bool:
    return 0 < len(kind) <= LONGEST_KIND and kind.isprintable()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _plain(value: Any, room: int = DEEPEST_BODY) -> Any:
    """The same value in JSON's own types. Raises TypeError for other types and ValueError for too much depth.

    The depth has its own fixed limit because Python's depends on where the reader stands.
    """
    if room < 0:
        raise ValueError(f"a body has at most {DEEPEST_BODY} levels")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the keys of a body are texts")
        return {key: _plain(part, room - 1) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, room - 1) for part in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"JSON has no {type(value).__name__}")


def _canonical(body: Any) -> str:
    """The only spelling of a JSON document. Raises ValueError for NaN, infinity and integers of over 4300 digits."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _digest(previous: str, seq: int, kind: str, text: str) -> str:
    """SHA-256 of the canonical JSON text of [previous digest, seq, kind, body]; before the first entry comes ""."""
    link = f"{_canonical([previous, seq, kind])[:-1]},{text}]"
    return hashlib.sha256(link.encode()).hexdigest()


@contextmanager
def _plainly(place: Path) -> Iterator[None]:
    """Say what SQLite and the operating system report in words for people."""
    try:
        yield
    except FileExistsError as error:
        raise Unreadable(_exists(place)) from error
    except FileNotFoundError as error:
        raise Unreadable(
            say("{file} was not found; check the name and the folder.", file=_shown(place)),
        ) from error
    except (OSError, MemoryError) as error:
        raise Unreadable(_refused(place, error)) from error
    except sqlite3.Error as error:
        raise _reported(place, error) from error
    except UnicodeDecodeError as error:
        # SQLite quotes the file's own names in its reports, and Python cannot decode such a report.
        raise Damaged(_damage(place, say("its names are not text"))) from error


def _reported(place: Path, error: sqlite3.Error) -> JournalProblem:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Unreadable(
            say("{file} is already open in another window; close it there first.", file=_shown(place)),
        )
    if code == sqlite3.SQLITE_FULL:
        return Unreadable(
            say(
                "{file} could not be written because the disk is full or the journal has reached {limit} MB; make "
                "room, or go on in a new session.",
                file=_shown(place),
                limit=LARGEST_FILE >> 20,
            )
        )
    if code in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    ):
        return Unreadable(_refused(place, error))
    return Damaged(_damage(place, say("SQLite reports: {report}", report=_shown(error))))


def _exists(place: Path) -> str:
    return say("{file} exists already and is never overwritten; choose another name.", file=_shown(place))


def _refused(place: Path, error: BaseException) -> str:
    return say(
        "{file} cannot be read or written ({reason}); check that the file and its folder are yours to change and that "
        "the disk works.",
        file=_shown(place),
        reason=_shown(getattr(error, "strerror", None) or error),
    )


def _damage(place: Path, why: str) -> str:
    return say(
        "{file} is not an undamaged Kuroshio journal: {why}; choose another file or a copy made earlier.",
        file=_shown(place),
        why=why,
    )


def _damaged(place: Path, why: str) -> NoReturn:
    raise Damaged(_damage(place, why))


def _shown(text: object) -> str:
    """A name or report for the screen: a stranger's file must not steer the terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(text))[:300]
