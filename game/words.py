"""The one place through which every text for people passes.

Messages are written in English where they are used, as in gettext; a catalogue for another language maps the English
sentence to its own. Text written by scenario authors (names, briefings) does not pass here: it is translated in the
scenario folder.
"""

from collections.abc import Mapping

CATALOGUE: Mapping[str, str] = {}
"""English sentence -> sentence shown. Empty: English is shown as written."""


def say(sentence: str, /, **values: object) -> str:
    """The sentence in the reader's language, its ``{named}`` gaps filled with *values*."""
    shown = CATALOGUE.get(sentence, sentence)
    return shown.format(**values) if "{" in shown else shown
