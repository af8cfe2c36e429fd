"""Reading the files of a scenario folder, which may come from anybody.

Nothing here judges what a scenario says: the files are found, decoded and taken apart, and everything that stands in
the way of that becomes a problem with a place. No file, however broken or hostile, raises an error, takes unbounded
memory or leads out of its folder, and nothing in a file is ever run.
"""

import codecs
import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any
from zipfile import BadZipFile

import attrs
import tomli

from game.scenario.positions import Path, Span, positions
from game.scenario.problems import Problem, in_order, nearest
from game.words import say

TOML_LIMIT = 1024 * 1024
"""Largest TOML file, in bytes."""

TEXT_LIMIT = 256 * 1024
"""Largest Markdown file, in bytes."""

FILE_LIMIT = 200
"""Most files that one scenario folder may have, Markdown files and variants included."""

FOLDER_LIMIT = 4 * 1024 * 1024
"""Most characters that the files of one folder may have together."""

DEPTH_LIMIT = 32
"""Deepest nesting of tables and arrays. tomli allows 400, at which the paths to all values fill gigabytes."""

VALUE_LIMIT = 50_000
"""Most values in one file, tables and arrays included."""

FOLDER_VALUE_LIMIT = 100_000
"""Most values in the files of one folder together."""

NAME_LIMIT = 80
"""Longest name of a scenario, a variant or a common part."""

MAIN_FILE = "scenario.toml"

_UNREADABLE = (OSError, RuntimeError, ValueError, EOFError, LookupError, BadZipFile, zlib.error)
"""What the file systems, zip files and odd names of this world raise when a file is looked up or read."""

_NAME_PART = re.compile(r"[a-z0-9][a-z0-9_-]*")
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONG_NUMBER = re.compile(r"[0-9](?:_?[0-9]){4300,}")
# tomli takes ten seconds for a megabyte of the longest keys that it allows, so they are looked for beforehand. The
# search itself must stay fast: it never starts within a word, and a quoted part is only followed for a while.
_LONG_KEY = re.compile(
    r"""
    (?<![A-Za-z0-9_.-])
    (?: (?: [A-Za-z0-9_-]++ | "(?:[^"\\\n]|\\.){0,40}+" | '[^'\n]{0,40}+' ) [ \t]*+ \. [ \t]*+ ){100}
    """,
    re.VERBOSE,
)
_CURLY_QUOTES = "\u201c\u201d\u201e\u300c\u300d\u300e\u300f"
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


@attrs.frozen
class Source:
    """One TOML file that could be read."""

    file: str
    """As shown to the author."""
    text: str
    """Without a byte order mark, lines ended by "\\n" alone."""
    table: dict[str, Any]
    spans: dict[Path, Span]
    """Where each value stands in *text*."""


@attrs.frozen
class Folder:
    """The files of one scenario that could be read."""

    name: str
    sources: tuple[Source, ...]
    """scenario.toml, then the other TOML files in the order of their names."""
    texts: dict[str, str]
    """The Markdown files of text/: name without ".md" -> content, lines ended by "\\n" alone."""
    variants: dict[str, Source]
    """The files of variants/: name without ".toml" -> content."""


def safe_name(name: str) -> bool:
    """Whether *name* may be used to build a path to a scenario, a variant or a common part.

    Such a name has parts of small letters, digits, "-" and "_", with "/" between them, no part that Windows keeps for
    a device, and at most 80 characters. It therefore never leads out of the folder at which it starts.
    """
    return len(name) <= NAME_LIMIT and all(
        _NAME_PART.fullmatch(part) and not _RESERVED.fullmatch(part) for part in name.split("/")
    )


def read_file(file: Traversable, shown: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read one TOML file, which the author knows as *shown*; no source when there is a problem. Raises nothing."""
    text, found = _text(file, shown, TOML_LIMIT)
    return (None, found) if text is None else _source(text, shown)


def text_of(file: Traversable) -> str:
    """The text of a file for showing a line of it; empty when it cannot be read. Raises nothing."""
    return _text(file, "", TOML_LIMIT)[0] or ""


def read_folder(folder: Traversable) -> tuple[Folder | None, tuple[Problem, ...]]:
    """Read the files of the scenario in *folder*: its TOML files, text/*.md and variants/*.toml. Raises nothing.

    Hidden files, files of other kinds and other folders are passed over. A file with a problem is left out of the
    answer; there is no folder at all without a good scenario.toml, or when a limit on the whole folder is passed.
    """
    name = folder_name(folder)
    try:
        if not folder.is_dir():
            return None, (_no_folder(folder, name),)
        entries = _entries(folder)
    except _UNREADABLE as error:
        return None, (_cannot_read(name, error),)
    problems: list[Problem] = []
    files = _of_kind(entries, ".toml", name, problems)
    text_files, variant_files = (
        _of_kind(_inside(folder, entries, sub, name, problems), suffix, f"{name}/{sub}", problems)
        for sub, suffix in (("text", ".md"), ("variants", ".toml"))
    )
    if (count := len(files) + len(text_files) + len(variant_files)) > FILE_LIMIT:
        message = say("This folder has {count} files. A scenario may have {most}.", count=count, most=FILE_LIMIT)
        return None, (_error("SCN003", name, message),)
    if MAIN_FILE not in files:
        problems.append(_no_main_file(name, entries))
    reading = _Reading(folder, name, problems)
    in_turn = sorted(files, key=lambda file: (file != MAIN_FILE, file))
    sources = [source for file in in_turn if (source := reading.toml(files[file], f"{name}/{file}"))]
    texts = {
        file.removesuffix(".md"): text
        for file, entry in text_files.items()
        if (text := reading.markdown(entry, f"{name}/text/{file}")) is not None
    }
    variants = {}
    for file, entry in variant_files.items():
        stem, shown = file.removesuffix(".toml"), f"{name}/variants/{file}"
        if "/" in stem or not safe_name(stem):
            problems.append(attrs.evolve(_unsafe(stem), file=shown))
        elif source := reading.toml(entry, shown):
            variants[stem] = source
    complete = bool(sources) and sources[0].file == f"{name}/{MAIN_FILE}" and not reading.is_full
    return Folder(name, tuple(sources), texts, variants) if complete else None, in_order(problems)


def read_part(root: Traversable, name: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the common part *name* ("common/tracks"), a TOML file below *root*. Raises nothing.

    A problem with the name itself names no file: it belongs to the place at which the part is asked for.
    """
    if not safe_name(name):
        return None, (_unsafe(name),)
    *folders, last = name.split("/")
    shown = f"{name}.toml"
    here = root
    try:
        # Looked up in the listings, because Windows and macOS would also open a file whose name has capital letters.
        for folder in folders:
            below = {entry.name: entry for entry in here.iterdir() if entry.is_dir()}
            if folder not in below:
                return None, (_no_part(name, folder, filter(safe_name, below)),)
            here = below[folder]
            if _leads_outside(root, here):
                return None, (_outside(shown),)
        present = {entry.name: entry for entry in here.iterdir()}
        if f"{last}.toml" not in present:
            stems = {file.removesuffix(".toml") for file in present if file.endswith(".toml")}
            return None, (_no_part(name, last, filter(safe_name, stems)),)
        if _leads_outside(root, present[f"{last}.toml"]):
            return None, (_outside(shown),)
    except _UNREADABLE as error:
        return None, (_cannot_read(shown, error),)
    return read_file(present[f"{last}.toml"], shown)


class _Reading:
    """Reads the files of one folder in turn and adds up their sizes."""

    def __init__(self, folder: Traversable, name: str, problems: list[Problem]) -> None:
        self.folder = folder
        self.name = name
        self.problems = problems
        self.characters = 0
        self.values = 0
        self.is_full = False

    def toml(self, file: Traversable, shown: str) -> Source | None:
        """Read one TOML file and note its problems."""
        if not self.may_read(file, shown):
            return None
        text, found = _text(file, shown, TOML_LIMIT)
        self.problems.extend(found)
        # Counted before it is parsed: many files that take long and then fail must come to an end, too.
        if text is None or not self.has_room(len(text), 0):
            return None
        source, found = _source(text, shown)
        self.problems.extend(found)
        return source if source and self.has_room(0, len(source.spans)) else None

    def markdown(self, file: Traversable, shown: str) -> str | None:
        """Read one Markdown file and note its problems."""
        if not self.may_read(file, shown):
            return None
        text, found = _text(file, shown, TEXT_LIMIT)
        self.problems.extend(found)
        return text.replace("\r", "\n") if text is not None and self.has_room(len(text), 0) else None

    def may_read(self, file: Traversable, shown: str) -> bool:
        """Whether there is room left and the file lies in the folder."""
        if self.is_full:
            return False
        try:
            outside = _leads_outside(self.folder, file)
        except _UNREADABLE as error:
            self.problems.append(_cannot_read(shown, error))
            return False
        if outside:
            self.problems.append(_outside(shown))
        return not outside

    def has_room(self, characters: int, values: int) -> bool:
        """Count what was read; say so when it is too much."""
        self.characters += characters
        self.values += values
        if self.characters > FOLDER_LIMIT or self.values > FOLDER_VALUE_LIMIT:
            self.is_full = True
            self.problems.append(_error("SCN007", self.name, say("The files of this folder are together too large.")))
        return not self.is_full


def _error(code: str, file: str, message: str, hint: str = "") -> Problem:
    """An error about a whole file."""
    return Problem("error", code, file, 0, 0, 0, message, hint)


def _placed(problem: Problem, text: str, at: int, length: int = 1) -> Problem:
    """The problem, now about *length* characters of *text* from character *at*."""
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return attrs.evolve(problem, line=line, column=column, end_column=column + length)


def _text(file: Traversable, shown: str, limit: int) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file of at most *limit* bytes."""
    try:
        if not file.is_file():
            return None, (_not_a_file(file, shown),)
        with file.open("rb") as stream:
            raw = stream.read(limit + 1)
    except _UNREADABLE as error:
        return None, (_cannot_read(shown, error),)
    if len(raw) > limit:
        message = say("This file is too large. It may have {limit} KiB.", limit=limit // 1024)
        return None, (_error("SCN007", shown, message),)
    # In UTF-16 every second byte of Latin text is zero; a text with a stray zero byte has far fewer.
    if raw.startswith(_WIDE_MARKS) or raw.count(0) > len(raw) // 4:
        message = say("This file is in UTF-16 or UTF-32. Save it with encoding UTF-8.")
        return None, (_error("SCN009", shown, message, _encoding_hint()),)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8")
        message = say("This file is not UTF-8. Save it with encoding UTF-8.")
        hint = say("A file from a Japanese or Chinese editor may be in another encoding (Shift-JIS, GBK, Big5).")
        return None, (_placed(_error("SCN008", shown, message, f"{hint} {_encoding_hint()}"), good, len(good)),)
    text = text.replace("\r\n", "\n")
    if control := _CONTROL.search(text):
        number = f"U+{ord(control.group()):04X}"
        message = say("The control character {number} may not stand in this file.", number=number)
        return None, (_placed(_error("SCN010", shown, message), text, control.start()),)
    return text, ()


def _source(text: str, shown: str) -> tuple[Source | None, tuple[Problem, ...]]:
    """Take the text of a TOML file apart."""
    if long_key := _LONG_KEY.search(text):
        return None, (_placed(_too_deep(shown), text, long_key.start()),)
    try:
        table = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return None, (_toml_problem(error, text, shown),)
    except RecursionError:
        return None, (_too_deep(shown),)
    except ValueError:
        return None, (_long_number(text, shown),)
    too_large, found = _weigh(table, shown)
    if found:
        return None, found
    try:
        spans = positions(text)
    except RecursionError:
        return None, (_too_deep(shown),)
    except ValueError as error:
        return None, (_error("SCN011", shown, say("This is not valid TOML: {reason}.", reason=str(error))),)
    found = tuple(_number_problem(shown, spans.get(path)) for path in too_large)
    return (None, found) if found else (Source(shown, text, table, spans), ())


def _encoding_hint() -> str:
    return say("In Notepad choose Save As and the encoding UTF-8.")


def _toml_problem(error: tomli.TOMLDecodeError, text: str, shown: str) -> Problem:
    message = say("This is not valid TOML: {reason}.", reason=error.msg)
    here = text[error.pos : error.pos + 1]
    meant = unicodedata.normalize("NFKC", here) if here else ""
    if here and here in _CURLY_QUOTES:
        hint = say("Here stands {sign}. TOML needs straight quotation marks.", sign=here)
    elif here == "\u3000":
        hint = say("Here stands a full-width space. TOML needs a plain space.")
    elif meant != here and meant.isascii():
        hint = say("Here stands the full-width sign {sign}. TOML needs {meant}.", sign=here, meant=meant)
    elif error.msg == "Cannot overwrite a value":
        hint = say("The same key stands twice in one table.")
    elif error.msg == "Invalid value":
        hint = say('Text stands in quotation marks: name = "Okinawa".')
    else:
        hint = ""
    return Problem("error", "SCN011", shown, error.lineno, error.colno, error.colno + 1, message, hint)


def _too_deep(shown: str) -> Problem:
    message = say("Tables and arrays are nested too deeply. {most} levels are allowed.", most=DEPTH_LIMIT)
    return _error("SCN012", shown, message)


def _weigh(table: dict[str, Any], shown: str) -> tuple[list[Path], tuple[Problem, ...]]:
    """The paths of the whole numbers that are too large, and a problem with the depth or the size of *table*."""
    too_large: list[Path] = []
    waiting: list[tuple[Path, object]] = [((), table)]
    count = 0
    while waiting:
        path, value = waiting.pop()
        below: Iterable[tuple[str | int, object]] = ()
        if isinstance(value, dict):
            below = value.items()
        elif isinstance(value, list):
            below = enumerate(value)
        elif isinstance(value, int) and not -(2**63) <= value < 2**63:
            too_large.append(path)
        if isinstance(value, dict | list):
            count += len(value)
            if value and len(path) == DEPTH_LIMIT:
                return [], (_too_deep(shown),)
            if count > VALUE_LIMIT:
                message = say("This file holds more than {most} values.", most=VALUE_LIMIT)
                return [], (_error("SCN014", shown, message),)
        waiting.extend(((*path, key), inner) for key, inner in below)
    return too_large, ()


def _long_number(text: str, shown: str) -> Problem:
    # tomli does not say where, so the first long row of digits must do.
    number = _LONG_NUMBER.search(text)
    problem = _number_problem(shown, None)
    return _placed(problem, text, number.start(), len(number.group())) if number else problem


def _number_problem(shown: str, span: Span | None) -> Problem:
    problem = _error("SCN013", shown, say("This number is too large."))
    if span is None:
        return problem
    place = span.value
    return attrs.evolve(problem, line=place.line, column=place.column, end_column=place.end_column)


def folder_name(folder: Traversable) -> str:
    """The name of a folder as it can be shown and written into a journal."""
    name = folder.name
    if name in {"", ".", ".."} and isinstance(folder, FilePath):
        try:
            name = folder.resolve().name
        except _UNREADABLE:
            name = ""
    return _writable(name) or "scenario"


def _writable(name: str) -> str:
    """A file name that can be written out: Linux allows names that are not text at all."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _entries(folder: Traversable) -> dict[str, Traversable]:
    """What lies in *folder*, by name and in the order of the names, without hidden files.

    macOS leaves a hidden binary file "._actors.toml" beside "actors.toml" on foreign disks and in zip files.
    """
    entries = {_writable(entry.name): entry for entry in folder.iterdir()}
    return {name: entries[name] for name in sorted(entries) if not name.startswith(".")}


def _inside(
    folder: Traversable, entries: dict[str, Traversable], sub: str, name: str, problems: list[Problem]
) -> dict[str, Traversable]:
    """What lies in the folder *sub* of *folder*; nothing when there is none."""
    if sub not in entries:
        return {}
    shown = f"{name}/{sub}"
    try:
        if _leads_outside(folder, entries[sub]):
            problems.append(_outside(shown))
        elif not entries[sub].is_dir():
            problems.append(_error("SCN006", shown, say("Here must be a folder, not a file.")))
        else:
            return _entries(entries[sub])
    except _UNREADABLE as error:
        problems.append(_cannot_read(shown, error))
    return {}


def _of_kind(
    entries: dict[str, Traversable], suffix: str, shown: str, problems: list[Problem]
) -> dict[str, Traversable]:
    """The entries whose names end in *suffix*; a warning for those that end in it with capital letters."""
    for name in entries:
        if name.lower().endswith(suffix) and not name.endswith(suffix):
            message = say("This file is not read: its name must end in {suffix}, in small letters.", suffix=suffix)
            problems.append(attrs.evolve(_error("SCN017", f"{shown}/{name}", message), severity="warning"))
    return {name: entry for name, entry in entries.items() if name.endswith(suffix)}


def _leads_outside(folder: Traversable, entry: Traversable) -> bool:
    """Whether *entry* of *folder* is a link to somewhere else. Raises what file systems raise."""
    if not isinstance(folder, FilePath) or not isinstance(entry, FilePath):
        return False
    return not entry.resolve().is_relative_to(folder.resolve())


def _outside(shown: str) -> Problem:
    return _error("SCN004", shown, say("This link leads outside the scenario folder."), say("Put a copy in its place."))


def _cannot_read(shown: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return _error("SCN005", shown, say("This cannot be read: {reason}.", reason=_writable(reason)))


def _not_a_file(file: Traversable, shown: str) -> Problem:
    if file.is_dir():
        return _error("SCN006", shown, say("Here must be a file, not a folder."))
    exists = not isinstance(file, FilePath) or file.exists() or file.is_symlink()
    message = say("This is not an ordinary file.") if exists else say("There is no such file.")
    return _error("SCN006", shown, message)


def _no_folder(folder: Traversable, name: str) -> Problem:
    if folder.is_file():
        return _error("SCN001", name, say("A scenario is a folder, and this is a file."))
    return _error("SCN001", name, say("There is no such folder."))


def _no_main_file(name: str, entries: Iterable[str]) -> Problem:
    hint = say("A scenario folder needs a file scenario.toml. It may have further .toml files, text/ and variants/.")
    for entry in entries:
        if entry.lower() == MAIN_FILE or nearest(entry.lower(), [MAIN_FILE]):
            hint = say("Rename {name} to scenario.toml if that is the one.", name=entry)
            break
    return _error("SCN002", name, say("This folder has no scenario.toml, which every scenario needs."), hint)


def _unsafe(name: str) -> Problem:
    shown = _writable(name if len(name) <= NAME_LIMIT else name[:NAME_LIMIT] + "...")
    hint = say("A name has small letters a-z, digits, - and _, and at most {most} characters.", most=NAME_LIMIT)
    return _error("SCN015", "", say("{name!r} cannot be used as a name.", name=shown), hint)


def _no_part(name: str, missing: str, present: Iterable[str]) -> Problem:
    """The problem that *missing*, one part of *name*, is not among those present."""
    known: Sequence[str] = sorted(present)
    close = nearest(missing, known)
    if close:
        parts = [close if part == missing else part for part in name.split("/")]
        hint = say("Did you mean {name!r}?", name="/".join(parts))
    elif known:
        hint = say("There are: {names}.", names=", ".join(known[:20]))
    else:
        hint = ""
    return _error("SCN016", "", say("There is no common part {name!r}.", name=name), hint)
