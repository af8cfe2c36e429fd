"""A scenario as one document: entries by kind, plain tables that a journal can keep, and what is wrong with them."""

import hashlib
import json
from typing import Any

from attrs import define, field

from game.scenario.positions import Path, Place
from game.scenario.problems import Problem
from game.scenario.read import Source
from game.scenario.schema import ENTRIES
from game.words import say

KINDS = tuple(kind for kind, _ in ENTRIES)
MOST_PROBLEMS = 200
"""How many problems are listed; a broken file may have a hundred thousand."""


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
