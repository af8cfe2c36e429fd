"""Symbols: values known only while a game runs, as a rule's body meets them when it is traced.

They take part in sums, comparisons and conditions, and refuse everything that would make a body do something else on
the recording table than in the traced text, naming the author's line and what to write instead.
"""

import linecache
import sys
from collections.abc import Callable
from typing import Any

OWN_MODULES = ("game.core.symbols", "game.core.tracing", "game.core.turn", "game.rules.expression", "game.rules.syntax")
"""Frames in these modules are ours, not the author's, when an error names a line."""

BRANCH = (
    "This value is known only while the game runs, so a rule cannot branch on it (if, and, or, not, min, max, a < b < c). "
    "Write a guard (when=...), a choice (table.where(c, a, b)), table.least / table.most, or table.only(c, body); "
    "combine conditions with & and |, and negate with table.no(c)."
)
NUMBERS = "'{sign}' needs whole numbers here. A condition becomes a number with table.count(c1, c2, ...)."
UNTRACED = "The rule '{rule}' cannot be traced, as its block says; the recording table plays it."
FLOAT = "The engine counts in whole numbers, and {value!r} is not one. Count in the track's step, chances in permille."
DIVIDE = "A divisor that may be 0 is refused. Write table.share(a, b, otherwise), or divide with // by a fixed number."
CONDITIONS = (
    "'{sign}' joins conditions. Compare the numbers first and put brackets around each comparison: (a > 3) & (b > 3)."
)
INVERT = "'~' does not negate a condition. Write table.no(condition)."
TEXT = "This value is known only while the game runs, so it cannot be used as {use}. Labels are fixed texts."
SCOPE = "This value was made inside table.only(...) and is used outside it. Make it before, or propose inside."


class RuleError(TypeError):
    """A rule body that cannot be traced. The message names file, line and what to write instead."""


def refused(sentence: str) -> RuleError:
    """The error for the author's line that is running now."""
    frame: Any = sys._getframe(1)
    while frame.f_back and _own(frame):
        frame = frame.f_back
    name, line = frame.f_code.co_filename, frame.f_lineno
    return RuleError(f"{name}:{line}: {linecache.getline(name, line).strip()}\n  {sentence}")


def _own(frame: Any) -> bool:
    """Whether a frame is ours: of these modules, or of a method of a table or value, also of a table built on ours."""
    return frame.f_globals.get("__name__") in OWN_MODULES or getattr(frame.f_locals.get("self"), "traces", False)


def _sum(sign: str, turned: bool = False) -> Callable[["Expr", Any], Any]:
    def operate(self: "Expr", other: Any) -> Any:
        if self.truth or isinstance(other, bool) or (isinstance(other, Expr) and other.truth):
            raise refused(NUMBERS.format(sign=sign))
        if not isinstance(other, int | Expr):
            raise refused(FLOAT.format(value=other))
        if sign == "//" and (turned or isinstance(other, Expr) or other == 0):
            raise refused(DIVIDE)
        a, b = (other, self) if turned else (self, other)
        return self.table.held(f"({self.table.text(a)} {sign} {self.table.text(b)})", False, a, b)

    return operate


def _compare(sign: str) -> Callable[["Expr", Any], Any]:
    def operate(self: "Expr", other: Any) -> Any:
        if self.truth or isinstance(other, bool) or (isinstance(other, Expr) and other.truth):
            raise refused(NUMBERS.format(sign=sign))
        if not isinstance(other, int | Expr):
            raise refused(FLOAT.format(value=other))
        return self.table.held(f"({self.text} {sign} {self.table.text(other)})", True, self, other)

    return operate


def _join(sign: str, word: str) -> Callable[["Expr", Any], Any]:
    def operate(self: "Expr", other: Any) -> Any:
        if not self.truth or not (isinstance(other, bool) or (isinstance(other, Expr) and other.truth)):
            raise refused(CONDITIONS.format(sign=sign))
        if isinstance(other, bool):
            return (self if other else False) if word == "and" else (True if other else self)
        return self.table.held(f"({self.text} {word} {other.text})", True, self, other)

    return operate


def _refuse(sentence: str) -> Callable[..., Any]:
    def operate(self: "Expr", *_: Any) -> Any:
        raise refused(sentence)

    return operate


class Expr:
    """A value known only while the game runs: its text, whether it is a condition, who may know it, where it was
    made.
    """

    __slots__ = ("block", "seen", "table", "text", "truth")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, table: Any, text: str, truth: bool, seen: int) -> None:
        self.table, self.text, self.truth, self.seen = table, text, truth, seen
        self.block = table.blocks[-1]

    def __neg__(self) -> Any:
        return 0 - self

    __add__, __radd__ = _sum("+"), _sum("+", True)
    __sub__, __rsub__ = _sum("-"), _sum("-", True)
    __mul__, __rmul__ = _sum("*"), _sum("*", True)
    __floordiv__, __rfloordiv__ = _sum("//"), _sum("//", True)
    __lt__, __le__, __gt__, __ge__ = _compare("<"), _compare("<="), _compare(">"), _compare(">=")
    __eq__, __ne__ = _compare("=="), _compare("!=")
    __and__, __rand__ = _join("&", "and"), _join("&", "and")
    __or__, __ror__ = _join("|", "or"), _join("|", "or")
    __bool__ = _refuse(BRANCH)
    __invert__ = _refuse(INVERT)
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __divmod__ = _refuse(DIVIDE)
    __pow__ = __rpow__ = __abs__ = __round__ = _refuse(BRANCH)
    __int__ = __float__ = __index__ = __iter__ = __len__ = _refuse(BRANCH)
    __str__ = __format__ = _refuse(TEXT.format(use="a text"))
