"""A turn cut into parts, so that several runs can go through it side by side: each part is played for all of them before
the next one is.

The machine code of a large game does not fit into the memory next to the processor. One after the other, each run would
fetch all of it anew, and a turn of a game with twice the units would take more than twice the time; side by side, several
runs share what was fetched. A part ends where no name that was given before is still needed: what lasts stands in the row.
"""

import ast
from collections.abc import Mapping, Sequence

LEAST = 500
"""How many lines a part has at least, with those of the functions that it calls (some 10 KB of machine code): enough to
outweigh the calls, and few enough for the memory next to the processor. Between 100 and 8,000 little depends on it.
"""

LOOP = """
    k = 0
    while k < live:
        {name}_{number}(S[AT[k]:], N, KEYS[k], turn)
        k += 1"""


def side_by_side(source: str) -> str:
    """The text of a turn, with *play_all* and *choose_all* for several rows in place of *play* and *choose* for one.

    They take all rows one after the other in *S*, where each of those that are *live* begins in *AT*, and the keys of their
    draws in *KEYS*.
    """
    lines, body = source.split("\n"), ast.parse(source).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    public = {node.value.id: node.targets[0].id for node in body if isinstance(node, ast.Assign)
              and isinstance(node.value, ast.Name) and isinstance(node.targets[0], ast.Name)}  # fmt: skip
    lasting = {"S", "N", "key", "turn", *(node.name for node in functions)}
    lengths: dict[str, int] = {}
    out = []
    for node in functions:
        lengths[node.name] = sum(length(one, lengths) for one in node.body)
        if node.name not in public:
            out.append(text_of(lines, [node]))
            continue
        cut = parts(node, lengths, lasting)
        name = public[node.name]
        for number, part in enumerate(cut):
            out.append(f"def {name}_{number}(S, N, key, turn):\n{text_of(lines, part)}")
        loops = "".join(LOOP.format(name=name, number=number) for number in range(len(cut)))
        out.append(f"def {name}_all(S, N, AT, KEYS, live, turn):{loops}")
    return "\n\n".join(out) + "\n"


def text_of(lines: Sequence[str], part: Sequence[ast.stmt]) -> str:
    """The lines of some statements that follow each other."""
    return "\n".join(lines[part[0].lineno - 1 : part[-1].end_lineno])


def parts(function: ast.FunctionDef, lengths: Mapping[str, int], lasting: set[str]) -> list[list[ast.stmt]]:
    """The statements of a function, part by part. *lasting* are the names that mean the same in all of them."""
    found: list[list[ast.stmt]] = []
    part: list[ast.stmt] = []
    body = [statement for statement in function.body if not isinstance(statement, ast.Return)]
    for statement, after in zip(body, needed_after(body), strict=True):
        part.append(statement)
        if not after - lasting and sum(length(one, lengths) for one in part) >= LEAST:
            found.append(part)
            part = []
    return [*found, part] if part else found


def needed_after(body: Sequence[ast.stmt]) -> list[set[str]]:
    """For each statement the names that are still needed behind it."""
    after: set[str] = set()
    found = []
    for statement in reversed(body):
        found.append(after)
        after = needs([statement], after)
    return found[::-1]


def needs(body: Sequence[ast.stmt], after: set[str]) -> set[str]:
    """The names that must have been given before these statements, where *after* are needed behind them."""
    for statement in reversed(body):
        if isinstance(statement, ast.If):
            after = needs(statement.body, after) | needs(statement.orelse, after) | names(statement.test, ast.Load)
        else:
            given = set() if isinstance(statement, ast.AugAssign) else names(statement, ast.Store)
            after = (after - given) | names(statement, ast.Load)
    return after


def names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    """The names that are looked at or given anywhere in it."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, context)}


def length(statement: ast.stmt, lengths: Mapping[str, int]) -> int:
    """How many lines a statement has, with those of the functions that it calls."""
    calls = (one.func for one in ast.walk(statement) if isinstance(one, ast.Call))
    own = (statement.end_lineno or statement.lineno) - statement.lineno + 1
    return own + sum(lengths.get(called.id, 0) for called in calls if isinstance(called, ast.Name))
