"""The table of runs in memory, column by column, and the files that hold it."""

import csv
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from statistics import fmean
from typing import IO, Any

from attrs import frozen

from game.play.intervals import Interval, interval
from game.play.measures import CALLS
from game.play.sweep.plan import Column, Plan
from game.words import say

AT_ONCE = 10_000
"""Lines that are taken apart at once."""


@frozen(eq=False)
class Table:
    """What was played. *columns* holds whole numbers by name, of words their place in *words*; run by run, point by point."""

    plan: Plan
    columns: dict[str, "array[int]"]
    words: dict[str, tuple[str, ...]]

    def of_point(self, numbers: Sequence[int], point: int) -> Sequence[int]:
        """The part of a column that belongs to a point, counted from 0."""
        return numbers[point * self.plan.runs : (point + 1) * self.plan.runs]


@frozen
class Measure:
    """One thing that is measured, as a number for each run. *main* is true for what is shown to people first."""

    name: str
    unit: str
    main: bool
    numbers: Sequence[int]


def read_table(plan: Plan, lines: Iterable[str]) -> Table:
    """The table from its lines."""
    columns = plan.columns()
    numbers = {column.name: array("q") for column in columns}
    codes: dict[str, dict[str, int]] = {column.name: {} for column in columns if column.kind == "word"}
    rows = csv.reader(lines)
    while found := list(islice(rows, AT_ONCE)):
        for column, cells in zip(columns, zip(*found, strict=True), strict=True):
            numbers[column.name].extend(map(_reader(column, codes), cells))
    return Table(plan, numbers, {name: tuple(known) for name, known in codes.items()})


def _reader(column: Column, codes: Mapping[str, dict[str, int]]) -> Callable[[str], int]:
    """What makes a number of a cell."""
    if column.kind == "truth":
        return "true".__eq__
    if column.kind == "number":
        return int
    known = codes[column.name]
    return lambda word: known.setdefault(word, len(known))


def measures_of(table: Table) -> Iterator[Measure]:
    """All that is measured: of a mark, and of the ending, the percentage of runs with each word that any run has."""
    given = {"point", "run", "seed", *(factor.name for factor in table.plan.factors)}
    for column in sorted(table.plan.columns(), key=lambda column: column.name == "ending"):
        if column.name in given:
            continue
        numbers = table.columns[column.name]
        main = column.name != "turns" and column.name.rpartition(".")[2] not in CALLS
        for code, word in sorted(enumerate(table.words.get(column.name, ())), key=lambda one: one[1]):
            yield Measure(f"{column.name} = {word}", say("% of runs"), main, [100 * (one == code) for one in numbers])
        if column.kind == "number":
            yield Measure(column.name, column.unit, main, numbers)


def means_of(table: Table, measure: Measure) -> list[Interval]:
    """The mean of each point, with its interval."""
    return [interval(table.of_point(measure.numbers, point)) for point in range(len(table.plan.points))]


def mean_of(measure: Measure) -> float:
    """The mean of all runs."""
    return fmean(measure.numbers)


# ---- files
def points_rows(table: Table, measures: Sequence[Measure]) -> list[list[Any]]:
    """The table of points: levels, and of each measure the mean with the half-width of its 95 % interval."""
    plan = table.plan
    main = [measure for measure in measures if measure.main]
    means = [means_of(table, measure) for measure in main]
    heads = [head for measure in main for head in (f"{measure.name}.mean", f"{measure.name}.half")]
    rows: list[list[Any]] = [["point", *(factor.name for factor in plan.factors), "runs", *heads]]
    for point, levels in enumerate(plan.points):
        found = [text for of in means for text in (figure(of[point].value), figure(of[point].half))]
        rows.append([point + 1, *(level.text for level in levels), plan.runs, *found])
    return rows


def figure(value: float) -> str:
    """A number with six digits at most: enough for any interval, and the same on every machine."""
    return f"{value:.6g}"


def write_csv(file: IO[bytes], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as comma-separated values in UTF-8."""
    for row in rows:
        file.write(line_of(row).encode())


def line_of(row: Sequence[Any]) -> str:
    """One line of comma-separated values."""
    return ",".join(_cell(str(one)) for one in row) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


def write_runs(file: IO[bytes], plan: Plan, lines: Iterable[str]) -> None:
    """The table of runs: a line with the names of the columns, and the lines of all parts."""
    file.write(line_of([column.name for column in plan.columns()]).encode())
    for line in lines:
        file.write(line.encode())


def parquet_installed() -> bool:
    """Whether the extra ``sweep`` is there, which writes Parquet."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        return False
    return True


def write_parquet(file: IO[bytes], table: Table) -> None:
    """The table of runs as Parquet: whole numbers of 64 bits, words as text."""
    import pyarrow
    from pyarrow import parquet

    arrays = []
    for column in table.plan.columns():
        numbers = table.columns[column.name]
        found = pyarrow.Array.from_buffers(pyarrow.int64(), len(numbers), [None, pyarrow.py_buffer(numbers)])
        if column.kind == "word":
            found = pyarrow.array(table.words[column.name], pyarrow.string()).take(found)
        arrays.append(found.cast(pyarrow.bool_()) if column.kind == "truth" else found)
    names = [column.name for column in table.plan.columns()]
    parquet.write_table(pyarrow.Table.from_arrays(arrays, names), file, compression="snappy")
