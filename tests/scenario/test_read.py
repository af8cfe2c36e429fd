import io
import os
import tempfile
import zipfile
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.scenario import read
from game.scenario.positions import Place, positions
from game.scenario.problems import LINE_WIDTH, Problem, in_order, nearest, report
from game.scenario.read import Source, read_file, read_folder, read_part, safe_name


def problem(**changes: Any) -> Problem:
    usual = {"severity": "error", "code": "SCN001", "file": "fog/a.toml", "line": 1, "column": 1, "end_column": 2}
    return Problem(**{**usual, "message": "wrong", **changes})


def make(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def broken(tmp_path: Path, content: str | bytes) -> Problem:
    """The only problem of a file with this content."""
    source, problems = read_file(make(tmp_path, {"a.toml": content}) / "a.toml", "fog/a.toml")
    assert source is None
    (found,) = problems
    assert (found.severity, found.file) == ("error", "fog/a.toml")
    return found


def where(found: Problem) -> tuple[int, int, int]:
    return found.line, found.column, found.end_column


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(found.code, found.file) for found in problems]


# Problems and their report


def test_problems_are_ordered_by_place_and_each_is_kept_once() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 2, 9), ("a", 2, 1), ("a", 0, 0), ("a", 2, 9)]
    found = in_order(problem(file=file, line=line, column=column) for file, line, column in places)
    assert [(one.file, one.line, one.column) for one in found] == sorted(set(places))


def test_same_place_has_the_same_order_every_time() -> None:
    two = [problem(message="y"), problem(message="x"), problem(severity="warning")]
    assert in_order(two) == in_order(reversed(two))


def test_report_shows_line_caret_and_hint() -> None:
    line = "when = 'turn >= 2 and tenson > 40'"
    found = problem(
        file="fog.toml", line=18, column=23, end_column=29, message="nothing is called 'tenson'", hint="say 'tension'"
    )
    assert report([found], {"fog.toml": "\r\n" * 17 + line + "\r\nend"}) == (
        "fog.toml:18:23: error: nothing is called 'tenson' [SCN001]\n"
        "    18 | when = 'turn >= 2 and tenson > 40'\n"
        "       |                       ^^^^^^\n"
        "       = help: say 'tension'\n"
        "1 error in 1 file"
    )


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "caret"),
    [
        ("外務省 = 東京", 7, 9, "外務省 = 東京", " " * 9 + "^^^^"),
        ("\ta\t= 1", 4, 5, " a = 1", "   ^"),
        ("e\u0301x = 1", 3, 4, "e\u0301x = 1", " ^"),
        ("abc", 9, 12, "abc", "   ^"),
        ("abc", 2, 1, "abc", " ^"),
        ("\x1b[2Jx\u202e = 1", 5, 6, "\ufffd[2Jx\ufffd = 1", "    ^"),
    ],
)
def test_caret_stands_under_what_is_wrong(line: str, column: int, end: int, shown: str, caret: str) -> None:
    lines = report([problem(column=column, end_column=end)], {"fog/a.toml": line}).split("\n")
    assert lines[1:3] == [f"     1 | {shown}", f"       | {caret}"]


def test_long_lines_are_cut_around_the_problem() -> None:
    line = "海" * 200_000 + "WRONG" + "x" * 200_000
    for column in (1, 40, 60, 200_001, 400_001):
        lines = report([problem(column=column, end_column=column + 5)], {"fog/a.toml": line}).split("\n")
        shown, caret = lines[1][9:], lines[2][9:]
        assert len(shown) <= LINE_WIDTH
        assert shown.count("...") >= 1
        assert caret.strip() in {"^" * 5, "^" * 10}
        if column == 200_001:
            wide = sum(2 if sign == "海" else 1 for sign in shown[: shown.index("WRONG")])
            assert caret.index("^") == wide


def test_report_without_text_line_or_file() -> None:
    found = [problem(line=0), problem(line=99, file="b"), problem(file="", line=0, severity="warning"), problem(line=4)]
    assert report(found, {"fog/a.toml": "a\nb"}).split("\n") == [
        "warning: wrong [SCN001]",
        "b:99:1: error: wrong [SCN001]",
        "fog/a.toml: error: wrong [SCN001]",
        "fog/a.toml:4:1: error: wrong [SCN001]",
        "3 errors, 1 warning in 2 files",
    ]
    assert report([problem(severity="warning", file=""), problem(severity="warning")], {}).endswith(
        "\n2 warnings in 1 file"
    )
    assert report([], {}) == "No problems."


def test_report_takes_braces_as_they_are() -> None:
    assert "{0.__class__}" in report([problem(message="{0.__class__}", hint="{x}")], {"fog/a.toml": "{y}"})


def test_nearest_name() -> None:
    assert nearest("tenson", ["turn", "tension"]) == "tension"
    assert nearest("xyz", ["turn", "tension"]) == ""
    assert nearest("x", []) == ""


# One file


def test_good_file(tmp_path: Path) -> None:
    file = make(tmp_path, {"a.toml": "title = '霧'\r\n[[actor]]\r\nid = 'jp'\r\n"}) / "a.toml"
    source, problems = read_file(file, "fog/a.toml")
    assert problems == ()
    assert isinstance(source, Source)
    assert (source.file, source.table) == ("fog/a.toml", {"title": "霧", "actor": [{"id": "jp"}]})
    assert source.text == "title = '霧'\n[[actor]]\nid = 'jp'\n"
    assert source.spans == positions(source.text)


def test_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = make(tmp_path, {"a.toml": b"\xef\xbb\xbfa = 1\n"}) / "a.toml"
    source, problems = read_file(file, "a.toml")
    assert problems == ()
    assert source is not None
    assert source.text == "a = 1\n"
    assert source.spans[("a",)].value == Place(1, 5, 6)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("encoding", ["cp932", "gb18030", "big5"])
def test_other_encodings_are_named_with_the_line(tmp_path: Path, encoding: str, mark: bytes) -> None:
    found = broken(tmp_path, mark + "a = 1\r\n# 海 ".encode() + "海上保安".encode(encoding))
    assert (found.code, where(found)) == ("SCN008", (2, 5, 6))
    assert found.message == "This file is not UTF-8. Save it with encoding UTF-8."
    assert "Japanese or Chinese" in found.hint


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_utf_16_is_named(tmp_path: Path, encoding: str) -> None:
    found = broken(tmp_path, "title = 'fog'\n".encode(encoding))
    assert found.code == "SCN009"
    assert "UTF-16" in found.message


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f"])
def test_control_characters(tmp_path: Path, sign: str) -> None:
    found = broken(tmp_path, f"title = 'a quite long title'\nb = '霧{sign}'")
    assert (found.code, where(found)) == ("SCN010", (2, 7, 8))
    assert f"U+{ord(sign):04X}" in found.message


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("a = 1\r\nb = \r\n", (2, 5, 6), "quotation marks"),
        ("a = Okinawa", (1, 5, 6), "quotation marks"),
        ("a = 1\na = 2", (2, 6, 7), "twice"),
        ("漁船", (1, 1, 2), ""),
        ("a = “fog”", (1, 5, 6), "straight"),
        ("a ＝ 1", (1, 3, 4), "needs ="),
        ("a = 1\n\u3000b = 1", (2, 1, 2), "full-width space"),
        ("a = {", (1, 6, 7), ""),
    ],
)
def test_invalid_toml_has_a_place(tmp_path: Path, text: str, place: tuple[int, int, int], word: str) -> None:
    found = broken(tmp_path, text)
    assert (found.code, where(found)) == ("SCN011", place)
    assert word in found.hint
    assert bool(word) == bool(found.hint)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 300 + "]" * 300,
        "a = " + "{b=" * 300 + "1" + "}" * 300,
        ".".join("a" * 300) + " = 1",
        ".".join("a" * 5000) + " = 1",
        "[" + ".".join("a" * 300) + "]\nb = 1",
    ],
)
def test_deep_nesting(tmp_path: Path, text: str) -> None:
    assert broken(tmp_path, text).code == "SCN012"


@pytest.mark.parametrize("part", ["a", "'a b'", r'"\""', "a ", "-"])
def test_long_keys_are_found_before_they_cost_time(tmp_path: Path, part: str) -> None:
    key = ".".join([part] * 101)
    for text in (f"b = 1\n{key} = 1", f"b = 1\n[{key}]", f"b = 1\nc = {{{key} = 1}}"):
        found = broken(tmp_path, text)
        assert (found.code, found.line) == ("SCN012", 2)


def test_many_slow_broken_files_come_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fog = make(tmp_path / "fog", {"scenario.toml": "", **{f"{number}.toml": "= 1" for number in range(100)}})
    monkeypatch.setattr(read, "FOLDER_LIMIT", 30)
    folder, problems = read_folder(fog)
    assert folder is None
    assert [code for code, _ in codes(problems)] == ["SCN007", *["SCN011"] * 10]


def test_allowed_nesting(tmp_path: Path) -> None:
    for depth, good in ((read.DEPTH_LIMIT, True), (read.DEPTH_LIMIT + 1, False)):
        text = "a = " + "[" * (depth - 1) + "1" + "]" * (depth - 1)
        source, _ = read_file(make(tmp_path, {"a.toml": text}) / "a.toml", "a.toml")
        assert (source is not None) == good


def test_recursion_and_surprise_in_positions_become_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for error, code in ((RecursionError(), "SCN012"), (ValueError("strange"), "SCN011")):

        def fail(text: str, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(read, "positions", fail)
        assert broken(tmp_path, "a = 1").code == code


@pytest.mark.parametrize(
    ("number", "length"),
    [
        ("9" * 5000, 5000),
        ("9_9" * 5000, 15_000),
        ("0x" + "f" * 9000, 9002),
        (str(2**63), 19),
        ("-9223372036854775809", 20),
    ],
)
def test_huge_integers(tmp_path: Path, number: str, length: int) -> None:
    found = broken(tmp_path, f"a = 1\nlist = [1, {number}]")
    assert (found.code, where(found)) == ("SCN013", (2, 12, 12 + length))


def test_largest_integers_are_allowed(tmp_path: Path) -> None:
    file = make(tmp_path, {"a.toml": f"a = {2**63 - 1}\nb = {-(2**63)}\nc = true"}) / "a.toml"
    assert read_file(file, "a.toml")[1] == ()


def test_size_limits(tmp_path: Path) -> None:
    assert broken(tmp_path, "#" * (read.TOML_LIMIT + 1)).code == "SCN007"
    assert broken(tmp_path, "a = [" + "1," * read.VALUE_LIMIT + "]").code == "SCN014"
    file = make(tmp_path, {"a.toml": "#" * read.TOML_LIMIT}) / "a.toml"
    assert read_file(file, "a.toml")[1] == ()


def test_missing_file_folder_and_special_file(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    assert codes(read_file(tmp_path / "folder.toml", "f")[1]) == [("SCN006", "f")]
    assert "no such file" in read_file(tmp_path / "none.toml", "f")[1][0].message
    assert read_file(tmp_path / "a\0b.toml", "f")[0] is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        assert "ordinary" in read_file(tmp_path / "pipe.toml", "f")[1][0].message


class Locked(type(Path())):  # type: ignore[misc]
    """A path that may be seen but not opened."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    def iterdir(self) -> Any:
        raise PermissionError(13, "Permission denied")


def test_unreadable_file_and_folder(tmp_path: Path) -> None:
    make(tmp_path, {"fog/scenario.toml": "a = 1"})
    for problems in (
        read_file(Locked(tmp_path / "fog" / "scenario.toml"), "fog")[1],
        read_folder(Locked(tmp_path / "fog"))[1],
    ):
        assert codes(problems) == [("SCN005", "fog")]
        assert "Permission denied" in problems[0].message


# A folder


def test_good_folder(tmp_path: Path) -> None:
    fog = make(
        tmp_path / "fog",
        {
            "scenario.toml": "id = 'fog'",
            "tracks.toml": "b = 1",
            "actors.toml": "c = 1",
            "README.md": "not read",
            "picture.png": b"\x89PNG",
            "._actors.toml": b"\x00\x05\x16\x07",
            "text/briefing.md": "\ufeffa\r\nb\rc\n",
            "text/note.txt": "not read",
            "variants/hard-mode.toml": "d = 1",
            "old/broken.toml": "= =",
        },
    )
    folder, problems = read_folder(fog)
    assert problems == ()
    assert folder is not None
    assert folder.name == "fog"
    assert [source.file for source in folder.sources] == ["fog/scenario.toml", "fog/actors.toml", "fog/tracks.toml"]
    assert folder.texts == {"briefing": "a\nb\nc\n"}
    assert {name: (one.file, one.table) for name, one in folder.variants.items()} == {
        "hard-mode": ("fog/variants/hard-mode.toml", {"d": 1})
    }


def test_folder_given_as_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path / "fog", {"scenario.toml": ""}))
    folder, problems = read_folder(Path())
    assert problems == ()
    assert folder is not None
    assert folder.name == "fog"


def test_folder_in_a_zip_file() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("fog/scenario.toml", "a = 1")
        archive.writestr("fog/text/x.md", "x")
    where_packed: Traversable = zipfile.Path(zipfile.ZipFile(packed), "fog/")
    folder, problems = read_folder(where_packed)
    assert problems == ()
    assert folder is not None
    assert (folder.name, folder.texts) == ("fog", {"x": "x"})


def test_no_folder(tmp_path: Path) -> None:
    make(tmp_path, {"file": "x"})
    assert codes(read_folder(tmp_path / "none")[1]) == [("SCN001", "none")]
    assert "this is a file" in read_folder(tmp_path / "file")[1][0].message


def test_folder_without_scenario_toml(tmp_path: Path) -> None:
    folder, problems = read_folder(make(tmp_path / "fog", {"actors.toml": "= 1"}))
    assert folder is None
    assert codes(problems) == [("SCN002", "fog"), ("SCN011", "fog/actors.toml")]
    assert "needs a file scenario.toml" in problems[0].hint
    _, problems = read_folder(make(tmp_path / "mist", {"senario.toml": ""}))
    assert "Rename senario.toml" in problems[0].hint


def test_all_broken_files_are_named_and_the_good_ones_returned(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "scenario.toml": "",
        "a.toml": "= 1",
        "b.toml": "b = 1",
        "C.TOML": "",
        "text/big.md": "x" * (read.TEXT_LIMIT + 1),
        "text/nul.md": "a quite long line\n\x00",
        "text/good.md": "x" * read.TEXT_LIMIT,
        "variants/bad.toml": b"a\xff",
        "variants/Not Safe.toml": "",
    }
    folder, problems = read_folder(make(tmp_path / "fog", files))
    assert folder is not None
    assert [source.file for source in folder.sources] == ["fog/scenario.toml", "fog/b.toml"]
    assert list(folder.texts) == ["good"]
    assert folder.variants == {}
    assert codes(problems) == [
        ("SCN017", "fog/C.TOML"),
        ("SCN011", "fog/a.toml"),
        ("SCN007", "fog/text/big.md"),
        ("SCN010", "fog/text/nul.md"),
        ("SCN015", "fog/variants/Not Safe.toml"),
        ("SCN008", "fog/variants/bad.toml"),
    ]
    assert [found.severity for found in problems] == ["warning", *["error"] * 5]


def test_broken_scenario_toml_gives_no_folder(tmp_path: Path) -> None:
    folder, problems = read_folder(make(tmp_path / "fog", {"scenario.toml": "=", "a.toml": "a = 1"}))
    assert folder is None
    assert codes(problems) == [("SCN011", "fog/scenario.toml")]


def test_folder_for_file_and_file_for_folder(tmp_path: Path) -> None:
    fog = make(tmp_path / "fog", {"scenario.toml": "", "text": "", "variants/x": "", "actors.toml/x": ""})
    assert codes(read_folder(fog)[1]) == [("SCN006", "fog/actors.toml"), ("SCN006", "fog/text")]
    folder, problems = read_folder(make(tmp_path / "mist", {"scenario.toml/x": ""}))
    assert folder is None
    assert codes(problems) == [("SCN006", "mist/scenario.toml")]


def test_too_many_files(tmp_path: Path) -> None:
    fog = make(tmp_path / "fog", {f"text/{number}.md": "" for number in range(read.FILE_LIMIT)})
    make(fog, {"other.png": ""})
    assert codes(read_folder(fog)[1]) == [("SCN002", "fog")]
    make(fog, {"scenario.toml": ""})
    folder, problems = read_folder(fog)
    assert folder is None
    assert codes(problems) == [("SCN003", "fog")]


@pytest.mark.parametrize("limit", ["FOLDER_LIMIT", "FOLDER_VALUE_LIMIT"])
def test_files_together_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    fog = make(tmp_path / "fog", {"scenario.toml": "a = [1, 2, 3]", "b.toml": "a = [1, 2, 3]", "text/c.md": "x"})
    monkeypatch.setattr(read, limit, 27 if limit == "FOLDER_LIMIT" else 10)
    assert read_folder(fog)[1] == ()
    monkeypatch.setattr(read, limit, 20 if limit == "FOLDER_LIMIT" else 9)
    folder, problems = read_folder(fog)
    assert folder is None
    assert codes(problems) == [("SCN007", "fog")]


def link(at: Path, to: Path) -> None:
    try:
        at.symlink_to(to, target_is_directory=to.is_dir())
    except OSError:
        pytest.skip("this system does not let us make links")


def test_links_must_stay_inside(tmp_path: Path) -> None:
    secret = make(tmp_path / "secret", {"a.toml": "password = 1", "b.md": "secret"})
    fog = make(tmp_path / "fog", {"scenario.toml": "a = 1", "text/real.md": "real"})
    link(fog / "out.toml", secret / "a.toml")
    link(fog / "dangling.toml", tmp_path / "nowhere")
    link(fog / "round.toml", fog / "round.toml")
    link(fog / "inside.toml", fog / "scenario.toml")
    link(fog / "text" / "out.md", secret / "b.md")
    link(fog / "variants", secret)
    folder, problems = read_folder(fog)
    assert folder is not None
    assert [source.file for source in folder.sources] == ["fog/scenario.toml", "fog/inside.toml"]
    assert folder.texts == {"real": "real"}
    assert folder.variants == {}
    outside = {found.file for found in problems if found.code == "SCN004"}
    assert outside == {"fog/out.toml", "fog/dangling.toml", "fog/text/out.md", "fog/variants"}
    assert all("leads outside the scenario folder" in found.message for found in problems if found.code == "SCN004")
    assert {found.file for found in problems} - outside == {"fog/round.toml"}


def test_linked_scenario_folder_is_fine(tmp_path: Path) -> None:
    make(tmp_path / "real", {"scenario.toml": ""})
    link(tmp_path / "fog", tmp_path / "real")
    folder, problems = read_folder(tmp_path / "fog")
    assert problems == ()
    assert folder is not None
    assert folder.name == "fog"


def test_file_names_that_are_no_text(tmp_path: Path) -> None:
    fog = make(tmp_path / "fog", {"scenario.toml": ""})
    try:
        Path(os.fsdecode(os.fsencode(fog) + b"/\xff.toml")).write_text("=", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system has only names that are text")
    assert codes(read_folder(fog)[1]) == [("SCN011", "fog/?.toml")]


# Names and common parts


@pytest.mark.parametrize("name", ["fog", "airspace-2024", "common/actions", "0", "a_b-c/d", "console", "com", "a" * 80])
def test_safe_names(name: str) -> None:
    assert safe_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "..",
            "../x",
            "a/../b",
            "a/",
            "/a",
            "a//b",
            "./a",
            "a\\b",
            "c:a",
            "A",
            "a.toml",
            "-a",
            "_a",
            "a\n",
            "a b",
        ),
        *(
            "a\0",
            "é",
            "霧",
            "a²",
            "con",
            "nul",
            "a/aux",
            "prn/a",
            "com1",
            "lpt9",
            "com0",
            "a" * 81,
            "~",
            "a/~b",
            "a%2e",
        ),
    ],
)
def test_unsafe_names(name: str, tmp_path: Path) -> None:
    assert not safe_name(name)
    source, problems = read_part(tmp_path, name)
    assert source is None
    assert codes(problems) == [("SCN015", "")]


@given(st.text(alphabet="ab./\\:~\n\0 A0-_", max_size=12))
def test_safe_names_never_lead_out(name: str) -> None:
    if safe_name(name):
        root = Path("/somewhere/scenarios")
        assert Path(os.path.normpath(root / name)).is_relative_to(root)
        assert ".." not in name


def test_common_part(tmp_path: Path) -> None:
    root = make(tmp_path, {"common/tracks.toml": "a = 1", "common/Actions.toml": "", "common/broken.toml": "="})
    source, problems = read_part(root, "common/tracks")
    assert problems == ()
    assert source is not None
    assert (source.file, source.table) == ("common/tracks.toml", {"a": 1})
    assert codes(read_part(root, "common/broken")[1]) == [("SCN011", "common/broken.toml")]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("common/trakcs", "Did you mean 'common/tracks'?"),
        ("comon/tracks", "Did you mean 'common/tracks'?"),
        ("common/zzz", "There are: mood, tracks."),
        ("common/actions", "There are: mood, tracks."),
        ("common/tracks/more", ""),
        ("zzz", ""),
    ],
)
def test_missing_common_part(tmp_path: Path, name: str, hint: str) -> None:
    files: dict[str, str | bytes] = {"common/tracks.toml": "", "common/mood.toml": "", "common/Actions.toml": ""}
    source, problems = read_part(make(tmp_path, files), name)
    assert source is None
    (found,) = problems
    assert (found.code, found.file, found.hint) == ("SCN016", "", hint)
    assert repr(name) in found.message


def test_common_part_may_not_lead_outside(tmp_path: Path) -> None:
    make(tmp_path, {"secret/a.toml": "password = 1"})
    (tmp_path / "root" / "common").mkdir(parents=True)
    link(tmp_path / "root" / "common" / "a.toml", tmp_path / "secret" / "a.toml")
    link(tmp_path / "root" / "linked", tmp_path / "secret")
    for name in ("common/a", "linked/a"):
        assert codes(read_part(tmp_path / "root", name)[1]) == [("SCN004", f"{name}.toml")]


def test_common_part_below_no_folder(tmp_path: Path) -> None:
    assert codes(read_part(tmp_path / "none", "common/a")[1]) == [("SCN005", "common/a.toml")]


# Anything at all

TOML_SIGNS = st.text(alphabet="ab=[]{}.,\"'\\#\n\r\t 019-:+_eux漁“\x00\ufeff", max_size=60).map(str.encode)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), TOML_SIGNS))
@example(b"\xef\xbb\xbf\xef\xbb\xbfa=1")
@example(b"\xff\xfe")
@example(b"a = '\xed\xa0\x80'")
@example(b'a = "\\ud800"')
def test_any_bytes_give_a_source_or_a_problem(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scenario.toml").write_bytes(content)
        found, problems = read_folder(Path(folder))
        assert (found is None) == bool(problems)
        texts = {one.file: content.decode("utf-8-sig", "replace") for one in problems}
        report(problems, texts).encode("utf-8")
        if found:
            assert found.sources[0].spans.keys() >= {(key,) for key in found.sources[0].table}


@given(
    st.text(max_size=300),
    st.lists(st.tuples(st.integers(-1, 9), st.integers(-1, 400), st.integers(-1, 400), st.text()), max_size=5),
)
def test_report_never_fails_and_can_always_be_written(text: str, places: list[tuple[int, int, int, str]]) -> None:
    problems = [
        problem(line=line, column=column, end_column=end, message=words, hint=words)
        for line, column, end, words in places
    ]
    shown = report(problems, {"fog/a.toml": text})
    shown.encode("utf-8")
    assert "\x1b" not in shown
