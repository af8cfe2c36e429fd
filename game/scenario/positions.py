"""Where every key and every value of a TOML file stands.

tomli reads a scenario file but forgets where each value stood. This module reads the same text a second time and keeps
only the places, so that an error found later ("no such agency") can name its line and column. It expects text that
tomli has already accepted and makes no attempt to judge it again.
"""

import re
from bisect import bisect_right

import attrs
import tomli

Path = tuple[str | int, ...]
"""The way to a value: ``("agency", 0, "id")``. The empty path is the whole document."""

# Each part is possessive: it is never tried again in another way, so long strings cost no more than their length.
_BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BLANK_OR_COMMA = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_OPENING = re.compile(r"\[\[?")
_CLOSING = re.compile(r"\]\]?")
_DOT = re.compile(r"\.")
_EQUALS = re.compile(r"=")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]++ | "(?:[^"\\]++|\\.)*+" | '[^']*+'""", re.VERBOSE)
_SCALAR = re.compile(
    r'''
      """ (?: [^"\\]++ | \\. | "(?!"") )*+ "{3,5}   # up to two quotes may belong to the text itself
    | \'\'\' (?: [^']++ | '(?!\'\') )*+ '{3,5}
    | " (?: [^"\\]++ | \\. )*+ "
    | ' [^']*+ '
    | (?: [0-9]{4}-[0-9]{2}-[0-9]{2}[ ](?=[0-9]) )?+ [^ \t\r\n,\]}\#]++   # a space may part a date from its time
    ''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:U.{8}|u.{4}|x.{2}|[ \t]*\n[ \t\n]*|.)", re.DOTALL)


@attrs.frozen
class Place:
    """A stretch of one line. Lines and columns start at 1; columns count characters, whatever their width on screen."""

    line: int
    column: int
    end_column: int
    """The column after the last character; for a text of several lines, the end of its first line."""


@attrs.frozen
class Span:
    """Where one value and its key stand.

    A value written out in the file, an inline table or inline array included, has its raw text at ``start:end``. Other
    tables and arrays have no text of their own, and their ``start`` equals their ``end``:

    - the table of ``[a.b]``, the element and the array of ``[[a.b]]``: *key* is the last key part, *value* the whole
      key between the brackets, *start* the opening bracket. An array stands at its first element;
    - a table that exists only because a header names it in passing (``a`` in ``[a.b]``): the same, with *key* its own
      part of the header. A header of its own, found later, takes precedence;
    - a table that exists only because a dotted key names it (``a`` in ``a.b = 1``): its own part of the key;
    - the document itself: an empty place at the start of the text.
    """

    key: Place
    """The last part of the key. An element of an inline array has no key: the same as *value*."""
    value: Place
    start: int
    """Where the raw text of the value begins: a count of characters in the text as given, as is *end*."""
    end: int


@attrs.frozen
class _Part:
    """One part of a dotted key."""

    name: str
    start: int
    end: int


@attrs.define
class _Container:
    """An inline table or inline array whose closing bracket has not been reached."""

    path: Path
    key: Place | None
    start: int
    is_array: bool
    elements: int = 0


class _Scanner:
    """Walks once through the text, from the first character to the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line_starts = [0, *(newline.end() for newline in re.finditer("\n", text))]
        self.spans: dict[Path, Span] = {(): Span(Place(1, 1, 1), Place(1, 1, 1), 0, 0)}
        # How many elements each array made by [[...]] headers has so far.
        self.array_lengths: dict[Path, int] = {}

    def document(self) -> None:
        """Read every statement of the text."""
        table: Path = ()
        while True:
            self.take(_BLANK)
            if self.at == len(self.text):
                return
            if self.text[self.at] == "[":
                table = self.header()
            else:
                path, key = self.key_and_equals(table)
                self.value(path, key)

    def take(self, pattern: re.Pattern[str]) -> str:
        """Step over *pattern* and return what it matched."""
        match = pattern.match(self.text, self.at)
        if match is None:
            place = self.place(self.at, self.at)
            raise ValueError(f"not valid TOML at line {place.line}, column {place.column}")
        self.at = match.end()
        return match.group()

    def place(self, start: int, end: int) -> Place:
        """The line and columns of the characters *start* to *end*."""
        line = bisect_right(self.line_starts, start)
        line_start = self.line_starts[line - 1]
        if line < len(self.line_starts) and end >= self.line_starts[line]:
            end = self.line_starts[line] - 1
            if self.text[end - 1] == "\r":
                end -= 1
        return Place(line, start - line_start + 1, end - line_start + 1)

    def header(self) -> Path:
        """Read ``[a.b]`` or ``[[a.b]]`` and return the path of the table that it opens."""
        start = self.at
        makes_element = self.take(_OPENING) == "[["
        parts = self.key()
        self.take(_CLOSING)
        content = self.place(parts[0].start, parts[-1].end)
        path: Path = ()
        for part in parts[:-1]:
            path = self.pass_through((*path, part.name), Span(self.place(part.start, part.end), content, start, start))
        last = parts[-1]
        path = (*path, last.name)
        span = Span(self.place(last.start, last.end), content, start, start)
        if makes_element:
            self.spans.setdefault(path, span)
            index = self.array_lengths.get(path, 0)
            self.array_lengths[path] = index + 1
            path = (*path, index)
        self.spans[path] = span
        return path

    def pass_through(self, path: Path, span: Span) -> Path:
        """Note the table that a key names in passing, and step into it; of an array, into its newest element."""
        self.spans.setdefault(path, span)
        if path in self.array_lengths:
            return (*path, self.array_lengths[path] - 1)
        return path

    def key(self) -> list[_Part]:
        """Read a bare, quoted or dotted key and the spaces around it."""
        parts = []
        while True:
            self.take(_SPACE)
            start = self.at
            name = self.take(_KEY_PART)
            if "\\" in name:
                name = tomli.loads(f"key = {name}")["key"]
            elif name[0] in "\"'":
                name = name[1:-1]
            parts.append(_Part(name, start, self.at))
            self.take(_SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.take(_DOT)

    def key_and_equals(self, table: Path) -> tuple[Path, Place]:
        """Read a key of *table* up to its value; return the path of the value and the place of the last key part."""
        parts = self.key()
        self.take(_EQUALS)
        self.take(_SPACE)
        path = table
        for part in parts[:-1]:
            place = self.place(part.start, part.end)
            path = self.pass_through((*path, part.name), Span(place, place, part.start, part.start))
        last = parts[-1]
        return (*path, last.name), self.place(last.start, last.end)

    def value(self, path: Path, key: Place | None) -> None:
        """Read one value with everything inside it."""
        # A list of the open brackets instead of recursion: nesting is then limited by tomli alone.
        containers: list[_Container] = []
        while True:
            start = self.at
            if self.text.startswith(("[", "{"), start):
                containers.append(_Container(path, key, start, is_array=self.text[start] == "["))
                self.at += 1
            else:
                self.take(_SCALAR)
                self.note(path, key, start)
            self.close(containers)
            if not containers:
                return
            innermost = containers[-1]
            if innermost.is_array:
                path, key = (*innermost.path, innermost.elements), None
                innermost.elements += 1
            else:
                path, key = self.key_and_equals(innermost.path)

    def close(self, containers: list[_Container]) -> None:
        """Step to the next element or key, and take off the list each container that ends before it."""
        while containers:
            self.take(_BLANK_OR_COMMA)
            if not self.text.startswith(("]", "}"), self.at):
                return
            self.at += 1
            ended = containers.pop()
            self.note(ended.path, ended.key, ended.start)

    def note(self, path: Path, key: Place | None, start: int) -> None:
        """Record the value that began at *start* and has just been read."""
        value = self.place(start, self.at)
        self.spans[path] = Span(key or value, value, start, self.at)


def positions(text: str) -> dict[Path, Span]:
    """Where every key and value of *text* stands: one span for each path in what ``tomli.loads(text)`` returns.

    The text must be one that tomli accepts.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.spans


def place_inside(text: str, span: Span, start: int, end: int) -> Place:
    """The place of the characters *start* to *end* of a string value, whatever escapes it is written with."""
    raw = text[span.start : span.end]
    if not raw.startswith(("'", '"')):
        return span.value
    marks = 3 if raw.startswith(("'''", '"""')) else 1
    at = marks + (marks == 3 and raw.startswith("\n", marks))
    offsets = []
    while at < len(raw) - marks:
        escape = _ESCAPE.match(raw, at) if raw[0] == '"' else None
        if escape is None or not escape.group()[1:].lstrip(" \t").startswith("\n"):
            offsets.append(at)
        at = escape.end() if escape else at + 1
    offsets.append(len(raw) - marks)
    first = offsets[min(start, len(offsets) - 1)]
    last = offsets[min(max(end, start + 1), len(offsets) - 1)]
    line_end = raw.find("\n", first)
    last = max(min(last, line_end if line_end >= 0 else len(raw)), first + 1)
    line = raw.count("\n", 0, first)
    column = first - raw.rfind("\n", 0, first) if line else span.value.column + first
    return Place(span.value.line + line, column, column + last - first)
