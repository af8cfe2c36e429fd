"""The one place through which every text for people passes.

Messages are written in English where they are used, as in gettext; a catalogue for another language maps the English
sentence to its own. Text written by scenario authors (names, briefings) does not pass here: it is translated in the
scenario folder.
"""

from collections.abc import Mapping
from functools import lru_cache

CATALOGUE: Mapping[str, str] = {}
"""English sentence -> sentence shown. Empty: English is shown as written."""


def say(sentence: str, /, **values: object) -> str:
    """The sentence in the reader's language, its ``{named}`` gaps filled with *values*.

    What was said last is kept, because rules name all that they might tell in every turn; an error is given as its text,
    since what is kept lives on. Who changes the catalogue while the program runs calls ``kept.cache_clear()``.
    """
    try:
        return kept(sentence, **values)
    except TypeError:  # A value that cannot be kept, such as a list.
        return filled(sentence, **values)


def filled(sentence: str, /, **values: object) -> str:
    """The sentence with its gaps filled."""
    shown = CATALOGUE.get(sentence, sentence)
    return shown.format(**values) if "{" in shown else shown


kept = lru_cache(maxsize=2048, typed=True)(filled)
