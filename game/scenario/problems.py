"""What is wrong with a scenario, where, and what to do about it.

Every check of a scenario folder answers with problems, and every program that shows them (command line, editor, the
window of the game) works from the same ones. A problem has a code that stays the same from version to version.
"""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from game.words import say

LINE_WIDTH = 100
"""Columns of a source line that a report shows; longer lines are cut around the problem."""

BEFORE_CARET = 40
"""Columns kept in front of the problem when a line is cut."""

CUT = "..."

NAME_WIDTH = 80
"""Characters up to which a name is compared with others: likeness costs the product of both lengths."""

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
_WITHOUT_WIDTH = frozenset({"Mn", "Me"})


@attrs.frozen
class Problem:
    """One thing that is wrong, at one place."""

    severity: str
    """"error" (the scenario cannot be played) or "warning"."""
    code: str
    """Stable from version to version: "SCN001"."""
    file: str
    """As shown to the author: relative to the parent of the scenario folder, with forward slashes. May be empty."""
    line: int
    """From 1; 0 when the problem is not about a line."""
    column: int
    """From 1, in characters; 0 when the problem is not about a line."""
    end_column: int
    """The column after the last character."""
    message: str
    hint: str = ""


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column, each of them once."""
    return tuple(sorted(set(problems), key=_position))


def report(problems: Iterable[Problem], texts: Mapping[str, str]) -> str:
    """All problems in the form for people, and a last line that counts them.

    *texts* maps the file of a problem to its text. Without it, or for a line that it does not have, the source line is
    left out. Characters that could steer a terminal are replaced.
    """
    ordered = in_order(problems)
    lines_of = {file: texts[file].split("\n") for file in {found.file for found in ordered} & texts.keys()}
    return "\n".join([*(_block(found, lines_of.get(found.file, [])) for found in ordered), _summary(ordered)])


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of *known* that most resembles *name*; empty when none is close."""
    if len(name) > NAME_WIDTH:
        return ""
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def meant(name: str, known: Iterable[str]) -> str:
    """A hint at the known name that a misspelt one may have meant; empty when none is close."""
    close = nearest(name, known)
    return say("Did you mean '{close}'?", close=close) if close else ""


def listed(names: Iterable[str], most: int = 20) -> str:
    """The names as a sentence shows them, the first ones of many."""
    shown = [brief(name) for name in names]
    if not shown:
        return say("none")
    return ", ".join(shown if len(shown) <= most else [*shown[:most], say("and more")])


def brief(text: str) -> str:
    """An author's word, short enough to be quoted."""
    return text if len(text) <= NAME_WIDTH else text[: NAME_WIDTH - len(CUT)] + CUT


def kind_of(raw: Any) -> str:
    """What kind of value an author wrote, for a sentence."""
    kinds = {
        bool: "true or false",
        int: "a whole number",
        float: "a number with a fraction",
        str: "a text",
        list: "a list",
        dict: "a table",
    }
    return say(kinds.get(type(raw), "a date or time"))


def _position(found: Problem) -> tuple[object, ...]:
    # What follows the column only serves to give the same order every time.
    return found.file, found.line, found.column, found.end_column, found.severity, found.code, found.message, found.hint


def _block(found: Problem, lines: list[str]) -> str:
    severity = say("warning") if found.severity == "warning" else say("error")
    place = [str(number) for number in (found.line, found.column) if number > 0] if found.line > 0 else []
    start = ":".join([part for part in [_printable(found.file), *place] if part])
    block = [f"{start}: " * bool(start) + f"{severity}: {_printable(found.message)} [{found.code}]"]
    gutter = "  "
    if 0 < found.line <= len(lines):
        number = f"{found.line:6}"
        gutter = " " * len(number)
        shown, caret = _excerpt(lines[found.line - 1].removesuffix("\r"), found.column, found.end_column)
        block.append(f"{number} | {shown}".rstrip())
        if caret:
            block.append(f"{gutter} | {caret}")
    if found.hint:
        block.append(f"{gutter} = {say('help')}: {_printable(found.hint)}")
    return "\n".join(block)


def _excerpt(line: str, column: int, end_column: int) -> tuple[str, str]:
    """What to show of *line*, and the carets to stand under it: none for a problem without a column."""
    start = min(max(column - 1, 0), len(line))
    end = min(max(end_column - 1, start), len(line))
    # The parts are first cut to as many characters as could ever be shown: a hostile line may be a megabyte long.
    before, shortened = _printable(line[max(0, start - LINE_WIDTH) : start]), start > LINE_WIDTH
    rest = _printable(line[start : start + 2 * LINE_WIDTH])
    if shortened or _width(before) + _width(rest) > LINE_WIDTH:
        kept = _fitting(before[::-1], BEFORE_CARET)[::-1]
        before, shortened = kept, shortened or kept != before
    if shortened:
        before = CUT + before
    marked = rest[: end - start]
    room = LINE_WIDTH - _width(before)
    if _width(rest) > room:
        rest = _fitting(rest, room - len(CUT)) + CUT
        marked = _fitting(marked, room)
    caret = " " * _width(before) + "^" * max(1, _width(marked)) if column > 0 else ""
    return before + rest, caret


def _fitting(text: str, room: int) -> str:
    """The beginning of *text* that is at most *room* columns wide."""
    end = 0
    while end < len(text) and (room := room - _width(text[end])) >= 0:
        end += 1
    return text[:end]


def _width(text: str) -> int:
    """Columns that printable *text* takes on a screen."""
    return sum(
        2
        if unicodedata.east_asian_width(character) in "WF"
        else 0
        if unicodedata.category(character) in _WITHOUT_WIDTH
        else 1
        for character in text
    )


def _printable(text: str) -> str:
    """*text* on one line, without signs that move the cursor or turn the direction of writing."""
    return "".join(
        " "
        if character in "\t\n"
        else "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) in _UNPRINTABLE
        else character
        for character in text
    )


def _summary(problems: tuple[Problem, ...]) -> str:
    warnings = sum(found.severity == "warning" for found in problems)
    errors = len(problems) - warnings
    files = len({found.file for found in problems if found.file})
    counts = []
    if errors:
        counts.append(say("1 error") if errors == 1 else say("{count} errors", count=errors))
    if warnings:
        counts.append(say("1 warning") if warnings == 1 else say("{count} warnings", count=warnings))
    if not counts:
        return say("No problems.")
    if not files:
        return ", ".join(counts)
    if files == 1:
        return say("{counts} in 1 file", counts=", ".join(counts))
    return say("{counts} in {files} files", counts=", ".join(counts), files=files)
