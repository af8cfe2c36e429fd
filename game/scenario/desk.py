"""The desk: turns an author's tables into bound values, and reports every mistake at its place.

Names become numbers and functions here and in `bind` alone.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import attrs

from game.core.model import Look, Track
from game.rules import fields
from game.rules.expression import ExpressionError, Name, amount, condition
from game.rules.fields import REQUIRED, Field
from game.scenario.document import Document, Entry
from game.scenario.names import NAMES, Names
from game.scenario.positions import Path, Place, place_inside
from game.scenario.problems import brief, kind_of, listed, nearest
from game.words import say

MOST_ENTRIES = 60
"""Entries that a list inside an entry may have: choices of an action, rungs of the ladder."""
EXPRESSIONS = 100_000
"""Characters that the expressions of a scenario may have together, those of an action counted for each agency."""
MOST_MEMBERS = 500
"""Members that a list of words, names or numbers may have."""
FILLED = 20_000
"""Tables that may be bound, those inside an action counted for each agency."""
LENGTH = 10_000
"""Characters of a text, after {own}, {side} and {other} were replaced."""
NAME_LENGTH = 200
"""Characters of what stands in titles, lists and labels."""
NAME_KEYS = frozenset({"name", "short", "label", "unit", "title", "clock", "kind", "date"})
NOTHING: Mapping[str, Any] = {"text": "", "list": (), "entries": (), "flag": False}
"""What stands for a missing value while the rest of a document is looked at; 0 for the other kinds."""


class Missing(Exception):
    """A value could not be bound."""


class Desk(Names):
    """What is known while a document is bound, and what binds more of it."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.spent = 0
        self.filled = 0

    # ---- filling
    def fill(self, cls: type, entry: Entry, table: Mapping[str, Any], path: Path = (), *, given: Mapping[str, Any] | None = None,
             beside: type | None = None, anyway: bool = False, also: Iterable[str] = ()) -> Any:  # fmt: skip
        """An instance of *cls* from an author's table; *None* when something in it is wrong, all of it reported.

        *given* holds values that are not the author's to write; keys of the class *beside* are left to it. With
        *anyway* nothing stands for what is wrong, so that the rest of the document can be looked at. *also* are words
        that a misspelt key may mean.
        """
        self.filled += 1
        if self.filled > FILLED and not anyway:
            if self.filled == FILLED + 1:
                self.document.report(
                    "SCN334", entry, path, say("This scenario holds more than {most} tables.", most=FILLED)
                )
            return None
        declared = fields.declared(cls)
        given = given or {}
        allowed = {*declared, *(fields.declared(beside) if beside else ())} - given.keys()
        for key in table:
            if key not in allowed:
                hint = self.near(key, {*allowed, *also}) or say("Known here: {known}.", known=listed(sorted(allowed)))
                self.document.report(
                    "SCN301", entry, (*path, key), say("'{key}' means nothing here.", key=brief(key)), hint, at_key=True
                )
        values: dict[str, Any] = dict(given)
        good = True
        for key, (declaration, default) in declared.items():
            if key in given:
                continue
            try:
                values[key] = self._filled(key, declaration, default, entry, table, path)
            except Missing:
                good = False
                values[key] = -1 if default == -1 else NOTHING.get(declaration.kind, 0)
        return cls(**values) if good or anyway else None

    def _filled(
        self, key: str, declaration: Field, default: Any, entry: Entry, table: Mapping[str, Any], path: Path
    ) -> Any:
        if key in table:
            return self.value(declaration, table[key], entry, (*path, key), table)
        if default is REQUIRED and not entry.complete:
            raise Missing
        if default is REQUIRED:
            raise self.wrong(
                "SCN302",
                entry,
                path,
                say("'{key}' is missing: {meaning}.", key=key, meaning=declaration.meaning.rstrip(" .")),
            )
        if (declaration.kind in self.ids and default == -1) or (declaration.kind == "word" and default == ""):
            return default
        if declaration.kind == "track" and default not in self.tracks and default not in self.failed:
            message = say("This needs a track '{name}', and the scenario has none.", name=default)
            hint = say(
                "Declare it, or name another one after '{key} =': {meaning}.", key=key, meaning=declaration.meaning
            )
            raise self.wrong("SCN325", entry, path, message, hint)
        raw = default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]
        return self.value(declaration, raw, entry, (*path, key), table)

    def wrong(self, code: str, entry: Entry, path: Path, message: str, hint: str = "", *, at: Place | None = None,
              at_key: bool = False) -> Missing:  # fmt: skip
        """Report a mistake and return the exception to raise."""
        self.document.report(code, entry, path, message, hint, at=at, at_key=at_key)
        return Missing()

    def value(self, field: Field, raw: Any, entry: Entry, path: Path, table: Mapping[str, Any]) -> Any:
        """One bound value. Raises *Missing* once the mistake is reported."""
        binders = {
            "text": self._text, "number": self._number, "flag": self._flag, "word": self._word, "list": self._list,
            "amount": self._amount, "condition": self._condition, "cell": self._cell, "track": self._track,
            "by_side": self._by_side, "entries": self._entries, "numbers": self._numbers, "amounts": self._amounts,
            "readings": self._readings,
        }  # fmt: skip
        if field.kind == "word_of":
            return self._word_of(field, raw, entry, path, table)
        if field.kind in self.ids:
            return self.ref(field.kind, raw, entry, path)
        if field.kind in binders:
            return binders[field.kind](field, raw, entry, path)
        return raw

    def ref(self, kind: str, raw: Any, entry: Entry, path: Path, *, at_key: bool = False) -> int:
        """The number of a side, agency, zone, unit or mechanism by its id."""
        if not isinstance(raw, str):
            raise self._kind_of("SCN310", entry, path, raw, say("an id in quotation marks ({kind})", kind=kind))
        if kind in ("side", "agency") and not self.ids[kind]:
            raise Missing  # There is none at all, and that is reported.
        name = self.stand_in(raw) if kind in ("side", "agency") else raw
        if name not in self.ids[kind]:
            hint = self.near(name, self.ids[kind]) or say("Known: {known}.", known=listed(self.ids[kind]))
            raise self.wrong(
                "SCN311",
                entry,
                path,
                say("No {kind} is called '{name}'.", kind=kind, name=brief(name)),
                hint,
                at_key=at_key,
            )
        return self.ids[kind].index(name)

    def _all(self, works: Iterable[Callable[[], Any]]) -> tuple[Any, ...]:
        """What several pieces of work give. Raises *Missing* when one failed, after all of them were tried."""
        done = []
        good = True
        for work in works:
            try:
                done.append(work())
            except Missing:
                good = False
        if not good:
            raise Missing
        return tuple(done)

    def _kind_of(self, code: str, entry: Entry, path: Path, raw: Any, expected: str) -> Missing:
        message = say("Here stands {found}; expected is {expected}.", found=kind_of(raw), expected=expected)
        return self.wrong(code, entry, path, message)

    def _text(self, _: Field, raw: Any, entry: Entry, path: Path) -> str:
        if not isinstance(raw, str):
            raise self._kind_of("SCN312", entry, path, raw, say("a text"))
        most = NAME_LENGTH if path[-1] in NAME_KEYS else LENGTH
        # The gaps are looked at only in what is short: names in their place make a text longer.
        text = self.said(raw) if len(raw) <= most else raw
        if len(text) > most:
            message = say("This text has {count} characters; at most {most} are possible.", count=len(text), most=most)
            raise self.wrong("SCN333", entry, path, message)
        return text

    def _number(self, field: Field, raw: Any, entry: Entry, path: Path) -> int:
        if type(raw) is not int:
            raise self._kind_of("SCN313", entry, path, raw, say("a whole number ({unit})", unit=field.unit))
        if not field.low <= raw <= field.high:
            message = say(
                "{found} is outside the limits: {low} to {high} ({unit}).",
                found=raw,
                low=field.low,
                high=field.high,
                unit=field.unit,
            )
            raise self.wrong("SCN314", entry, path, message)
        return raw

    def _flag(self, _: Field, raw: Any, entry: Entry, path: Path) -> bool:
        if type(raw) is not bool:
            raise self._kind_of("SCN315", entry, path, raw, say("true or false, without quotation marks"))
        return raw

    def _word(self, field: Field, raw: Any, entry: Entry, path: Path) -> str:
        if not isinstance(raw, str) or raw not in field.words:
            found = f"'{brief(raw)}'" if isinstance(raw, str) else kind_of(raw)
            message = say("Here stands {found}; expected is one of: {words}.", found=found, words=listed(field.words))
            raise self.wrong("SCN316", entry, path, message, self.near(str(raw), field.words))
        return raw

    def _list(self, field: Field, raw: Any, entry: Entry, path: Path) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise self._kind_of("SCN317", entry, path, raw, say("a list in square brackets"))
        if len(raw) > MOST_MEMBERS:
            message = say(
                "This list has {count} entries; at most {most} are possible.", count=len(raw), most=MOST_MEMBERS
            )
            raise self.wrong("SCN329", entry, path, message)
        member = Field(field.of, field.meaning, keys=("side",))
        found = self._all(
            partial(self.value, member, one, entry, (*path, number), {}) for number, one in enumerate(raw)
        )
        if field.of != "text":
            known = [one.id if isinstance(one, Track) else one for one in found]
            for number, one in enumerate(known):
                if known.index(one) < number:
                    raise self.wrong(
                        "SCN328",
                        entry,
                        (*path, number),
                        say("'{name}' stands twice in this list.", name=brief(str(raw[number]))),
                    )
        if field.count and len(found) != field.count:
            message = say(
                "Exactly {wanted} are named here; this list has {count}.", wanted=field.count, count=len(found)
            )
            raise self.wrong("SCN518", entry, path, message)
        return found

    def _by_side(self, field: Field, raw: Any, entry: Entry, path: Path) -> tuple[int, ...]:
        if type(raw) is int:
            return (self._number(field, raw, entry, path),) * len(self.ids["side"])
        if not isinstance(raw, dict):
            expected = say(
                "a whole number ({unit}), or a table with one for each side, as {{ jp = 1, cn = 2 }}", unit=field.unit
            )
            raise self._kind_of("SCN318", entry, path, raw, expected)
        sides = self._all(partial(self.ref, "side", key, entry, (*path, key), at_key=True) for key in raw)
        numbers = self._all(partial(self._number, field, one, entry, (*path, key)) for key, one in raw.items())
        found = dict(zip(sides, numbers, strict=True))
        return tuple(found.get(side, field.low) for side in range(len(self.ids["side"])))

    def _readings(self, field: Field, raw: Any, entry: Entry, path: Path) -> tuple[tuple[int, str], ...]:
        if not isinstance(raw, dict):
            raise self._kind_of(
                "SCN318", entry, path, raw, say("a table with a text for each side, as {{ jp = ..., cn = ... }}")
            )
        sides = self._all(partial(self.ref, "side", key, entry, (*path, key), at_key=True) for key in raw)
        texts = self._all(partial(self._text, field, one, entry, (*path, key)) for key, one in raw.items())
        return tuple(zip(sides, texts, strict=True))

    def _entries(self, field: Field, raw: Any, entry: Entry, path: Path) -> tuple[Any, ...]:
        if raw == ():
            return ()
        if not isinstance(raw, list) or not all(isinstance(one, dict) for one in raw):
            raise self._kind_of("SCN319", entry, path, raw, say("a list of tables"))
        if len(raw) > MOST_ENTRIES and path != ("turns",):
            message = say(
                "This list has {count} entries; at most {most} are possible.", count=len(raw), most=MOST_ENTRIES
            )
            raise self.wrong("SCN329", entry, path, message)
        filled = [self.fill(field.of, entry, one, (*path, number)) for number, one in enumerate(raw)]
        if any(one is None for one in filled):
            raise Missing
        return tuple(filled)

    def _numbers(self, _: Field, raw: Any, entry: Entry, path: Path) -> Mapping[str, int]:
        if not isinstance(raw, dict):
            raise self._kind_of("SCN320", entry, path, raw, say("a table of whole numbers"))
        for key, one in raw.items():
            if type(one) is not int:
                raise self._kind_of("SCN320", entry, (*path, key), one, say("a whole number"))
            if not key.isidentifier() or not key.isascii():
                message = say(
                    "Expressions cannot name '{key}': write Latin letters, digits and _, a letter first.",
                    key=brief(key),
                )
                raise self.wrong("SCN320", entry, (*path, key), message, at_key=True)
        return dict(raw)

    def _amounts(self, field: Field, raw: Any, entry: Entry, path: Path) -> Mapping[str, Look]:
        if not isinstance(raw, dict):
            raise self._kind_of("SCN321", entry, path, raw, say("a table of amounts"))
        looks = self._all(partial(self._amount, field, one, entry, (*path, key)) for key, one in raw.items())
        return dict(zip(raw, looks, strict=True))

    def _cell(self, _: Field, raw: Any, entry: Entry, path: Path) -> Track:
        if not isinstance(raw, str):
            raise self._kind_of("SCN322", entry, path, raw, say("the dotted name of a cell, as text"))
        found = self.cell(raw)
        if found is None:
            if raw.split(".")[0] in self.failed:
                raise Missing
            raise self.wrong(
                "SCN323", entry, path, say("No cell is called '{name}'.", name=brief(raw)), self._cell_hint(raw)
            )
        return found

    def _cell_hint(self, raw: str) -> str:
        track = self.tracks.get(raw.partition(".")[0])
        if track is None or self.document.crowded:
            return self.near(raw, self.known_names())
        hint = nearest(raw, (f"{track.id}.{label}" for label in track.labels[:NAMES]))
        if hint:
            return say("Did you mean '{close}'?", close=hint)
        return say(
            "Cells of this track: {labels}.",
            labels=listed(f"{track.id}.{label}" if label else track.id for label in track.labels),
        )

    def _track(self, field: Field, raw: Any, entry: Entry, path: Path) -> Track:
        if not isinstance(raw, str):
            raise self._kind_of("SCN324", entry, path, raw, say("the id of a track, as text"))
        if raw in self.failed:
            raise Missing
        found = self.tracks.get(raw)
        if found is None:
            raise self.wrong(
                "SCN325", entry, path, say("No track is called '{name}'.", name=brief(raw)), self.near(raw, self.tracks)
            )
        if found.keys != field.keys:
            kept = " and ".join(found.keys) or say("nothing")
            wanted = " and ".join(field.keys) or say("nothing")
            message = say(
                "The track '{name}' is kept by {kept}; here one kept by {wanted} is needed.",
                name=raw,
                kept=kept,
                wanted=wanted,
            )
            raise self.wrong("SCN326", entry, path, message)
        if found.words[: len(field.words)] != field.words:
            message = say("The track '{name}' cannot be used here: rules know its words by their place.", name=raw)
            hint = say("Let its words begin with: {words}.", words=listed(field.words, len(field.words)))
            raise self.wrong("SCN335", entry, path, message, hint)
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
        name = field.of[1:] if field.of.startswith("@") else table.get(field.of)
        found = self.tracks.get if field.of.startswith("@") else self.cell
        mark = found(name) if isinstance(name, str) else None
        if mark is None:
            # Without the mark nothing can be said of its word; where an author named it, that mistake is reported there.
            if field.of.startswith("@") and name not in self.failed:
                message = say("This needs a track '{name}', and the scenario has none.", name=name)
                raise self.wrong("SCN325", entry, path, message)
            raise Missing
        if type(raw) is int and not mark.low <= raw <= mark.high:
            message = say(
                "{found} is outside the limits of '{mark}': {low} to {high}.",
                found=raw,
                mark=mark.id,
                low=mark.low,
                high=mark.high,
            )
            raise self.wrong(
                "SCN314",
                entry,
                path,
                message,
                say("Its words: {words}.", words=listed(mark.words)) if mark.words else "",
            )
        if isinstance(raw, str) and mark.words:
            if raw in mark.words:
                number = mark.words.index(raw)
                return lambda table: number
            if raw.replace("_", "").isalnum() and raw not in self.tracks:
                message = say(
                    "'{word}' is no word of '{mark}'. Its words: {words}.",
                    word=brief(raw),
                    mark=mark.id,
                    words=listed(mark.words),
                )
                raise self.wrong("SCN327", entry, path, message, self.near(raw, mark.words))
        return self._amount(field, raw, entry, path)

    def _expression(self, read: Any, raw: Any, entry: Entry, path: Path, expected: str) -> Look:
        if not isinstance(raw, str):
            raise self._kind_of("SCN330", entry, path, raw, expected)
        if self.spent > EXPRESSIONS:
            raise Missing
        self.spent += len(raw)
        if self.spent > EXPRESSIONS:
            message = say(
                "The expressions of this scenario are together longer than {most} characters.", most=EXPRESSIONS
            )
            raise self.wrong("SCN332", entry, path, message)
        try:
            look: Look = read(raw, _Scope(self)).evaluate
        except ExpressionError as error:
            if raw[error.start : error.end].split(".")[0] in self.failed:
                raise Missing from None
            hint = error.hint
            name = raw[error.start : error.end]
            if name.startswith("choice.") and not hint:
                hint = say(
                    "Write {values} in each [[action.choice]].",
                    values=f"values = {{ {name.removeprefix('choice.')} = ... }}",
                )
            raise self.wrong(
                "SCN331", entry, path, error.message, hint, at=self.place_in(entry, path, error.start, error.end)
            ) from None
        return look

    def place_in(self, entry: Entry, path: Path, first: int, end: int) -> Place | None:
        """The place of the characters *first* to *end* of a quoted expression."""
        source, start = entry.place(path)
        span = source.spans.get(start)
        return place_inside(source.text, span, first, end) if span else None


@attrs.frozen
class _Scope:
    """The desk as the expression language sees it."""

    desk: Desk

    def find(self, name: str, /) -> Name | None:
        return self.desk.find(name)

    def names(self) -> Iterable[str]:
        return self.desk.known_names()
