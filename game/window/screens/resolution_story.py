"""A turn as the screen tells it: the steps that have something to tell, and the values as they stood after each.

All of it is made from what `game.play.telling` tells a reader, and from values that the reader may know.
"""

from collections.abc import Mapping, Sequence

from attrs import evolve, field, frozen

from game.core import Game
from game.core.events import NOTE, PICK, PUT, REFUSAL, ROLL, SHIFT, TOLD
from game.core.model import Track
from game.core.view import Reading, readings
from game.play.report import everything as all_values
from game.play.session import Moment
from game.play.telling import Said, Step, Waterfall, risk_moves, told_in_steps
from game.play.wording import running
from game.window.readouts import TENTHS, change, figure, public_readings
from game.window.screens.figures import ARROW, began
from game.words import say

OTHER = "other causes"
"""The label of what the reader cannot work out."""


@frozen
class Chapter:
    """One step of a turn that has something to tell: *summary* in a line; *risk* is how far it moved each pair's risk."""

    id: str
    name: str
    summary: str
    said: tuple[Said, ...]
    risk: Mapping[str, int]


@frozen
class Bar:
    """One bar of a waterfall, from one level to another, in tenths of a point. *kind*: start, part, rest or end.

    *chapter* is the number of the step in which it came, -1 for none; *merged* are the labels of the parts in a rest.
    """

    kind: str
    label: str
    rule: str
    before: int
    after: int
    chapter: int = -1
    merged: tuple[str, ...] = ()


@frozen(eq=False)
class Story:
    """A turn for a reader: *agency*, or all who sit at the table when it is None, or with *everything* control."""

    game: Game
    moment: Moment
    agency: str | None
    everything: bool
    chapters: tuple[Chapter, ...]
    falls: tuple[Waterfall, ...]
    _kept: dict[int, tuple[Reading, ...]] = field(factory=dict)

    @classmethod
    def of(cls, game: Game, moment: Moment, agency: str | None, *, everything: bool = False) -> "Story":
        """The story of a turn; a quiet one has a single chapter that says so."""
        steps = told_in_steps(game, moment, agency, everything=everything)
        chapters = tuple(_chapter(game, step) for step in steps if step.said)
        found = cls(game, moment, agency, everything, chapters, ())
        chapters = tuple(
            evolve(one, summary=found._rung() or one.summary) if one.id == "ladder" else one for one in chapters
        )
        quiet = Chapter("quiet", say("A quiet turn"), say("Nothing to tell"), (), {})
        falls = risk_moves(game, moment, agency, everything=everything)
        return cls(game, moment, agency, everything, chapters or (quiet,), falls)

    def _rung(self) -> str:
        """The highest rung of the turn, whether it is a new one or not."""
        rungs = [one for one in self.known(self.moment.after.row) if one.name.startswith("rung.")]
        top = max(rungs, key=lambda one: one.value, default=None)
        return say("Rung {rung}, {pair}", rung=top.value, pair=top.title.partition(": ")[2]) if top else ""

    # ---- values
    def known(self, row: Sequence[int]) -> tuple[Reading, ...]:
        """The values of a row of cells that the reader may know."""
        if self.everything:
            return all_values(self.game, row)
        if self.agency is None:
            return public_readings(self.game, row)
        return readings(self.game, row, 1 << self.game.agency_number(self.agency))

    def before(self) -> tuple[Reading, ...]:
        """The values when the turn began."""
        if -1 not in self._kept:
            self._kept[-1] = self.known(self.moment.before.row)
        return self._kept[-1]

    def readings(self, chapter: int) -> tuple[Reading, ...]:
        """The values when a step was over."""
        if chapter not in self._kept:
            self._kept[chapter] = self._readings(chapter)
        return self._kept[chapter]

    def _readings(self, chapter: int) -> tuple[Reading, ...]:
        if chapter >= len(self.chapters) - 1:
            return self.known(self.moment.after.row)
        new = {one.cell: one for part in self.chapters[: chapter + 1] for one in part.said if one.cell}
        return tuple(
            evolve(one, value=new[one.name].after, shown=_shown(self.game, new[one.name])) if one.name in new else one
            for one in self.before()
        )

    # ---- risk
    def moved(self) -> tuple[Waterfall, ...]:
        """The pairs whose risk moved, the one that moved farthest first."""
        found = [one for one in self.falls if one.parts or one.before != one.after]
        return tuple(sorted(found, key=lambda one: -abs(one.after - one.before)))

    def bars(self, fall: Waterfall, most: int) -> tuple[Bar, ...]:
        """A waterfall as bars: start, at most so many parts, end. Parts of one label and rule stand together; where there
        are too many, all parts of a rule do, and then the smallest.
        """
        parts = self._parts(fall)
        parts = _by_rule(parts) if len(parts) > most else parts
        kept = sorted(parts, key=lambda one: -abs(one.after))[: most - 1] if len(parts) > most else parts
        bars = [Bar("start", say("Start of turn"), "", 0, fall.before)]
        level = fall.before
        for one in (one for one in parts if one in kept):
            bars.append(evolve(one, before=level, after=level + one.after))
            level += one.after
        rest = [one for one in parts if one not in kept]
        if rest:
            amount = sum(one.after for one in rest)
            bars.append(Bar("rest", say("Smaller causes"), "", level, level + amount, rest[0].chapter, _named(rest)))
        return (*bars, Bar("end", say("End of turn"), "", 0, fall.after))

    def _parts(self, fall: Waterfall) -> list[Bar]:
        """The parts with their amounts as *after*, those of one label and rule together."""
        owners = self._owners(f"risk.{'.'.join(fall.pair)}")
        found: dict[tuple[str, str], Bar] = {}
        hidden = say("not known to you")
        for number, (label, amount, given) in enumerate(fall.parts):
            rule = say("not known to all") if given == hidden and self.agency is None else given
            owner = owners[number] if len(owners) == len(fall.parts) else -1
            one = found.get((label, rule), Bar("part", label, rule, 0, 0, owner))
            found[label, rule] = evolve(one, after=one.after + amount)
        return [one for one in found.values() if one.after] or list(found.values())[:1]

    def _owners(self, cell: str) -> list[int]:
        """For each part of a waterfall the number of the chapter in which it came."""
        return [
            number
            for number, chapter in enumerate(self.chapters)
            for one in chapter.said
            if one.cell == cell
            for _ in range(len(one.parts) if one.kind == SHIFT else 1)
        ]


def _by_rule(parts: Sequence[Bar]) -> list[Bar]:
    """The parts of each rule as one, called by the rule where there are several."""
    rules: dict[str, list[Bar]] = {}
    for one in parts:
        rules.setdefault(one.rule or one.label, []).append(one)
    return [
        some[0] if len(some) == 1
        else evolve(some[0], label=rule, after=sum(one.after for one in some), merged=_named(some))
        for rule, some in rules.items()
    ]  # fmt: skip


def _named(parts: Sequence[Bar]) -> tuple[str, ...]:
    """Parts in words."""
    return tuple(f"{began(one.label)} {change(TENTHS, one.after)}" for one in parts)


def _shown(game: Game, one: Said) -> str:
    return game.tracks[one.cell.partition(".")[0]].shown(one.after)


# ---- chapters
def _chapter(game: Game, step: Step) -> Chapter:
    risk: dict[str, int] = {}
    for one in step.said:
        track, _, pair = one.cell.partition(".")
        if track == "risk":
            risk[pair] = risk.get(pair, 0) + one.after - one.before
    return Chapter(step.id, step.name, summary(game, step), step.said, risk)


def summary(game: Game, step: Step) -> str:
    """A step in a line."""
    kinds = [one.kind for one in step.said]
    spoken = [one for one in step.said if one.kind in (NOTE, TOLD)]
    if step.id == "injects" and spoken:
        return _count(len(spoken), say("1 report"), "{count} reports")
    if step.id == "orders":
        refused = kinds.count(REFUSAL)
        done = _count(len(spoken), say("1 act"), "{count} acts")
        return say("{done}, {count} refused", done=done, count=refused) if refused else done
    if step.id == "movement":
        return _movement(step)
    if step.id == "encounters" and (names := _units(game, step)):
        return names
    if step.id in ("ladder", "risk"):
        return _reading(step)
    if step.id == "endings" and step.said:
        return step.said[0].text
    numbers = list(dict.fromkeys(one.cell for one in step.said if one.kind == SHIFT))
    if spoken and step.id in ("mechanisms", "encounters"):
        return _count(len(spoken), began(spoken[0].text), "{count} things happened")
    if len(numbers) == 1:
        return _moved([one for one in step.said if one.cell == numbers[0]])
    if numbers:
        return _count(len(numbers), "", "{count} values moved")
    return _drawn(step) or _count(len(step.said), began(step.said[0].text), "{count} things changed")


def _count(count: int, one: str, many: str) -> str:
    return one if count == 1 else say(many, count=count)


def _movement(step: Step) -> str:
    units = dict.fromkeys(unit for one in step.said for unit in one.units if one.cell.startswith(("at.", "way.")))
    seen = [one for one in step.said if one.cell.startswith("plot.") and one.kind == PUT]
    parts = [_count(len(units), say("1 group moved"), "{count} groups moved")] if units else []
    parts += [_count(len(seen), say("1 sighting"), "{count} sightings")] if seen else []
    return ", ".join(parts) or _drawn(step) or _count(len(step.said), began(step.said[0].text), "{count} changes")


def _drawn(step: Step) -> str:
    """What came of draws after which nothing else is told."""
    rolls = [roll for one in step.said for roll in one.rolls if one.kind == ROLL]
    if not rolls or any(one.kind not in (ROLL, PICK) for one in step.said):
        return ""
    hits = [roll for roll in rolls if roll.hit]
    if hits:
        return began(hits[0].name.rstrip("."))
    return _count(len(rolls), say("1 draw, nothing came of it"), "{count} draws, nothing came of them")


def _units(game: Game, step: Step) -> str:
    names = {unit.id: unit.name for unit in game.units}
    units = list(dict.fromkeys(unit for one in step.said for unit in one.units))
    if not units:
        return ""
    return names[units[0]] if len(units) == 1 else say("{count} groups of ships or aircraft", count=len(units))


def _reading(step: Step) -> str:
    """The risk that moved farthest, with its pair."""
    cells = dict.fromkeys(one.cell for one in step.said if one.cell.startswith("risk."))
    ways = [[one for one in step.said if one.cell == cell] for cell in cells]
    if not ways:
        return began(step.said[0].text)
    far = max(ways, key=lambda way: abs(way[-1].after - way[0].before))
    pair = far[0].title.partition(": ")[2]
    return f"{figure(far[0].unit, far[0].before)} {ARROW} {figure(far[-1].unit, far[-1].after)}, {pair}"


def _moved(said: Sequence[Said]) -> str:
    # The step of beliefs is called so: whose it is tells enough.
    title = said[0].title.partition(": ")[2] if said[0].cell.startswith("belief.") else running(said[0].title)
    return f"{title} {change(said[0].unit, said[-1].after - said[0].before)}"


# ---- marks
def plain(one: Said) -> bool:
    """Whether the sentence says no more than the two values do."""
    return bool(one.cell) and f"{one.before_shown} -> {one.after_shown}" in one.text


def mark_word(track: Track, value: int, shown: str) -> str:
    """The value of a mark as people read it."""
    if not track.words and (track.low, track.high) == (0, 1):
        return say("yes") if value else say("no")
    return shown


def on_record(game: Game, one: Said) -> bool:
    """Whether it is a mark that lasts and that all may know: it stands on the record."""
    track, _, label = one.cell.partition(".")
    found = game.tracks.get(track)
    if found is None or one.kind != PUT or not found.lasting or not plain(one) or track in NOT_MARKS:
        return False
    number = found.labels.index(label) if label in found.labels else 0
    return found.seen[number] & game.everyone == game.everyone


NOT_MARKS = ("at", "bound", "plot", "rung", "peak", "answer", "peak_answer", "way")
"""Tracks that are told elsewhere: on the chart, or as readings."""
