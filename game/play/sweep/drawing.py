"""The points of a design: every combination of levels, a Latin hypercube, or a table somebody wrote."""

import csv
import re
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

from game.core.chance import drawn, entry_number, turn_key
from game.play.sweep.design import AS_IT_IS, LATIN, MOST_POINTS, MOST_RUNS, TABLE, Design, Factor, Level, Setting
from game.scenario.document import Entry
from game.scenario.positions import Place, Span
from game.scenario.problems import brief, listed, meant
from game.scenario.read import TOML_LIMIT, Source
from game.words import say

_WHOLE = re.compile(r"-?[0-9]{1,18}")


def points_of(design: Design) -> tuple[tuple[Level, ...], ...]:
    """The points: for each a level of every factor. Raises *DesignProblem* where there are too many, or none."""
    given = design.given
    if given.kind == TABLE:
        points = table(design)
    else:
        count = given.points if given.kind == LATIN else prod(len(factor.levels) for factor in design.factors)
        if count > MOST_POINTS:
            design.wrong("SWP130", ("factor",), say("This design has {count} points; at most {most} are possible.",
                                                    count=count, most=MOST_POINTS))  # fmt: skip
            design.stop_if_wrong()
        points = latin(design.factors, count, given.draw) if given.kind == LATIN else factorial(design.factors)
    if len(points) * given.runs > MOST_RUNS:
        message = say("{points} points of {runs} runs are {count} runs; at most {most} are possible.", points=len(points),
                      runs=given.runs, count=len(points) * given.runs, most=MOST_RUNS)  # fmt: skip
        design.wrong("SWP131", ("runs",), message)
    design.stop_if_wrong()
    return points


def factorial(factors: Sequence[Factor]) -> tuple[tuple[Level, ...], ...]:
    """Every combination of levels; the first factor changes fastest (standard order)."""
    return tuple(tuple(reversed(one)) for one in product(*(factor.levels for factor in reversed(factors))))


def latin(factors: Sequence[Factor], count: int, draw: int) -> tuple[tuple[Level, ...], ...]:
    """A Latin hypercube: each factor has one level in each of *count* equal parts of its range, in an order of its own.

    Source: McKay, Beckman and Conover 1979, "A comparison of three methods for selecting values of input variables in
    the analysis of output from a computer code". Draws are addressed by the factor's name, so that another factor in the
    design changes none of them.
    """
    columns = []
    for factor in factors:
        key = turn_key(draw, entry_number(factor.name))
        order = sorted(range(count), key=lambda place, key=key: (drawn(key, 2 * place), place))  # type: ignore[misc]
        low, high = factor.between or (0, len(factor.levels) - 1)
        places = [(part << 32) + drawn(key, 2 * place + 1) for place, part in enumerate(order)]
        values = [low + (place * (high - low + 1) // (count << 32)) for place in places]
        source, path = factor.levels[0].origin
        columns.append(
            [Level(value, (source, path[:2])) if factor.between else factor.levels[value] for value in values]
        )
    return tuple(zip(*columns, strict=True))


# ---- tables that somebody wrote
def table(design: Design) -> tuple[tuple[Level, ...], ...]:
    """The points of a CSV file with a column for each factor. What is wrong with it is reported in the design."""
    source = _source(design)
    rows = list(_rows(design, source)) if source else []
    if source is None or not rows:
        if source:
            _wrong(design, source, 0, 0, say("This table has no lines."))
        return ()
    heads = [text.strip() for text in rows[0]]
    names = [factor.name for factor in design.factors]
    for place, name in enumerate(heads):
        if name not in names or heads.index(name) < place:
            message = say("The columns of this table are the factors, each once: {names}. Here stands '{name}'.",
                          names=listed(names), name=brief(name))  # fmt: skip
            _wrong(design, source, 0, place, message, meant(name, names))
    if missing := [name for name in names if name not in heads]:
        _wrong(design, source, 0, 0, say("This table has no column for: {names}.", names=listed(missing)))
    if len(rows) - 1 > MOST_POINTS or len(rows) < 3:
        message = say("This table has {count} points; 2 to {most} are possible.", count=len(rows) - 1, most=MOST_POINTS)
        _wrong(design, source, 0, 0, message)
    design.stop_if_wrong()
    points = [_point(design, source, number, row, heads) for number, row in enumerate(rows[1:], 1)]
    return tuple(point for point in points if point)


def _point(
    design: Design, source: Source, number: int, row: Sequence[str], heads: Sequence[str]
) -> tuple[Level, ...] | None:
    if len(row) != len(heads):
        message = say("This line has {found} cells; the first has {wanted}.", found=len(row), wanted=len(heads))
        _wrong(design, source, number, 0, message)
        return None
    levels = []
    for factor in design.factors:
        column = heads.index(factor.name)
        value = _read(row[column].strip(), not factor.number)
        if isinstance(value, str) and not value.isprintable():
            _wrong(design, source, number, column, say("A level is one line of letters, digits and signs."))
        known = [level.value for level in factor.levels]
        if known and factor.between is None and value not in known:
            message = say("'{value}' is no level of '{name}'. Its levels: {known}.", value=brief(str(value)), name=factor.name,
                          known=listed(level.text for level in factor.levels))  # fmt: skip
            _wrong(design, source, number, column, message)
        levels.append(Level(value, (source, ("row", number, column))))
    return tuple(levels)


def _read(text: str, is_variant: bool) -> Setting:
    if is_variant:
        return "" if text == AS_IT_IS else text
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _WHOLE.fullmatch(text) else text


def _rows(design: Design, source: Source) -> list[list[str]]:
    try:
        return [row for row in csv.reader(source.text.splitlines(keepends=True), strict=True) if row]
    except csv.Error as error:
        design.document.report("SWP141", Entry("table", "", {}, {}, (source, ())), (),
                               say("This is no table of comma-separated values: {reason}.", reason=error))  # fmt: skip
        return []


def _source(design: Design) -> Source | None:
    """The table beside the design, with the places of its cells; None once a mistake is reported."""
    path = design.folder / design.given.points
    try:
        raw = path.read_bytes() if path.stat().st_size <= 4 * TOML_LIMIT else None
        text = None if raw is None else raw.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        design.wrong("SWP140", ("points",), say("The table '{file}' cannot be read: {reason}.", file=design.given.points,
                                                reason=error.strerror or error))  # fmt: skip
        return None
    except UnicodeDecodeError:
        design.wrong("SWP140", ("points",), say("The table '{file}' is not UTF-8.", file=design.given.points))
        return None
    if text is None:
        design.wrong("SWP140", ("points",), say("The table '{file}' is larger than {limit} MiB.", file=design.given.points,
                                                limit=4))  # fmt: skip
        return None
    source = Source(design.given.points, text, {}, _places(text))
    design.document.sources[source.file] = text
    return source


def _places(text: str) -> dict[Any, Span]:
    """Where the cells of a table without quoted line breaks stand; of others, nothing is known."""
    spans: dict[Any, Span] = {}
    lines = [line for line in enumerate(text.split("\n"), 1) if line[1].strip("\r")]
    if '"' in text:
        return spans
    for number, (line, content) in enumerate(lines):
        column = 1
        for place, cell in enumerate(content.split(",")):
            at = Place(line, column, column + max(len(cell), 1))
            spans["row", number, place] = Span(at, at, 0, 0)
            column += len(cell) + 1
    return spans


def _wrong(design: Design, source: Source, row: int, column: int, message: str, hint: str = "") -> None:
    entry = Entry("table", "", {}, {}, (source, ()))
    design.document.report("SWP142", entry, ("row", row, column), message, hint)
