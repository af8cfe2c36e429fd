"""kuroshio sweep as people and scripts call it."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from sweeps import HEAD, TWO

from game.cli import sweep_
from game.cli.sweep_ import executor
from game.play.sweep.plan import planned

COMMAND = [sys.executable, "-m", "game", "sweep"]


def sweep(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=180,
                          check=False)  # fmt: skip


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*") if path.is_file() and path.name != "manifest.json"}  # fmt: skip


def test_a_sweep_over_two_processes_gives_tables_a_chart_and_one_document(tmp_path: Path) -> None:
    (tmp_path / "design.toml").write_text(HEAD + TWO, encoding="utf-8")
    done = sweep(tmp_path, "design.toml", "-o", "結果 out", "--processes", "2", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["schema"] == "kuroshio.sweep.1"
    assert {one["term"] if "term" in one else one["factor"] for one in told["effects"]} == {"latency", "authority"}
    out = tmp_path / "結果 out"
    assert {"manifest.json", "design.toml", "points.csv", "runs.csv", "effects.csv", "effects.txt", "chart.svg"} <= {
        path.name for path in out.iterdir()
    }
    assert "48 of 48 runs (100 %)" in done.stderr
    again = sweep(tmp_path, "design.toml", "-o", "結果 out", "--processes", "1")
    assert again.returncode == 0, again.stderr
    assert again.stdout == (out / "effects.txt").read_text(encoding="utf-8")
    assert "48 of 48" not in again.stderr, "nothing was played again"
    alone = sweep(tmp_path, "design.toml", "-o", "alone", "--processes", "1")
    assert alone.returncode == 0, alone.stderr
    assert contents(tmp_path / "alone") == contents(out)
    with (out / "effects.csv").open(encoding="utf-8", newline="") as file:
        assert {row["kind"] for row in csv.DictReader(file)} == {"main effect", "interaction"}


@pytest.mark.parametrize(
    ("text", "words", "code", "sentence"),
    [
        (HEAD + TWO.replace("window_minutes", "window"), (), 1, "design.toml:7:10"),
        (HEAD + TWO.replace("360", "3600"), (), 1, "3600 is outside the limits"),
        (HEAD.replace("tutorial", "tutorail") + TWO, (), 1, "Did you mean 'tutorial'"),
        (HEAD + "# \0", (), 1, "U+0000"),
        (HEAD + TWO, ("--processes", "2", "--dask", "tcp://x"), 2, "--processes or --dask"),
        (HEAD + TWO, ("--processes", "0"), 2, "0 is not in the range"),
        (HEAD + TWO, ("--out", "design.toml"), 2, "design.toml"),
        (HEAD + TWO, ("--out", "design.toml/out"), 3, "design.toml"),
    ],
)
def test_exit_codes_and_one_clear_sentence(
    tmp_path: Path, text: str, words: tuple[str, ...], code: int, sentence: str
) -> None:
    (tmp_path / "design.toml").write_text(text, encoding="utf-8")
    done = sweep(tmp_path, "design.toml", "-o", "out", *words)
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout
    assert not (tmp_path / "out").exists(), "nothing begins"


def test_what_is_not_there_and_what_is_another_sweep(tmp_path: Path) -> None:
    assert sweep(tmp_path, "design.toml", "-o", "out").returncode == 3
    (tmp_path / "design.toml").write_text(HEAD.replace("12", "2") + TWO, encoding="utf-8")
    assert sweep(tmp_path, "design.toml", "-o", "out", "--processes", "1").returncode == 0
    (tmp_path / "design.toml").write_text(HEAD.replace("12", "3") + TWO, encoding="utf-8")
    done = sweep(tmp_path, "design.toml", "-o", "out", "--processes", "1")
    assert done.returncode == 2
    assert "another design" in done.stderr


def test_a_finished_sweep_calls_nobody_and_one_that_lost_a_part_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    design, out = tmp_path / "design.toml", tmp_path / "out"
    design.write_text(HEAD + TWO, encoding="utf-8")
    words = [str(design), "-o", str(out), "--processes", "1"]
    called: list[tuple[object, ...]] = []
    monkeypatch.setattr(sweep_, "executor", lambda *asked: called.append(asked) or executor(*asked))
    first, again = (CliRunner().invoke(sweep_.command, words) for _ in range(2))
    assert (first.exit_code, again.exit_code, len(called)) == (0, 0, 1)
    assert again.stdout == first.stdout != ""
    before = contents(out)
    (out / "parts" / "000001.csv").unlink()
    assert CliRunner().invoke(sweep_.command, words).exit_code == 0
    assert (contents(out), len(called)) == (before, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C goes another way there")
@pytest.mark.parametrize("processes", ["1", "2"])
def test_ctrl_c_leaves_whole_parts_and_the_same_command_goes_on(tmp_path: Path, processes: str) -> None:
    design = HEAD.replace("runs = 12", "runs = 300") + TWO.replace("[360, 0]", "[360, 180, 90, 60, 30, 0]")
    (tmp_path / "design.toml").write_text(design, encoding="utf-8")
    out = tmp_path / "out"
    words = ["design.toml", "-o", "out", "--processes", processes]
    with subprocess.Popen([*COMMAND, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          start_new_session=True) as running:  # fmt: skip
        end = time.monotonic() + 60
        while not list(out.glob("parts/*.csv")):
            assert time.monotonic() < end, "no part came"
            assert running.poll() is None
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)  # As a terminal does: to the workers, too.
        _, told = running.communicate(timeout=60)
    parts = len(list(out.glob("parts/*.csv")))
    assert parts < len(planned(tmp_path / "design.toml").parts()), "it was stopped midway"
    assert running.returncode == 130, told
    assert "the same command goes on" in told
    assert "Traceback" not in told
    assert not list(out.rglob("*.new"))
    assert not (out / "runs.csv").exists()
    assert sweep(tmp_path, *words).returncode == 0
    assert sweep(tmp_path, *words[:1], "-o", "whole", "--processes", "1").returncode == 0
    assert contents(out) == contents(tmp_path / "whole")
