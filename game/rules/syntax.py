"""The text of conditions and amounts in scenario files: from characters to a tree, and back to canonical text.

Scenario files come from strangers. Whatever the text, reading it ends in a tree or in an :class:`ExpressionError`, in
time proportional to its length, because length, nodes and depth are limited before or while the tree grows.
"""

from enum import Enum
from functools import lru_cache
from typing import NoReturn, TypeAlias

import attrs

from game.rules.tokens import ExpressionError, Level, Token, TokenKind, advice, brief, nearest, sign_level, token_at
from game.words import say

MOST_CHARACTERS = 2_000
MOST_NODES = 400
MOST_DEPTH = 40

_OPENING = frozenset({"-", "not", "(", "true", "false"})


class Function(Enum):
    """The functions an expression may call."""

    LEAST = "least"
    MOST = "most"
    SHARE = "share"
    COUNT = "count"
    CHOOSE = "choose"
    RANK = "rank"

    @property
    def pattern(self) -> str:
        """How a call is written."""
        match self:
            case Function.LEAST | Function.MOST:
                return f"{self.value}(a, b, ...)"
            case Function.SHARE:
                return "share(a, b, otherwise)"
            case Function.COUNT:
                return "count(condition, condition, ...)"
            case Function.CHOOSE:
                return "choose(condition, a, b)"
            case Function.RANK:
                return "rank(mark)"

    def takes(self, count: int) -> bool:
        """Whether a call may have *count* parts."""
        match self:
            case Function.LEAST | Function.MOST:
                return count >= 2
            case Function.COUNT:
                return count >= 1
            case Function.RANK:
                return count == 1
            case Function.SHARE | Function.CHOOSE:
                return count == 3


@attrs.frozen(kw_only=True)
class _Placed:
    # Two trees are the same when they mean the same, wherever they stand; hence eq=False.
    start: int = attrs.field(default=0, eq=False, repr=False)
    end: int = attrs.field(default=0, eq=False, repr=False)
    height: int = attrs.field(default=1, eq=False, repr=False)


@attrs.frozen
class Number(_Placed):
    """A whole number written out."""

    value: int


@attrs.frozen
class Truth(_Placed):
    """``true`` or ``false``."""

    value: bool


@attrs.frozen
class Named(_Placed):
    """A dotted name, or one of the words of a mark."""

    name: str


@attrs.frozen
class Negative(_Placed):
    """A number with its sign turned."""

    operand: "Node"


@attrs.frozen
class Not(_Placed):
    """A condition turned into its opposite."""

    operand: "Node"


@attrs.frozen
class Compare(_Placed):
    """Two values and one of ``< <= > >= == !=``."""

    left: "Node"
    operator: str
    right: "Node"


@attrs.frozen
class Chain(_Placed):
    """Parts joined from left to right by operators of one level; one operator fewer than parts.

    A long sum or a long ``or`` is one flat node, so that it does not count as deep.
    """

    parts: tuple["Node", ...]
    operators: tuple[str, ...]


@attrs.frozen
class Call(_Placed):
    """A function and the parts in its parentheses."""

    function: Function
    parts: tuple["Node", ...]


Node: TypeAlias = Number | Truth | Named | Negative | Not | Compare | Chain | Call


@lru_cache(maxsize=2048)
def parse(text: str) -> Node:
    """The tree of an expression; names and types are not looked at. A sweep binds a scenario many times, and trees do not
    change.
    """
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(
            say("This has {count} characters; at most {most} are allowed.", count=len(text), most=MOST_CHARACTERS),
            MOST_CHARACTERS,
            len(text),
        )
    first = token_at(text, 0)
    if first.kind is TokenKind.END:
        raise ExpressionError(say("Nothing is written here."), 0, len(text))
    parser = _Parser(text, first, first)
    tree = parser.expression(Level.OR, 1)
    if parser.token.kind is not TokenKind.END:
        parser.refuse()
    return tree


def show(node: Node) -> str:
    """The canonical text of a tree: single blanks, and parentheses only where they are needed.

    The blanks may make it longer than what an author may write.
    """
    match node:
        case Number(value=value):
            return str(value)
        case Truth(value=value):
            return "true" if value else "false"
        case Named(name=name):
            return name
        case Negative(operand=operand):
            return "-" + _wrapped(operand, Level.MINUS)
        case Not(operand=operand):
            return "not " + _wrapped(operand, Level.NOT)
        case Compare(left=left, operator=operator, right=right):
            return f"{_wrapped(left, Level.SUM)} {operator} {_wrapped(right, Level.SUM)}"
        case Chain(parts=parts, operators=operators):
            tighter = Level(_level(node) + 1)
            rest = (f" {sign} {_wrapped(part, tighter)}" for sign, part in zip(operators, parts[1:], strict=True))
            return _wrapped(parts[0], tighter) + "".join(rest)
        case Call(function=function, parts=parts):
            return f"{function.value}({', '.join(show(part) for part in parts)})"


def _wrapped(node: Node, least: Level) -> str:
    return show(node) if _level(node) >= least else f"({show(node)})"


def _level(node: Node) -> Level:
    match node:
        case Negative():
            return Level.MINUS
        case Not():
            return Level.NOT
        case Compare():
            return Level.COMPARE
        case Chain(operators=operators):
            return sign_level(operators[0]) or Level.LEAF
        case _:
            return Level.LEAF


@attrs.define
class _Parser:
    """A Pratt parser; tokens are read one at a time, so that the first mistake in the text is the one reported."""

    text: str
    token: Token
    before: Token
    nodes: int = 0

    def expression(self, minimum: Level, depth: int) -> Node:
        if depth > MOST_DEPTH:
            self._too_deep(self.token.start, self.token.end)
        start = self.token.start
        left = self._operand(minimum, depth)
        while (level := self.token.level) is not None and level >= minimum:
            compared = level is Level.COMPARE
            left = self._compare(left, start, depth) if compared else self._chain(left, level, start, depth)
        return left

    def refuse(self) -> NoReturn:
        """Say why the present token cannot follow a finished part."""
        token = self.token
        if token.sign(")"):
            raise ExpressionError(say("This ')' closes nothing."), token.start, token.end)
        if token.sign(","):
            message = say("A ',' can only stand between the parts of a function.")
            raise ExpressionError(message, token.start, token.end)
        raise ExpressionError(
            say("An operator is missing before '{text}'.", text=brief(token.text)),
            token.start,
            token.end,
            advice(token.text) or advice(self.before.text),
        )

    def _operand(self, minimum: Level, depth: int) -> Node:
        token = self.token
        start, end = token.start, token.end
        if token.kind is TokenKind.END or (token.kind is TokenKind.SIGN and token.text not in _OPENING):
            self._missing()
        if token.sign("not") and minimum > Level.NOT:
            raise ExpressionError(say("A 'not' after a sign needs parentheses."), start, end, say("Write '(not ...)'."))
        self._advance()
        if token.sign("("):
            inner = self.expression(Level.OR, depth + 1)
            self._close(token)
            return inner
        self._count(token)
        if token.sign("-"):
            operand = self.expression(Level.MINUS, depth + 1)
            return Negative(operand, start=start, end=self.before.end, height=self._height(start, operand))
        if token.sign("not"):
            operand = self.expression(Level.NOT, depth + 1)
            return Not(operand, start=start, end=self.before.end, height=self._height(start, operand))
        if token.kind is TokenKind.NUMBER:
            return Number(int(token.text), start=start, end=end)
        if token.kind is TokenKind.SIGN:
            return Truth(token.text == "true", start=start, end=end)
        if self.token.sign("("):
            return self._call(token, depth)
        return Named(token.text, start=start, end=end)

    def _chain(self, first: Node, level: Level, start: int, depth: int) -> Node:
        parts, operators = [first], list[str]()
        while self.token.level is level:
            sign = self._advance()
            self._count(sign)
            operators.append(sign.text)
            opening = self.token
            part = self.expression(Level(level + 1), depth + 1)
            if sign.text == "//" and not (isinstance(part, Number) and part.value):
                raise ExpressionError(
                    say("After '//' only a number other than 0 can stand, written out."),
                    opening.start,
                    self.before.end,
                    say("Write share(a, b, otherwise): 'otherwise' is the result when b is 0."),
                )
            parts.append(part)
        height = self._height(start, *parts)
        return Chain(tuple(parts), tuple(operators), start=start, end=self.before.end, height=height)

    def _compare(self, left: Node, start: int, depth: int) -> Node:
        left_end = self.before.end
        sign = self._advance()
        self._count(sign)
        right_start = self.token.start
        right = self.expression(Level.SUM, depth + 1)
        end = self.before.end
        if self.token.level is Level.COMPARE:
            first, middle = brief(self.text[start:left_end]), brief(self.text[right_start:end])
            raise ExpressionError(
                say("Comparisons cannot be chained."),
                self.token.start,
                self.token.end,
                say(
                    "Write '{first} {sign} {middle} and {middle} {next} ...'.",
                    first=first,
                    sign=sign.text,
                    middle=middle,
                    next=self.token.text,
                ),
            )
        return Compare(left, sign.text, right, start=start, end=end, height=self._height(start, left, right))

    def _call(self, name: Token, depth: int) -> Node:
        known = {function.value: function for function in Function}
        function = known.get(name.text)
        if function is None:
            near = nearest(name.text, known)
            hint = say("The functions are {names}.", names=", ".join(one.pattern for one in Function))
            if near:
                hint = say("Did you mean '{near}'?", near=near)
            message = say("There is no function called '{name}'.", name=brief(name.text))
            raise ExpressionError(message, name.start, name.end, advice(name.text) or hint)
        opening = self._advance()
        parts: list[Node] = []
        if not self.token.sign(")"):
            parts.append(self.expression(Level.OR, depth + 1))
        while parts and self.token.sign(","):
            self._advance()
            parts.append(self.expression(Level.OR, depth + 1))
        self._close(opening)
        end = self.before.end
        if not function.takes(len(parts)):
            message = say("'{name}' cannot have {count} part(s).", name=name.text, count=len(parts))
            raise ExpressionError(message, name.start, end, say("Write {pattern}.", pattern=function.pattern))
        return Call(function, tuple(parts), start=name.start, end=end, height=self._height(name.start, *parts))

    def _advance(self) -> Token:
        self.before, self.token = self.token, token_at(self.text, self.token.end)
        return self.before

    def _close(self, opening: Token) -> None:
        if self.token.kind is TokenKind.END:
            raise ExpressionError(say("This '(' is never closed."), opening.start, opening.end, say("Add a ')'."))
        if not self.token.sign(")"):
            self.refuse()
        self._advance()

    def _missing(self) -> NoReturn:
        token, last = self.token, self.before
        if token.kind is TokenKind.END:
            raise ExpressionError(say("Something is missing after '{text}'.", text=last.text), last.start, last.end)
        if token.sign(")") and last.sign("("):
            raise ExpressionError(say("Nothing stands between these parentheses."), last.start, token.end)
        message = say("A number, a name or a condition is missing before '{text}'.", text=token.text)
        raise ExpressionError(message, token.start, token.end)

    def _count(self, token: Token) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            message = say("This has too many parts; at most {most} are allowed.", most=MOST_NODES)
            raise ExpressionError(message, token.start, token.end, say("Split it into several named values."))

    def _height(self, start: int, *inside: Node) -> int:
        height = 1 + max((node.height for node in inside), default=0)
        if height > MOST_DEPTH:
            self._too_deep(start, self.before.end)
        return height

    def _too_deep(self, start: int, end: int) -> NoReturn:
        message = say("This is nested too deeply; at most {most} levels are allowed.", most=MOST_DEPTH)
        raise ExpressionError(message, start, end, say("Split it into several named values."))
