"""Documents that a journal kept, as plain tables. A journal may come from anybody."""

import re
from typing import Any

from game.scenario.document import KINDS, Document, Entry
from game.scenario.layers import Layer, lay
from game.scenario.read import FOLDER_LIMIT, FOLDER_VALUE_LIMIT, NAME_LIMIT, Source
from game.words import say

NESTING = 40
"""How deep the tables of a journal's document may go: what files allow, and the layers around it."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def from_plain(plain: Any) -> Document:
    """A document from plain tables that a journal kept. Raises *ValueError* when they are not of that shape."""
    if not _harmless(plain) or not _shaped(plain):
        raise ValueError(say("The journal holds no scenario that can be read."))
    document = Document(plain["id"], tuple(plain["variants"]))
    table = {key: value for key, value in plain["settings"].items() if key not in KINDS}
    table.update({kind: found for kind, found in plain["entries"].items() if kind in KINDS})
    source = Source(document.id, "", table, {})
    document.settings = Entry("scenario", document.id, {}, {}, (source, ()))
    lay(document, Layer((source,)))
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
