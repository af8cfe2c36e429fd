"""The plan of a sweep: a design bound to its scenario, checked before anything is played, and cut into parts."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

from attrs import frozen

from game import __version__
from game.core import Game
from game.play.measures import CALLS, MEASURES, MeasureProblem, cells_wanted, pair_named
from game.play.sweep.design import Design, Factor, Level, read_design
from game.play.sweep.drawing import points_of
from game.play.sweep.ground import Ground, Leaf, shared
from game.scenario.bind import bind
from game.scenario.document import Document, digest_of
from game.scenario.gathering import Files, read_files
from game.scenario.library import NoSuch, ScenarioProblem, locate, whole_shelf
from game.scenario.positions import Path
from game.scenario.problems import brief, listed, meant, report
from game.scenario.spots import Spot, hint_for
from game.words import say

POLICIES = {"doctrine": "doctrine", "random": "random", "hold": ""}
"""Who may play an agency, and what the engine calls that."""
EACH_CHECKED = 8
"""A number with more levels than this is checked at its lowest and its highest level before anything is played."""
PART_RUNS, PART_POINTS, PARTS_AT_LEAST = 2500, 8, 32
"""A part has at most so many runs and points, fewer where there would not be so many parts. Never depends on who plays."""

TOGETHER = 4
"""Points that take turns, and that a process keeps bound."""


@frozen
class Column:
    """A column of the table of runs: *kind* is ``number``, ``word`` or ``truth``; *unit* stands in tables for people."""

    name: str
    kind: str
    unit: str = ""


@frozen
class Stretch:
    """Runs *first* to before *end*, counted from 0, of a point, counted from 0."""

    point: int
    first: int
    end: int


@frozen(eq=False)
class Plan:
    """What is to be played.

    Attributes:
        game: the scenario with the design's own variants, every factor aside.
        points: for each point a level of every factor.
        wanted: the cells whose value at the end is kept.
        mechanisms: those whose calls are counted, of any point.
        identity: the hash of everything that decides what comes out.
    """

    design: Design
    ground: Ground
    game: Game
    points: tuple[tuple[Level, ...], ...]
    sides: tuple[str, str]
    wanted: tuple[str, ...]
    mechanisms: tuple[str, ...]
    identity: str

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors of the design."""
        return self.design.factors

    @property
    def runs(self) -> int:
        """How many runs each point has."""
        return self.design.given.runs

    @property
    def total(self) -> int:
        """How many runs there are in all."""
        return self.runs * len(self.points)

    def document(self, point: int) -> Document:
        """The scenario at a point, its levels in place."""
        return self.ground.document(self.points[point])

    def check(self, point: int) -> None:
        """Bind a point. Raises *DesignProblem* when it cannot be played."""
        self.ground.check(self.points[point])

    def parts(self) -> tuple[tuple[Stretch, ...], ...]:
        """All runs, point by point, in parts that are played and kept as a whole."""
        points, runs = len(self.points), self.runs
        several = max(1, min(PART_POINTS, PART_RUNS // runs, points // PARTS_AT_LEAST))
        if several > 1:
            whole = [Stretch(point, 0, runs) for point in range(points)]
            return tuple(tuple(whole[first : first + several]) for first in range(0, points, several))
        pieces = max(-(-runs // PART_RUNS), min(-(-PARTS_AT_LEAST // (8 * points)), runs))
        ends = [runs * piece // pieces for piece in range(pieces + 1)]
        return tuple((Stretch(point, first, end),) for point in range(points)
                     for first, end in pairwise(ends))  # fmt: skip

    def order(self) -> tuple[int, ...]:
        """The numbers of the parts as they are handed out: a few points take turns, so that processes of one speed each
        keep to points that they have bound, where otherwise each would bind every point.
        """
        parts = self.parts()
        pieces = len(parts) // len(self.points)
        if pieces < 2:
            return tuple(range(len(parts)))
        blocks = [
            range(first, min(first + TOGETHER, len(self.points))) for first in range(0, len(self.points), TOGETHER)
        ]
        return tuple(point * pieces + piece for block in blocks for piece in range(pieces) for point in block)

    def columns(self) -> tuple[Column, ...]:
        """The columns of the table of runs."""
        whole = [Column(name, "number") for name in ("point", "run", "seed")]
        levels = [Column(factor.name, level_kind([row[place].value for row in self.points]))
                  for place, factor in enumerate(self.factors)]  # fmt: skip
        risk = self.game.tracks["risk"].unit
        units = dict(zip(MEASURES, ("", risk, risk), strict=True))
        measures = [
            Column("turns", "number"),
            Column("ending", "word"),
            *(Column(name, "number", units[name]) for name in MEASURES),
        ]
        tracks = [(name, self.game.tracks[name.partition(".")[0]]) for name in self.wanted]
        ends = [Column(name, "word" if track.words else "number", track.unit) for name, track in tracks]
        calls = [Column(f"{mechanism}.{word}", "number") for mechanism in self.mechanisms for word in CALLS]
        return (*whole, *levels, *measures, *ends, *calls)


def level_kind(values: Sequence[Any]) -> str:
    """What kind of column holds these levels."""
    kinds = {type(value) for value in values}
    return "number" if kinds == {int} else "truth" if kinds == {bool} else "word"


@lru_cache
def program() -> dict[str, Any]:
    """What decides how a turn is played: this program, and the packages that add rules. Looking for those takes a while."""
    added = {point.dist.name: point.dist.version for point in entry_points(group="game.rules") if point.dist}
    return {"kuroshio": __version__, "rules": added}


def versions() -> dict[str, Any]:
    """What the program runs on, too."""
    try:
        import llvmlite

        machine: str | None = llvmlite.__version__
    except ImportError:
        machine = None
    return {**program(), "python": platform.python_version(), "llvmlite": machine}


# ---- making a plan
def planned(path: FilePath) -> Plan:
    """The plan of a design file. Raises *DesignProblem* with all that is wrong before anything is played."""
    return _Planning(read_design(path)).plan()


class _Planning:
    """A design on its way to a plan."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.shelf = whole_shelf()

    def plan(self) -> Plan:
        """The plan; what is wrong is raised with its place in the design."""
        design, given = self.design, self.design.given
        files = read_files(*self._folder())
        self._known_variants(files)
        design.stop_if_wrong()
        game = self._base(files)
        ground = Ground(design, files, game, self.shelf)
        self._spots(ground.spots(tuple(given.variants)))
        self._apart(ground)
        self._players(game)
        sides, wanted = self._measures(game)
        design.stop_if_wrong()
        points = points_of(design)
        self._checked(ground, points)
        documents = [ground.with_variants(variants) for variants in dict.fromkeys(map(ground.variants, points))]
        mechanisms = dict.fromkeys(name for document in documents for name in document.entries["mechanism"])
        identity = self._identity([document.plain() for document in documents], points, sides, wanted)
        return Plan(design, ground, game, points, sides, wanted, tuple(mechanisms), identity)

    def _folder(self) -> tuple[Traversable, tuple[Traversable, ...]]:
        name = self.design.given.scenario
        beside = self.design.folder / name
        try:
            return locate(str(beside) if beside.is_dir() else name)
        except NoSuch as problem:
            self.design.wrong("SWP150", ("scenario",), str(problem))
            self.design.stop_if_wrong()
            raise
        except OSError as problem:
            self.design.wrong("SWP150", ("scenario",), str(problem.strerror))
            self.design.stop_if_wrong()
            raise

    def _known_variants(self, files: Files) -> None:
        """Whether the scenario has the variants that the design names."""
        known = files.variants or {}
        named: list[tuple[Path, str]] = [
            (("variants", number), name) for number, name in enumerate(self.design.given.variants)
        ]
        for factor in self.design.factors:
            for level in () if factor.number else factor.levels:
                named += [(level.origin[1], name) for name in str(level.value).split("+") if level.value]
        for path, name in named if files.variants is not None else ():
            if name not in known:
                hint = meant(name, known) or say("It has: {known}.", known=listed(sorted(known)))
                self.design.wrong("SWP151", path, say("The scenario has no variant '{name}'.", name=brief(name)), hint)

    def _base(self, files: Files) -> Game:
        document = files.document(tuple(self.design.given.variants))
        game = bind(document, self.shelf)
        if game is None:
            raise ScenarioProblem(report(document.problems, document.sources))
        return game

    def _spots(self, known: Mapping[str, Spot]) -> None:
        """Whether the scenario has the values that factors set, each its own."""
        for number, factor in enumerate(self.design.factors):
            path: Path = ("factor", number, "number")
            spot = known.get(factor.number)
            if factor.number and spot is None:
                message = say("The scenario has no value '{name}'.", name=brief(factor.number))
                self.design.wrong("SWP152", path, message, hint_for(factor.number, known))
            if spot and factor.between and not spot.counted:
                message = say("'{name}' is no number; give it levels instead of low and high.", name=spot.name)
                self.design.wrong("SWP153", path, message)

    def _apart(self, ground: Ground) -> None:
        """Whether each factor sets something of its own."""
        taken: list[tuple[Factor, dict[Leaf, Any]]] = []
        for number, factor in enumerate(self.design.factors):
            own = ground.sets(factor)
            for other, theirs in taken:
                both = shared(own, theirs)
                if both:
                    message = say("The factor '{other}' sets '{name}' too, so that their effects could not be told apart.",
                                  other=other.name, name=".".join(both))  # fmt: skip
                    self.design.wrong("SWP154", ("factor", number, "number" if factor.number else "variants"), message)
            taken.append((factor, own))

    def _players(self, game: Game) -> None:
        given, agencies = self.design.given, [agency.id for agency in game.agencies]
        named = [
            (("policy",), given.policy),
            *((("policies", agency), policy) for agency, policy in given.policies.items()),
        ]
        for path, policy in named:
            if policy not in POLICIES:
                message = say(
                    "'{name}' is no policy; expected is one of: {known}.",
                    name=brief(str(policy)),
                    known=listed(POLICIES),
                )
                self.design.wrong("SWP155", path, message)
        for agency in given.policies:
            if agency not in agencies:
                hint = meant(agency, agencies) or say("Known: {known}.", known=listed(agencies))
                self.design.wrong(
                    "SWP156", ("policies", agency), say("No agency is called '{name}'.", name=brief(agency)), hint
                )

    def _measures(self, game: Game) -> tuple[tuple[str, str], tuple[str, ...]]:
        sides, wanted = ("", ""), dict[str, None]()
        try:
            sides = pair_named(game, self.design.given.pair)
        except MeasureProblem as problem:
            self.design.wrong("SWP157", ("pair",), str(problem))
        for number, name in enumerate(self.design.given.measures):
            try:
                wanted |= dict.fromkeys(cells_wanted(game, [name]))
            except MeasureProblem as problem:
                self.design.wrong("SWP158", ("measures", number), str(problem))
        for number, factor in enumerate(self.design.factors):
            if factor.name in wanted:
                self.design.wrong("SWP113", ("factor", number, "name"),
                                  say("Another column is called '{name}'; choose another name.", name=factor.name))  # fmt: skip
        return sides, tuple(wanted)

    def _checked(self, ground: Ground, points: Sequence[tuple[Level, ...]]) -> None:
        """Bind points until every level was met, so that what cannot be played is said before anything is."""
        for point in _covering(points):
            ground.check(points[point])

    def _identity(self, documents: Sequence[Any], points: Sequence[Sequence[Level]], sides: Sequence[str],
                  wanted: Sequence[str]) -> str:  # fmt: skip
        given = self.design.given
        whole = {
            "program": program(),
            "documents": documents,
            "factors": [[factor.name, factor.number] for factor in self.design.factors],
            "points": [[level.value for level in point] for point in points],
            "policy": given.policy, "policies": given.policies, "runs": given.runs, "seed": given.first_seed,
            "kind": given.kind, "sides": sides, "wanted": wanted,
        }  # fmt: skip
        return digest_of(whole)


def _covering(points: Sequence[tuple[Level, ...]]) -> Iterator[int]:
    """Points that together have every level of every factor; of numbers with many levels the lowest and the highest."""
    left: set[tuple[int, Any]] = set()
    for place in range(len(points[0])):
        values = list(dict.fromkeys((type(point[place].value), point[place].value) for point in points))
        numbers = sorted(value for kind, value in values if kind is int)
        few = [numbers[0], numbers[-1]] if len(numbers) > EACH_CHECKED else numbers
        left |= {(place, (kind, value)) for kind, value in values if kind is not int or value in few}
    marks = [{(place, (type(level.value), level.value)) for place, level in enumerate(point)} for point in points]
    while left:
        best = max(range(len(points)), key=lambda number: len(marks[number] & left))
        left -= marks[best]
        yield best
