"""The commands as people and scripts call them: data on stdout, talk on stderr, exit codes, one JSON document."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import kuroshio

SCENARIO = "airspace-2024"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of a run that has ended, with the orders of the run beside it."""
    path = tmp_path_factory.mktemp("kept") / "日誌 run.kuroshio"
    done = kuroshio(
        "run", SCENARIO, "--seed", "7", "--journal", str(path), "--orders", str(path.with_suffix(".toml")), "--json"
    )
    assert done.returncode == 0, done.stderr
    path.with_suffix(".json").write_text(done.stdout, encoding="utf-8")
    return path


def test_list_names_every_scenario_from_any_folder(tmp_path: Path) -> None:
    done = kuroshio("list", "--json", cwd=tmp_path)
    rows = {row["id"]: row for row in json.loads(done.stdout)["scenarios"]}
    assert done.returncode == 0
    assert set(rows[SCENARIO]) >= {"id", "title", "seats", "turns", "variants"}
    assert SCENARIO in kuroshio("list", cwd=tmp_path).stdout


def test_run_gives_one_document_and_the_same_again(kept: Path) -> None:
    first = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
    again = json.loads(kuroshio("run", SCENARIO, "--seed", "7", "--json").stdout)
    assert first == again
    assert {"scenario", "variants", "seed", "turns", "digest", "ending", "peak_rung", "risk", "mechanisms"} <= set(
        first
    )
    assert all({"uses", "refusals", "unanswered"} <= set(counts) for counts in first["mechanisms"].values())
    assert len(first["risk"]) == first["turns"] + 1
    other = json.loads(kuroshio("run", SCENARIO, "--seed", "8", "--json").stdout)
    assert other["digest"] != first["digest"]


def test_a_script_of_the_orders_gives_the_same_run(kept: Path) -> None:
    first = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
    done = kuroshio("run", SCENARIO, "--seed", "7", "--policy", f"script:{kept.with_suffix('.toml')}", "--json")
    assert json.loads(done.stdout)["digest"] == first["digest"], done.stderr


def test_replay_agrees_and_why_explains(kept: Path) -> None:
    replayed = kuroshio("replay", str(kept), "--json")
    assert replayed.returncode == 0, replayed.stderr
    assert json.loads(replayed.stdout)["agrees"] is True
    done = kuroshio("why", str(kept), "--turn", "1", "--track", "risk.jp.cn", "--json")
    (explained,) = json.loads(done.stdout)["explanations"]
    for reason in explained["reasons"]:
        assert reason["after"] - reason["before"] == sum(part["amount"] for part in reason["parts"])
    assert explained["reasons"]
    assert "source" in kuroshio("why", str(kept), "--turn", "1", "--track", "risk.jp.cn").stdout


def test_why_tells_an_agency_only_what_it_can_work_out(kept: Path) -> None:
    done = kuroshio("why", str(kept), "--turn", "1", "--track", "belief.cn.jp", "--as", "jp_mofa")
    assert done.returncode == 2
    assert "cannot be explained" in done.stderr or "can be explained" in done.stderr


def test_why_is_for_control_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "going.kuroshio"
    kuroshio("play", "--terminal", SCENARIO, "--journal", str(path), "--seat", "jp_mofa=person", typed="")
    assert path.is_file()
    done = kuroshio("why", str(path), "--turn", "1", "--track", "risk")
    assert done.returncode == 2
    assert "--control" in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", SCENARIO, "--warnings-as-errors"), 0),
        (("check", "no-such-scenario"), 2),
        (("check", SCENARIO, "no-such-scenario"), 2),
        (("run", "airspace-2025", "--seed", "1"), 2),
        (("run", SCENARIO, "--variant", "no_gte", "--seed", "1"), 2),
        (("run", SCENARIO, "--seed", "1", "--policy", "chess"), 2),
        (("run", SCENARIO, "--seed", "-1"), 2),
        (("run", SCENARIO), 2),
        (("runn",), 2),
        (("replay", "missing.kuroshio"), 3),
        (("run", SCENARIO, "--seed", "1", "--policy", "script:missing.toml"), 3),
        (("play", SCENARIO, "--seat", "jp_mofa"), 2),
        (("play", SCENARIO, "--seat", "jp_mofa+cn_mfa=person"), 2),
        (("play", SCENARIO, "--seat", "jp_mofa+jp_mood=person"), 2),
        (("play", SCENARIO, "--seat", "jp_mofa+jp_mod=person", "--seat", "jp_mod=person"), 2),
        (("compare", SCENARIO, "--runs", "2", "--pair", "jp.kp"), 2),
        (("compare", SCENARIO, "--runs", "2", "--arm", "no_gte"), 2),
        (("compare", SCENARIO, "--runs", "2", "--arm", "no_gate", "--measure", "moral"), 2),
        (("compare", SCENARIO, "--runs", "1"), 2),
    ],
)
def test_exit_codes_and_one_clear_sentence(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    done = kuroshio(*words, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if code:
        assert done.stderr.strip() or done.stdout.strip()


def test_one_person_holds_the_agencies_joined_by_a_plus(tmp_path: Path) -> None:
    path = tmp_path / "going.kuroshio"
    words = (
        "play",
        "--terminal",
        SCENARIO,
        "--journal",
        str(path),
        "--seat",
        "jp_mofa+jp_mod=person",
        "--seat",
        "cn_etc=person",
    )
    done = kuroshio(*words, typed="\nlock\nyes\nlock\nyes\n")
    assert done.returncode == 0, done.stderr
    assert "Pass the keyboard to: Japan (MOFA, MOD)" in done.stdout
    assert "Locked: MOFA, MOD. Still to draft: ETC." in done.stdout
    again = kuroshio("play", "--terminal", "--journal", str(path), typed="")
    assert "Pass the keyboard to Eastern Theater Command" in again.stdout
    assert kuroshio("replay", str(path)).returncode == 0


def test_compare_names_what_it_counts(tmp_path: Path) -> None:
    words = ("compare", SCENARIO, "--arm", "no_hotline", "--arm", "authority+no_gate", "--runs", "40", "--pair", "cn.jp",
             "--measure", "crossings", "--measure", "disclosed")  # fmt: skip
    done = kuroshio(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for expected in (
        "Sides: Japan and China (jp.cn).",
        "counted after the opening, from turn 2 of 8 on",
        "Peak rung",
        "Cumulated risk, tenths of a point",
        "authority+no_gate",
        "Defence hotline",
        "  crossings.jp",
        "  disclosed = announced",
        "sign test",
    ):
        assert expected in done.stdout, expected
    assert max(map(len, done.stdout.splitlines())) <= 120
    told = json.loads(kuroshio(*words, "--json", cwd=tmp_path).stdout)
    assert (told["schema"], told["pair"], told["sides"], told["opening"]) == (
        "kuroshio.compare.2", "jp.cn", ["Japan", "China"], 1
    )  # fmt: skip
    assert [arm["name"] for arm in told["arms"]] == ["as it is", "no_hotline", "authority+no_gate"]
    for arm in told["arms"]:
        assert set(arm["values"]) == set(arm["differences"]) == {"peak_rung", "cumulated_risk", "final_risk"}
        assert {end["name"] for end in arm["ends"]} == {"crossings.jp", "crossings.cn", "crossings.us", "disclosed"}
        mean = arm["values"]["cumulated_risk"]["mean"]
        assert f"{mean['value']:.2f} \u00b1 {mean['half']:.2f}" in done.stdout
        assert f"{100 * arm['at_once']:.1f}" in done.stdout
        assert arm["calls"].keys() >= {"hotline", "embassy"}
    assert told == json.loads(kuroshio(*words, "--json", cwd=tmp_path).stdout)


def test_a_journal_that_is_none_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "note.kuroshio"
    path.write_text("not a journal", encoding="utf-8")
    done = kuroshio("replay", str(path))
    assert done.returncode == 1
    assert "note.kuroshio" in done.stderr
    assert path.read_text(encoding="utf-8") == "not a journal"


def test_nothing_is_overwritten(kept: Path) -> None:
    before = kept.read_bytes()
    done = kuroshio("run", SCENARIO, "--seed", "9", "--journal", str(kept))
    assert done.returncode == 3
    assert kept.read_bytes() == before


def test_misspelt_commands_name_the_nearest() -> None:
    assert "Did you mean 'replay'?" in kuroshio("repaly").stderr


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys; from click.testing import CliRunner; import game.cli; before = set(sys.modules);"
        "CliRunner().invoke(game.cli.main, ['--help']);"
        "heavy = {'attrs', 'attr', 'tomli', 'sqlite3', 'pygame', 'game.core', 'game.rules'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_manual_is_the_one_in_the_docs() -> None:
    docs = Path(__file__).parents[2] / "docs" / "manual.md"
    assert kuroshio("manual").stdout == docs.read_text(encoding="utf-8")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_play_says_so_and_goes_on_in_the_terminal(tmp_path: Path) -> None:
    shown = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    }
    words = [
        sys.executable,
        "-m",
        "game",
        "play",
        SCENARIO,
        "--journal",
        str(tmp_path / "a.kuroshio"),
        "--seat",
        "jp_mofa=person",
    ]
    done = subprocess.run(
        words, env=shown, input="", capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0
    assert "No window can be opened" in done.stderr
    assert len([line for line in done.stderr.split("\n") if line]) == 1
    assert "Go on with:" in done.stdout


def test_run_by_lookahead() -> None:
    done = kuroshio("run", "tutorial", "--seed", "3", "--policy", "lookahead", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["turns"] == 3
