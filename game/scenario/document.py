"""A scenario as one document: its layers laid over each other, plain tables that a journal can keep.

Layers, from the bottom: the parts that ``uses`` names, the scenario that ``extends`` names, the scenario's own files, the variants
chosen. An entry of an upper layer with the kind and id of a lower one replaces its keys one by one. Within one layer an id
stands once.
"""

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from typing import Any

from attrs import define, field, frozen

from game.words import say
from game.scenario.positions import Path, Place
from game.scenario.problems import Problem, nearest
from game.scenario.read import Folder, Source, read_folder, read_part, safe_name
from game.scenario.schema import ENTRIES

KINDS = tuple(kind for kind, _ in ENTRIES)
DEPTH = 8
"""How many scenarios may build on one another."""


@define
class Entry:
    """One entry: its kind, its id, its table, and for each key the file and path it was read from."""

    kind: str
    id: str
    table: dict[str, Any]
    origins: dict[str, tuple[Source, Path]]
    home: tuple[Source, Path]


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
               at: Place | None = None, severity: str = "error") -> None:  # fmt: skip
        """Add a problem at the place from which a key of an entry was read."""
        if entry is None:
            self.problems.append(Problem(severity, code, f"{self.id}/scenario.toml", 0, 0, 0, message, hint))
            return
        source, base = entry.home
        if path and path[0] in entry.origins:
            source, base = entry.origins[str(path[0])]
            base = (*base, *path[1:])
        place = at or nearest_place(source, base, missing=False)
        self.problems.append(
            Problem(severity, code, source.file, place.line, place.column, place.end_column, message, hint)
        )

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


def nearest_place(source: Source, path: Path, missing: bool) -> Place:
    """The place of a value, or of the nearest table around it."""
    while path and path not in source.spans:
        path = path[:-1]
    span = source.spans.get(path)
    return (span.key if missing else span.value) if span else Place(1, 1, 1)


def from_plain(plain: Any) -> Document:
    """A document from plain tables that a journal kept. Raises *ValueError* when they are not of that shape."""
    try:
        document = Document(str(plain["id"]), tuple(str(v) for v in plain["variants"]))
        source = Source(document.id, "", {}, {})
        document.settings = Entry("scenario", document.id, dict(plain["settings"]), {}, (source, ()))
        for kind in KINDS:
            for table in plain["entries"].get(kind, []):
                document.entries[kind][str(table["id"])] = Entry(kind, str(table["id"]), dict(table), {}, (source, ()))
        document.texts = {str(key): str(value) for key, value in plain["texts"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(say("The journal holds no scenario that can be read.")) from error
    return document


def read_document(folder: Traversable, library: Sequence[Traversable], variants: Sequence[str]) -> Document:
    """Read a scenario folder with its parts and variants. Problems are in the document; *library* holds shared parts."""
    document = Document(folder.name, tuple(variants))
    layers: list[Layer] = []
    own = _gather(document, folder, library, layers, ())
    if own is None:
        return document
    document.variants_known = tuple(sorted(own.variants))
    for name in variants:
        source = own.variants.get(name)
        if source is None:
            close = nearest(name, own.variants)
            known = ", ".join(sorted(own.variants)) or say("none")
            message = say("This scenario has no variant '{name}'. It has: {known}.", name=name, known=known)
            hint = say("Did you mean '{close}'?", close=close) if close else ""
            document.report("SCN201", None, (), message, hint)
        else:
            layers.append(Layer((source,)))
    for layer in layers:
        _lay(document, layer)
    _inherit(document)
    return document


def _gather(document: Document, folder: Traversable, library: Sequence[Traversable], layers: list[Layer],
            chain: tuple[str, ...]) -> Folder | None:  # fmt: skip
    """Put the layers of a scenario under one another: its parts, what it extends, its own files."""
    if folder.name in chain or len(chain) >= DEPTH:
        path = " -> ".join((*chain, folder.name))
        document.report("SCN202", None, (), say("Scenarios extend each other in a circle: {path}.", path=path))
        return None
    found, problems = read_folder(folder)
    document.problems.extend(problems)
    if found is None:
        return None
    settings = next((s for s in found.sources if s.file.endswith("scenario.toml")), None)
    table = settings.table if settings else {}
    uses = table.get("uses", [])
    for number, name in enumerate(uses if isinstance(uses, list) else []):
        part = _part(document, settings, number, name, library)
        if part and all(part.file != s.file for layer in layers for s in layer.sources):
            layers.append(Layer((part,)))
    below = table.get("extends")
    if isinstance(below, str) and below:
        _extend(document, settings, below, library, layers, (*chain, folder.name))
    layers.append(Layer(found.sources))
    document.texts.update(found.texts)
    document.sources.update({s.file: s.text for s in (*found.sources, *found.variants.values())})
    return found


def _extend(document: Document, settings: Source | None, below: str, library: Sequence[Traversable], layers: list[Layer],
            chain: tuple[str, ...]) -> None:  # fmt: skip
    for shelf in library:
        if safe_name(below) and "/" not in below and shelf.joinpath(below).is_dir():
            _gather(document, shelf.joinpath(below), library, layers, chain)
            return
    at = _at(settings, ("extends",))
    document.report("SCN203", at, (), say("'{name}', which this scenario extends, is not a scenario here.", name=below))


def _at(source: Source | None, path: Path) -> Entry | None:
    return Entry("scenario", "", {}, {}, (source, path)) if source else None


def _part(document: Document, settings: Source | None, number: int, name: Any,
          library: Sequence[Traversable]) -> Source | None:  # fmt: skip
    if not isinstance(name, str):
        message = say("'uses' lists names of parts, such as \"common/agencies\".")
        document.report("SCN204", _at(settings, ("uses", number)), (), message)
        return None
    problems: tuple[Problem, ...] = ()
    for shelf in library:
        source, problems = read_part(shelf, name)
        if source:
            document.problems.extend(problems)
            document.sources[source.file] = source.text
            return source
    for problem in problems:
        document.report(problem.code, _at(settings, ("uses", number)), (), problem.message, problem.hint)
    return None


def _lay(document: Document, layer: Layer) -> None:
    """Lay the entries of one layer over what is there."""
    here: dict[tuple[str, str], Entry] = {}
    for source in layer.sources:
        for key, value in source.table.items():
            if key in KINDS:
                _lay_kind(document, source, key, value, here)
            else:
                _lay_setting(document, source, key, value)


def _lay_setting(document: Document, source: Source, key: str, value: Any) -> None:
    if document.settings is None:
        document.settings = Entry("scenario", document.id, {}, {}, (source, ()))
    document.settings.table[key] = value
    document.settings.origins[key] = (source, (key,))
    if source.file.endswith("scenario.toml"):
        document.settings.home = (source, ())


def _lay_kind(document: Document, source: Source, kind: str, value: Any, here: dict[tuple[str, str], Entry]) -> None:
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        message = say("'{kind}' is a list of entries. Write each as [[{kind}]].", kind=kind)
        document.report("SCN205", _at(source, (kind,)), (), message)
        return
    for number, table in enumerate(value):
        path: Path = (kind, number)
        name = table.get("id")
        if not isinstance(name, str) or not name.replace("_", "").replace("-", "").isalnum() or not name.isascii():
            message = say("Each [[{kind}]] needs an id of Latin letters, digits, - and _.", kind=kind)
            document.report("SCN206", _at(source, path), (), message)
            continue
        entry = Entry(kind, name, dict(table), {key: (source, (*path, key)) for key in table}, (source, path))
        if (kind, name) in here:
            first = here[kind, name]
            place = nearest_place(first.home[0], first.home[1], missing=False)
            message = say("The {kind} '{name}' stands twice: the first is in {file}, line {line}.", kind=kind, name=name,
                          file=first.home[0].file, line=place.line)  # fmt: skip
            document.report("SCN207", entry, ("id",), message)
            continue
        here[kind, name] = entry
        below = document.entries[kind].get(name)
        if below:
            below.table.update(entry.table)
            below.origins.update(entry.origins)
        else:
            document.entries[kind][name] = entry


def _inherit(document: Document) -> None:
    """Let entries take the keys of the entry that they extend, and drop those that only serve as patterns."""
    for kind, found in document.entries.items():
        for entry in found.values():
            chain = [entry.id]
            below = entry
            while "extends" in below.table:
                name = below.table["extends"]
                if not isinstance(name, str) or name not in found:
                    close = nearest(str(name), found)
                    message = say("No {kind} is called '{name}', which '{id}' extends.", kind=kind, name=name, id=below.id)
                    hint = say("Did you mean '{close}'?", close=close) if close else ""
                    document.report("SCN208", below, ("extends",), message, hint)
                    break
                if name in chain:
                    path = " -> ".join([*chain, name])
                    document.report("SCN209", entry, ("extends",), say("Entries extend each other in a circle: {path}.", path=path))
                    break
                chain.append(name)
                below = found[name]
                for key, value in below.table.items():
                    if key not in entry.table and key not in ("extends", "abstract"):
                        entry.table[key] = value
                        entry.origins[key] = below.origins.get(key, below.home)
        for name in [name for name, entry in found.items() if entry.table.get("abstract") is True]:
            del found[name]
        for entry in found.values():
            entry.table.pop("extends", None)
            entry.table.pop("abstract", None)
