"""What people see: the one way out of the terminal play, line by line."""

import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from game.words import say

NARROWEST, WIDEST, USUAL = 40, 100, 79
"""Columns of a line of text."""

BLANK_LINES = 60
"""Empty lines that push a screen away where a terminal cannot be cleared."""

FEWEST_ROWS = 8
"""Rows below which a screen is taken for one of that many."""
LAST_LINES = 8
"""Lines that are shown although the reader has skipped the rest: what is needed next stands last."""

EMPHASIS = re.compile(r"\*\*(.+?)\*\*|(?<![\w*])\*([^*]+?)\*(?![\w*])|`(.+?)`")
TIED = "\N{NO-BREAK SPACE}"
"""A space at which no line is broken; it shows as a plain one."""

# Twice: some terminals keep what is erased by 2J in their scrollback.
CLEAR = "\x1b[3J\x1b[2J\x1b[H\x1b[3J"
LINE_BEFORE_GONE = "\x1b[1A\r\x1b[2K"


class Paper:
    """A stream for people: clears, wraps, stops where a screen is full, and lets no text steer the terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        reconfigure = getattr(out, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
        self._live = out.isatty()
        self._empty = False
        self._clears = self._live and os.environ.get("TERM", "") != "dumb" and _understands_escapes()
        self._goes_on: Callable[[], bool] | None = None
        self._rows = 0
        self._skipped = 0
        self._last: deque[str] = deque(maxlen=LAST_LINES)

    @property
    def width(self) -> int:
        """Columns to use."""
        columns = shutil.get_terminal_size((USUAL, 24)).columns - 1 if self._live else USUAL
        return max(NARROWEST, min(WIDEST, columns))

    def stop_at_each_screen(self, goes_on: Callable[[], bool]) -> None:
        """From now on stop where a screen is full and ask whether it *goes on*; else the rest is skipped up to its last
        lines. A stream that is no terminal never stops.
        """
        self._goes_on = goes_on if self._live else None

    def clear(self) -> None:
        """Put nothing of what was shown before within reach: neither on the screen nor by scrolling back."""
        forget_typed_lines()
        if not self._empty:
            self._out.write(CLEAR if self._clears else "\n" * BLANK_LINES)
            self._out.flush()
        self._empty = True
        self._new_screen()

    @contextmanager
    def privately(self) -> Iterator[None]:
        """A stretch of screens that nobody sees who sits here before or after."""
        self.clear()
        try:
            yield
        finally:
            self.clear()

    def _write(self, text: str) -> None:
        """Let whole lines appear, as far as the screen and its reader take them."""
        self._empty = False
        if self._goes_on is None:
            self._out.write(text)
            return
        columns, rows = shutil.get_terminal_size((USUAL + 1, 24))
        for line in text.removesuffix("\n").split("\n"):
            needed = _rows_of(line, columns)
            # The last row is for the question whether it goes on.
            if not self._skipped and self._rows + needed >= max(rows, FEWEST_ROWS):
                self._stop()
            if self._skipped:
                self._skipped += 1
                self._last.append(line)
            else:
                self._out.write(line + "\n")
                self._rows += needed

    def _stop(self) -> None:
        assert self._goes_on is not None
        self._out.write(say("-- more: Enter goes on, q skips --"))
        self._out.flush()
        self._rows = 0
        if not self._goes_on():
            self._skipped = 1
        if self._clears:
            self._out.write(LINE_BEFORE_GONE)

    def _new_screen(self) -> None:
        """Forget what was skipped, and count rows anew."""
        self._rows = self._skipped = 0
        self._last.clear()

    def _come_to_an_end(self) -> None:
        """Show the last lines of what was skipped; what follows begins a new count."""
        if self._skipped > LAST_LINES + 1:
            self._out.write(say("..."))
            self._out.write("\n")
        self._out.writelines(line + "\n" for line in self._last)
        self._new_screen()

    def line(self, text: str = "", indent: int = 0, hang: int = 0) -> None:
        """A paragraph, wrapped; *hang* indents its further lines more."""
        clean = printable(text)
        lead = " " * indent
        wrapped = textwrap.wrap(clean, self.width, initial_indent=lead, subsequent_indent=lead + " " * hang,
                                break_on_hyphens=False) or [""]  # fmt: skip
        self._write("\n".join(wrapped).replace(TIED, " ") + "\n")

    def lines(self, texts: Iterable[str]) -> None:
        """Paragraphs whose own indent is kept for their further lines."""
        for text in texts:
            bare = text.lstrip(" ")
            indent = len(text) - len(bare)
            self.line(bare, indent, 2 if indent else 0)

    def raw(self, texts: Iterable[str]) -> None:
        """Lines as they are, such as those of a chart."""
        for text in texts:
            self._write(printable(text) + "\n")

    def heading(self, text: str) -> None:
        """A heading with a line under it."""
        self.line()
        self.line(text)
        self._write("-" * min(self.width, len(text)) + "\n")

    def prompt(self, text: str) -> None:
        """What stands before the answer that people type."""
        self._come_to_an_end()
        self._out.write(printable(text))
        self._empty = False
        self._out.flush()

    def flush(self) -> None:
        """Let everything written so far appear."""
        self._come_to_an_end()
        self._out.flush()


def _rows_of(line: str, columns: int) -> int:
    """The rows of a screen that a line takes; East Asian signs are two columns wide."""
    wide = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
    return max(1, -(-wide // max(columns, 1)))


def printable(text: str) -> str:
    """The text without signs that could steer a terminal."""
    return "".join(
        sign if sign.isprintable() or sign == TIED else " " if sign in "\t\n\r" else "\N{REPLACEMENT CHARACTER}"
        for sign in text
    )


def page(markdown: str) -> list[str]:
    """A page written in Markdown as paragraphs for a terminal: headings, bullets, and no marks of emphasis."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", markdown.strip()):
        for raw in paragraph.split("\n"):
            if set(raw.strip()) <= set("|-: ") and "|" in raw:
                continue
            text = EMPHASIS.sub(_without_marks, EMPHASIS.sub(_without_marks, raw.rstrip()))
            if text.startswith("|"):
                text = "- " + " | ".join(cell.strip() for cell in text.strip("|").split("|"))
            if text.startswith("#"):
                text = text.lstrip("# ").upper()
            lines.append(f"  {text}" if text.startswith(("- ", "* ")) else text)
        lines.append("")
    return lines[:-1]


def _without_marks(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group is not None)


def bar(value: int, top: int, width: int) -> str:
    """A bar of a chart in plain characters, as long as *value* is of *top*."""
    return "#" * (0 if top <= 0 else max(0, min(width, round(value * width / top))))


def forget_typed_lines() -> None:
    """Forget what can be called back with the arrow keys, as far as this program keeps it."""
    keeper = sys.modules.get("readline")
    if keeper is not None:
        keeper.clear_history()
    if sys.platform == "win32":
        import ctypes

        # The console, not Python, remembers typed lines there; this call is old but not documented.
        forget = getattr(ctypes.windll.kernel32, "ExpungeConsoleCommandHistoryW", None)
        if forget is not None:
            forget(os.path.basename(sys.executable))


def _understands_escapes() -> bool:
    """Whether the terminal can be cleared by escape sequences; on Windows that is switched on first."""
    if sys.platform != "win32":
        return True
    import ctypes

    console = ctypes.windll.kernel32
    handle = console.GetStdHandle(-11)
    mode = ctypes.c_uint32()
    return bool(console.GetConsoleMode(handle, ctypes.byref(mode)) and console.SetConsoleMode(handle, mode.value | 4))
