"""Conditions and amounts in scenario files: a small typed language that is checked once and then evaluated often.

An expression is evaluated through a *table*, so that the same expression runs on plain integers or is traced on
symbols. Therefore no value is ever asked here whether it is true: ``and`` and ``or`` are for the table to say.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from typing import Any, NoReturn, Protocol, TypeAlias

import attrs

from game.rules.syntax import (
    Call,
    Chain,
    Compare,
    Function,
    Named,
    Negative,
    Node,
    Not,
    Number,
    Truth,
    parse,
    show,
)
from game.rules.tokens import ExpressionError, brief, nearest
from game.words import say

__all__ = (
    "Expression",
    "ExpressionError",
    "Kind",
    "Name",
    "Node",
    "Scope",
    "Table",
    "Term",
    "amount",
    "condition",
    "explain",
    "names_in",
    "show",
)

Evaluate: TypeAlias = Callable[[Any], Any]
"""Given a table, the value: an int, a bool or a symbol standing for one."""


class Kind(Enum):
    """What a name or an expression stands for."""

    NUMBER = "number"
    CONDITION = "condition"
    MARK = "mark"


class Table(Protocol):
    """What the values lie on: the operations that Python's own operators cannot express on symbols."""

    def choose(self, condition: Any, a: Evaluate, b: Evaluate, /) -> Any:
        """What *a* comes to if the condition holds, otherwise what *b* does."""

    def every(self, looks: Sequence[Evaluate], /) -> Any:
        """Whether all of these conditions hold."""

    def some(self, looks: Sequence[Evaluate], /) -> Any:
        """Whether any of these conditions holds."""

    def no(self, condition: Any, /) -> Any:
        """The opposite of a condition."""

    def least(self, a: Any, b: Any, /) -> Any:
        """The smaller of two numbers."""

    def most(self, a: Any, b: Any, /) -> Any:
        """The greater of two numbers."""

    def count(self, *conditions: Any) -> Any:
        """How many of the conditions hold."""

    def share(self, a: Any, b: Any, otherwise: Any, /) -> Any:
        """The number ``a // b``, or *otherwise* when b is 0."""


@attrs.frozen
class Name:
    """What a name in a scenario stands for, and how its value is looked up on a table."""

    kind: Kind
    look: Evaluate
    words: tuple[str, ...] = ()
    """For a mark: its words; the value is the index of one of them."""


class Scope(Protocol):
    """The names an expression may use."""

    def find(self, name: str, /) -> Name | None:
        """What the dotted *name* stands for, or None."""

    def names(self) -> Iterable[str]:
        """All names, to suggest one for a misspelt one."""


@attrs.frozen
class Term:
    """One comparison or single condition of an expression, with what it came to."""

    text: str
    left: str
    right: str
    """Empty for a condition that compares nothing."""
    holds: bool


@attrs.frozen
class _Watch:
    text: str
    start: int
    left: Evaluate
    right: Evaluate
    holds: Evaluate


@attrs.frozen
class Expression:
    """A condition or an amount whose names and types have been checked."""

    text: str
    kind: Kind
    node: Node
    evaluate: Evaluate = attrs.field(eq=False, repr=False)
    names: tuple[str, ...] = attrs.field(eq=False, repr=False)
    _watches: tuple[_Watch, ...] = attrs.field(eq=False, repr=False)


def condition(text: str, scope: Scope) -> Expression:
    """Read a condition; raise :class:`ExpressionError` if it is not one."""
    return _read(text, scope, Kind.CONDITION)


def amount(text: str, scope: Scope) -> Expression:
    """Read an amount; raise :class:`ExpressionError` if it is not a number."""
    return _read(text, scope, Kind.NUMBER)


def explain(expression: Expression, table: Table) -> tuple[Term, ...]:
    """Each comparison and single condition of the expression, in the order of the text, on a table of plain values."""
    return tuple(
        Term(watch.text, watch.left(table), watch.right(table), bool(watch.holds(table)))
        for watch in expression._watches
    )


def names_in(expression: Expression) -> tuple[str, ...]:
    """The names the expression looks up, each once, in the order of the text; the words of marks are not names."""
    return expression.names


def _read(text: str, scope: Scope, kind: Kind) -> Expression:
    node = parse(text)
    reader = _Reader(text, scope)
    evaluate = reader.wanted(node, kind)
    watches = sorted(reader.watches, key=lambda watch: (watch.start, -len(watch.text)))
    names = dict.fromkeys(name for _, name in sorted(reader.names))
    return Expression(text, kind, node, evaluate, tuple(names), tuple(watches))


@attrs.frozen
class _Meaning:
    kind: Kind
    evaluate: Evaluate


@attrs.define
class _Reader:
    """Checks a tree and builds the closures that evaluate it, so that no tree is walked later."""

    text: str
    scope: Scope
    watches: list[_Watch] = attrs.Factory(list)
    names: list[tuple[int, str]] = attrs.Factory(list)

    def wanted(self, node: Node, kind: Kind) -> Evaluate:
        meaning = self._meaning(node)
        if meaning.kind is not kind:
            self._refuse_kind(node, meaning.kind, kind)
        return meaning.evaluate

    def _number(self, node: Node) -> Evaluate:
        return self.wanted(node, Kind.NUMBER)

    def _condition(self, node: Node) -> Evaluate:
        return self.wanted(node, Kind.CONDITION)

    def _meaning(self, node: Node) -> _Meaning:
        match node:
            case Number(value=value):
                return _Meaning(Kind.NUMBER, _constant(value))
            case Truth(value=value):
                return self._single(node, _constant(value))
            case Named():
                name = self._look_up(node)
                return self._single(node, name.look) if name.kind is Kind.CONDITION else _Meaning(name.kind, name.look)
            case Negative(operand=operand):
                return _Meaning(Kind.NUMBER, _negative(self._number(operand)))
            case Not(operand=operand):
                return _Meaning(Kind.CONDITION, _opposite(self._condition(operand)))
            case Compare():
                return _Meaning(Kind.CONDITION, self._compare(node))
            case Chain():
                return self._chain(node)
            case Call():
                return self._call(node)

    def _chain(self, node: Chain) -> _Meaning:
        if node.operators[0] in ("and", "or"):
            return _Meaning(Kind.CONDITION, _joined(node.operators[0], [self._condition(part) for part in node.parts]))
        first, *rest = [self._number(part) for part in node.parts]
        steps = [_step(operator, part) for operator, part in zip(node.operators, rest, strict=True)]
        return _Meaning(Kind.NUMBER, _in_turn(first, steps))

    def _call(self, node: Call) -> _Meaning:
        return _Meaning(Kind.NUMBER, self._called(node))

    def _called(self, node: Call) -> Evaluate:
        match node.function:
            case Function.LEAST:
                first, *rest = [self._number(part) for part in node.parts]
                return _in_turn(first, [_least(part) for part in rest])
            case Function.MOST:
                first, *rest = [self._number(part) for part in node.parts]
                return _in_turn(first, [_most(part) for part in rest])
            case Function.COUNT:
                conditions = tuple(self._condition(part) for part in node.parts)
                return lambda table: table.count(*[one(table) for one in conditions])
            case Function.SHARE:
                a, b, otherwise = [self._number(part) for part in node.parts]
                return lambda table: table.share(a(table), b(table), otherwise(table))
            case Function.CHOOSE:
                choice = self._condition(node.parts[0])
                a, b = [self._number(part) for part in node.parts[1:]]
                return lambda table: table.choose(choice(table), a, b)
            case Function.RANK:
                return self._rank(node.parts[0])

    def _rank(self, node: Node) -> Evaluate:
        """The place of a mark's word among its words, counted from 0."""
        mark = self._mark(node)
        if mark is None or not isinstance(node, Named):
            message = say("rank(...) needs a mark, and '{text}' is none.", text=self._quote(node))
            raise ExpressionError(message, node.start, node.end)
        self.names.append((node.start, node.name))
        return mark.evaluate

    def _compare(self, node: Compare) -> Evaluate:
        left, right = self._sides(node)
        for part, side in ((node.left, left), (node.right, right)):
            if isinstance(part, Named) and side.words:
                self.names.append((part.start, part.name))
        holds = _comparison(node.operator, left.evaluate, right)
        self.watches.append(_Watch(self._slice(node), node.start, left.shown, right.shown, holds))
        return holds

    def _sides(self, node: Compare) -> tuple["_Side", "_Side"]:
        left, right = self._mark(node.left), self._mark(node.right)
        if (left or right) and node.operator not in ("==", "!="):
            text = self._quote(node.left if left else node.right)
            message = say("'{name}' holds a word; only '==' and '!=' can compare it.", name=text)
            raise ExpressionError(message, node.start, node.end)
        # A word wins over a name of the same spelling: words are what authors write opposite a mark.
        if left and (word := _word(node.right, left.words)):
            return left, word
        if right and (word := _word(node.left, right.words)):
            return word, right
        if left and right:
            if left.words == right.words:
                return left, right
            names = {"left": self._quote(node.left), "right": self._quote(node.right)}
            message = say("'{left}' and '{right}' do not have the same words.", **names)
            raise ExpressionError(message, node.start, node.end, _listed(left.words))
        if left:
            self._refuse_word(node.right, node.left, left.words)
        if right:
            self._refuse_word(node.left, node.right, right.words)
        return self._counted(node.left), self._counted(node.right)

    def _mark(self, node: Node) -> "_Side | None":
        name = self.scope.find(node.name) if isinstance(node, Named) else None
        if name is None or name.kind is not Kind.MARK:
            return None
        return _Side(name.look, _shown_word(name.look, name.words), name.words)

    def _counted(self, node: Node) -> "_Side":
        meaning = self._meaning(node)
        if meaning.kind is Kind.CONDITION:
            message = say("'{text}' is a condition and cannot be compared.", text=self._quote(node))
            hint = say("Use it alone, or put 'not' before it.")
            raise ExpressionError(message, node.start, node.end, hint)
        fixed = node.value if isinstance(node, Number) else None
        return _Side(meaning.evaluate, _shown_number(meaning.evaluate), fixed=fixed)

    def _single(self, node: Node, look: Evaluate) -> _Meaning:
        self.watches.append(_Watch(self._slice(node), node.start, _shown_truth(look), _constant(""), look))
        return _Meaning(Kind.CONDITION, look)

    def _look_up(self, node: Named) -> Name:
        name = self.scope.find(node.name)
        if name is None:
            message = say("Nothing is called '{name}' here.", name=brief(node.name))
            raise ExpressionError(message, node.start, node.end, self._likely(node.name))
        self.names.append((node.start, node.name))
        return name

    def _likely(self, name: str) -> str:
        """What an author may have meant by an unknown name."""
        for function in Function:
            if name == function.value:
                return say("Write {pattern}.", pattern=function.pattern)
        names = tuple(self.scope.names())
        for known in names:
            found = self.scope.find(known)
            if found and name in found.words:
                return say("'{word}' is a word of '{mark}' and can be compared only with that.", word=name, mark=known)
        near = nearest(name, (*names, "true", "false"))
        if name.lower() in ("true", "false"):
            near = name.lower()
        return say("Did you mean '{near}'?", near=near) if near else ""

    def _refuse_word(self, node: Node, mark: Node, words: tuple[str, ...]) -> NoReturn:
        hint = _listed(words)
        if isinstance(node, Named) and self.scope.find(node.name) is None:
            message = say("'{word}' is not a word of '{mark}'.", word=self._quote(node), mark=self._quote(mark))
            near = nearest(node.name, words)
            hint = say("Did you mean '{near}'?", near=near) if near else hint
        else:
            message = say("'{mark}' can be compared only with one of its words.", mark=self._quote(mark))
        raise ExpressionError(message, node.start, node.end, hint)

    def _refuse_kind(self, node: Node, kind: Kind, wanted: Kind) -> NoReturn:
        text = self._quote(node)
        match kind, wanted:
            case Kind.MARK, Kind.CONDITION:
                message = say("A condition is needed here, but '{text}' holds a word.", text=text)
            case Kind.MARK, _:
                message = say("A number is needed here, but '{text}' holds a word.", text=text)
            case _, Kind.CONDITION:
                message = say("A condition is needed here, but '{text}' is a number.", text=text)
            case _:
                message = say("A number is needed here, but '{text}' is a condition.", text=text)
        hint = say("Write choose(condition, a, b) or count(condition, ...) to turn conditions into a number.")
        if kind is Kind.MARK:
            found = self._mark(node)
            hint = _listed(found.words if found else ())
        elif kind is Kind.NUMBER:
            hint = say("Compare it with another number, for example {text} > 0.", text=text)
        raise ExpressionError(message, node.start, node.end, hint)

    def _slice(self, node: Node) -> str:
        return self.text[node.start : node.end]

    def _quote(self, node: Node) -> str:
        return brief(self._slice(node))


@attrs.frozen
class _Side:
    """One side of a comparison: its value, and the text that shows the value to people."""

    evaluate: Evaluate
    shown: Evaluate
    words: tuple[str, ...] = ()
    fixed: int | None = None


def _word(node: Node, words: tuple[str, ...]) -> _Side | None:
    if isinstance(node, Named) and node.name in words:
        index = words.index(node.name)
        return _Side(_constant(index), _constant(node.name), fixed=index)
    return None


def _listed(words: tuple[str, ...]) -> str:
    return say("Compare it, with '==' or '!=', with one of its words: {words}.", words=", ".join(words))


def _constant(value: int | str) -> Evaluate:
    return lambda table: value


def _shown_number(evaluate: Evaluate) -> Evaluate:
    return lambda table: str(evaluate(table))


def _shown_truth(evaluate: Evaluate) -> Evaluate:
    return lambda table: "true" if evaluate(table) else "false"


def _shown_word(evaluate: Evaluate, words: tuple[str, ...]) -> Evaluate:
    return lambda table: words[evaluate(table)]


def _negative(operand: Evaluate) -> Evaluate:
    # Tables promise subtraction, not a sign of its own.
    return lambda table: 0 - operand(table)


def _opposite(operand: Evaluate) -> Evaluate:
    return lambda table: table.no(operand(table))


def _comparison(sign: str, left: Evaluate, right: "_Side") -> Evaluate:
    compare = _compared_by(sign)
    value = right.fixed
    # Most comparisons are with a number or word that is written out: it need not be asked for each time.
    if value is not None:
        return lambda table: compare(left(table), value)
    evaluate = right.evaluate
    return lambda table: compare(left(table), evaluate(table))


def _compared_by(sign: str) -> Callable[[Any, Any], Any]:
    signs = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}
    return signs.get(sign, operator.ne)


_Step: TypeAlias = Callable[[Any, Any], Any]
"""Given the value so far and a table, the next value."""


def _joined(word: str, parts: list[Evaluate]) -> Evaluate:
    looks = tuple(parts)
    return (lambda table: table.every(looks)) if word == "and" else lambda table: table.some(looks)


def _step(operator: str, part: Evaluate) -> _Step:
    match operator:
        case "+":
            return lambda value, table: value + part(table)
        case "-":
            return lambda value, table: value - part(table)
        case "*":
            return lambda value, table: value * part(table)
        case _:
            return lambda value, table: value // part(table)


def _least(part: Evaluate) -> _Step:
    return lambda value, table: table.least(value, part(table))


def _most(part: Evaluate) -> _Step:
    return lambda value, table: table.most(value, part(table))


def _in_turn(first: Evaluate, steps: list[_Step]) -> Evaluate:
    """Apply the steps one after another; a loop, because a long sum must not become a deep stack of calls."""
    if len(steps) == 1:
        only = steps[0]
        return lambda table: only(first(table), table)
    every = tuple(steps)

    def evaluate(table: Any) -> Any:
        value = first(table)
        for step in every:
            value = step(value, table)
        return value

    return evaluate
