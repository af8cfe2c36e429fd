"""A scenario as one document: its layers laid over each other, plain tables that a journal can keep.

Layers, from the bottom: the parts that ``uses`` names, the scenario that ``extends`` names, the scenario's own files,
the variants chosen. An entry of an upper layer with the kind and id of a lower one replaces its keys one by one. Within
one layer an id stands once.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.resources.abc import Traversable
from typing import Any

from attrs import define, field, frozen

from game.scenario.positions import Path, Place
from game.scenario.problems import Problem, brief, listed, meant
from game.scenario.read import (
    FOLDER_LIMIT,
    FOLDER_VALUE_LIMIT,
    NAME_LIMIT,
    Folder,
    Source,
    folder_name,
    read_folder,
    read_part,
    safe_name,
    text_of,
)
from game.scenario.schema import ENTRIES
from game.words import say

KINDS = tuple(kind for kind, _ in ENTRIES)
DEPTH = 8
"""How many scenarios, and how many entries, may build on one another."""
MOST_PARTS = 20
"""How many parts a scenario may use."""
MOST_PROBLEMS = 200
"""How many problems are listed; a broken file may have a hundred thousand."""
NESTING = 40
"""How deep the tables of a journal's document may go: what files allow, and the layers around it."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
FREE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_NAMED = frozenset({"side", "agency", "unit", "mechanism", "track", "action"})
"""Kinds whose ids expressions may name: there '-' means minus."""
_TAKEN = frozenset({"and", "or", "not", "true", "false", "own", "side", "other"})
_TAKEN_BY_KIND = {"track": frozenset({"turn", "minutes", "choice", "detail"})}
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@define
class Entry:
    """One entry: its kind, its id, its table, and for each key the file and path it was read from.

    Where a table was laid together key by key, each of its keys has an origin of its own, under both names.
    """

    kind: str
    id: str
    table: dict[str, Any]
    origins: dict[str | tuple[str, str], tuple[Source, Path]]
    home: tuple[Source, Path]
    complete: bool = True
    """False when what it extends could not be found: it then lacks keys through no fault of their own."""

    def place(self, path: Path) -> tuple[Source, Path]:
        """The file and the path in it from which a value was read."""
        if len(path) > 1 and (origin := self.origins.get((str(path[0]), str(path[1])))):
            return origin[0], (*origin[1], *path[2:])
        if path and (origin := self.origins.get(str(path[0]))):
            return origin[0], (*origin[1], *path[1:])
        return self.home[0], (*self.home[1], *path)

    def lay(self, key: str, over: "Entry", under: "Entry") -> None:
        """Take a key of two entries: of one that lies over the other a table key by key, anything else as a whole."""
        upper, lower = over.table.get(key), under.table.get(key)
        origins: dict[str | tuple[str, str], tuple[Source, Path]] = {}
        if isinstance(upper, dict) and isinstance(lower, dict):
            origins = {
                (key, name): (over if name in upper else under).place((key, name)) for name in {**lower, **upper}
            }
            upper = {**lower, **upper}
        elif key not in over.table:
            over, upper = under, lower
        origins = origins or {
            names: at for names, at in over.origins.items() if isinstance(names, tuple) and names[0] == key
        }
        self.origins = {n: at for n, at in self.origins.items() if not isinstance(n, tuple) or n[0] != key} | origins
        self.table[key], self.origins[key] = upper, over.place((key,))


@define
class Document:
    """A scenario laid together: settings, entries by kind, texts for people."""

    id: str
    variants: tuple[str, ...] = ()
    settings: Entry | None = None
    entries: dict[str, dict[str, Entry]] = field(factory=lambda: {kind: {} for kind in KINDS})
    texts: dict[str, str] = field(factory=dict)
    variants_known: tuple[str, ...] = ()
    sources: dict[str, str] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    def report(self, code: str, entry: Entry | None, path: Path, message: str, hint: str = "", *,
               at: Place | None = None, at_key: bool = False, severity: str = "error") -> None:  # fmt: skip
        """Add a problem at the place from which a value of an entry was read, or at the key before it."""
        if entry is None:
            self.add(Problem(severity, code, f"{self.id}/scenario.toml", 0, 0, 0, message, hint))
            return
        source, base = entry.place(path)
        place = at or nearest_place(source, base, at_key)
        self.add(Problem(severity, code, source.file, place.line, place.column, place.end_column, message, hint))

    def add(self, problem: Problem) -> None:
        """Add a problem, once; beyond a number of them only say that there are more."""
        if len(self.problems) < MOST_PROBLEMS:
            if problem not in self.problems:
                self.problems.append(problem)
        elif len(self.problems) == MOST_PROBLEMS and problem not in self.problems:
            message = say("There are more than {most} problems; the others are not listed.", most=MOST_PROBLEMS)
            self.problems.append(Problem("error", "SCN299", f"{self.id}/scenario.toml", 0, 0, 0, message))

    @property
    def crowded(self) -> bool:
        """Whether there are so many problems that looking for near names would take too long."""
        return len(self.problems) > MOST_PROBLEMS // 4

    def plain(self) -> dict[str, Any]:
        """The document as plain tables, for the journal and for its digest."""
        return {
            "id": self.id,
            "variants": list(self.variants),
            "settings": self.settings.table if self.settings else {},
            "entries": {kind: [entry.table for entry in found.values()] for kind, found in self.entries.items()},
            "texts": self.texts,
        }


@frozen
class Layer:
    """Files that are read together: an id stands once in them."""

    sources: tuple[Source, ...]


def nearest_place(source: Source, path: Path, at_key: bool = False) -> Place:
    """The place of a value or of its key, or of the nearest table around it; line 0 for the whole file."""
    while path:
        span = source.spans.get(path)
        if span:
            return span.key if at_key else span.value
        path = path[:-1]
    return Place(0, 0, 0)


def digest_of(plain: Any) -> str:
    """A fingerprint of plain values, such as a document as plain tables."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def from_plain(plain: Any) -> Document:
    """A document from plain tables that a journal kept. Raises *ValueError* when they are not of that shape."""
    if not _harmless(plain) or not _shaped(plain):
        raise ValueError(say("The journal holds no scenario that can be read."))
    document = Document(plain["id"], tuple(plain["variants"]))
    table = {key: value for key, value in plain["settings"].items() if key not in KINDS}
    table.update({kind: found for kind, found in plain["entries"].items() if kind in KINDS})
    source = Source(document.id, "", table, {})
    document.settings = Entry("scenario", document.id, {}, {}, (source, ()))
    _lay(document, Layer((source,)))
    document.texts = dict(plain["texts"])
    return document


def _shaped(plain: Any) -> bool:
    """Whether plain tables are laid out as `Document.plain` does it."""
    return (
        isinstance(plain, dict)
        and isinstance(plain.get("id"), str)
        and 0 < len(plain["id"]) <= NAME_LIMIT
        and isinstance(plain.get("variants"), list)
        and all(isinstance(name, str) for name in plain["variants"])
        and all(isinstance(plain.get(key), dict) for key in ("settings", "entries", "texts"))
        and all(isinstance(text, str) for text in plain["texts"].values())
    )


def _harmless(plain: Any) -> bool:
    """Whether plain tables hold no more, and nothing else, than what could be read from files."""
    waiting: list[tuple[int, Any]] = [(0, plain)]
    values = characters = 0
    while waiting:
        depth, value = waiting.pop()
        inner: list[Any] = []
        if isinstance(value, dict):
            inner = [*value, *value.values()]
        elif isinstance(value, list):
            inner = value
        elif isinstance(value, str):
            characters += len(value)
            if _UNWRITABLE.search(value):
                return False
        elif not isinstance(value, float) and not (isinstance(value, int) and -(2**63) <= value < 2**63):
            return False
        values += len(inner)
        if depth > NESTING or values > 2 * FOLDER_VALUE_LIMIT or characters > 2 * FOLDER_LIMIT:
            return False
        waiting.extend((depth + 1, one) for one in inner)
    return True


def _show_broken(document: Document, folder: Traversable, library: Sequence[Traversable]) -> None:
    """Keep the text of files that could not be taken apart, so that a report can show the line."""
    for file in {problem.file for problem in document.problems if problem.line} - document.sources.keys():
        first, *rest = file.split("/")
        for place in [folder.joinpath(*rest)] if first == document.id else [shelf.joinpath(file) for shelf in library]:
            text = text_of(place) if file not in document.sources else ""
            if text:
                document.sources[file] = text


def read_document(folder: Traversable, library: Sequence[Traversable], variants: Sequence[str]) -> Document:
    """Read a scenario folder with its parts and variants. Problems are in the document; *library* holds shared parts."""
    return read_files(folder, library).document(variants)


@frozen(eq=False)
class Files:
    """The files of a scenario and of what it builds on, read once: with any variants they make a document.

    *read* holds what reading found: texts, sources and problems; *layers* lie under the *variants*, which are None
    where the scenario's own files could not be read.
    """

    read: Document
    layers: tuple[Layer, ...]
    variants: Mapping[str, Source] | None

    def document(self, variants: Sequence[str] = ()) -> Document:
        """The layers laid over each other, those of these variants last."""
        read = self.read
        document = Document(
            read.id, tuple(variants), texts=dict(read.texts), sources=dict(read.sources), problems=list(read.problems)
        )
        if self.variants is None:
            return document
        document.variants_known = tuple(sorted(self.variants))
        if any(problem.severity == "error" for problem in document.problems):
            # A file or part is missing from the document: whatever refers to it would look like a mistake.
            return document
        above = []
        for name in variants:
            source = self.variants.get(name)
            if source is None:
                known = listed(sorted(self.variants))
                message = say("This scenario has no variant '{name}'. It has: {known}.", name=brief(name), known=known)
                document.report("SCN201", None, (), message, meant(name, self.variants))
            else:
                above.append(Layer((source,)))
        for layer in (*self.layers, *above):
            _lay(document, layer)
        _inherit(document)
        return document


def read_files(folder: Traversable, library: Sequence[Traversable]) -> Files:
    """Read the files of a scenario folder and of its parts; *library* holds shared parts."""
    read = Document(folder_name(folder))
    layers: list[Layer] = []
    own = _gather(read, folder, library, layers, (), None)
    _show_broken(read, folder, library)
    return Files(read, tuple(layers), own.variants if own else None)


def _gather(document: Document, folder: Traversable, library: Sequence[Traversable], layers: list[Layer],
            chain: tuple[str, ...], asked: Entry | None) -> Folder | None:  # fmt: skip
    """Put the layers of a scenario under one another: its parts, what it extends, its own files."""
    if folder.name in chain or len(chain) >= DEPTH:
        path = " -> ".join((*chain, folder.name))
        if folder.name in chain:
            message = say("Scenarios extend each other in a circle: {path}.", path=path)
        else:
            message = say(
                "At most {most} scenarios may build on one another; these are more: {path}.", most=DEPTH, path=path
            )
        document.report("SCN202", asked, (), message)
        return None
    found, problems = read_folder(folder)
    for problem in problems:
        document.add(problem)
    if found is None:
        return None
    settings = found.sources[0]
    _lay_parts(document, settings, library, layers)
    below = settings.table.get("extends")
    if isinstance(below, str) and below:
        _extend(document, settings, below, library, layers, (*chain, folder.name))
    layers.append(Layer(found.sources))
    document.texts.update(found.texts)
    document.sources.update({s.file: s.text for s in (*found.sources, *found.variants.values())})
    return found


def _lay_parts(document: Document, settings: Source, library: Sequence[Traversable], layers: list[Layer]) -> None:
    """Put the parts that a scenario uses under it."""
    uses = settings.table.get("uses", [])
    for number, name in enumerate(uses if isinstance(uses, list) else []):
        if number >= MOST_PARTS:
            message = say("A scenario may use at most {most} parts.", most=MOST_PARTS)
            document.report("SCN212", _at(settings, ("uses", number)), (), message)
            return
        part = _part(document, settings, number, name, library) if isinstance(name, str) else None
        if part and all(part.file != s.file for layer in layers for s in layer.sources):
            layers.append(Layer((part,)))


def _extend(document: Document, settings: Source, below: str, library: Sequence[Traversable], layers: list[Layer],
            chain: tuple[str, ...]) -> None:  # fmt: skip
    at = _at(settings, ("extends",))
    usable = safe_name(below) and "/" not in below
    for shelf in library:
        if usable and shelf.joinpath(below).is_dir():
            _gather(document, shelf.joinpath(below), library, layers, chain, at)
            return
    hint = meant(below, _folders(library)) or say(
        "Write the name of a scenario folder beside this one, or of one that comes with the game."
    )
    message = say("'{name}', which this scenario extends, is not a scenario here.", name=brief(below))
    document.report("SCN203", at, (), message, hint)


def _folders(library: Sequence[Traversable]) -> set[str]:
    """The names that *extends* could mean."""
    found: set[str] = set()
    for shelf in library:
        with suppress(OSError):
            found.update(
                one.name for one in shelf.iterdir() if safe_name(one.name) and one.joinpath("scenario.toml").is_file()
            )
    return found


def _at(source: Source, path: Path) -> Entry:
    return Entry("scenario", "", {}, {}, (source, path))


def _part(
    document: Document, settings: Source, number: int, name: str, library: Sequence[Traversable]
) -> Source | None:
    missing: list[Problem] = []
    for shelf in library:
        source, problems = read_part(shelf, name)
        # A part that is there and broken must not give way to another of the same name on the next shelf.
        if source or any(problem.file for problem in problems):
            for problem in problems:
                document.add(problem)
            if source:
                document.sources[source.file] = source.text
            return source
        missing.extend(problems)
    for problem in missing[-1:]:
        document.report(problem.code, _at(settings, ("uses", number)), (), problem.message, problem.hint)
    return None


def _lay(document: Document, layer: Layer) -> None:
    """Lay the entries of one layer over what is there."""
    here: dict[tuple[str, str], Entry] = {}
    for source in layer.sources:
        without = source.table.get("without", [])
        for kind in without if isinstance(without, list) else []:
            if isinstance(kind, str) and kind in KINDS:
                document.entries[kind].clear()
    for source in layer.sources:
        if document.settings is None and _is_main(source):
            document.settings = Entry("scenario", document.id, {}, {}, (source, ()))
        for key, value in source.table.items():
            if key in KINDS:
                _lay_kind(document, source, key, value, here)
            elif key in ("uses", "extends") and source.spans and not _is_main(source):
                message = say("'{key}' is read in scenario.toml alone.", key=key)
                document.report("SCN204", _at(source, (key,)), (), message)
            else:
                _lay_setting(document, source, key, value)


def _lay_setting(document: Document, source: Source, key: str, value: Any) -> None:
    if document.settings is None:
        document.settings = Entry("scenario", document.id, {}, {}, (source, ()))
    document.settings.table[key] = value
    document.settings.origins[key] = (source, (key,))
    if _is_main(source):
        document.settings.home = (source, ())


def _is_main(source: Source) -> bool:
    return source.file.count("/") == 1 and source.file.endswith("/scenario.toml")


def _lay_kind(document: Document, source: Source, kind: str, value: Any, here: dict[tuple[str, str], Entry]) -> None:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        message = say("'{kind}' is a list of entries. Write each as [[{kind}]].", kind=kind)
        document.report("SCN205", _at(source, (kind,)), (), message)
        return
    for number, table in enumerate(value):
        path: Path = (kind, number)
        name = table.get("id")
        if not _check_id(document, source, path, table):
            continue
        entry = Entry(kind, name, dict(table), {key: (source, (*path, key)) for key in table}, (source, path))
        if (kind, name) in here:
            first = here[kind, name]
            place = nearest_place(*first.home)
            message = say("The {kind} '{name}' stands twice: the first is in {file}, line {line}.", kind=kind, name=name,
                          file=first.home[0].file, line=place.line)  # fmt: skip
            document.report("SCN207", entry, ("id",), message)
            continue
        here[kind, name] = entry
        below = document.entries[kind].get(name)
        if below:
            for key in entry.table:
                below.lay(key, entry, below)
        else:
            document.entries[kind][name] = entry


def _check_id(document: Document, source: Source, path: Path, table: Mapping[str, Any]) -> bool:
    """Whether an entry has an id that expressions can name; else the mistake is reported."""
    kind, name = str(path[0]), table.get("id")
    pattern, signs = (_ID, " and _") if kind in _NAMED else (FREE_ID, ", _ and -")
    at = _at(source, (*path, "id") if "id" in table else path)
    if "id" not in table:
        document.report(
            "SCN206", at, (), say("This [[{kind}]] has no id.", kind=kind), say('Write a line such as id = "name".')
        )
    elif not isinstance(name, str) or not pattern.fullmatch(name):
        message = say("This cannot be the id of an entry [[{kind}]].", kind=kind)
        hint = say(
            "An id begins with a Latin letter, has only letters, digits{signs}, and at most 60 characters.", signs=signs
        )
        document.report("SCN206", at, (), message, hint)
    elif name in _TAKEN or name in _TAKEN_BY_KIND.get(kind, ()):
        message = say("'{name}' means something else in expressions and cannot be an id.", name=name)
        document.report("SCN210", at, (), message)
    else:
        return True
    return False


def _inherit(document: Document) -> None:
    """Let entries take the keys of the entry that they extend, and drop those that only serve as patterns."""
    dropped: list[tuple[str, str]] = []
    for kind, found in document.entries.items():
        for entry in found.values():
            _take_over(document, entry, found)
        for entry in found.values():
            abstract = entry.table.get("abstract", False)
            if type(abstract) is not bool:
                message = say("'abstract' is true for an entry that only serves as a pattern, else false.")
                document.report("SCN211", entry, ("abstract",), message)
        for name in [name for name, entry in found.items() if entry.table.get("abstract") is True]:
            del found[name]
            dropped.append((kind, name))
        for entry in found.values():
            entry.table.pop("extends", None)
            entry.table.pop("abstract", None)
    # What a scenario takes out needs no change in the doctrine that it takes over.
    gone = {name for kind, name in dropped if kind == "action"}
    for entry in document.entries["doctrine"].values() if gone else ():
        weights = entry.table.get("weights")
        if isinstance(weights, dict):
            entry.table["weights"] = {k: v for k, v in weights.items() if re.split("[.:]", k)[0] not in gone}
        for key in ("firm", "soft"):
            orders = entry.table.get(key)
            if isinstance(orders, list):
                entry.table[key] = [k for k in orders if not isinstance(k, str) or k.split(":")[0] not in gone]


def _take_over(document: Document, entry: Entry, found: Mapping[str, Entry]) -> None:
    """Give an entry the keys of the one it extends, and of those that one extends."""
    chain = [entry.id]
    below = entry
    while "extends" in below.table:
        name = below.table["extends"]
        if not isinstance(name, str) or name not in found:
            message = say(
                "No {kind} is called '{name}', which '{id}' extends.",
                kind=below.kind,
                name=brief(str(name)),
                id=below.id,
            )
            hint = "" if document.crowded else meant(str(name), found)
            document.report("SCN208", below, ("extends",), message, hint)
            entry.complete = False
            return
        if name in chain:
            path = " -> ".join([*chain[chain.index(name) :], name])
            entry.complete = False
            # Those that lead into a circle without being part of it are not to blame.
            if name == entry.id:
                document.report(
                    "SCN209",
                    entry,
                    ("extends",),
                    say("Entries extend each other in a circle: {path}.", path=path[:500]),
                )
            return
        if len(chain) == DEPTH:
            message = say(
                "At most {most} entries may build on one another; '{id}' builds on more.", most=DEPTH, id=entry.id
            )
            document.report("SCN209", entry, ("extends",), message)
            entry.complete = False
            return
        chain.append(name)
        below = found[name]
        for key in below.table:
            if key not in ("extends", "abstract"):
                entry.lay(key, entry, below)
