"""The tracing table: runs every body once on symbols, checks it, and writes the same turn as plain Python text.

As a *checker* it refuses, with file, line and what to write instead, whatever would work on the recording table and
not in the text, or would work differently: branching on the state, ``min(...)``, ``~``, a float, adding two
conditions. As an *information checker* it follows who may know each value, so that no computer player can pick by
what its agency cannot see, and each part of a sum is shown to those alone who can see everything it was computed
from. As a *writer* it turns guards into real ``if``s. No string of a scenario enters the text: names are numbered and
labels stay beside it, in the list of `Site`s.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import frozen

from game.core import chance as draws
from game.core.events import DUE, MOVE, NOTE, PICK, PUT, REFUSAL, ROLL, SHIFT
from game.core.model import Action, Detail, Game, Look, Lot, Rule, Track
from game.core.symbols import FLOAT, SCOPE, UNTRACED, Expr, RuleError, refused
from game.core.table import entry_number, lot_tables


@frozen
class Site:
    """One place in the text that makes events: what stands beside the numbers in the event stream."""

    kind: str
    rule: str
    who: int
    track: Track | None
    cell: int
    labels: tuple[str, ...]
    seen: int
    address: int = -1


@lru_cache(maxsize=8)
def owners(game: Game) -> Mapping[int, Track]:
    """The track that each cell belongs to."""
    return {cell: track for track in game.tracks.values() for cell in range(track.first, track.first + track.size)}


class Read:
    """What was read already, and not written since: cells by number, places that are not fixed by their text."""

    def __init__(self) -> None:
        self.cells: dict[int, Expr] = {}
        self.places: dict[str, Expr] = {}

    def forget(self, cell: int) -> None:
        """A cell is written now; -1 where its number is not fixed. A place that is not fixed may be any cell."""
        self.places.clear()
        if cell < 0:
            self.cells.clear()
        else:
            self.cells.pop(cell, None)


class Tracing:
    """Writes one turn as Python text; see the module."""

    traces = True
    takes = "S, key, turn"
    """What a function of the text takes: the row, the key of the turn's draws, and the number of the turn."""

    def __init__(self, game: Game, record: bool) -> None:
        self.game = game
        self.record = record
        self.functions: list[str] = []
        self.sites: list[Site] = []
        self.owners = owners(game)
        self.constants: dict[tuple[int, ...], str] = {}
        self.part_seen: dict[tuple[str, int, int, str], int] = {}
        self.chance_seen: dict[tuple[str, int, str], int] = {}
        self.addresses: dict[int, str] = {}
        self.blocks = [0]
        self.lines: list[str] = []
        self.cache = Read()
        self.known = self.everyone = game.everyone
        self.viewer: int | None = None
        self.rule, self.who = "", 0
        self._names = 0
        self._blocks = 0

    # ---- writing
    def function(self, body: Callable[..., None], *values: Any) -> str:
        """Trace a body as a function of its own and return its name."""
        outer = self.lines, self.cache, self.blocks
        self.lines, self.cache, self.blocks = [], Read(), [self._fresh_block()]
        body(self, *values)
        name = f"f{len(self.functions)}"
        stream = ", E" if self.record else ""
        self.functions.append("\n".join([f"def {name}({self.takes}{stream}):", *self.lines, "    return"]))
        self.lines, self.cache, self.blocks = outer
        return name

    def _fresh_block(self) -> int:
        self._blocks += 1
        return self._blocks

    def _emit(self, line: str, deeper: int = 0) -> None:
        self.lines.append("    " * (len(self.blocks) + deeper) + line)

    def text(self, value: Any) -> str:
        """How a value is written in the text."""
        if isinstance(value, Expr):
            if value.block not in self.blocks:
                raise refused(SCOPE)
            return value.text
        if isinstance(value, bool | int):
            return repr(value)
        raise refused(FLOAT.format(value=value))

    def held(self, text: str, truth: bool, *inputs: Any) -> Expr:
        """An expression: short ones stand where they are used, long ones get a name."""
        seen = self.seen(*inputs)
        return Expr(self, text, truth, seen) if len(text) < 48 else self._named(text, truth, seen)

    def _named(self, text: str, truth: bool, seen: int, prefix: str = "v") -> Expr:
        self._names += 1
        name = f"{prefix}{self._names}"
        self._emit(f"{name} = {text}")
        return Expr(self, name, truth, seen)

    def _atom(self, value: Any) -> Any:
        if isinstance(value, Expr) and not value.text.isidentifier():
            return self._named(self.text(value), value.truth, value.seen)
        return value

    def seen(self, *inputs: Any) -> int:
        """Who may know everything that these values were computed from."""
        seen = self.known
        for value in inputs:
            if isinstance(value, Expr):
                seen &= value.seen
        return seen

    def _constant(self, values: Sequence[int]) -> str:
        return self.constants.setdefault(tuple(values), f"T{len(self.constants)}")

    # ---- look
    def _place(self, track: Track, i: Any, j: Any) -> tuple[str, int]:
        """The text of a cell's number, and the number itself where it is fixed (-1 where it is not)."""
        if isinstance(i, int) and isinstance(j, int):
            cell = track.cell(i, j)
            return str(cell), cell
        fixed, terms = track.first, []
        for key, stride in ((i, track.shape[1]), (j, 1)):
            if isinstance(key, Expr):
                terms.append(self.text(key) if stride == 1 else f"{self.text(key)} * {stride}")
            else:
                fixed += key * stride
        return f"{' + '.join(terms)} + {fixed}", -1

    def track(self, track: Track, i: Any = 0, j: Any = 0) -> Expr:
        place, cell = self._place(track, i, j)
        if cell >= 0:
            return self._read(place, cell, track.seen[cell - track.first], track.id)
        seen = self.everyone
        for mask in track.seen:
            seen &= mask
        return self._read(place, -1, seen & self.seen(i, j), track.id)

    def cell(self, number: int) -> Expr:
        track = self.owners[number]
        return self._read(str(number), number, track.seen[number - track.first], track.id)

    def _read(self, place: str, cell: int, seen: int, name: str) -> Expr:
        if self.viewer is not None and not seen >> self.viewer & 1:
            agency = self.game.agencies[self.viewer].id
            raise RuleError(
                f"'{name}' is looked at for agency '{agency}', which cannot see it. "
                f"Orders, and what a computer player prefers, may depend only on what the agency sees."
            )
        known = self.cache.cells.get(cell) if cell >= 0 else self.cache.places.get(place)
        if known is None or known.block not in self.blocks:
            known = self._named(f"S[{place}]", False, seen)
            if cell >= 0:
                self.cache.cells[cell] = known
            else:
                self.cache.places[place] = known
        return known

    def noted(self, track: Track, i: Any = 0, j: Any = 0) -> Any:
        return self.track(track, i, j) > 0

    def look(self, values: Sequence[int], index: Any) -> Any:
        if isinstance(index, int):
            return values[index]
        return self._named(f"{self._constant(values)}[{self.text(index)}]", False, self.seen(index))

    def as_seen_by(self, agency: int | None) -> None:
        self.viewer = agency

    @property
    def turn(self) -> Expr:
        return Expr(self, "turn", False, self.everyone)

    @property
    def clock(self) -> Any:
        return self.look([turn.begins for turn in self.game.turns], self.turn)

    @property
    def minutes(self) -> Any:
        return self.look([turn.minutes for turn in self.game.turns], self.turn)

    # ---- sums and choices
    def _condition(self, value: Any) -> Any:
        if isinstance(value, bool) or (isinstance(value, Expr) and value.truth):
            return value
        raise refused("A condition is needed here, and this is a number. Compare it with something.")

    def _number(self, value: Any) -> Any:
        if isinstance(value, Expr):
            if value.truth:
                raise refused("A number is needed here, and this is a condition. Write table.count(condition).")
        elif type(value) is not int:
            raise refused(FLOAT.format(value=value))
        return value

    def where(self, condition: Any, yes: Any, no: Any) -> Any:
        if isinstance(condition, bool):
            return yes if condition else no
        self._condition(condition)
        a, b = self._number(yes), self._number(no)
        return self.held(f"({self.text(a)} if {self.text(condition)} else {self.text(b)})", False, condition, a, b)

    def choose(self, condition: Any, yes: Any, no: Any) -> Any:
        return self.where(condition, yes(self), no(self))

    def every(self, looks: Sequence[Look]) -> Any:
        met: Any = True
        for look in looks:
            met = met & self._condition(look(self))
        return met

    def some(self, looks: Sequence[Look]) -> Any:
        met: Any = False
        for look in looks:
            met = met | self._condition(look(self))
        return met

    def no(self, condition: Any) -> Any:
        if isinstance(condition, bool):
            return not condition
        self._condition(condition)
        return self.held(f"(not {self.text(condition)})", True, condition)

    def least(self, a: Any, b: Any) -> Any:
        return self._one_of(a, b, "<")

    def most(self, a: Any, b: Any) -> Any:
        return self._one_of(a, b, ">")

    def _one_of(self, a: Any, b: Any, sign: str) -> Any:
        self._number(a), self._number(b)
        if isinstance(a, int) and isinstance(b, int):
            return min(a, b) if sign == "<" else max(a, b)
        x, y = self.text(self._atom(a)), self.text(self._atom(b))
        return self._named(f"{x} if {x} {sign} {y} else {y}", False, self.seen(a, b))

    def count(self, *conditions: Any) -> Any:
        fixed = sum(1 for c in conditions if c is True)
        open_ = [self._condition(c) for c in conditions if not isinstance(c, bool)]
        if not open_:
            return fixed
        terms = [f"(1 if {self.text(c)} else 0)" for c in open_] + ([str(fixed)] if fixed else [])
        return self.held(f"({' + '.join(terms)})", False, *open_)

    def share(self, a: Any, b: Any, otherwise: Any) -> Any:
        for value in (a, b, otherwise):
            self._number(value)
        if isinstance(b, int):
            return a // b if b else otherwise
        b = self._atom(b)
        text = f"{self.text(a)} // {self.text(b)} if {self.text(b)} else {self.text(otherwise)}"
        return self._named(text, False, self.seen(a, b, otherwise))

    # ---- chance
    def _address(self, name: str, nth: Any, subject: Any) -> tuple[str, int]:
        entry = entry_number(f"{self.rule}/{name}")
        for key, limit in ((nth, draws.NTH_LIMIT), (subject, draws.SUBJECT_LIMIT), (self.who, draws.WHO_LIMIT)):
            if isinstance(key, int) and not 0 <= key < limit:
                raise refused(f"{key} is too large for the address of a draw; below {limit} are possible here.")
        if isinstance(nth, int) and isinstance(subject, int):
            place = draws.address(entry, self.who, nth, subject)
            if place in self.addresses:
                raise refused(f"Two draws would have one address: '{name}' in '{self.rule}' and {self.addresses[place]}. "
                              "Give them different names or subjects.")  # fmt: skip
            self.addresses[place] = f"'{name}' in '{self.rule}'"
            return self._draw_place(place), place
        fixed = draws.address(entry, self.who, nth if isinstance(nth, int) else 0,
                              subject if isinstance(subject, int) else 0)  # fmt: skip
        terms = [f"({self.text(key)} << {bits})" for key, bits in ((nth, 14), (subject, 0)) if isinstance(key, Expr)]
        return f"{self._draw_place(fixed)} + {' + '.join(terms)}", -1

    def _draw_place(self, address: int) -> str:
        """How the fixed part of a draw's address is written."""
        return str(address)

    def roll(self, name: str, *, chance: Any, when: Any = True, nth: Any = 0, subject: Any = 0, seen: int = 0,
             label: str = "") -> Any:  # fmt: skip
        chance = self._atom(self._number(chance))
        known = seen & self.seen(chance, when)
        return self._draw(ROLL, name, self._rolled(chance), "permille(key, {})", chance, when,
                          nth, subject, seen, known, label)  # fmt: skip

    def pick(self, name: str, count: Any, *, when: Any = True, nth: Any = 0, subject: Any = 0, seen: int = 0) -> Any:
        count = self._atom(self._number(count))
        known = seen & self.seen(count, when)
        text = self._picked(count)
        return self._draw(PICK, name, text, text, count, when, nth, subject, seen, known)

    def _rolled(self, chance: Any) -> str:
        """How a roll is written that leaves no event; the braces take its address."""
        return f"permille(key, {{}}) < {self.text(chance)}"

    def _picked(self, count: Any) -> str:
        """How a pick is written; the braces take its address."""
        return f"pick(key, {{}}, {self.text(count)})"

    def _draw(self, kind: str, name: str, plain: str, number: str, chance: Any, when: Any, nth: Any, subject: Any,
              seen: int, known: int, label: str = "") -> Any:  # fmt: skip
        self._condition(when)
        key = (self.rule, self.who, label or name)
        self.chance_seen[key] = self.chance_seen.get(key, self.everyone) & self.seen(chance)
        place, fixed = self._address(name, nth, subject)
        nothing: Any = False if kind == ROLL else 0
        if when is False:
            return nothing
        if not self.record:
            if kind == ROLL:
                text = plain.format(place) if when is True else f"{self.text(when)} and {plain.format(place)}"
            else:
                text = plain.format(place) if when is True else f"{plain.format(place)} if {self.text(when)} else 0"
            return self._named(text, kind == ROLL, known, "r")
        result = self._named(repr(nothing), kind == ROLL, known, "r")
        site = self._site(Site(kind, self.rule, self.who, None, -1, (label or name,), seen, fixed))
        moved = "" if fixed >= 0 else f"{place}, "
        deeper = self._guard(when)
        self._emit(f"d = {number.format(place)}", deeper)
        self._emit(f"{result.text} = d < {self.text(chance)}" if kind == ROLL else f"{result.text} = d", deeper)
        self._emit(f"E.append(({site}, {moved}{self.text(chance)}, d))", deeper)
        return result

    # ---- propose
    def _site(self, site: Site) -> int:
        self.sites.append(site)
        return len(self.sites) - 1

    def _guard(self, *conditions: Any) -> int:
        """Write the ``if`` for the conditions that are not fixed; returns how much deeper the guarded lines stand."""
        texts = [self.text(c) for c in conditions if c is not True]
        if texts:
            self._emit(f"if {' and '.join(texts)}:")
        return 1 if texts else 0

    def shift(self, track: Track, i: Any = 0, j: Any = 0, *, by: Any, when: Any = True, label: str = "") -> None:
        self._condition(when)
        parts = [(label, by)] if isinstance(by, int | Expr) else list(by) if isinstance(by, list | tuple) else None
        if parts is None:
            raise refused(FLOAT.format(value=by))
        if when is False or not parts:
            return
        place, cell = self._place(track, i, j)
        amount: Any = 0
        for _, part in parts:
            amount = amount + self._number(part)
        self._remember_parts(cell, track, parts, (when, i, j))
        if self._nothing(amount):
            return
        amount = self._atom(amount)
        place = self._name_place(place, cell)
        deeper = self._guard(*([Expr(self, f"{amount.text} != 0", True, 0)] if isinstance(amount, Expr) else []), when)
        self._emit(f"o = S[{place}]", deeper)
        self._emit(f"x = o + {self.text(amount)}", deeper)
        if isinstance(amount, Expr) or amount < 0:
            self._limit("<", track.low, deeper)
        if isinstance(amount, Expr) or amount > 0:
            self._limit(">", track.high, deeper)
        self._emit(f"S[{place}] = x", deeper)
        if self.record:
            site = self._site(Site(SHIFT, self.rule, self.who, track, cell, (label, *(name for name, _ in parts)), 0))
            moved = "" if cell >= 0 else f"{place}, "
            amounts = "".join(f", {self.text(part)}" for _, part in parts)
            self._emit(f"E.append(({site}, {moved}o, x{amounts}))", deeper)
        self.cache.forget(cell)

    def _nothing(self, amount: Any) -> bool:
        """Whether a shift is fixed at no step at all, so that it need not be written."""
        return isinstance(amount, int) and not amount

    def _limit(self, sign: str, limit: int, deeper: int) -> None:
        text = self.text(limit)
        self._emit(f"if x {sign} {text}: x = {text}", deeper)

    def _remember_parts(self, cell: int, track: Track, parts: Sequence[tuple[str, Any]], also: tuple[Any, ...]) -> None:
        cells = [cell] if cell >= 0 else range(track.first, track.first + track.size)
        for label, part in parts:
            for one in cells:
                key = (self.rule, self.who, one, label)
                self.part_seen[key] = self.part_seen.get(key, self.everyone) & self.seen(part, *also)

    def _name_place(self, place: str, cell: int) -> str:
        return place if cell >= 0 else self._named(place, False, self.everyone, "c").text

    def put(self, track: Track, i: Any = 0, j: Any = 0, *, to: Any, when: Any = True, label: str = "") -> None:
        self._put(PUT, track, i, j, to, when, label)

    def due(self, track: Track, i: Any = 0, j: Any = 0, *, at: Any, when: Any = True, label: str = "") -> None:
        self._put(DUE, track, i, j, at, when, label)

    def move(self, unit: Any, *, to: Any, when: Any = True, label: str = "") -> None:
        self._put(MOVE, self.game.tracks["at"], unit, 0, to, when, label)

    def _put(self, kind: str, track: Track, i: Any, j: Any, to: Any, when: Any, label: str) -> None:
        self._condition(when)
        if when is False:
            return
        if isinstance(to, int) and not track.low <= to <= track.high:
            raise refused(f"{to} is outside the limits of '{track.id}' ({track.low} to {track.high}).")
        place, cell = self._place(track, i, j)
        to = self._atom(self._number(to))
        place = self._name_place(place, cell)
        deeper = self._guard(when)
        if not self.record:
            self._emit(f"S[{place}] = {self.text(to)}", deeper)
        else:
            site = self._site(Site(kind, self.rule, self.who, track, cell, (label,), 0))
            moved = "" if cell >= 0 else f"{place}, "
            self._emit(f"o = S[{place}]", deeper)
            self._emit(f"if o != {self.text(to)}:", deeper)
            self._emit(f"S[{place}] = {self.text(to)}", deeper + 1)
            self._emit(f"E.append(({site}, {moved}o, {self.text(to)}))", deeper + 1)
        self.cache.forget(cell)

    def note(self, track: Track, i: Any = 0, j: Any = 0, *, when: Any = True, label: str = "",
             seen: int | None = None) -> None:  # fmt: skip
        self._condition(when)
        if when is False:
            return
        place, cell = self._place(track, i, j)
        place = self._name_place(place, cell)
        deeper = self._guard(when)
        if not self.record:
            self._emit(f"S[{place}] += 1", deeper)
        else:
            site = self._site(Site(NOTE, self.rule, self.who, track, cell, (label,), -1 if seen is None else seen))
            moved = "" if cell >= 0 else f"{place}, "
            self._emit(f"o = S[{place}]", deeper)
            self._emit(f"S[{place}] = o + 1", deeper)
            self._emit(f"E.append(({site}, {moved}o, o + 1))", deeper)
        self.cache.forget(cell)

    def refuse(self, label: str, *, seen: int, when: Any = True) -> None:
        self._condition(when)
        if when is False or not self.record:
            return
        site = self._site(Site(REFUSAL, self.rule, self.who, None, -1, (label,), seen))
        self._emit(f"E.append(({site},))", self._guard(when))

    # ---- order of work
    def only(self, condition: Any, body: Callable[..., None], *values: Any) -> None:
        self._condition(condition)
        if isinstance(condition, bool):
            if condition:
                body(self, *values)
            return
        self._emit(f"if {self.text(condition)}:")
        known = self.known
        self.known &= condition.seen
        self.blocks = [*self.blocks, self._fresh_block()]
        lines = len(self.lines)
        body(self, *values)
        if len(self.lines) == lines:
            self._emit("pass")
        self.blocks = self.blocks[:-1]
        self.known = known

    def perform(self, rule: Rule) -> None:
        if rule.untraced:
            raise RuleError(UNTRACED.format(rule=rule.id))
        outer = self.rule, self.who
        self.rule, self.who = rule.id, rule.who
        name = self.function(rule.body, rule.parameters)
        self.rule, self.who = outer
        if self.record:
            self._emit("E.append((-1,))")
        self._emit(f"{name}({self.takes}{', E' if self.record else ''})")
        self.cache.forget(-1)

    def draw_orders(self, agency: int, lot: Lot, allowed: Sequence[Any], count: int) -> None:
        texts = []
        for may, weight in zip(allowed, lot.weights, strict=True):
            texts.append(self.text(self.where(may, self._number(weight(self)), 0)))
        texts.append(self.text(self._number(lot.hold(self))))
        place = draws.address(entry_number("orders"), agency, 0, 0)
        tables = ", ".join(self._constant(values) for values in lot_tables(lot))
        self._emit(f"lots(S, key, {place}, [{', '.join(texts)}], {tables}, {count})")
        self.cache.forget(-1)

    def draw_detail(self, agency: int, action: Action, detail: Detail, weights: Sequence[Look],
                    allowed: Sequence[Any]) -> None:  # fmt: skip
        texts = [
            self.text(self.where(may, self._number(weight(self)), 0))
            for may, weight in zip(allowed, weights, strict=True)
        ]
        place = draws.address(entry_number(f"orders/{action.id}/{detail.id}"), agency, 0, 0)
        self._emit(f"way(S, key, {place}, [{', '.join(texts)}], {action.order}, {detail.stride})")
        self.cache.forget(action.order)
