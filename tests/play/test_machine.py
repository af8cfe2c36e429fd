"""The translator: what it writes does what Python does, and what it does not know it refuses."""

import ctypes
import itertools
from array import array

import pytest

from game.play import compiling, parts
from game.play.machine import Untranslated, translated

NUMBERS = (-(10**12), -1000, -8, -7, -3, -1, 0, 1, 2, 3, 7, 8, 999, 10**12)
NEEDS_FAST = pytest.mark.skipif(not compiling.available(), reason="needs the extra 'fast'")

EXPRESSIONS = (
    "a + b - 3 * a",
    "a // 7 + b // 4",
    "a // -7 + b // -1",
    "a // b if b else 5",
    "(1 if a < b else 0) + (10 if a <= b else 0) + (100 if a == b else 0)",
    "(1 if a > b else 0) + (10 if a >= b else 0) + (100 if a != b else 0)",
    "1 if (a > 0 and b > 0) or not (a == b) else 0",
    "1 if a > 0 and b != 0 and a // b > 1 else 2",
    "1 if b == 0 or a // b > 1 or a == 7 else 2",
    "-a if a < 0 else (b if b < a else a)",
    "(a ^ b) + (a & 255) + (b | 1) + (a >> 3)",
    "True if a else False",
)


@NEEDS_FAST
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_is_translated_does_what_python_does(expression: str) -> None:
    source = f"def f(R, a, b):\n    R[0] = 1 if ({expression}) else 0\n    R[1] = {expression}\n"
    if expression.startswith("True"):
        source = f"def f(R, a, b):\n    v = {expression}\n    R[0] = 1 if v else 0\n    R[1] = 3\n"
    engine = compiling.engine_of(compiling.compiled(translated(source, {}, "f")))
    machine = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)(engine.get_function_address("f"))
    names: dict = {}
    exec(source, names)
    for a, b in itertools.product(NUMBERS, NUMBERS):
        wanted, found = [0, 0], array("q", [0, 0])
        names["f"](wanted, a, b)
        machine(found.buffer_info()[0], a, b)
        assert list(found) == wanted, (a, b)


@NEEDS_FAST
def test_names_blocks_loops_and_calls() -> None:
    source = """
def bump(R, k) -> bool:
    R[k] += 1
    return R[k] > 2

def f(R, n):
    k = 0
    while k < n:
        if k == 3:
            pass
        hit = k > 1 and bump(R, 0)
        if hit:
            R[1] += k
        else:
            R[2] -= 1
        k += 1
        if k == 6:
            return
    R[3] = LAST
"""
    engine = compiling.engine_of(compiling.compiled(translated(source, {"LAST": 77}, "f")))
    machine = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)(engine.get_function_address("f"))
    names: dict = {"LAST": 77}
    exec(source, names)
    for n in range(9):
        wanted, found = [0] * 4, array("q", [0] * 4)
        names["f"](wanted, n)
        machine(found.buffer_info()[0], n)
        assert list(found) == wanted


@NEEDS_FAST
def test_a_row_is_handed_on_from_a_place() -> None:
    source = """
def bump(R, n):
    R[n] += 1

def f(R, n):
    bump(R[n:], 1)
    bump(R[n + 2:], 0)
"""
    engine = compiling.engine_of(compiling.compiled(translated(source, {}, "f")))
    machine = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)(engine.get_function_address("f"))
    names: dict = {}
    exec(source, names)
    for n in range(3):
        wanted, found = array("q", [0] * 5), array("q", [0] * 5)
        names["f"](memoryview(wanted), n)
        machine(found.buffer_info()[0], n)
        assert found == wanted
        assert sum(found) == 2


def test_a_turn_is_cut_only_where_nothing_that_was_named_is_needed_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LEAST", 1)
    source = """def f0(S, N, key, turn):
    S[0] += N[0]
    return

def f1(S, N, key, turn):
    a = S[0]
    b = a + 1
    if b > N[1]:
        c = S[1]
        f0(S, N, key, turn)
        S[1] = c + a
    f0(S, N, key, turn)
    a = S[2] + turn
    S[2] = a
    if key > 3:
        S[3] = a
    S[4] += 1
    return

play = f1
"""
    names: dict = {}
    cut = parts.side_by_side(source)
    exec(cut, names)
    assert [name for name in names if name.startswith("play_")] == ["play_0", "play_1", "play_2", "play_3", "play_all"]
    exec(source, names)
    for key, turn in itertools.product((3, 4), (0, 5)):
        wanted, rows = [2, 3, 5, 7, 11], memoryview(array("q", [2, 3, 5, 7, 11] * 2))
        names["play"](wanted, [1, 2], key, turn)
        names["play_all"](rows, [1, 2], [0, 5], [key, key], 2, turn)
        assert rows.tolist() == wanted * 2


@NEEDS_FAST
def test_the_lowest_number_divided_by_minus_one_stops_nothing() -> None:
    source = "def f(R, a, b):\n    R[0] = a // b\n"
    engine = compiling.engine_of(compiling.compiled(translated(source, {}, "f")))
    machine = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)(engine.get_function_address("f"))
    found = array("q", [0])
    machine(found.buffer_info()[0], -(1 << 63), -1)
    assert list(found) == [-(1 << 63)]


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "R[0] = 1 if a in b else 0",
        "R[0] = unknown",
        "unknown(a)",
        "R[0] = 1.5",
        "R[0] = 'text'",
        "R[0] = a / b",
        "R[0] = a ** 2",
        "R[0] = a < b < 3",
        "R[0] = [a][0]",
        "a, b = b, a",
        "x.y = 3",
        "R[0] = a.real",
        "R[0] = (a < 3) + 1",
        "for k in R: pass",
        "R[0] = lambda: 3",
        "v = a < 3; v = 4",
        "R[0] = 1 if a else (a < 3)",
    ],
)
def test_what_it_does_not_know_is_refused(line: str) -> None:
    with pytest.raises(Untranslated):
        translated(f"def f(R, a, b):\n    {line}\n", {}, "f")


def test_only_functions_stand_in_a_text() -> None:
    with pytest.raises(Untranslated):
        translated("x = 3\n", {}, "f")
