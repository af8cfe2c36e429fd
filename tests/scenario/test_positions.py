import json
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from game.scenario.positions import Path, Place, Span, positions

NASTY = """\
# 東シナ海
title = "漁船"  # comment = "no"
\t'quoted key' . b."é\\x41" = [1979-05-27 07:32, 1979-05-27 , +inf]

[ fleet."東.西".deep ] # [not.this]
a = { x = 1, y.z = [ 'p', { q = true } ], }
b.c = 0x1F
[fleet]
note = \"\"\"
one "" = ] \\
  two\"\"\"\"\"
lit = ''' '' # '''
[[agency]]
id="one"
list = [ # first ] comment
  [1,
   2], # ] second
  {
    k = "v",  # inside

    "l" . m = '漁' },
]
  [ agency . office ]
  floor = 3
[[agency]]
[[agency.desk]]
[[agency.desk]]
\tn\t=\t"a\\"b"\t# end
"" = ''"""

# Path, key (line, column, end column), value (line, column, end column).
EXPECTED: list[tuple[Path, tuple[int, int, int], tuple[int, int, int]]] = [
    ((), (1, 1, 1), (1, 1, 1)),
    (("title",), (2, 1, 6), (2, 9, 13)),
    (("quoted key",), (3, 2, 14), (3, 2, 14)),
    (("quoted key", "b"), (3, 17, 18), (3, 17, 18)),
    (("quoted key", "b", "éA"), (3, 19, 26), (3, 29, 66)),
    (("quoted key", "b", "éA", 0), (3, 30, 46), (3, 30, 46)),
    (("quoted key", "b", "éA", 1), (3, 48, 58), (3, 48, 58)),
    (("quoted key", "b", "éA", 2), (3, 61, 65), (3, 61, 65)),
    (("fleet", "東.西"), (5, 9, 14), (5, 3, 19)),
    (("fleet", "東.西", "deep"), (5, 15, 19), (5, 3, 19)),
    (("fleet", "東.西", "deep", "a"), (6, 1, 2), (6, 5, 44)),
    (("fleet", "東.西", "deep", "a", "x"), (6, 7, 8), (6, 11, 12)),
    (("fleet", "東.西", "deep", "a", "y"), (6, 14, 15), (6, 14, 15)),
    (("fleet", "東.西", "deep", "a", "y", "z"), (6, 16, 17), (6, 20, 41)),
    (("fleet", "東.西", "deep", "a", "y", "z", 0), (6, 22, 25), (6, 22, 25)),
    (("fleet", "東.西", "deep", "a", "y", "z", 1), (6, 27, 39), (6, 27, 39)),
    (("fleet", "東.西", "deep", "a", "y", "z", 1, "q"), (6, 29, 30), (6, 33, 37)),
    (("fleet", "東.西", "deep", "b", "c"), (7, 3, 4), (7, 7, 11)),
    (("fleet",), (8, 2, 7), (8, 2, 7)),
    (("fleet", "note"), (9, 1, 5), (9, 8, 11)),
    (("fleet", "lit"), (12, 1, 4), (12, 7, 19)),
    (("agency",), (13, 3, 9), (13, 3, 9)),
    (("agency", 0), (13, 3, 9), (13, 3, 9)),
    (("agency", 0, "id"), (14, 1, 3), (14, 4, 9)),
    (("agency", 0, "list"), (15, 1, 5), (15, 8, 27)),
    (("agency", 0, "list", 0), (16, 3, 6), (16, 3, 6)),
    (("agency", 0, "list", 0, 1), (17, 4, 5), (17, 4, 5)),
    (("agency", 0, "list", 1), (18, 3, 4), (18, 3, 4)),
    (("agency", 0, "list", 1, "k"), (19, 5, 6), (19, 9, 12)),
    (("agency", 0, "list", 1, "l", "m"), (21, 11, 12), (21, 15, 18)),
    (("agency", 0, "office"), (23, 14, 20), (23, 5, 20)),
    (("agency", 0, "office", "floor"), (24, 3, 8), (24, 11, 12)),
    (("agency", 1), (25, 3, 9), (25, 3, 9)),
    (("agency", 1, "desk"), (26, 10, 14), (26, 3, 14)),
    (("agency", 1, "desk", 0), (26, 10, 14), (26, 3, 14)),
    (("agency", 1, "desk", 1), (27, 10, 14), (27, 3, 14)),
    (("agency", 1, "desk", 1, "n"), (28, 2, 3), (28, 6, 12)),
    (("agency", 1, "desk", 1, ""), (29, 1, 3), (29, 6, 8)),
]


def everything(value: Any, path: Path = ()) -> dict[Path, Any]:
    """Each path of a parsed document with its value."""
    found = {path: value}
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= everything(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found |= everything(inner, (*path, index))
    return found


def characters(text: str, place: Place) -> str:
    line = text.split("\n")[place.line - 1].removesuffix("\r")
    assert 1 <= place.column <= place.end_column <= len(line) + 1
    return line[place.column - 1 : place.end_column - 1]


def check(text: str) -> None:
    """All that must hold between the spans of a text and what tomli reads from it."""
    values = everything(tomli.loads(text))
    spans = positions(text)
    assert spans.keys() == values.keys()
    for path, span in spans.items():
        value = values[path]
        if not path:
            assert span == Span(Place(1, 1, 1), Place(1, 1, 1), 0, 0)
            continue
        if span.start == span.end:
            assert isinstance(value, dict | list)
        else:
            assert tomli.loads("x = " + text[span.start : span.end])["x"] == value
            first_line = text[span.start : span.end].split("\n", maxsplit=1)[0].removesuffix("\r")
            assert characters(text, span.value) == first_line
        if isinstance(path[-1], str):
            assert list(tomli.loads(characters(text, span.key) + " = 1")) == [path[-1]]
        elif span.start != span.end:
            assert span.key == span.value


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_nasty_document_stands_where_the_eye_finds_it(newline: str) -> None:
    text = NASTY.replace("\n", newline)
    spans = positions(text)
    found = [
        (
            path,
            (spans[path].key.line, spans[path].key.column, spans[path].key.end_column),
            (spans[path].value.line, spans[path].value.column, spans[path].value.end_column),
        )
        for path, _, _ in EXPECTED
    ]
    assert found == EXPECTED
    check(text)


def test_offsets_count_the_text_as_given() -> None:
    text = 'a = 1\r\n[b]\r\nc = """x\r\ny"""\r\n[[d]]\r\n'
    spans = positions(text)
    assert text[spans["b", "c"].start : spans["b", "c"].end] == '"""x\r\ny"""'
    assert (spans[("b",)].start, spans[("b",)].end) == (7, 7)
    assert text.index("[[d]]") == spans["d", 0].start == spans["d", 0].end == spans[("d",)].start


@pytest.mark.parametrize(
    "raw",
    [
        '""',
        "''",
        '""""""',
        "''''''",
        '"""""""',
        '""""""""',
        "'''''''",
        "''''''''",
        '""""a"" b"""""',
        "''''a'' b'''''",
        r'"\\"',
        r'"\"]"',
        r"'\'",
        r'"""\""" # """',
        '"""\\\r\n  \r\n  x\\  \n y"""',
        r'"\e\x41\u6771\U0001F6A2"',
        "1979-05-27T07:32:00.5-07:00",
        "1979-05-27 07:32",
        "1979-05-27",
        "07:32",
        "-1_000.5e-3",
        "-inf",
        "{ a = 1, # }\n }",
        "[]",
        "{}",
        "[ # ]\n\n [ ] , [[]], ]",
    ],
)
@pytest.mark.parametrize(
    "before_and_after", [("x = ", "# ]"), ("x = [", ", 2 ] "), ("x = {y=", "}"), ("x = [[1,", "]]")]
)
def test_every_kind_of_value(raw: str, before_and_after: tuple[str, str]) -> None:
    before, after = before_and_after
    text = before + raw + after + "\nlast = 1"
    spans = positions(text)
    assert text[len(before) : len(before) + len(raw)] in {text[span.start : span.end] for span in spans.values()}
    check(text)


@pytest.mark.parametrize(
    "text", ["", "\n", " ", "#", "# x\r\n", "[a]", "[[a]]", "\t[ a.'b' ]\t# c", "[[a.b]]\n[a]\n[a.b.c]"]
)
def test_short_documents(text: str) -> None:
    check(text)


def test_own_header_takes_precedence_over_mention_in_passing() -> None:
    spans = positions("[a.b]\n[a]\n[a.c]\n")
    assert spans[("a",)].key == Place(2, 2, 3)


@pytest.mark.parametrize("depth", [300, 390])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{ a = ", "}"), ("{ a.b = [ ", " ] }")])
def test_deep_nesting(depth: int, opening: str, closing: str) -> None:
    levels = depth // 2 if "." in opening else depth
    text = "x = " + opening * levels + "1" + closing * levels
    assert tomli.loads(text)
    spans = positions(text)
    deepest = max(spans, key=len)
    assert spans[deepest].value.column == len("x = ") + len(opening) * levels + 1


def test_long_dotted_key() -> None:
    text = ".".join(["a"] * 500) + " = 1\n[" + ".".join(["b"] * 500) + "]"
    assert tomli.loads(text)
    assert positions(text).keys() >= {("a",) * 500, ("b",) * 500}


def test_invalid_text_stops() -> None:
    with pytest.raises(ValueError, match="line 2, column 3"):
        positions("a = 1\nb ! 2")


# A random document is made in two steps: what it says, then one of the many ways to write that down.

CHARACTERS = "ab'\"\\\n\t\r #=[]{},.0-東é\x1b\x00🚢\u2028\x85"
KEYS = st.one_of(st.sampled_from(["a", "b", "c-1", "_", "12", "true", "1979-05-27"]), st.text(CHARACTERS, max_size=4))
LOCAL_TIMES = st.datetimes(min_value=datetime(1000, 1, 1))
ZONES = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SCALARS = st.one_of(
    st.text(CHARACTERS, max_size=8),
    st.text(CHARACTERS, max_size=8),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(min_value=date(1000, 1, 1)),
    st.times(),
    LOCAL_TIMES,
    st.builds(lambda moment, zone: moment.replace(tzinfo=zone), LOCAL_TIMES, ZONES),
)
DOCUMENTS = st.dictionaries(
    KEYS,
    st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(KEYS, inner, max_size=4),
            st.lists(st.dictionaries(KEYS, inner, max_size=3), min_size=1, max_size=3),
        ),
        max_leaves=12,
    ),
    max_size=5,
)

ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\x1b": "\\e", '"': '\\"', "\\": "\\\\"}
BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


class Writer:
    """Writes a document, choosing the form of everything by draws."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def choose(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def space(self) -> str:
        return self.choose("", " ", "\t", "  ")

    def gap(self) -> str:
        """What may stand between the elements of an array or inline table."""
        return self.choose("", " ", "\n", '\t# ] } \' """\n', " \n\n  ")

    def escaped(self, character: str) -> str:
        forms = [f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08X}"]
        if ord(character) < 0x100:
            forms.append(f"\\x{ord(character):02x}")
        if character in ESCAPES:
            forms.append(ESCAPES[character])
        return self.choose(*forms)

    def basic(self, text: str) -> str:
        must = {character for character in text if (ord(character) < 32 and character != "\t") or character in '"\\'}
        may = {self.choose("é", "東", "a", "\t")} | must
        return '"' + "".join(self.escaped(c) if c in may else c for c in text) + '"'

    def basic_lines(self, text: str) -> str:
        written = '"""' + ("\n" if text.startswith("\n") else self.choose("", "\n"))
        quotes = 0
        for character in text:
            quotes = quotes + 1 if character == '"' else 0
            must = (ord(character) < 32 and character not in "\t\n") or character == "\\" or quotes == 3
            if character not in " \t\n" and self.choose("plain", "plain", "continued") == "continued":
                written += "\\" + self.choose("", " \t") + "\n" + self.choose("", "\n  ")
                quotes = int(character == '"')
            if must:
                written += self.escaped(character)
                quotes = 0
            else:
                written += character
        return written + '"""'

    def string(self, text: str) -> str:
        plain = all(ord(character) >= 32 or character == "\t" for character in text)
        plain_lines = all(ord(character) >= 32 or character in "\t\n" for character in text)
        forms = ["basic", "basic lines"]
        if plain and "'" not in text:
            forms.append("literal")
        if plain_lines and "'''" not in text:
            forms.append("literal lines")
        form = self.choose(*forms)
        if form == "basic":
            return self.basic(text)
        if form == "basic lines":
            return self.basic_lines(text)
        if form == "literal":
            return f"'{text}'"
        return "'''" + ("\n" if text.startswith("\n") else self.choose("", "\n")) + text + "'''"

    def key(self, name: str) -> str:
        forms = ["basic"]
        if name and BARE.issuperset(name):
            forms.append("bare")
        if "'" not in name and all(ord(character) >= 32 or character == "\t" for character in name):
            forms.append("literal")
        form = self.choose(*forms)
        if form == "basic":
            return self.basic(name)
        return name if form == "bare" else f"'{name}'"

    def dotted(self, names: list[str]) -> str:
        written = self.key(names[0])
        for name in names[1:]:
            written += self.space() + "." + self.space() + self.key(name)
        return written

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            pairs = [pair for name, inner in value.items() for pair in self.pairs([name], inner)]
            return self.listed("{", pairs, "}")
        if isinstance(value, list):
            return self.listed("[", [self.value(inner) for inner in value], "]")
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, datetime):
            return value.isoformat(sep=self.choose("T", " "))
        if isinstance(value, date | time):
            return value.isoformat()
        return json.dumps(value) if isinstance(value, bool) else str(value)

    def listed(self, opening: str, elements: list[str], closing: str) -> str:
        inside = (self.gap() + "," + self.gap()).join(elements)
        trailing = self.choose("", ",") if elements else ""
        return opening + self.gap() + inside + self.gap() + trailing + self.gap() + closing

    def pairs(self, names: list[str], value: Any) -> list[str]:
        """``key = value``; for a table perhaps one such pair with a dotted key for each of its own pairs."""
        if isinstance(value, dict) and value and self.draw(st.booleans()):
            return [pair for name, inner in value.items() for pair in self.pairs([*names, name], inner)]
        return [self.dotted(names) + self.space() + "=" + self.space() + self.value(value)]

    def line(self, content: str) -> str:
        return self.choose("", "\n", "# [x]\n") + self.space() + content + self.choose("", " ", "\t# = 'x") + "\n"

    def table(self, path: list[str], table: dict[str, Any], header: str) -> str:
        """The table's own pairs under *header*, and the tables below it under headers of their own."""
        pairs: list[str] = []
        below: list[str] = []
        for name, value in table.items():
            form = self.choose("pair", "header")
            if form == "header" and isinstance(value, dict):
                below.append(self.table([*path, name], value, "["))
            elif form == "header" and isinstance(value, list) and value and all(isinstance(e, dict) for e in value):
                below.append("".join(self.table([*path, name], element, "[[") for element in value))
            else:
                pairs += self.pairs([name], value)
        own = "".join(self.line(pair) for pair in pairs)
        if header:
            closing = header.replace("[", "]")
            own = self.line(header + self.space() + self.dotted(path) + self.space() + closing) + own
        below_text = "".join(below)
        if header != "[" or not below:
            return own + below_text
        order = self.choose("own first", "own last") if pairs else self.choose("own first", "own last", "no header")
        if order == "no header":
            return below_text
        return own + below_text if order == "own first" else below_text + own


@st.composite
def written_documents(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    document = draw(DOCUMENTS)
    text = Writer(draw).table([], document, "")
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    return document, text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@settings(max_examples=100, deadline=None)
@given(written_documents())
def test_every_path_of_a_random_document_has_its_place(written: tuple[dict[str, Any], str]) -> None:
    document, text = written
    assert tomli.loads(text) == document
    check(text)
