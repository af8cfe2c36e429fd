"""Spots: the values of a scenario by dotted name, and the scenario with other values there.

A name is made of the words of the author's files, ``mechanism.hotline.window_minutes``: the kind of an entry, its id,
its keys. A member of a list of tables goes by its ``id``, or by its number from 1 where it has none; a value that the
file leaves out stands for its default. Where one number stands for all sides or all cells of a track, one of them can
be named (``mechanism.hotline.authority.cn``) and the others keep theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import evolve, frozen

from game.core.model import Game
from game.rules import Block, fields
from game.rules.fields import REQUIRED, Field
from game.scenario import schema
from game.scenario.document import KINDS, Document, Entry
from game.scenario.positions import Path
from game.scenario.problems import brief, listed, nearest
from game.scenario.read import Source
from game.words import say

SINGLE = frozenset(
    {"number", "by_side", "amount", "condition", "flag", "word", "word_of", "zone", "unit", "agency", "side"}
)
"""Kinds of fields that hold one value; what names, lists and references to tracks hold is the scenario's structure."""
COUNTED = frozenset({"number", "by_side", "amount"})
"""Those that hold a number."""
FIXED = frozenset({"id", "use", "extends", "format", "agencies"})


@frozen
class Spot:
    """Where a value stands: the kind and id of an entry, the path in its table.

    *all* is what stands for everything of a table that the file gives as one value; *counted* is true for numbers.
    """

    name: str
    kind: str
    id: str
    path: Path
    counted: bool
    all: Mapping[str, Any] = attrs.field(factory=dict)


@frozen
class Change:
    """Another value at a spot, with the file and the path in it where somebody wrote it."""

    spot: Spot
    value: Any
    origin: tuple[Source, Path]


# ---- finding
def spots_of(document: Document, game: Game, shelf: Sequence[Block]) -> dict[str, Spot]:
    """All spots of a document, by name; *game* was bound of it or of one with other variants."""
    finding = _Finding(game, {block.use: block for block in shelf})
    if document.settings:
        finding.table(
            "", Spot("", "scenario", "", (), False), document.settings.table, fields.declared(schema.Settings)
        )
    for kind, cls in schema.ENTRIES:
        for entry in document.entries[kind].values():
            finding.entry(kind, entry, fields.declared(cls))
    return finding.found


class _Finding:
    """Goes through the tables of a document and collects spots."""

    def __init__(self, game: Game, shelf: Mapping[str, Block]) -> None:
        self.game, self.shelf = game, shelf
        self.sides = [side.id for side in game.sides]
        self.found: dict[str, Spot] = {}

    def entry(self, kind: str, entry: Entry, declared: Mapping[str, tuple[Field, Any]]) -> None:
        """The spots of an entry."""
        table = entry.table
        name, root = f"{kind}.{entry.id}", Spot("", kind, entry.id, (), False)
        if kind in ("mechanism", "rule"):
            declared = {**self.of_block(table, {"mechanism"}), **declared}
        self.table(f"{name}.", root, table, declared)
        if kind == "mechanism":
            self.add(f"{name}.status", root, ("status",), False)
        if kind == "track":
            self.start(f"{name}.start", root, entry)

    def of_block(self, table: Mapping[str, Any], given: set[str]) -> dict[str, tuple[Field, Any]]:
        """The fields of the block that a table uses, without those that are not the author's to write."""
        block = self.shelf.get(table.get("use", ""))
        known = fields.declared(block.parameters) if block else {}
        return {key: one for key, one in known.items() if key not in given}

    def table(self, name: str, root: Spot, table: Mapping[str, Any], declared: Mapping[str, tuple[Field, Any]]) -> None:
        """The spots of a table; *name* is what stands before its keys, with a full stop."""
        for key, (field, default) in declared.items():
            raw = table.get(key, default)
            if key in FIXED or raw is REQUIRED:
                continue
            raw = raw.factory() if isinstance(raw, attrs.Factory) else raw  # type: ignore[arg-type]
            self.value(f"{name}{key}", root, (*root.path, key), field, raw)

    def value(self, name: str, root: Spot, path: Path, field: Field, raw: Any) -> None:
        """The spots of one value."""
        if field.kind in SINGLE:
            self.add(name, root, path, field.kind in COUNTED)
        if field.kind == "by_side":
            same = dict.fromkeys(self.sides, raw) if type(raw) is int else {}
            for side in self.sides:
                self.add(f"{name}.{side}", root, (*path, side), True, same)
        elif field.kind in ("numbers", "amounts") and isinstance(raw, dict):
            for key in raw:
                self.add(f"{name}.{key}", root, (*path, key), True)
        elif field.kind in ("entries", "blocks"):
            for number, one in enumerate(raw if isinstance(raw, list) else []):
                label = one["id"] if isinstance(one.get("id"), str) else str(number + 1)
                declared = fields.declared(field.of) if field.kind == "entries" else self.of_block(one, set())
                self.table(f"{name}.{label}.", evolve(root, path=(*path, number)), one, declared)

    def start(self, name: str, root: Spot, entry: Entry) -> None:
        """What a track starts with: one value for all, or one by cell."""
        track, raw = self.game.tracks.get(entry.id), entry.table.get("start")
        labels, counted = (track.labels, not track.words) if track else ((), not entry.table.get("words"))
        self.add(name, root, ("start",), counted)
        same = {} if raw is None or isinstance(raw, dict) else dict.fromkeys(labels, raw)
        for label in labels:
            if label:
                self.add(f"{name}.{label}", root, ("start", label), counted, same)

    def add(self, name: str, root: Spot, path: Path, counted: bool, same: Mapping[str, Any] | None = None) -> None:
        """Add a spot."""
        self.found[name] = Spot(name, root.kind, root.id, path, counted, same or {})


def hint_for(name: str, spots: Mapping[str, Spot]) -> str:
    """What may have been meant by a name that no spot has: the nearest one, or what there is where it goes astray."""
    parts = name.split(".")
    known: list[str] = []
    for depth in range(len(parts), -1, -1):
        before = "".join(f"{part}." for part in parts[:depth])
        known = list(dict.fromkeys(_next(before, spots)))
        if known:
            break
    if depth < len(parts):
        close = nearest(parts[depth], known)
        if close:
            rest = parts[depth + 1 :]
            whole = ".".join([*parts[:depth], close, *rest])
            return say("Did you mean '{close}'?", close=whole if whole in spots else ".".join([*parts[:depth], close]))
    return say("Known after '{before}': {known}.", before=brief(before), known=listed(known)) if before else say(
        "A name begins with one of: {known}.", known=listed(known, len(KINDS)))  # fmt: skip


def _next(before: str, spots: Mapping[str, Spot]) -> Iterator[str]:
    """The words that may stand after the beginning of a name."""
    return (name[len(before) :].partition(".")[0] for name in spots if name.startswith(before))


# ---- changing
def changed(document: Document, changes: Sequence[Change]) -> Document:
    """The document with other values; what is wrong with them is reported where somebody wrote them."""
    entries = {kind: dict(found) for kind, found in document.entries.items()}
    settings = document.settings
    sources = dict(document.sources)
    for change in changes:
        spot = change.spot
        if spot.kind == "scenario":
            assert settings
            settings = _entry_with(settings, change)
        else:
            entries[spot.kind][spot.id] = _entry_with(entries[spot.kind][spot.id], change)
        sources[change.origin[0].file] = change.origin[0].text
    return Document(document.id, document.variants, settings, entries, dict(document.texts), document.variants_known,
                    sources, list(document.problems))  # fmt: skip


def _entry_with(entry: Entry, change: Change) -> Entry:
    path = change.spot.path
    origins = dict(entry.origins)
    if len(path) == 1:
        origins = {names: at for names, at in origins.items() if not (isinstance(names, tuple) and names[0] == path[0])}
        origins[str(path[0])] = change.origin
    else:
        origins[str(path[0]), str(path[1])] = change.origin
    table = _with(entry.table, path, change.value, change.spot.all)
    return Entry(entry.kind, entry.id, table, origins, entry.home, entry.complete)


def _with(container: Any, path: Path, value: Any, same: Mapping[str, Any]) -> Any:
    """A table or list with another value at a path, and all that lies beside it as it was."""
    head, *rest = path
    copy: Any = container.copy() if isinstance(container, list | dict) else dict(same)
    inner = copy.get(head) if isinstance(copy, dict) else copy[head]
    copy[head] = _with(inner, tuple(rest), value, same) if rest else value
    return copy
