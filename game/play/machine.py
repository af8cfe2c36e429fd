"""Translating the text of a turn into the language of LLVM, from which it becomes machine code.

The text that `game.core.lifted` writes uses a small part of Python: whole numbers, conditions, names that are assigned,
rows that are looked up and written, ``if``, and calls of its own functions. The kernel beside it also loops. That part
is translated here, and nothing else: whatever else stands in a text is an error and not a guess. Numbers are 64 bits,
conditions one. LLVM keeps names in registers, puts small functions into large ones and leaves out what is not needed.
"""

import ast
from collections.abc import Callable, Mapping

from attrs import define, field, frozen

NUMBER, TRUTH = "i64", "i1"

SIMPLE: Mapping[type[ast.operator], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.BitXor: "xor", ast.BitAnd: "and", ast.BitOr: "or",
    ast.LShift: "shl", ast.RShift: "ashr",
}  # fmt: skip
COMPARED: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "slt", ast.LtE: "sle", ast.Gt: "sgt", ast.GtE: "sge",
}  # fmt: skip


class Untranslated(ValueError):
    """Something in a text that this translator does not know."""


@frozen
class Value:
    """A number, or a condition, as LLVM names it."""

    text: str
    kind: str = NUMBER


def translated(source: str, fixed: Mapping[str, int], public: str) -> str:
    """A whole text. *fixed* are names that stand for numbers; only the function *public* can be called from outside."""
    module = ast.parse(source)
    names: dict[str, str] = {}
    returns: dict[str, str] = {}
    functions: list[ast.FunctionDef] = []
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name):
                functions.append(node)
                names[name], returns[name] = name, returned(node)
            case ast.Assign(targets=[ast.Name(id=other)], value=ast.Name(id=name)):
                names[other] = names[name]
            case _:
                raise Untranslated(ast.unparse(node))
    out = []
    for node in functions:
        writer = Writer(names, returns, fixed)
        out.append(writer.function(node, "" if node.name == public else "internal "))
    return "\n".join(out)


def returned(node: ast.FunctionDef) -> str:
    """What a function gives back: its annotation says ``bool``, ``int`` or nothing."""
    match node.returns:
        case None:
            return "void"
        case ast.Name(id="bool"):
            return TRUTH
        case _:
            return NUMBER


def is_row(name: str) -> bool:
    """Whether a name stands for a row of numbers: those in capitals do."""
    return name.isupper()


@define
class Writer:
    """Translates one function."""

    names: Mapping[str, str]
    returns: Mapping[str, str]
    fixed: Mapping[str, int]
    lines: list[str] = field(factory=list)
    kinds: dict[str, str] = field(factory=dict)
    block: str = "entry"
    count: int = 0
    own: str = ""

    def function(self, node: ast.FunctionDef, reach: str) -> str:
        """The whole function."""
        arguments = [argument.arg for argument in node.args.args]
        # Rows never overlap, which spares reading a number again after each write.
        heads = ", ".join(f"{'ptr noalias' if is_row(name) else NUMBER} %{name}" for name in arguments)
        self.own = self.returns[node.name]
        for name in arguments:
            if not is_row(name):
                self.kinds[name] = NUMBER
                self._line(f"store {NUMBER} %{name}, ptr %at.{name}")
        self._body(node.body)
        if self.own == "void":
            self._line("ret void")
        else:
            self._line("unreachable")
        rooms = [f"  %at.{name} = alloca {kind}" for name, kind in self.kinds.items()]
        # What gives nothing back, such as each rule, stays a function: put into others it doubles the time to compile.
        stays = " noinline" if self.own == "void" else ""
        head = f"define {reach}{self.own} @{node.name}({heads}){stays} {{\nentry:"
        return "\n".join([head, *rooms, *self.lines, "}", ""])

    # ---- lines
    def _line(self, text: str) -> None:
        self.lines.append("  " + text)

    def _fresh(self) -> str:
        self.count += 1
        return f"%t{self.count}"

    def _new(self, text: str, kind: str = NUMBER) -> Value:
        name = self._fresh()
        self._line(f"{name} = {text}")
        return Value(name, kind)

    def _labels(self, *names: str) -> list[str]:
        self.count += 1
        return [f"{name}{self.count}" for name in names]

    def _begin(self, label: str) -> None:
        """Begin a block; the one before has ended with a jump."""
        self.lines.append(f"{label}:")
        self.block = label

    def _jump(self, label: str) -> None:
        self._line(f"br label %{label}")

    def _branch(self, condition: Value, yes: str, no: str) -> None:
        self._line(f"br i1 {condition.text}, label %{yes}, label %{no}")

    # ---- statements
    def _body(self, body: list[ast.stmt]) -> None:
        for node in body:
            self._statement(node)

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign(targets=[target], value=value):
                self._assign(target, self._value(value))
            case ast.AugAssign(target=target, op=op, value=value):
                self._assign(target, self._sum(op, self._number(target), self._number(value)))
            case ast.Expr(value=ast.Call() as call):
                self._call(call)
            case ast.If(test=test, body=body, orelse=other):
                self._if(test, body, other)
            case ast.While(test=test, body=body, orelse=[]):
                self._while(test, body)
            case ast.Return(value=value):
                found = self._value(value) if value else None
                self._line(f"ret {found.kind} {found.text}" if found else "ret void")
                self._begin(*self._labels("after"))
            case ast.Pass():
                pass
            case _:
                raise Untranslated(ast.unparse(node))

    def _assign(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            if self.kinds.setdefault(target.id, value.kind) != value.kind:
                raise Untranslated(f"'{target.id}' is a number here and a condition there")
            self._line(f"store {value.kind} {value.text}, ptr %at.{target.id}")
        else:
            self._line(f"store {NUMBER} {value.text}, ptr {self._place(target)}")

    def _if(self, test: ast.expr, body: list[ast.stmt], other: list[ast.stmt]) -> None:
        yes, no, end = self._labels("yes", "no", "end")
        self._branch(self._truth(test), yes, no if other else end)
        self._begin(yes)
        self._body(body)
        self._jump(end)
        if other:
            self._begin(no)
            self._body(other)
            self._jump(end)
        self._begin(end)

    def _while(self, test: ast.expr, body: list[ast.stmt]) -> None:
        again, inside, end = self._labels("again", "inside", "end")
        self._jump(again)
        self._begin(again)
        self._branch(self._truth(test), inside, end)
        self._begin(inside)
        self._body(body)
        self._jump(again)
        self._begin(end)

    # ---- values
    def _number(self, node: ast.expr) -> Value:
        value = self._value(node)
        if value.kind != NUMBER:
            raise Untranslated(f"not a number: {ast.unparse(node)}")
        return value

    def _truth(self, node: ast.expr) -> Value:
        value = self._value(node)
        return value if value.kind == TRUTH else self._new(f"icmp ne {NUMBER} {value.text}, 0", TRUTH)

    def _value(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=bool(value)):
                return Value("true" if value else "false", TRUTH)
            case ast.Constant(value=int(value)):
                return Value(str(value - (1 << 64) if value >> 63 == 1 else value))
            case ast.Name(id=name):
                return self._name(name)
            case ast.Subscript():
                return self._new(f"load {NUMBER}, ptr {self._place(node)}")
            case ast.BinOp(left=left, op=op, right=right):
                return self._sum(op, self._number(left), self._number(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._new(f"sub {NUMBER} 0, {self._number(operand).text}")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._new(f"xor {TRUTH} {self._truth(operand).text}, true", TRUTH)
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARED:
                a, b = self._number(left), self._number(right)
                return self._new(f"icmp {COMPARED[type(op)]} {NUMBER} {a.text}, {b.text}", TRUTH)
            case ast.BoolOp(op=op, values=values):
                return self._joined(isinstance(op, ast.And), values)
            case ast.IfExp(test=test, body=yes, orelse=no):
                return self._chosen(test, lambda: self._value(yes), lambda: self._value(no))
            case ast.Call():
                return self._call(node)
            case _:
                raise Untranslated(ast.unparse(node))

    def _name(self, name: str) -> Value:
        if name in self.fixed:
            return Value(str(self.fixed[name]))
        if name not in self.kinds:
            raise Untranslated(name)
        return self._new(f"load {self.kinds[name]}, ptr %at.{name}", self.kinds[name])

    def _place(self, node: ast.expr) -> str:
        match node:
            case ast.Subscript(value=ast.Name(id=row), slice=index) if is_row(row):
                return self._at(row, index)
            case _:
                raise Untranslated(ast.unparse(node))

    def _at(self, row: str, index: ast.expr) -> str:
        """Where a number of a row stands in memory."""
        return self._new(f"getelementptr {NUMBER}, ptr %{row}, {NUMBER} {self._number(index).text}").text

    def _sum(self, op: ast.operator, a: Value, b: Value) -> Value:
        if isinstance(op, ast.FloorDiv):
            return self._divided(a, b)
        if type(op) not in SIMPLE:
            raise Untranslated(type(op).__name__)
        return self._new(f"{SIMPLE[type(op)]} {NUMBER} {a.text}, {b.text}")

    def _divided(self, a: Value, b: Value) -> Value:
        """Division rounds down: one less than LLVM's, which rounds to 0, where the signs differ and something is
        left.
        """
        # A processor stops at the lowest number divided by -1: -1 stands aside.
        minus = self._new(f"icmp eq {NUMBER} {b.text}, -1", TRUTH)
        by = self._new(f"select {TRUTH} {minus.text}, {NUMBER} 1, {NUMBER} {b.text}")
        quotient = self._new(f"sdiv {NUMBER} {a.text}, {by.text}")
        left = self._new(f"srem {NUMBER} {a.text}, {by.text}")
        some = self._new(f"icmp ne {NUMBER} {left.text}, 0", TRUTH)
        signs = self._new(f"xor {NUMBER} {left.text}, {by.text}")
        apart = self._new(f"icmp slt {NUMBER} {signs.text}, 0", TRUTH)
        both = self._new(f"and {TRUTH} {some.text}, {apart.text}", TRUTH)
        less = self._new(f"sext {TRUTH} {both.text} to {NUMBER}")
        down = self._new(f"add {NUMBER} {quotient.text}, {less.text}")
        negative = self._new(f"sub {NUMBER} 0, {a.text}")
        return self._new(f"select {TRUTH} {minus.text}, {NUMBER} {negative.text}, {NUMBER} {down.text}")

    def _joined(self, every: bool, values: list[ast.expr]) -> Value:
        """``and`` and ``or`` look at the next condition only where it matters: a roll behind it is not drawn."""
        first, *rest = values
        if not rest:
            return self._truth(first)
        if every:
            return self._chosen(first, lambda: self._joined(every, rest), lambda: Value("false", TRUTH))
        return self._chosen(first, lambda: Value("true", TRUTH), lambda: self._joined(every, rest))

    def _chosen(self, test: ast.expr, yes: Callable[[], Value], no: Callable[[], Value]) -> Value:
        """One of two values; the other is not computed."""
        labels = self._labels("yes", "no", "end")
        end = labels.pop()
        self._branch(self._truth(test), *labels)
        ways = []
        for label, look in zip(labels, (yes, no), strict=True):
            self._begin(label)
            value = look()
            ways.append((value, self.block))
            self._jump(end)
        self._begin(end)
        kind = ways[0][0].kind
        if ways[1][0].kind != kind:
            raise Untranslated(f"a number here and a condition there: {ast.unparse(test)}")
        return self._new(f"phi {kind} " + ", ".join(f"[ {value.text}, %{block} ]" for value, block in ways), kind)

    def _call(self, node: ast.Call) -> Value:
        name = ast.unparse(node.func)
        if name == "ushr":
            a, b = map(self._number, node.args)
            return self._new(f"lshr {NUMBER} {a.text}, {b.text}")
        arguments = []
        for argument in node.args:
            match argument:
                case ast.Name(id=row) if is_row(row) and row not in self.fixed:
                    arguments.append(f"ptr %{row}")
                case ast.Subscript(value=ast.Name(id=row), slice=ast.Slice(lower=ast.expr() as first, upper=None)):
                    arguments.append(f"ptr {self._at(row, first)}")
                case _:
                    arguments.append(f"{NUMBER} {self._number(argument).text}")
        if name not in self.names:
            raise Untranslated(name)
        called = f"call {self.returns[self.names[name]]} @{self.names[name]}({', '.join(arguments)})"
        kind = self.returns[self.names[name]]
        if kind == "void":
            self._line(called)
            return Value("0")
        return self._new(called, kind)
