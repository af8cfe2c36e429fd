"""Layers: who may import whom, in one direction only."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import game

ROOT = Path(game.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

BELOW = {
    "words": (),
    "core": ("words",),
    "rules": ("words", "core"),
    "scenario": ("words", "core", "rules"),
    "play": ("words", "core", "rules", "scenario"),
    "terminal": ("words", "core", "rules", "scenario", "play"),
    "window": ("words", "core", "rules", "scenario", "play"),
}
"""Each part of the program and the parts that it may import besides itself. The command line may import all."""

PURE = {"collections.abc", "typing", "enum", "functools"}
OUTSIDE = {
    "words": PURE,
    "core": {"attrs", "collections.abc", "typing", "functools", "hashlib", "linecache", "sys"},
    "rules": PURE | {"attrs", "difflib", "operator"},
}
"""All that the pure parts may import from elsewhere: no clock, no files, no chance but that of the seed."""

PACKAGES = {
    "scenario": {"attrs", "tomli"},
    "play": {"attrs", "tomli", "llvmlite", "pyarrow"},
    "terminal": {"attrs", "tomli", "click"},
    "window": {"attrs", "pygame"},
}
"""The packages of other people that a part may import, beside Python's own library."""

EXTRAS = {
    "play/numbering.py": {"numpy"},
    "play/pettingzoo_env.py": {"numpy", "gymnasium", "pettingzoo"},
}
"""The modules that need packages of an extra; nothing else of the program imports them, so that it runs without."""

IMPURE = {"open", "input", "print", "eval", "__import__", "breakpoint", "globals", "id", "hash"}


def part_of(file: Path) -> str:
    """The part of the program that a file belongs to."""
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports anywhere in it, in functions too."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file}: relative imports hide which part is meant"
            module = node.module or ""
            names = [alias.name for alias in node.names if alias.name != "__version__"]
            yield from (f"game.{name}" for name in names) if module == "game" else (module,)


@pytest.mark.parametrize("part", BELOW)
def test_a_part_imports_only_what_lies_below_it(part: str) -> None:
    for file in (file for file in FILES if part_of(file) == part):
        for module in imported(file):
            top, _, rest = module.partition(".")
            if top == "game":
                assert rest.partition(".")[0] in (part, *BELOW[part]), f"{file} imports {module}"
            elif part in OUTSIDE:
                assert module in OUTSIDE[part], f"{file} imports {module}"
            else:
                extra = EXTRAS.get(file.relative_to(ROOT).as_posix(), set())
                assert is_own(top) or top in PACKAGES[part] | extra, f"{file} imports {module}"


def test_only_modules_of_an_extra_import_modules_of_an_extra() -> None:
    names = {f"game.{name.removesuffix('.py').replace('/', '.')}" for name in EXTRAS}
    for file in (file for file in FILES if file.relative_to(ROOT).as_posix() not in EXTRAS):
        assert not names & set(imported(file)), f"{file} needs an extra"


def is_own(top: str) -> bool:
    """Whether a module is of Python's own library."""
    return top in sys.stdlib_module_names


@pytest.mark.parametrize("part", ["words", "core", "rules"])
def test_the_pure_parts_call_nothing_that_leads_outside(part: str) -> None:
    files = [file for file in FILES if part_of(file) == part]
    assert files
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in IMPURE, f"{file}:{node.lineno} calls {node.func.id}"


def test_nobody_below_imports_the_command_line_and_every_module_is_in_a_known_part() -> None:
    parts = {part_of(file) for file in FILES}
    assert parts - set(BELOW) <= {"__init__", "__main__", "cli", "up"}
    assert {"core", "rules", "scenario", "play"} <= parts
