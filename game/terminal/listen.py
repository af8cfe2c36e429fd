"""What people type: questions and answers, forgiving spelling."""

import difflib
import getpass
import sys
from collections.abc import Callable, Mapping, Sequence

from game.terminal.paper import Paper
from game.words import say

Ask = Callable[[str], str]
LONGEST_ANSWER = 2000
"""Characters of one answer that are kept."""
YES, NO = ("yes", "y"), ("no", "n")
SKIP = ("q", "quit", "skip")


class Left(Exception):
    """Somebody typed 'quit'."""


class Listener:
    """Asks people. *ask* and *ask_secret* stand in for the keyboard, as in tests."""

    def __init__(self, paper: Paper, ask: Ask | None = None, ask_secret: Ask | None = None) -> None:
        self._paper = paper
        self._ask = ask or self._typed
        self._ask_secret = ask_secret or ask or self._typed_unseen
        if ask is None and sys.stdin.isatty():
            paper.stop_at_each_screen(self._goes_on)

    def ask(self, prompt: str) -> str:
        """One line typed, cleaned. Raises *EOFError* when nobody is there any more."""
        self._paper.prompt("")
        return _clean(self._ask(prompt))

    def ask_secret(self, prompt: str) -> str:
        """One line typed that does not show. Raises *EOFError*."""
        self._paper.prompt("")
        return _clean(self._ask_secret(prompt))

    def yes(self, question: str, default: bool) -> bool:
        """A question for yes or no; Enter alone is the default."""
        hint = say("[yes]") if default else say("[no]")
        while True:
            answer = self.ask(f"{question} {hint} ").lower()
            if not answer:
                return default
            if answer in YES or answer in NO:
                return answer in YES
            self._paper.line(say("Please type yes or no."))

    def _typed(self, prompt: str) -> str:
        self._paper.prompt(prompt)
        typed = sys.stdin.readline()
        if not typed:
            raise EOFError
        return typed

    def _goes_on(self) -> bool:
        """Wait where a screen is full; False when the reader skips the rest, or is not there any more."""
        typed = sys.stdin.readline()
        return bool(typed) and _clean(typed).lower() not in SKIP

    def _typed_unseen(self, prompt: str) -> str:
        if not sys.stdin.isatty():
            return self._typed(prompt)
        self._paper.flush()
        return getpass.getpass(prompt)


def _clean(typed: str) -> str:
    """What was typed, without signs that a file or a terminal cannot bear."""
    text = typed.strip()[:LONGEST_ANSWER].encode("utf-8", "replace").decode()
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def split(line: str) -> tuple[str, str]:
    """The first word in small letters, and the rest."""
    word, _, rest = line.strip().partition(" ")
    return word.lower(), rest.strip()


def command_of(word: str, known: Sequence[str]) -> str | None:
    """The command that a word means: itself or the beginning of the first command that begins so."""
    if word in known:
        return word
    return next((name for name in known if word and name.startswith(word)), None)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A sentence for a word that means nothing here."""
    close = difflib.get_close_matches(word.lower(), known, 1, 0.6)
    hint = say(" Did you mean '{close}'?", close=close[0]) if close else ""
    more = say(" Type help for what does.") if "help" in known else ""
    return say("'{word}' means nothing here.{hint}{more}", word=word, hint=hint, more=more)


def one_of(typed: str, named: Mapping[str, Sequence[str]]) -> str | None:
    """The key whose spellings fit what was typed: its number (from 1), a spelling, or the only one that begins so."""
    word = typed.strip().lower()
    keys = list(named)
    if word.isascii() and word.isdigit():
        return keys[int(word) - 1] if len(word) < 6 and 1 <= int(word) <= len(keys) else None
    spelt = {key: [key.lower(), *(one.lower() for one in named[key] if one)] for key in keys}
    exact = [key for key in keys if word in spelt[key]]
    found = exact or [key for key in keys if word and any(one.startswith(word) for one in spelt[key])]
    return found[0] if len(found) == 1 else None
