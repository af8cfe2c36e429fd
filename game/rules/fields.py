"""Fields of entries: one declaration says what a value means, its unit, its limits and what it refers to.

Loading, checking, the generated manual and editors all read these declarations; there is no second schema. The values
of a class made of such fields are bound: a reference is a `Track` or a number, an amount or condition a function of a
table.
"""

from collections.abc import Sequence
from typing import Any

import attrs
from attrs import frozen

from game.rules.marks import WORDS

REQUIRED: Any = attrs.NOTHING


@frozen
class Field:
    """What an author may write for one key.

    Attributes: kind: ``text``, ``number``, ``word``, ``flag``, ``list``, ``amount``, ``condition``, ``cell``,
        ``track``, ``agency``, ``side``, ``unit``, ``zone``, ``mechanism``, ``by_side`` (a number for each side),
        ``readings`` (a text for some sides), ``entries`` (tables of a class).
        meaning: a sentence for the manual.
        unit: of a number.
        low, high: limits of a number.
        words: what a word may be; for a track, the words with which the mark begins.
        of: for a list, the kind of its members; for entries, their class.
        keys: for a track, the keys that it must have.
        count: for a list, how many members it must have; 0 for any number.
    """

    kind: str
    meaning: str
    unit: str = ""
    low: int = 0
    high: int = 0
    words: tuple[str, ...] = ()
    of: Any = None
    keys: tuple[str, ...] = ()
    count: int = 0


def special(kind: str, meaning: str, default: Any, **more: Any) -> Any:
    """A field of a kind that only one class uses."""
    declared = Field(kind, meaning, **more)
    if isinstance(default, list | dict):
        return attrs.field(factory=type(default), metadata={"field": declared}, kw_only=True)
    return attrs.field(default=default, metadata={"field": declared}, kw_only=True)


def text(meaning: str, default: Any = REQUIRED) -> Any:
    """A text for people."""
    return special("text", meaning, default)


def number(meaning: str, unit: str, low: int, high: int, default: Any = REQUIRED) -> Any:
    """A whole number with unit and limits."""
    return special("number", meaning, default, unit=unit, low=low, high=high)


def flag(meaning: str, default: Any = REQUIRED) -> Any:
    """True or false."""
    return special("flag", meaning, default)


def word(meaning: str, words: Sequence[str], default: Any = REQUIRED) -> Any:
    """One of several words."""
    return special("word", meaning, default, words=tuple(words))


def amount(meaning: str, unit: str, default: Any = REQUIRED) -> Any:
    """An expression with a whole number as its value."""
    return special("amount", meaning, default, unit=unit)


def word_of(meaning: str, of: str, default: Any = REQUIRED) -> Any:
    """A word of a mark, or an amount. *of* is the key beside it that names the mark, or ``@`` and the id of a track."""
    return special("word_of", meaning, default, of=of)


def condition(meaning: str, default: Any = REQUIRED) -> Any:
    """An expression that holds or does not."""
    return special("condition", meaning, default)


def cell(meaning: str, default: Any = REQUIRED) -> Any:
    """One cell, as a dotted name: ``climate.jp.cn``."""
    return special("cell", meaning, default)


def track(meaning: str, keys: Sequence[str], default: Any = REQUIRED) -> Any:
    """A whole track, with these keys; where rules know the words of the mark named as default, with these words."""
    return special("track", meaning, default, keys=tuple(keys), words=WORDS.get(default, ()))


def ref(kind: str, meaning: str, default: Any = REQUIRED) -> Any:
    """An agency, side, unit, zone or mechanism, by its id."""
    return special(kind, meaning, default)


def by_side(meaning: str, unit: str, low: int, high: int, default: Any = REQUIRED) -> Any:
    """A whole number for each side, written ``{ jp = 1, cn = 2 }``, or one number for all."""
    return special("by_side", meaning, default, unit=unit, low=low, high=high)


def readings(meaning: str) -> Any:
    """A text for some sides, written ``{ jp = "...", cn = "..." }``: how the law reads an act, side by side."""
    return special("readings", meaning, {})


def several(of: str, meaning: str, default: Any = REQUIRED, *, count: int = 0) -> Any:
    """A list of texts or of references; of exactly *count* where that is given."""
    return special("list", meaning, default, of=of, count=count)


def entries(of: type, meaning: str) -> Any:
    """Tables of a class of their own."""
    return special("entries", meaning, (), of=of)


def declared(cls: type) -> dict[str, tuple[Field, Any]]:
    """The fields of a class: key -> (declaration, default or *REQUIRED*)."""
    return {a.name: (a.metadata["field"], a.default) for a in attrs.fields(cls) if "field" in a.metadata}
