"""Judging a journal's file: how it is connected to, what has to be in it, and what is said when something is wrong.

A journal that comes from somebody else is treated as hostile: it is judged read-only, and nothing stored in it is ever
run. `game.play.journal` holds the open journal.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn
from urllib.parse import quote

import attrs

from game.words import say

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


class JournalProblem(Exception):
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


# --- connecting -------------------------------------------------------------------------------------------------------


def place_of(path: Path) -> Path:
    """Where SQLite will look: it puts its companion files beside the file that a link leads to."""
    if "\0" in str(path):
        raise Unreadable(out_of_reach(path, ValueError(say("a file name has no zero characters"))))
    try:
        os.fsencode(path)
        return path.resolve() if path.is_symlink() else path.absolute()
    except (OSError, RuntimeError, UnicodeError) as error:
        raise Unreadable(out_of_reach(path, error)) from error


def companions(place: Path) -> tuple[Path, Path]:
    """SQLite's rollback journal, and the write-ahead log that Kuroshio never uses."""
    return place.with_name(place.name + "-journal"), place.with_name(place.name + "-wal")


def _address(absolute: str, mode: str) -> str:
    """The file as a URI; with two slashes more for a Windows share, as SQLite knows no host names."""
    rooted = absolute if absolute.startswith("/") else "/" + absolute
    return f"file://{quote(os.fsencode(rooted), safe='/:')}?mode={mode}"


def connect(place: Path, mode: str) -> sqlite3.Connection:
    """A connection with every safety that SQLite offers against a hostile file."""
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


def setting_of(connection: sqlite3.Connection, name: str) -> Any:
    """What a pragma reads."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def declarations(*, strict: bool) -> frozenset[tuple[str, str, str]]:
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


def choose_safety(connection: sqlite3.Connection) -> None:
    """Ask for the settings that lose nothing when the power fails, and believe only what is read back."""
    mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
    connection.execute("PRAGMA synchronous = EXTRA")
    # On macOS an ordinary sync stops at the drive's own memory; elsewhere this changes nothing.
    connection.execute("PRAGMA fullfsync = ON")
    if (mode, setting_of(connection, "synchronous")) != (b"delete", 3):
        raise sqlite3.OperationalError("SQLite refuses the safe way of writing")


def release(connection: sqlite3.Connection) -> None:
    """Let go of the file, and leave nothing beside it."""
    # Under exclusive locking SQLite blanks its rollback journal instead of deleting it; this removes the blank file.
    with suppress(sqlite3.Error):
        for setting in ("locking_mode = NORMAL", "journal_mode = PERSIST", "journal_mode = DELETE"):
            connection.execute(f"PRAGMA {setting}")
    connection.close()


# --- verifying --------------------------------------------------------------------------------------------------------


def verified_entries(place: Path) -> tuple[Entry, ...]:
    """All entries of the file, which is only read."""
    with in_plain_words(place):
        found = place.stat()
        if not place.is_file():
            raise Unreadable(say("{file} is not a file; choose a session's journal file.", file=shown(place)))
        if not found.st_size:
            _damaged(place, say("it is empty"))
        if found.st_size > LARGEST_FILE:
            _damaged(place, say("it is larger than {limit} MB", limit=LARGEST_FILE >> 20))
        rollback, log = companions(place)
        if log.exists():
            # SQLite would put the log's pages over ours.
            _damaged(place, say("{log} lies beside it, which Kuroshio never writes", log=shown(log)))
        # SQLite itself opens the file, not open(): closing any other handle on it would, on Linux and macOS, silently
        # drop the lock of a journal that this program has open. For that reason not immutable=1 either.
        try:
            with closing(connect(place, "ro")) as connection:
                return checked_entries(connection, place)
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
        undo, _log = companions(copy)
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
        with closing(connect(copy, "rw")) as connection:
            return checked_entries(connection, place)


def _in_wal_mode(place: Path) -> bool:
    with place.open("rb") as stream:
        return 2 in stream.read(20)[18:]


def checked_entries(connection: sqlite3.Connection, place: Path) -> tuple[Entry, ...]:
    """All entries, after everything about the file has been compared with what Kuroshio writes."""
    if setting_of(connection, "application_id") != APPLICATION:
        _damaged(place, say("it is an SQLite file of another program"))
    version = setting_of(connection, "user_version")
    if version > FORMAT:
        raise Damaged(
            say(
                "{file} has journal format {found}, but this Kuroshio knows formats up to {known}; open it with a "
                "newer Kuroshio.",
                file=shown(place),
                found=version,
                known=FORMAT,
            )
        )
    if version != FORMAT:
        _damaged(place, say("its format {found} never existed", found=version))
    # Compared before the first use of the table: no trigger, view or check of a stranger ever runs.
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    declared = [declarations(strict=strict) for strict in (True, False)]
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
    if not isinstance(body, dict) or not is_kind(kind) or canonical(plain_body(body)) != text:
        raise ValueError("not a canonical body")
    if link_digest(previous, seq, kind, text) != digest:
        raise ValueError("not the right digest")
    return Entry(seq, kind, body, digest)


def is_kind(kind: str) -> bool:
    """Whether this may be the name of a kind of entry."""
    return 0 < len(kind) <= LONGEST_KIND and kind.isprintable()


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def plain_body(value: Any, room: int = DEEPEST_BODY) -> Any:
    """The same value in JSON's own types. Raises TypeError for other types and ValueError for too much depth.

    The depth has its own fixed limit because Python's depends on where the reader stands.
    """
    if room < 0:
        raise ValueError(f"a body has at most {DEEPEST_BODY} levels")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the keys of a body are texts")
        return {key: plain_body(part, room - 1) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain_body(part, room - 1) for part in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"JSON has no {type(value).__name__}")


def canonical(body: Any) -> str:
    """The only spelling of a JSON document. Raises ValueError for NaN, infinity and integers of over 4300 digits."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def link_digest(previous: str, seq: int, kind: str, text: str) -> str:
    """SHA-256 of the canonical JSON text of [previous digest, seq, kind, body]; before the first entry comes ""."""
    link = f"{canonical([previous, seq, kind])[:-1]},{text}]"
    return hashlib.sha256(link.encode()).hexdigest()


# --- messages ---------------------------------------------------------------------------------------------------------


@contextmanager
def in_plain_words(place: Path) -> Iterator[None]:
    """Say what SQLite and the operating system report in words for people."""
    try:
        yield
    except FileExistsError as error:
        raise Unreadable(already_there(place)) from error
    except FileNotFoundError as error:
        raise Unreadable(
            say("{file} was not found; check the name and the folder.", file=shown(place)),
        ) from error
    except (OSError, MemoryError) as error:
        raise Unreadable(out_of_reach(place, error)) from error
    except sqlite3.Error as error:
        raise _reported(place, error) from error
    except UnicodeDecodeError as error:
        # SQLite quotes the file's own names in its reports, and Python cannot decode such a report.
        raise Damaged(_damage(place, say("its names are not text"))) from error


def _reported(place: Path, error: sqlite3.Error) -> JournalProblem:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CANTOPEN) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Unreadable(
            say("{file} is already open in another window; close it there first.", file=shown(place)),
        )
    if code == sqlite3.SQLITE_FULL:
        return Unreadable(
            say(
                "{file} could not be written because the disk is full or the journal has reached {limit} MB; make "
                "room, or go on in a new session.",
                file=shown(place),
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
        return Unreadable(out_of_reach(place, error))
    return Damaged(_damage(place, say("SQLite reports: {report}", report=shown(error))))


def already_there(place: Path) -> str:
    """The sentence for a file that stands in the way."""
    return say("{file} exists already and is never overwritten; choose another name.", file=shown(place))


def out_of_reach(place: Path, error: BaseException) -> str:
    """The sentence for a file that the system does not let Kuroshio use."""
    return say(
        "{file} cannot be read or written ({reason}); check that the file and its folder are yours to change and that "
        "the disk works.",
        file=shown(place),
        reason=shown(getattr(error, "strerror", None) or error),
    )


def _damage(place: Path, why: str) -> str:
    return say(
        "{file} is not an undamaged Kuroshio journal: {why}; choose another file or a copy made earlier.",
        file=shown(place),
        why=why,
    )


def _damaged(place: Path, why: str) -> NoReturn:
    raise Damaged(_damage(place, why))


def shown(text: object) -> str:
    """A name or report for the screen: a stranger's file must not steer the terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(text))[:300]
