"""Every mistake an author can make, beside the report that it gets.

The folder ``small`` is a valid scenario. Each mistake in ``invalid`` is laid over a copy of it:

- ``NAME.toml`` becomes ``small/variants/wrong.toml``, and the variant is chosen: its entries go over those of the base.
- ``NAME/`` is a folder whose files replace those of the base or join them; its ``variants/wrong.toml`` is chosen when
  there is one. What lies in ``NAME/beside/`` comes to lie beside the scenario: shared parts and other scenarios.
- what no text file can hold (encodings, sizes) is made in `MADE` below.

``NAME.txt`` is the expected report, compared character by character. ``KUROSHIO_REWRITE=1 pytest tests/scenarios``
writes the reports anew; read them before you keep them.
"""

import os
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from game.rules import SHELF, Block, fields
from game.scenario.library import Loaded, load

HERE = Path(__file__).parent
SMALL, INVALID = HERE / "small", HERE / "invalid"
SOURCES = HERE.parent.parent / "game" / "scenario"
ELSEWHERE = {"SCN001", "SCN004", "SCN005", "SCN316", "SCN603"}
"""Codes that no file brings about: no folder, links, rights (tests/scenario), a field that only blocks of others use, a
block of others that cannot be traced (tests/play/test_untraced.py).
"""

REPORTED_TWICE = {"SCN311", "SCN329", "SCN523"}
"""Codes that several modules report, each for the same mistake: an unknown agency, a value that is none, too much."""

MAIN = (SMALL / "scenario.toml").read_text(encoding="utf-8")
RULES = (SMALL / "rules.toml").read_text(encoding="utf-8")


EFFECT = '[[inject.effect]]\nuse = "put"\nmark = "mood"\nto = 1\n'
ENDING = '[[ending]]\nid = "e{number}"\nname = "x"\nwhen = false\ntext = "x"\n'


def crowd(number: int, requirements: int, choices: int) -> str:
    """An action with long requirements and many choices."""
    when = "turn > 0 and " * 95 + "true"
    requires = f'{{ when = "{when}", message = "x" }},' * requirements
    ways = "".join(f'{{ id = "c{n}", name = "x" }},' for n in range(choices))
    return (f'[[action]]\nid = "a{number}"\nname = "x"\nabout = "x"\nagencies = ["north_navy", "south_navy"]\n'
            f"requires = [{requires}]\nchoice = [{ways}]\n\n")  # fmt: skip


MADE: dict[str, dict[str, str | bytes | None]] = {
    "file_cp932": {"rules.toml": '# 海\ntitle = "東シナ海"\n'.encode("cp932")},
    "file_empty_main": {"scenario.toml": ""},
    "file_is_a_folder": {"more.toml/nothing.txt": ""},
    "file_none": {"scenario.toml": None, "Scenario.TOML": MAIN},
    "file_nul": {"rules.toml": RULES.replace("Fog comes", "Fog\0comes")},
    "file_text_not_utf8": {"text/briefing-north_navy.md": "指揮".encode("gbk")},
    "file_too_deep": {"rules.toml": "x = " + "[" * 33 + "]" * 33},
    "file_too_large": {"rules.toml": "# \n" * 400_000},
    "file_too_many": {f"a{number}.toml": "" for number in range(200)},
    "file_too_many_values": {"rules.toml": f"x = [{'1,' * 50_001}]"},
    "file_utf16": {"rules.toml": RULES.encode("utf-16")},
    "many_checks": {"more.toml": "".join(crowd(number, 5, 60) for number in range(4))},
    "many_effects": {"more.toml": '[[inject]]\nid = "busy"\nturn = 1\ntext = "x"\n' + EFFECT * 61},
    "many_entries": {"more.toml": "".join(ENDING.format(number=number) for number in range(40))},
    "many_letters": {"more.toml": "".join(crowd(number, 1, 1) for number in range(50))},
    "many_parts": {"scenario.toml": MAIN.replace("\nzones", "\nuses = [" + "'common/risk', " * 21 + "]\nzones", 1)},
    "many_problems": {"rules.toml": "\n".join(f"key{number} = 1" for number in range(300))},
    "many_signs": {
        "variants/wrong.toml": f'[[unit]]\nid = "boat"\nname = "{"N" * 201}"\n\n'
        '[[action]]\nid = "loud"\nname = "x"\nabout = "x"\nagencies = ["north_navy"]\n'
        f'choice = [{{ id = "x", name = "x", says = "{"{own}" * 2000}" }}]\n'
    },
    "many_tables": {
        "more.toml": "".join(
            f'[[inject]]\nid = "i{number}"\nturn = 1\ntext = "x"\n' + EFFECT * 60 for number in range(150)
        ),
        "more2.toml": "".join(crowd(number, 0, 60) for number in range(110)),
    },
    "many_turns": {"more.toml": "turns = [" + '{ clock = "x", minutes = 1 },' * 201 + "]"},
    "variant_unknown": {"variants/wrang.toml": ""},
}


def names() -> list[str]:
    found = {one.name.removesuffix(".toml") for one in INVALID.iterdir() if one.suffix == ".toml" or one.is_dir()}
    return sorted(found | MADE.keys())


def laid(name: str, to: Path) -> Loaded:
    """What loading the base with a mistake gives."""
    folder = Path(shutil.copytree(SMALL, to / "small"))
    (folder / "variants").mkdir(exist_ok=True)
    for file, content in MADE.get(name, {}).items():
        if content is None:
            (folder / file).unlink()
            continue
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    if (INVALID / f"{name}.toml").is_file():
        shutil.copyfile(INVALID / f"{name}.toml", folder / "variants" / "wrong.toml")
    elif (INVALID / name).is_dir():
        shutil.copytree(INVALID / name, folder, dirs_exist_ok=True)
    if (folder / "beside").is_dir():
        shutil.copytree(folder / "beside", to, dirs_exist_ok=True)
        shutil.rmtree(folder / "beside")
    chosen = name == "variant_unknown" or (folder / "variants" / "wrong.toml").exists()
    return load(str(folder), ["wrong"] if chosen else [])


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


def test_a_code_stands_for_one_mistake() -> None:
    reported = Counter(
        code
        for file in SOURCES.glob("*.py")
        for code in set(re.findall(r'"(SCN\d{3})",', file.read_text(encoding="utf-8")))
    )
    assert {code for code, modules in reported.items() if modules > 1} == REPORTED_TWICE


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
