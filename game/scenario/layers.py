"""The layers of a scenario, laid over each other.

From the bottom: the parts that ``uses`` names, the scenario that ``extends`` names, the scenario's own files, the
variants chosen. An entry of an upper layer with the kind and id of a lower one replaces its keys one by one. Within one
layer an id stands once.
"""

import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from game.scenario.document import KINDS, Document, Entry, nearest_place
from game.scenario.positions import Path
from game.scenario.problems import brief, meant
from game.scenario.read import Source
from game.words import say

DEPTH = 8
"""How many scenarios, and how many entries, may build on one another."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,59}")
FREE_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")
_NAMED = frozenset({"side", "agency", "unit", "mechanism", "track", "action"})
"""Kinds whose ids expressions may name: there '-' means minus."""
_TAKEN = frozenset({"and", "or", "not", "true", "false", "own", "side", "other"})
_TAKEN_BY_KIND = {"track": frozenset({"turn", "minutes", "choice", "detail"})}


@frozen
class Layer:
    """Files that are read together: an id stands once in them."""

    sources: tuple[Source, ...]


def entry_at(source: Source, path: Path) -> Entry:
    """An entry that stands for a place in a file, for a report."""
    return Entry("scenario", "", {}, {}, (source, path))


def lay(document: Document, layer: Layer) -> None:
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
                document.report("SCN204", entry_at(source, (key,)), (), message)
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
        document.report("SCN205", entry_at(source, (kind,)), (), message)
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
    at = entry_at(source, (*path, "id") if "id" in table else path)
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


def inherit(document: Document) -> None:
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
