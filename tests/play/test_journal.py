"""The journal keeps what it acknowledged, notices every change, and touches nothing that is not its own."""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import game
from game.play import journal_check as module
from game.play.journal import Damaged, Entry, Journal, JournalProblem, Unreadable

WRITER = Path(__file__).with_name("crash_writer.py")
ITEMS: list[tuple[str, dict[str, Any]]] = [
    ("start", {"seed": 7, "名": "東シナ海"}),
    ("order", {"a": [1, 2.5, None, True]}),
    ("turn", {}),
]

Folder = dict[str, tuple[int, bytes]]


def folder(path: Path) -> Folder:
    """Names, times and bytes of everything beside *path*."""
    return {each.name: (each.stat().st_mtime_ns, each.read_bytes()) for each in path.parent.iterdir() if each.is_file()}


def made(path: Path, items: list[tuple[str, dict[str, Any]]] = ITEMS) -> tuple[Entry, ...]:
    with Journal.create(path) as journal:
        journal.append_all(items)
        return journal.entries


def raw(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(path, isolation_level=None))


def refuses(path: Path, problem: type[JournalProblem], text: str = ".") -> None:
    """Both ways of opening name the file and the reason, and leave everything as it was."""
    before = folder(path) if path.parent.exists() else {}
    for opening in (Journal.read, Journal.open):
        with pytest.raises(problem, match=text) as caught:
            opening(path)
        assert path.name[:40] in str(caught.value)
        assert str(caught.value).endswith(".")
        assert (folder(path) if path.parent.exists() else {}) == before


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "session.kuroshio"


# --- what is kept ---------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
BODIES = st.dictionaries(
    TEXTS,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.integers(10**40, 10**60)
        | TEXTS
        | st.floats(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["order", "event", "巻"]), BODIES), max_size=6))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, items: list[tuple[str, dict[str, Any]]]) -> None:
    path = tmp_path_factory.mktemp("trip") / "s.kuroshio"
    with Journal.create(path) as journal:
        half = len(items) // 2
        first = journal.append_all(items[:half])
        rest = tuple(journal.append(kind, body) for kind, body in items[half:])
        assert journal.entries == first + rest
    assert [(e.kind, repr(e.body)) for e in journal.entries] == [
        (kind, repr(json.loads(json.dumps(body, sort_keys=True)))) for kind, body in items
    ]
    assert [e.seq for e in journal.entries] == list(range(1, len(items) + 1))
    assert Journal.read(path) == journal.entries
    with Journal.open(path) as again:
        assert again.entries == journal.entries
    assert os.listdir(path.parent) == [path.name]


def test_the_digest_can_be_computed_by_others(path: Path) -> None:
    previous = ""
    for entry in made(path):
        link = [previous, entry.seq, entry.kind, entry.body]
        text = json.dumps(link, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(text.encode()).hexdigest()
        assert entry.digest == previous


@pytest.mark.parametrize(
    "name",
    ["a b#c?d%41&mode=memory.k", "東シナ海 ⚓ é.k", "50%.k", "-x.k", *([] if os.name == "nt" else ["a\\b\n:.k"])],
)
def test_names_of_every_kind(tmp_path: Path, name: str) -> None:
    (tmp_path / "sub #1?").mkdir()
    path = tmp_path / "sub #1?" / name if os.name != "nt" else tmp_path / name.replace("?", "")
    entries = made(path)
    assert os.listdir(path.parent) == [path.name]
    assert Journal.read(path) == entries
    with Journal.open(path) as journal:
        assert journal.append("more", {}).seq == len(entries) + 1


def test_the_address_of_windows_paths() -> None:
    assert module._address("C:/a b/é#.k", "ro") == "file:///C:/a%20b/%C3%A9%23.k?mode=ro"
    assert module._address("//server/share/x.k", "rw") == "file:////server/share/x.k?mode=rw"


def test_relative_paths_and_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with Journal.create(Path(path.name)) as journal:
        monkeypatch.chdir("/")
        journal.append("a", {})
    link = path.parent / "elsewhere" / "link"
    link.parent.mkdir()
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("no links here")
    with Journal.open(link) as journal:
        journal.append("b", {})
    assert [e.kind for e in Journal.read(path)] == ["a", "b"]
    assert os.listdir(link.parent) == ["link"]


def test_safety_settings(path: Path) -> None:
    made(path)
    with Journal.open(path) as journal:
        connection = journal._connection
        assert connection is not None
        found = {
            name: module.setting_of(connection, name)
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "application_id",
                "user_version",
            )
        }
        assert found == {
            "journal_mode": b"delete",
            "synchronous": 3,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "application_id": module.APPLICATION,
            "user_version": 1,
        }


def test_no_strict_tables_in_old_sqlite(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 0))
    entries = made(path)
    with raw(path) as connection:
        assert "STRICT" not in connection.execute("SELECT sql FROM sqlite_master WHERE name = 'entries'").fetchone()[0]
    monkeypatch.undo()
    assert Journal.read(path) == entries


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entries SET kind = 'x' WHERE seq = 1",
        "DELETE FROM entries WHERE seq = 3",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries VALUES (1, 'x', '{}', '')",
        "INSERT INTO entries VALUES (9, 'x', '{}', '')",
    ],
)
def test_append_only(path: Path, sql: str) -> None:
    entries = made(path)
    with raw(path) as connection, pytest.raises(sqlite3.IntegrityError, match="only appended to"):
        connection.execute(sql)
    assert Journal.read(path) == entries


# --- what may not be appended ---------------------------------------------------------------------------------------


def nested(levels: int) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for _ in range(levels):
        body = {"x": body}
    return body


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("", {}, ValueError),
        ("a\nb", {}, ValueError),
        ("k", {"x": float("nan")}, ValueError),
        ("k", {"x": 10**5000}, ValueError),
        ("k", {"x": "\ud800"}, ValueError),
        ("k", nested(101), ValueError),
        ("k", nested(100_000), ValueError),
        ("k", {1: "one"}, TypeError),
        ("k", {"x": {1, 2}}, TypeError),
        ("k", [1], TypeError),
        ("k", {"x": "y" * (32 * 2**20)}, Unreadable),
    ],
    ids=range(11),
)
def test_bodies_that_are_no_documents(path: Path, kind: str, body: Any, error: type[Exception]) -> None:
    with Journal.create(path) as journal:
        with pytest.raises(error):
            journal.append_all([("fine", {}), (kind, body)])
        assert journal.entries == ()
        journal.append("fine", nested(100))
    assert Journal.read(path) == journal.entries
    with pytest.raises(ValueError, match="closed"):
        journal.append("late", {})


def test_memory_does_not_follow_the_callers_body(path: Path) -> None:
    body: dict[str, Any] = {"list": [1]}
    with Journal.create(path) as journal:
        journal.append("k", body)
        body["list"].append(2)
        assert journal.entries[0].body == {"list": [1]}


# --- changed files --------------------------------------------------------------------------------------------------


def survives(path: Path, good: tuple[Entry, ...]) -> bool:
    """Whether the file still reads as *good*; if not, it must be refused and left alone. Nothing else may happen."""
    before = folder(path)
    try:
        with Journal.open(path) as journal:
            found = journal.entries
    except JournalProblem:
        assert reads(path) in (None, good)
        found = None
    else:
        assert found == reads(path) == good
    assert folder(path) == before
    return found is not None


def reads(path: Path) -> tuple[Entry, ...] | None:
    try:
        return Journal.read(path)
    except JournalProblem:
        return None


def test_flipped_bytes(path: Path) -> None:
    good = made(path)
    whole = path.read_bytes()
    chance = random.Random(20)
    used = [at for at in range(len(whole)) if whole[at]]
    places = [*range(100), *chance.sample(used, 180), *chance.sample(range(len(whole)), 60)]
    harmless = 0
    for at in places:
        flipped = bytearray(whole)
        flipped[at] ^= chance.randrange(1, 256)
        path.write_bytes(flipped)
        harmless += survives(path, good)
    assert harmless < len(places) * 0.6


def test_wal_mode(path: Path) -> None:
    made(path)
    whole = bytearray(path.read_bytes())
    whole[18:20] = b"\2\2"
    path.write_bytes(whole)
    refuses(path, Damaged, "WAL")


def test_truncation(path: Path) -> None:
    good = made(path, [*ITEMS, ("long", {"text": "x" * 20_000})])
    whole = path.read_bytes()
    for length in {*range(0, 110, 9), *range(0, len(whole), 517), *range(0, len(whole), 4096), len(whole) - 1}:
        path.write_bytes(whole[:length])
        assert not survives(path, good)
    path.write_bytes(whole + b"x" * 5000)
    survives(path, good)


def rewritten(path: Path, *changes: str) -> None:
    """The journal after somebody edited it with the triggers out of the way, and put the triggers back."""
    with raw(path) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for change in changes:
            connection.execute(change)
        for _, sql in triggers:
            connection.execute(sql)


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE entries SET body = '{\"seed\":8}' WHERE seq = 1", 1),
        ("UPDATE entries SET kind = 'orders' WHERE seq = 2", 2),
        ("UPDATE entries SET digest = upper(digest) WHERE seq = 3", 3),
        ("DELETE FROM entries WHERE seq = 2", 2),
        ("DELETE FROM entries WHERE seq = 1", 1),
        ("UPDATE entries SET body = CAST(x'ff' AS TEXT) WHERE seq = 2", 2),
    ],
)
def test_broken_chain(path: Path, change: str, seq: int) -> None:
    made(path)
    rewritten(path, change)
    refuses(path, Damaged, f"entry {seq} was changed")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        '{"a":' * 101 + "{}" + "}" * 101,
        "[]",
        "7",
        "",
        '{"a":NaN}',
        '{"a":1e999}',
        '{"a":' + "9" * 5000 + "}",
        '{"a":1,"a":2}',
        '{"a": 1}',
        '{"a":"\\ud800"}',
    ],
    ids=range(12),
)
def test_hostile_bodies_with_a_right_digest(path: Path, text: str) -> None:
    Journal.create(path).close()
    digest = module.link_digest("", 1, "k", text)
    rewritten(path, f"INSERT INTO entries VALUES (1, 'k', '{text}', '{digest}')")
    refuses(path, Damaged, "entry 1")


def test_entries_and_files_too_large(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(path, [("big", {"x": "y" * 20_000})])
    monkeypatch.setattr(module, "LARGEST_ENTRY", 10_000)
    refuses(path, Damaged)
    monkeypatch.undo()
    monkeypatch.setattr(module, "LARGEST_FILE", 10_000)
    refuses(path, Damaged, "larger")


# --- foreign files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"Dear facilitator,\n", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"SQLite format 3\0", b"\0" * 8192],
    ids=["empty", "text", "picture", "magic", "zeros"],
)
def test_files_of_other_kinds(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refuses(path, Damaged, "not an undamaged Kuroshio journal")


def test_other_programs_sqlite(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE places (url TEXT)")
    refuses(path, Damaged, "another program")
    with raw(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO places VALUES ('x')")
    refuses(path, Damaged, "WAL")


@pytest.mark.parametrize(("version", "text"), [(2, "newer Kuroshio"), (0, "never existed"), (-5, "never existed")])
def test_other_formats(path: Path, version: int, text: str) -> None:
    made(path)
    with raw(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    refuses(path, Damaged, text)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER extra AFTER INSERT ON entries BEGIN SELECT RAISE(ABORT, 'ran'); END",
        "CREATE VIEW extra AS SELECT * FROM entries",
        "CREATE TABLE extra (x)",
        "CREATE INDEX extra ON entries (kind)",
        "ALTER TABLE entries ADD COLUMN more TEXT",
        "DROP TRIGGER entries_stay",
        "ALTER TABLE entries RENAME TO kept; CREATE VIEW entries AS SELECT * FROM kept",
    ],
)
def test_other_schemas(path: Path, sql: str) -> None:
    made(path)
    with raw(path) as connection:
        connection.executescript(sql)
    refuses(path, Damaged, "tables, triggers or views")


def test_a_strangers_text_does_not_steer_the_terminal(path: Path) -> None:
    made(path)
    with raw(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = 'x' || char(27) || '[31m', name = char(27) WHERE rowid = 2")
    with pytest.raises(Damaged) as caught:
        Journal.read(path)
    assert str(caught.value).isprintable()


def test_a_write_ahead_log_beside_the_journal(path: Path) -> None:
    made(path)
    path.with_name(path.name + "-wal").write_bytes(b"pages of somebody else")
    refuses(path, Damaged, "never writes")


# --- files that cannot be used --------------------------------------------------------------------------------------


def test_missing_folder_and_odd_names(path: Path) -> None:
    refuses(path, Unreadable, "not found")
    refuses(path.parent / "none" / "x", Unreadable, "not found")
    refuses(path.parent / ("x" * 5000), Unreadable)
    path.mkdir()
    refuses(path, Unreadable, "not a file")
    for bad in (path.parent / "none" / "x", path, path.parent / ("x" * 5000), Path("a\0b"), Path("a\ud800\ud800/b")):
        with pytest.raises(Unreadable):
            Journal.create(bad)
    for bad in (Path("a\0b"), Path("a\ud800\ud800/b")):
        with pytest.raises(Unreadable):
            Journal.open(bad)


@pytest.mark.parametrize("beside", ["", "-journal", "-wal"])
def test_create_never_overwrites(path: Path, beside: str) -> None:
    path.with_name(path.name + beside).write_bytes(b"precious")
    before = folder(path)
    with pytest.raises(Unreadable, match="never overwritten"):
        Journal.create(path)
    assert folder(path) == before


def test_two_windows(path: Path) -> None:
    made(path)
    with Journal.open(path) as journal:
        journal.append("first", {})
        # Not with refuses(): reading the file's bytes in this program would drop the lock on Linux and macOS.
        for opening in (Journal.read, Journal.open):
            with pytest.raises(Unreadable, match="already open in another window"):
                opening(path)
        # A second program: the lock is still there after the refusals above.
        program = (
            "import sys; from pathlib import Path; from game.play.journal import *\n"
            "try: Journal.open(Path(sys.argv[1]))\n"
            "except Unreadable as problem: print(problem)"
        )
        for _ in range(2):
            assert "already open in another window" in printed_by(program, path)
        journal.append("second", {})
    with Journal.open(path) as journal:
        assert [e.kind for e in journal.entries[-2:]] == ["first", "second"]
    assert os.listdir(path.parent) == [path.name]


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "locked"
    place.mkdir()
    yield place
    place.chmod(0o700)


def test_read_only_folder(locked_folder: Path) -> None:
    path = locked_folder / "s.k"
    entries = made(path)
    locked_folder.chmod(0o500)
    if os.access(locked_folder, os.W_OK):
        pytest.skip("this user may write everywhere")
    assert Journal.read(path) == entries
    with pytest.raises(Unreadable):
        Journal.open(path)
    with pytest.raises(Unreadable):
        Journal.create(locked_folder / "other")


def test_no_rollback_journal_possible(path: Path) -> None:
    """As in a read-only folder, but for every user: the rollback journal's name is taken by a folder."""
    entries = made(path)
    path.with_name(path.name + "-journal").mkdir()
    before = folder(path)
    with pytest.raises(Unreadable):
        Journal.open(path)
    assert folder(path) == before
    path.with_name(path.name + "-journal").rmdir()
    assert Journal.read(path) == entries


def test_full_disk(path: Path) -> None:
    with Journal.create(path) as journal:
        journal.append("before", {})
        assert journal._connection is not None
        pages = module.setting_of(journal._connection, "page_count")
        journal._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(Unreadable, match="full"):
            journal.append_all([("small", {}), ("large", {"x": "y" * 50_000})])
        assert [e.kind for e in journal.entries] == ["before"]
        journal.append("after", {})
        assert [e.kind for e in journal.entries] == ["before", "after"]
    assert Journal.read(path) == journal.entries


def test_a_real_full_disk(path: Path) -> None:
    """Every write of the child fails once a file grows over 60 kB, as far as the system can be told to do that."""
    pytest.importorskip("resource")
    made(path)
    program = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom game.play.journal import *\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "journal = Journal.open(Path(sys.argv[1]))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))\n"
        "try:\n    while True: journal.append('k', {'x': 'y' * 1000})\n"
        "except Unreadable as problem: print(len(journal.entries), problem)"
    )
    assert int(printed_by(program, path).split()[0]) == len(Journal.read(path)) > 10


# --- crashes --------------------------------------------------------------------------------------------------------


def surroundings() -> dict[str, str]:
    assert game.__file__
    return {**os.environ, "PYTHONPATH": str(Path(game.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}


def printed_by(program: str, path: Path) -> str:
    """What a program prints that a process of its own runs."""
    return subprocess.run(
        [sys.executable, "-c", program, path],
        env=surroundings(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout


def test_kill(path: Path) -> None:
    """Practice G2: everything acknowledged is there, and at most one entry more."""
    Journal.create(path).close()
    chance = random.Random(9)
    known = 0
    for turn in range(20):
        with subprocess.Popen([sys.executable, WRITER, path], env=surroundings(), stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            time.sleep(chance.random() * 0.05)
            child.kill()
            printed = (first + child.stdout.read()).splitlines(keepends=True)
        acknowledged = [int(line) for line in printed if line.endswith(b"\n")]
        assert acknowledged[0] == known + 1
        before = folder(path)
        found = Journal.read(path)
        assert folder(path) == before
        assert [e.seq for e in found[: acknowledged[-1]]] == list(range(1, acknowledged[-1] + 1))
        assert 0 <= len(found) - acknowledged[-1] <= 1
        known = len(found)
        if turn % 2:
            with Journal.open(path) as journal:
                known = journal.append("recovered", {}).seq
    assert known > 20


@pytest.fixture
def hot(path: Path) -> tuple[Path, tuple[Entry, ...]]:
    """A journal as a crash within a commit leaves it: half written, with the rollback journal that undoes it."""
    good = made(path, [("k", {"x": "y" * 9000})] * 3)
    away = path.with_name("away")
    shutil.move(path, away)
    with raw(away) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("BEGIN")
        for name, _ in module._TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE entries SET body = replace(body, 'y', 'zz')")
        shutil.copyfile(away, path)
        shutil.copyfile(away.with_name("away-journal"), path.with_name(path.name + "-journal"))
        connection.execute("ROLLBACK")
    away.unlink()
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        torn = False
        try:
            rows = connection.execute("SELECT body FROM entries").fetchall()
            torn = rows != [(json.dumps(e.body, separators=(",", ":")),) for e in good]
        except sqlite3.DatabaseError:
            torn = True
        assert torn
    return path, good


def test_hot_rollback_journal(hot: tuple[Path, tuple[Entry, ...]]) -> None:
    path, good = hot
    before = folder(path)
    assert Journal.read(path) == good
    assert folder(path) == before
    with Journal.open(path) as journal:
        assert journal.entries == good
        journal.append("on", {})
    assert len(Journal.read(path)) == len(good) + 1
    assert os.listdir(path.parent) == [path.name]


def test_damaged_rollback_journal(hot: tuple[Path, tuple[Entry, ...]]) -> None:
    path, good = hot
    undo = path.with_name(path.name + "-journal")
    whole = undo.read_bytes()
    chance = random.Random(4)
    results = []
    for turn in range(80):
        at = chance.randrange(len(whole))
        undo.write_bytes(whole[:at] if turn % 2 else whole[:at] + bytes([whole[at] ^ 5]) + whole[at + 1 :])
        before = folder(path)
        results.append(reads(path))
        assert folder(path) == before
    undo.write_bytes(whole[: len(whole) // 2])
    refuses(path, Damaged)
    assert None in results
    assert all(found in (None, good) for found in results)


def test_hostile_rollback_journal(hot: tuple[Path, tuple[Entry, ...]]) -> None:
    """Bare SQLite would roll back, and then delete the file that the rollback journal names."""
    path, _good = hot
    victim = path.with_name("victim")
    victim.write_bytes(b"precious")
    undo = path.with_name(path.name + "-journal")
    undo.write_bytes(undo.read_bytes() + super_record(os.fsencode(victim)))
    refuses(path, Damaged, "names another file")
    with raw(path) as connection:
        connection.execute("SELECT * FROM entries")
    assert not victim.exists()


def super_record(name: bytes) -> bytes:
    """The end of a rollback journal that names a super-journal (SQLite's file format, section 3)."""
    check = sum(name)
    return b"\0\0\0\0" + name + len(name).to_bytes(4, "big") + check.to_bytes(4, "big") + module._ROLLBACK_MAGIC
