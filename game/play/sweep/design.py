"""The design file of a sweep: which scenario, which factors at which levels, how many runs.

It may come from anybody, and is read and checked as the files of scenarios are: whatever is wrong is a problem at its
place, all of them in one pass.
"""

import re
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from attrs import frozen

from game.rules import fields
from game.scenario.desk import Desk
from game.scenario.document import Document, Entry
from game.scenario.positions import Path
from game.scenario.problems import brief, in_order, kind_of, report
from game.scenario.read import Source, read_file
from game.words import say

FORMAT = 1
FACTORIAL, LATIN, TABLE = "factorial", "latin_hypercube", "table"
MOST_POINTS = 10_000
MOST_RUNS = 1_000_000
"""Of all points together; they are summed up in memory."""
MOST_LEVELS = 100
MOST_FACTORS = 20
COLUMNS = ("point", "run", "seed", "turns", "ending", "peak_rung", "cumulated_risk", "final_risk")
"""Columns that every sweep has, so that no factor may be called so."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")

Setting: TypeAlias = int | str | bool
"""What a factor is set to at a level: a value of the scenario, or variants joined by +."""


class DesignProblem(Exception):
    """A design that cannot be played; the message is a report for people."""


@frozen
class FactorEntry:
    """What is varied: either a value of the scenario or a switch between variants."""

    name: str = fields.text("its name, which heads its column")
    number: str = fields.text("the value that it sets, by dotted name as mechanism.hotline.window_minutes", default="")
    variants: Any = fields.special(
        "levels", 'the variants that it switches between, "" for none, several joined by +', None
    )
    levels: Any = fields.special("levels", "its levels", None)
    low: Any = fields.special("level", "its lowest level", None)
    high: Any = fields.special("level", "its highest level", None)


@frozen
class DesignEntry:
    """A design file."""

    format: int = fields.number("the format of this file", "version", 1, 1000)
    scenario: str = fields.text("the scenario, by id or folder")
    variants: tuple[str, ...] = fields.several("text", "variants that hold at every point", default=[])
    policy: str = fields.text("who plays the agencies: doctrine, random or hold", default="doctrine")
    policies: Any = fields.special("table", "who plays single agencies, by id", {})
    runs: int = fields.number("how many runs are played at each point", "runs", 2, MOST_RUNS)
    first_seed: int = fields.number("the seed of the first run", "seed", 0, 2**62, default=0)
    kind: str = fields.word("how points are made of the factors", (FACTORIAL, LATIN, TABLE), default=FACTORIAL)
    points: Any = fields.special(
        "points", "for latin_hypercube how many points; for table the file that lists them", None
    )
    draw: int = fields.number("the seed with which points are drawn", "seed", 0, 2**62, default=0)
    pair: str = fields.text("the sides whose rungs and risk are measured, as jp.cn; else the first pair", default="")
    measures: tuple[str, ...] = fields.several("text", "tracks or cells whose value at the end is kept", default=[])
    factor: tuple[FactorEntry, ...] = fields.entries(FactorEntry, "the factors")


@frozen
class Level:
    """One level of a factor, and where somebody wrote it."""

    value: Setting
    origin: tuple[Source, Path]

    @property
    def text(self) -> str:
        """The level as tables show it."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value) or AS_IT_IS


AS_IT_IS = "as_it_is"
"""What tables show where a factor adds no variant."""


@frozen
class Factor:
    """A factor: a value of the scenario (*number*, its dotted name) or a switch between variants.

    *between* are the lowest and highest whole number where these were written; in a table it may have no levels at all.
    """

    name: str
    number: str
    levels: tuple[Level, ...]
    between: tuple[int, int] | None = None


@frozen(eq=False)
class Design:
    """A design file that could be read; *document* takes in further problems at its places."""

    given: DesignEntry
    factors: tuple[Factor, ...]
    folder: FilePath
    text: str
    entry: Entry
    document: Document

    def wrong(self, code: str, path: Path, message: str, hint: str = "") -> None:
        """Report a mistake at a place of the design file."""
        self.document.report(code, self.entry, path, message, hint)

    def stop_if_wrong(self) -> None:
        """Raise *DesignProblem* with everything that was reported, if there is anything."""
        stop_if_wrong(self.document)


def stop_if_wrong(document: Document) -> None:
    """Raise *DesignProblem* with the errors of a document, if there are any."""
    errors = [problem for problem in document.problems if problem.severity == "error"]
    if errors:
        raise DesignProblem(report(in_order(errors), document.sources))


def read_design(path: FilePath) -> Design:
    """Read a design file. Raises *DesignProblem* with all that is wrong, *OSError* where there is no such file."""
    with path.open("rb"):
        pass  # What cannot be opened at all is no mistake in the file.
    source, problems = read_file(path, path.name)
    document = Document(path.stem, problems=list(problems))
    if source is None:
        raise DesignProblem(report(in_order(problems), {}))
    document.sources[source.file] = source.text
    entry = Entry("design", document.id, source.table, {}, (source, ()))
    given = Desk(document).fill(DesignEntry, entry, source.table, anyway=True)
    reading = _Reading(document, entry, source)
    factors = tuple(reading.factors(given, source.table.get("factor", [])))
    reading.whole(given)
    stop_if_wrong(document)
    return Design(given, factors, path.parent, source.text, entry, document)


class _Reading:
    """What the declarations of fields cannot say about a design."""

    def __init__(self, document: Document, entry: Entry, source: Source) -> None:
        self.document, self.entry, self.source = document, entry, source

    def wrong(self, code: str, path: Path, message: str, hint: str = "") -> None:
        self.document.report(code, self.entry, path, message, hint)

    def whole(self, given: DesignEntry) -> None:
        """What concerns the design as a whole."""
        table = self.source.table
        if given.format != FORMAT and type(table.get("format")) is int:
            self.wrong("SWP101", ("format",), say("This design is in format {found}; this program reads format {known}.",
                                                  found=given.format, known=FORMAT))  # fmt: skip
        if given.points is not None and given.kind == FACTORIAL:
            self.wrong(
                "SWP102", ("points",), say("A factorial design takes every combination of levels; leave 'points' out.")
            )
        if given.kind == LATIN and not (type(given.points) is int and 4 <= given.points <= MOST_POINTS):
            self.wrong("SWP103", ("points",), say("A Latin hypercube has 4 to {most} points: write points = 64.",
                                                  most=MOST_POINTS))  # fmt: skip
        if given.kind == TABLE and not _is_file_name(given.points):
            self.wrong(
                "SWP104", ("points",), say('A table of points is a CSV file beside the design: points = "points.csv".')
            )
        if not isinstance(given.policies, dict):
            self.wrong(
                "SWP105", ("policies",), say('Policies are written by agency, as in [policies] jp_mod = "random".')
            )

    def factors(self, given: DesignEntry, raw: Any) -> list[Factor]:
        """The factors; those with mistakes are left out."""
        if not raw:
            self.wrong("SWP110", (), say("A design needs factors: write each as [[factor]]."))
        tables = raw if isinstance(raw, list) and all(isinstance(one, dict) for one in raw) else []
        if len(tables) > MOST_FACTORS:
            self.wrong("SWP111", ("factor", MOST_FACTORS), say("A design has {count} factors; at most {most} are possible.",
                                                               count=len(tables), most=MOST_FACTORS))  # fmt: skip
            return []
        found: list[Factor] = []
        for number, table in enumerate(tables):
            name = table.get("name")
            if isinstance(name, str) and self.good_name(name, number, [factor.name for factor in found]):
                factor = self.factor(name, table, ("factor", number), given.kind)
                if factor:
                    found.append(factor)
        return found

    def good_name(self, name: str, number: int, taken: list[str]) -> bool:
        """Whether a factor's name can head a column; else the mistake is reported."""
        path = ("factor", number, "name")
        if not _NAME.fullmatch(name):
            self.wrong(
                "SWP112",
                path,
                say("A name has Latin letters, digits and _, a letter first, and at most 40 characters."),
            )
        elif name in COLUMNS or name in taken:
            self.wrong("SWP113", path, say("Another column is called '{name}'; choose another name.", name=name))
        else:
            return True
        return False

    def factor(self, name: str, table: Mapping[str, Any], path: Path, kind: str) -> Factor | None:
        """One factor; None once its mistakes are reported."""
        if ("number" in table) == ("variants" in table):
            self.wrong("SWP114", path, say("The factor '{name}' sets either a value of the scenario or variants.", name=name),
                       say('Write number = "mechanism.hotline.window_minutes", or variants = ["", "authority"].'))  # fmt: skip
            return None
        switch = "variants" in table
        ways = [key for key in ("levels", "low", "high") if key in table]
        if switch and ways:
            self.wrong(
                "SWP115",
                (*path, ways[0]),
                say("Variants are the levels of this factor; leave '{key}' out.", key=ways[0]),
            )
            return None
        if switch or "levels" in table:
            if len(ways) > 1:
                self.wrong("SWP116", (*path, ways[1]), say("A factor has either levels, or low and high."))
                return None
            return self.listed(name, table, path, "variants" if switch else "levels")
        if kind == TABLE and not ways:
            return Factor(name, str(table["number"]), ())
        return self.between(name, table, path)

    def listed(self, name: str, table: Mapping[str, Any], path: Path, key: str) -> Factor | None:
        """A factor whose levels are listed."""
        raw = table[key]
        if not isinstance(raw, list) or not 2 <= len(raw) <= MOST_LEVELS:
            self.wrong(
                "SWP117",
                (*path, key),
                say("Levels are a list of 2 to {most}, as {key} = [...].", most=MOST_LEVELS, key=key),
            )
            return None
        good = True
        for number, one in enumerate(raw):
            at = (*path, key, number)
            if not isinstance(one, str if key == "variants" else int | str | bool):
                what = (
                    say("a variant in quotation marks")
                    if key == "variants"
                    else say("a whole number, a word, true or false")
                )
                self.wrong("SWP118", at, say("Here stands {found}; expected is {what}.", found=kind_of(one), what=what))
                good = False
            elif isinstance(one, str) and not one.isprintable():
                self.wrong("SWP121", at, say("A level is one line of letters, digits and signs."))
                good = False
            elif any(type(one) is type(other) and one == other for other in raw[:number]):
                self.wrong("SWP119", at, say("The level '{level}' stands twice.", level=brief(str(one))))
                good = False
        levels = tuple(Level(one, (self.source, (*path, key, number))) for number, one in enumerate(raw))
        return Factor(name, str(table.get("number", "")), levels) if good else None

    def between(self, name: str, table: Mapping[str, Any], path: Path) -> Factor | None:
        """A factor with a lowest and a highest level."""
        low, high = table.get("low"), table.get("high")
        if not (type(low) is int and type(high) is int and low < high):
            key = "high" if type(low) is int and "high" in table else "low"
            self.wrong("SWP120", (*path, key) if key in table else path,
                       say("The factor '{name}' needs levels = [...], or low and high, two whole numbers, low below high.",
                           name=name))  # fmt: skip
            return None
        levels = tuple(Level(one, (self.source, (*path, key))) for key, one in (("low", low), ("high", high)))
        return Factor(name, str(table["number"]), levels, (low, high))


def _is_file_name(name: Any) -> bool:
    """Whether this names a CSV file beside the design: never one that lies elsewhere."""
    return (
        isinstance(name, str) and bool(re.fullmatch(r"[^\x00-\x1f/\\:]{1,100}\.csv", name)) and not name.startswith(".")
    )


__all__ = ["AS_IT_IS", "Design", "DesignProblem", "Factor", "Level", "read_design", "stop_if_wrong"]
