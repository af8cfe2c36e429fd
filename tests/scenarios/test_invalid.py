"""Every mistake an author can make, beside the report that it gets.

The folder ``small`` is a valid scenario. Each mistake in ``invalid`` is laid over a copy of it:

- ``NAME.toml`` becomes ``small/variants/wrong.toml``, and the variant is chosen: its entries go over those of the base.
- ``NAME/`` is a folder whose files replace those of the base or join them; its ``variants/wrong.toml`` is chosen when there is one. What lies in
  ``NAME/beside/`` comes to lie beside the scenario: shared parts and other scenarios.
- what no text file can hold (encodings, sizes) is made in `MADE` below.

``NAME.txt`` is the expected report, compared character by character. ``KUROSHIO_REWRITE=1 pytest tests/scenarios`` writes the reports anew; read
them before you keep them.
"""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from game.rules import SHELF, Block, fields
from game.scenario.library import Loaded, load

HERE = Path(__file__).parent
SMALL, INVALID = HERE / "small", HERE / "invalid"
SOURCES = HERE.parent.parent / "game" / "scenario"
ELSEWHERE = {"SCN001", "SCN004", "SCN005", "SCN316"}
"""Codes that no file of a scenario brings about: no folder, links, rights (tests/scenario), and a kind of field that only blocks of others use."""

RULES = (SMALL / "rules.toml").read_text(encoding="utf-8")


def crowd(number: int, requirements: int, choices: int) -> str:
    """An action with long requirements and many choices."""
    when = "turn > 0 and " * 95 + "true"
    requires = f'{{ when = "{when}", message = "x" }},' * requirements
    ways = "".join(f'{{ id = "c{n}", name = "x" }},' for n in range(choices))
    return (f'[[action]]\nid = "a{number}"\nname = "x"\nabout = "x"\nagencies = ["north_navy", "south_navy"]\n'
            f"requires = [{requires}]\nchoice = [{ways}]\n\n")  # fmt: skip


MADE: dict[str, Callable[[Path], object]] = {
    "file_cp932": lambda folder: (folder / "rules.toml").write_bytes('# 海\ntitle = "東シナ海"\n'.encode("cp932")),
    "file_empty_main": lambda folder: (folder / "scenario.toml").write_bytes(b""),
    "file_none": lambda folder: (folder / "scenario.toml").rename(folder / "Scenario.TOML"),
    "file_nul": lambda folder: (folder / "rules.toml").write_text(RULES.replace("Fog comes", "Fog\0comes"), encoding="utf-8"),
    "file_too_deep": lambda folder: (folder / "rules.toml").write_text("x = " + "[" * 33 + "]" * 33, encoding="utf-8"),
    "file_too_large": lambda folder: (folder / "rules.toml").write_bytes(b"# \n" * 400_000),
    "file_too_many": lambda folder: [(folder / f"a{n}.toml").write_bytes(b"") for n in range(200)],
    "file_too_many_values": lambda folder: (folder / "rules.toml").write_text(f"x = [{'1,' * 50_001}]", encoding="utf-8"),
    "file_utf16": lambda folder: (folder / "rules.toml").write_text(RULES, encoding="utf-16"),
    "file_is_a_folder": lambda folder: (folder / "more.toml").mkdir(),
    "file_text_not_utf8": lambda folder: (folder / "text" / "briefing-north_navy.md").write_bytes("指揮".encode("gbk")),
    "variant_unknown": lambda folder: (folder / "variants" / "wrang.toml").write_bytes(b""),
    "many_problems": lambda folder: (folder / "rules.toml").write_text("\n".join(f"key{n} = 1" for n in range(300)), encoding="utf-8"),
    "many_entries": lambda folder: (folder / "more.toml").write_text(
        "\n".join(f'[[ending]]\nid = "e{n}"\nname = "x"\nwhen = false\ntext = "x"' for n in range(40)), encoding="utf-8"),
    "many_turns": lambda folder: (folder / "more.toml").write_text(
        "turns = [" + '{ clock = "x", minutes = 1 },' * 201 + "]", encoding="utf-8"),
    "many_signs": lambda folder: (folder / "variants" / "wrong.toml").write_text(
        f'[[unit]]\nid = "boat"\nname = "{"N" * 201}"\n\n'
        f'[[action]]\nid = "loud"\nname = "x"\nabout = "x"\nagencies = ["north_navy"]\n'
        f'choice = [{{ id = "x", name = "x", says = "{"{own}" * 2000}" }}]\n', encoding="utf-8"),
    "many_tables": lambda folder: [(folder / "more.toml").write_text("".join(
        f'[[inject]]\nid = "i{number}"\nturn = 1\ntext = "x"\n' + '[[inject.effect]]\nuse = "put"\nmark = "mood"\nto = 1\n' * 60
        for number in range(150)), encoding="utf-8"), (folder / "more2.toml").write_text(
        "".join(crowd(number, 0, 60) for number in range(110)), encoding="utf-8")],
    "many_parts": lambda folder: (folder / "scenario.toml").write_text(
        (folder / "scenario.toml").read_text(encoding="utf-8").replace(
            "\n\n[[side]]", "\nuses = [" + "'common/risk', " * 21 + "]\n\n[[side]]", 1),
        encoding="utf-8"),
    "many_effects": lambda folder: (folder / "more.toml").write_text(
        '[[inject]]\nid = "busy"\nturn = 1\ntext = "x"\n' + '[[inject.effect]]\nuse = "put"\nmark = "mood"\nto = 1\n' * 61, encoding="utf-8"),
    "many_letters": lambda folder: (folder / "more.toml").write_text(
        "".join(crowd(number, 1, 1) for number in range(50)), encoding="utf-8"),
    "many_checks": lambda folder: (folder / "more.toml").write_text(
        "".join(crowd(number, 5, 60) for number in range(4)), encoding="utf-8"),
}  # fmt: skip


def names() -> list[str]:
    found = {one.name.removesuffix(".toml") for one in INVALID.iterdir() if one.suffix == ".toml" or one.is_dir()}
    return sorted(found | MADE.keys())


def laid(name: str, to: Path) -> Loaded:
    """What loading the base with a mistake gives."""
    folder = Path(shutil.copytree(SMALL, to / "small"))
    (folder / "variants").mkdir(exist_ok=True)
    wrong = folder / "variants" / "wrong.toml"
    chosen = wrong
    if name in MADE:
        MADE[name](folder)
        chosen = folder / "variants" / "wrong.toml" if name != "variant_unknown" else folder
    elif (INVALID / name).is_dir():
        shutil.copytree(INVALID / name, folder, dirs_exist_ok=True)
        if (folder / "beside").is_dir():
            shutil.copytree(folder / "beside", to, dirs_exist_ok=True)
            shutil.rmtree(folder / "beside")
    else:
        shutil.copyfile(INVALID / f"{name}.toml", wrong)
    return load(str(folder), ["wrong"] if chosen.exists() else [])


def test_the_base_is_valid(tmp_path: Path) -> None:
    loaded = load(str(SMALL))
    assert loaded.game is not None
    assert loaded.problems == ()


def test_there_is_a_corpus() -> None:
    assert len(names()) >= 45
    assert {one.stem for one in INVALID.glob("*.txt")} == set(names())


@pytest.mark.parametrize("name", names())
def test_report(name: str, tmp_path: Path) -> None:
    loaded = laid(name, tmp_path)
    expected = INVALID / f"{name}.txt"
    if os.environ.get("KUROSHIO_REWRITE"):
        expected.write_text(loaded.report + "\n", encoding="utf-8", newline="\n")
    assert loaded.report + "\n" == expected.read_text(encoding="utf-8")
    assert (loaded.game is None) == any(problem.severity == "error" for problem in loaded.problems)
    places = [(problem.file, problem.line, problem.column) for problem in loaded.problems]
    assert places == sorted(places)


def test_every_code_of_the_loader_has_an_example() -> None:
    known = {
        code for file in SOURCES.glob("*.py") for code in re.findall(r"SCN\d{3}", file.read_text(encoding="utf-8"))
    }
    shown = {
        code
        for file in INVALID.glob("*.txt")
        for code in re.findall(r"\[(SCN\d{3})\]", file.read_text(encoding="utf-8"))
    }
    assert known - ELSEWHERE <= shown


def test_byte_order_mark_and_windows_lines_are_no_mistakes(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    for file in folder.glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(str(folder)).problems == ()


def test_an_entry_only_for_others_to_extend_is_no_entry(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    (folder / "more.toml").write_text(
        '[[unit]]\nid = "pattern"\nabstract = true\nkind = "ship"\nspeed = 20\n'
        '[[unit]]\nid = "tug"\nextends = "pattern"\nname = "Tug"\nside = "south"\nat = "JDZ"\n', encoding="utf-8")  # fmt: skip
    game = load(str(folder)).game
    assert game is not None
    assert [(unit.id, unit.kind, unit.speed, unit.commander) for unit in game.units] == [
        ("boat", "ship", 40, 0),
        ("tug", "ship", 20, -1),
    ]


@frozen
class Strange:
    """A block of somebody else's."""

    tone: str = fields.word("its tone", ("mild", "harsh"))


def strange(table: Any, parameters: Strange) -> None:
    if table.turn > 1:
        table.note(table.game.tracks["secret"])


def test_blocks_of_others(tmp_path: Path) -> None:
    shelf = (*SHELF, Block("strange", "home", Strange, strange))
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    rule = '[[rule]]\nid = "odd"\nuse = "strange"\ntone = "'
    (folder / "more.toml").write_text(rule + 'hersh"\n', encoding="utf-8")
    (found,) = load(str(folder), shelf=shelf).problems
    assert (found.code, found.line, found.hint) == ("SCN316", 4, "Did you mean 'harsh'?")
    (folder / "more.toml").write_text(rule + 'harsh"\n', encoding="utf-8")
    (found,) = load(str(folder), shelf=shelf).problems
    assert (found.code, found.file, found.line) == ("SCN520", "small/more.toml", 1)
    assert "cannot branch" in found.message
    assert found.hint.startswith("The block stops in test_invalid.py, line ")
