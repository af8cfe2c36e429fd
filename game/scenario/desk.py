"""The desk: turns an author's tables into bound values, and reports every mistake at its place.

It knows what has been bound so far: ids of sides, agencies, zones, units and mechanisms, and the tracks. Names become numbers and functions here
and in `bind` alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from game.core.model import Look, Track
from game.words import say
from game.rules import fields
from game.rules.expression import ExpressionError, Kind, Name, amount, condition
from game.rules.fields import REQUIRED, Field
from game.scenario.document import Document, Entry
from game.scenario.positions import Path, Place, column_in_string
from game.scenario.problems import nearest


class Missing(Exception):  # noqa: N818  (raised and caught inside the desk: the mistake is already reported)
    """A value could not be bound."""


class Desk:
    """What is known while a document is bound."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.unit_sides: list[int] = []
        self.commanders: list[int] = []
        self.ids: dict[str, list[str]] = {kind: [] for kind in ("side", "agency", "zone", "unit", "mechanism")}
        self.names: dict[str, list[str]] = {kind: [] for kind in self.ids}
        self.agency_sides: list[int] = []
        self.counterparts: list[str] = []
        self.tracks: dict[str, Track] = {}
        self.own: int | None = None
        self.choice: Mapping[str, Look] = {}

    # ---- names in expressions
    def find(self, name: str) -> Name | None:
        """What a dotted name of an expression stands for."""
        if name == "turn":
            return Name(Kind.NUMBER, lambda table: table.turn + 1)
        if name == "minutes":
            return Name(Kind.NUMBER, lambda table: table.minutes)
        if name.startswith("choice."):
            look = self.choice.get(name.removeprefix("choice."))
            return Name(Kind.NUMBER, look) if look else None
        track = self.cell(name)
        if track is None:
            return None
        number = track.first
        return Name(Kind.MARK if track.words else Kind.NUMBER, lambda table: table.cell(number), track.words)

    def known_names(self) -> Iterable[str]:
        """All names that an expression may use here."""
        yield "turn"
        yield "minutes"
        yield from (f"choice.{name}" for name in self.choice)
        for track in self.tracks.values():
            for label in track.labels:
                yield f"{track.id}.{label}" if label else track.id

    def cell(self, name: str) -> Track | None:
        """The one cell that a dotted name means, *own*, *side* and *other* standing for the agency at hand."""
        track_id, *keys = name.split(".")
        track = self.tracks.get(track_id)
        if track is None:
            return None
        label = ".".join(self.stand_in(key) for key in keys)
        if label not in track.labels and track.keys == ("pair",):
            label = ".".join(reversed(label.split(".")))
        if label not in track.labels:
            return None
        number = track.labels.index(label)
        return track.at(*divmod(number, track.shape[1]))

    def stand_in(self, key: str) -> str:
        """The id that *own*, *side* or *other* stands for."""
        if self.own is None or key not in ("own", "side", "other"):
            return key
        side = self.agency_sides[self.own]
        return {"own": self.ids["agency"][self.own], "side": self.ids["side"][side], "other": self.counterparts[side]}[key]

    def said(self, text: str) -> str:
        """A text with *{own}*, *{side}* and *{other}* replaced by names."""
        if self.own is None:
            return text
        side = self.agency_sides[self.own]
        other = self.counterparts[side]
        named = {"{own}": self.names["agency"][self.own], "{side}": self.names["side"][side]}
        named["{other}"] = self.names["side"][self.ids["side"].index(other)] if other in self.ids["side"] else other
        for gap, name in named.items():
            text = text.replace(gap, name)
        return text

    # ---- filling
    def fill(self, cls: type, entry: Entry, table: Mapping[str, Any], path: Path = (), *, given: Mapping[str, Any] | None = None,
             beside: type | None = None) -> Any:  # fmt: skip
        """An instance of *cls* from an author's table; *None* when something in it is wrong, all of it reported.

        *given* holds values that are not the author's to write; keys of the class *beside* are left to it.
        """
        declared = fields.declared(cls)
        given = given or {}
        allowed = {*declared, *(fields.declared(beside) if beside else ())}
        for key in table:
            if key not in allowed or key in given:
                close = nearest(key, allowed)
                hint = say("Did you mean '{close}'?", close=close) if close else say("Known here: {known}.", known=", ".join(sorted(allowed)))
                self.document.report("SCN301", entry, (*path, key), say("'{key}' means nothing here.", key=key), hint)
        values: dict[str, Any] = dict(given)
        good = True
        for key, (declaration, default) in declared.items():
            if key in given:
                continue
            if key not in table and default is REQUIRED:
                message = say("'{key}' is missing: {meaning}.", key=key, meaning=declaration.meaning)
                self.document.report("SCN302", entry, path, message)
                good = False
                continue
            raw = table[key] if key in table else default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
            try:
                values[key] = self.value(declaration, raw, entry, (*path, key), table)
            except Missing:
                good = False
        return cls(**values) if good else None

    def wrong(self, code: str, entry: Entry, path: Path, message: str, hint: str = "", at: Place | None = None) -> Missing:
        """Report a mistake and return the exception to raise."""
        self.document.report(code, entry, path, message, hint, at=at)
        return Missing()

    def value(self, field: Field, raw: Any, entry: Entry, path: Path, table: Mapping[str, Any]) -> Any:
        """One bound value. Raises *Missing* once the mistake is reported."""
        binders = {
            "text": self._text, "number": self._number, "flag": self._flag, "word": self._word, "list": self._list,
            "amount": self._amount, "condition": self._condition, "cell": self._cell, "track": self._track, "by_side": self._by_side,
            "entries": self._entries, "numbers": self._numbers, "amounts": self._amounts,
        }  # fmt: skip
        if field.kind == "word_of":
            return self._word_of(field, raw, entry, path, table)
        if field.kind in self.ids:
            return -1 if type(raw) is int and raw == -1 else self.ref(field.kind, raw, entry, path)
        if field.kind in binders:
            return binders[field.kind](field, raw, entry, path)
        return raw

    def ref(self, kind: str, raw: Any, entry: Entry, path: Path) -> int:
        """The number of a side, agency, zone, unit or mechanism by its id."""
        if not isinstance(raw, str):
            raise self._kind_of("SCN310", entry, path, raw, say("the id of a {kind}, as text", kind=kind))
        name = self.stand_in(raw) if kind in ("side", "agency") else raw
        if name not in self.ids[kind]:
            close = nearest(name, self.ids[kind])
            hint = say("Did you mean '{close}'?", close=close) if close else say("Known: {known}.", known=", ".join(self.ids[kind]))
            raise self.wrong("SCN311", entry, path, say("No {kind} is called '{name}'.", kind=kind, name=name), hint)
        return self.ids[kind].index(name)

    def _kind_of(self, code: str, entry: Entry, path: Path, raw: Any, expected: str) -> Missing:
        kinds = {bool: "true or false", int: "a whole number", float: "a number with a fraction", str: "a text", list: "a list", dict: "a table"}
        found = say(kinds.get(type(raw), "something else"))
        return self.wrong(code, entry, path, say("Here stands {found}; expected is {expected}.", found=found, expected=expected))

    def _text(self, _: Field, raw: Any, entry: Entry, path: Path) -> str:
        if not isinstance(raw, str):
            raise self._kind_of("SCN312", entry, path, raw, say("a text"))
        return self.said(raw)

    def _number(self, field: Field, raw: Any, entry: Entry, path: Path) -> int:
        if type(raw) is not int:
            raise self._kind_of("SCN313", entry, path, raw, say("a whole number of {unit}", unit=field.unit))
        if not field.low <= raw <= field.high:
            message = say("{found} is outside the limits: {low} to {high} {unit}.", found=raw, low=field.low, high=field.high, unit=field.unit)
            raise self.wrong("SCN314", entry, path, message)
        return raw

    def _flag(self, _: Field, raw: Any, entry: Entry, path: Path) -> bool:
        if type(raw) is not bool:
            raise self._kind_of("SCN315", entry, path, raw, say("true or false"))
        return raw

    def _word(self, field: Field, raw: Any, entry: Entry, path: Path) -> str:
        if raw not in field.words:
            close = nearest(str(raw), field.words)
            hint = say("Did you mean '{close}'?", close=close) if close else ""
            raise self.wrong("SCN316", entry, path, say("Expected is one of: {words}.", words=", ".join(field.words)), hint)
        return str(raw)

    def _list(self, field: Field, raw: Any, entry: Entry, path: Path) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise self._kind_of("SCN317", entry, path, raw, say("a list"))
        member = Field(field.of, field.meaning, keys=("side",))
        return tuple(self.value(member, one, entry, (*path, number), {}) for number, one in enumerate(raw))

    def _by_side(self, field: Field, raw: Any, entry: Entry, path: Path) -> tuple[int, ...]:
        if type(raw) is int:
            return (self._number(field, raw, entry, path),) * len(self.ids["side"])
        if not isinstance(raw, dict):
            raise self._kind_of("SCN318", entry, path, raw, say("a whole number, or one for each side as {{ jp = 1, cn = 2 }}"))
        found = {self.ref("side", key, entry, (*path, key)): self._number(field, one, entry, (*path, key)) for key, one in raw.items()}
        return tuple(found.get(side, field.low) for side in range(len(self.ids["side"])))

    def _entries(self, field: Field, raw: Any, entry: Entry, path: Path) -> tuple[Any, ...]:
        if raw == ():
            return ()
        if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
            raise self._kind_of("SCN319", entry, path, raw, say("a list of tables"))
        filled = [self.fill(field.of, entry, one, (*path, number)) for number, one in enumerate(raw)]
        if any(one is None for one in filled):
            raise Missing
        return tuple(filled)

    def _numbers(self, _: Field, raw: Any, entry: Entry, path: Path) -> Mapping[str, int]:
        if not isinstance(raw, dict) or any(type(one) is not int for one in raw.values()):
            raise self._kind_of("SCN320", entry, path, raw, say("a table of whole numbers"))
        return dict(raw)

    def _amounts(self, field: Field, raw: Any, entry: Entry, path: Path) -> Mapping[str, Look]:
        if not isinstance(raw, dict):
            raise self._kind_of("SCN321", entry, path, raw, say("a table of amounts"))
        return {key: self._amount(field, one, entry, (*path, key)) for key, one in raw.items()}

    def _cell(self, _: Field, raw: Any, entry: Entry, path: Path) -> Track:
        if not isinstance(raw, str):
            raise self._kind_of("SCN322", entry, path, raw, say("the dotted name of a cell, as text"))
        found = self.cell(raw)
        if found is None:
            close = nearest(raw, self.known_names())
            hint = say("Did you mean '{close}'?", close=close) if close else ""
            raise self.wrong("SCN323", entry, path, say("No cell is called '{name}'.", name=raw), hint)
        return found

    def _track(self, field: Field, raw: Any, entry: Entry, path: Path) -> Track:
        if not isinstance(raw, str):
            raise self._kind_of("SCN324", entry, path, raw, say("the id of a track, as text"))
        found = self.tracks.get(raw)
        if found is None:
            close = nearest(raw, self.tracks)
            hint = say("Did you mean '{close}'?", close=close) if close else ""
            raise self.wrong("SCN325", entry, path, say("No track is called '{name}'.", name=raw), hint)
        if found.keys != field.keys:
            kept = " and ".join(found.keys) or say("nothing")
            wanted = " and ".join(field.keys) or say("nothing")
            message = say("The track '{name}' is kept by {kept}; here one kept by {wanted} is needed.", name=raw, kept=kept, wanted=wanted)
            raise self.wrong("SCN326", entry, path, message)
        return found

    # ---- expressions
    def _amount(self, _: Field, raw: Any, entry: Entry, path: Path) -> Look:
        if type(raw) is int:
            return lambda table: raw
        return self._expression(amount, raw, entry, path, say("a whole number or an expression in quotation marks"))

    def _condition(self, _: Field, raw: Any, entry: Entry, path: Path) -> Look:
        if type(raw) is bool:
            return lambda table: raw
        return self._expression(condition, raw, entry, path, say("a condition in quotation marks"))

    def _word_of(self, field: Field, raw: Any, entry: Entry, path: Path, table: Mapping[str, Any]) -> Look:
        mark = self.tracks.get(field.of[1:]) if field.of.startswith("@") else self.cell(str(table.get(field.of, "")))
        if isinstance(raw, str) and mark is not None and mark.words:
            if raw in mark.words:
                number = mark.words.index(raw)
                return lambda table: number
            if raw.replace("_", "").isalnum():
                close = nearest(raw, mark.words)
                hint = say("Did you mean '{close}'?", close=close) if close else ""
                message = say("'{word}' is no word of '{mark}'. Its words: {words}.", word=raw, mark=mark.id, words=", ".join(mark.words))
                raise self.wrong("SCN327", entry, path, message, hint)
        return self._amount(field, raw, entry, path)

    def _expression(self, read: Any, raw: Any, entry: Entry, path: Path, expected: str) -> Look:
        if not isinstance(raw, str):
            raise self._kind_of("SCN330", entry, path, raw, expected)
        try:
            look: Look = read(raw, _Scope(self)).evaluate
        except ExpressionError as error:
            raise self.wrong("SCN331", entry, path, error.message, error.hint, at=self._inside(entry, path, error)) from None
        return look

    def _inside(self, entry: Entry, path: Path, error: ExpressionError) -> Place | None:
        """The place inside the quoted expression at which a mistake stands."""
        source, start = entry.origins.get(str(path[0]), entry.home)
        span = source.spans.get((*start, *path[1:]))
        if span is None:
            return None
        first = column_in_string(source.text, span, error.start)
        width = max(error.end - error.start, 1)
        return attrs.evolve(first, end_column=first.column + width) if first != span.value else first


@attrs.frozen
class _Scope:
    """The desk as the expression language sees it."""

    desk: Desk

    def find(self, name: str, /) -> Name | None:
        return self.desk.find(name)

    def names(self) -> Iterable[str]:
        return self.desk.known_names()


def key_sizes(desk: Desk, key: str) -> list[tuple[str, str, tuple[int, ...]]]:
    """For one key of a track: the ids, names and sides of its values (both sides for pairs)."""
    sides = list(zip(desk.ids["side"], desk.names["side"], strict=True))
    count = range(len(sides))
    if key == "pair":
        return [(f"{sides[i][0]}.{sides[j][0]}", say("{a} and {b}", a=sides[i][1], b=sides[j][1]), (i, j))
                for i in count for j in count if i < j]  # fmt: skip
    ids, names = desk.ids[key], desk.names[key]
    owners = {"side": [(i,) for i in count], "agency": [(side,) for side in desk.agency_sides]}
    return [(one, names[i], owners[key][i] if key in owners else ()) for i, one in enumerate(ids)]


__all__ = ["Desk", "Missing", "key_sizes"]
