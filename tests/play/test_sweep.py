"""Sweeps: runs are those of the recording table, whoever plays them, and an interruption changes nothing."""

import csv
import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from runs import play
from sweeps import HEAD, TWO, plan_of, swept, written

from game.core import Game, outcome
from game.play import compiling
from game.play.sweep import table
from game.play.sweep.design import DesignProblem
from game.play.sweep.folder import Folder
from game.play.sweep.outputs import finish, manifest_of
from game.play.sweep.plan import PART_RUNS, Plan
from game.play.sweep.running import InProcess, run
from game.play.sweep.work import Lost, SweepProblem, played, quiet, task_of
from game.scenario.library import restored


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return plan_of(tmp_path_factory.mktemp("design"), HEAD + 'measures = ["climate.jp.cn"]\nfirst_seed = 40\n' + TWO)


@pytest.fixture(scope="module")
def whole(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sweep, uninterrupted and in this process."""
    out = tmp_path_factory.mktemp("whole") / "out"
    swept(plan, out)
    return out


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "runs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def game_at(plan: Plan, point: int) -> Game:
    return restored(plan.document(point).plain())


def test_every_run_is_that_of_the_recording_table(plan: Plan, whole: Path) -> None:
    found = rows(whole)
    assert [(int(row["point"]), int(row["run"]), int(row["seed"])) for row in found] == [
        (point, number, 39 + number) for point in (1, 2, 3, 4) for number in range(1, 13)
    ]
    for row in found[::5]:
        game = game_at(plan, int(row["point"]) - 1)
        turns = play(game, int(row["seed"]), "doctrine")
        end = turns[-1].after
        peak, risk, climate = (game.cells_named(name)[0] for name in ("peak.jp.cn", "risk.jp.cn", "climate.jp.cn"))
        ended = outcome(game, end)
        assert ended is not None
        assert (row["ending"], int(row["turns"])) == (ended.id, len(turns))
        assert [int(row[key]) for key in ("peak_rung", "final_risk", "climate.jp.cn")] == [
            end.row[peak], end.row[risk], end.row[climate]
        ]  # fmt: skip
        after = [turn.after.row[risk] for turn in turns]
        after += after[-1:] * (len(game.turns) - len(after))
        assert int(row["cumulated_risk"]) == sum(after[game.opening :])
        for word in ("asked", "answered"):
            cells = [*game.cells_named(f"{word}.telephone.jp"), *game.cells_named(f"{word}.telephone.cn")]
            assert int(row[f"telephone.{word}"]) == sum(turn.after.row[cell] for turn in turns for cell in cells)


def test_run_k_of_every_point_has_the_same_seed_and_levels_are_put_in(plan: Plan, whole: Path) -> None:
    by_run: dict[str, set[str]] = {}
    for row in rows(whole):
        by_run.setdefault(row["run"], set()).add(row["seed"])
    assert all(len(seeds) == 1 for seeds in by_run.values())
    assert {(row["point"], row["latency"], row["authority"]) for row in rows(whole)} == {
        ("1", "360", "0"), ("2", "0", "0"), ("3", "360", "1000"), ("4", "0", "1000")
    }  # fmt: skip
    parameters = [next(rule.parameters for rule in game_at(plan, point).rules["mechanisms"] if rule.id == "mechanism.telephone")
                  for point in range(4)]  # fmt: skip
    assert [(one.window_minutes, one.authority[1]) for one in parameters] == [(360, 0), (0, 0), (360, 1000), (0, 1000)]
    assert len({one.authority[0] for one in parameters}) == 1, "the other side keeps its own"


def test_other_numbers_need_no_other_code(plan: Plan) -> None:
    if not compiling.available():
        pytest.skip("needs the extra 'fast'")
    played(task_of(plan, plan.parts()[0]))
    before = compiling.loaded.cache_info()
    for part in plan.parts()[1:]:
        played(task_of(plan, part))
    after = compiling.loaded.cache_info()
    structures = {batch_source(plan, point) for point in range(4)}
    assert after.misses - before.misses <= len(structures) - 1


def batch_source(plan: Plan, point: int) -> str:
    from game.core.lifted import lifted

    game = game_at(plan, point)
    return lifted(game, ("doctrine",) * len(game.agencies)).source


def test_processes_threads_and_this_process_write_the_same_bytes(plan: Plan, whole: Path, tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=quiet) as pool:
        swept(plan, tmp_path / "processes", pool, 3)
    with ThreadPoolExecutor(3) as pool:
        swept(plan, tmp_path / "threads", pool, 5)
    assert written(tmp_path / "processes") == written(tmp_path / "threads") == written(whole)


class Stopping(InProcess):
    """An executor during whose n-th task something happens."""

    def __init__(self, after: int, happens: BaseException) -> None:
        self.left, self.happens = after, happens

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.left -= 1
        if self.left < 0:
            if isinstance(self.happens, KeyboardInterrupt):
                raise self.happens
            future: Future[Any] = Future()
            future.set_exception(self.happens)
            return future
        return super().submit(fn, *args, **kwargs)


@pytest.mark.parametrize("happens", [KeyboardInterrupt(), BrokenProcessPool("gone"), ConnectionResetError("gone")])
@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_sweep_goes_on_where_it_stopped(
    plan: Plan, whole: Path, tmp_path: Path, after: int, happens: BaseException
) -> None:
    out = tmp_path / "out"
    expected = KeyboardInterrupt if isinstance(happens, KeyboardInterrupt) else Lost
    with pytest.raises(expected):
        swept(plan, out, Stopping(after, happens))
    kept = {path.name: path.read_bytes() for path in (out / "parts").iterdir()}
    assert len(kept) == after
    assert not (out / "runs.csv").exists()
    counting = Counting()
    swept(plan, out, counting)
    assert counting.tasks == len(plan.parts()) - after, "what was kept is not played again"
    assert written(out) == written(whole)


class Counting(InProcess):
    tasks = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.tasks += 1
        return super().submit(fn, *args, **kwargs)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed another way there")
def test_a_process_that_is_killed_ends_in_a_sentence_and_loses_nothing(plan: Plan, whole: Path, tmp_path: Path) -> None:
    folder = Folder(tmp_path / "out", plan)
    manifest = folder.begin(manifest_of(plan))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=quiet) as pool:

        def kill(_: int) -> None:
            for one in list(pool._processes.values()):
                os.kill(one.pid, signal.SIGKILL)  # type: ignore[arg-type]

        with pytest.raises(Lost, match="the same command goes on"):
            run(plan, folder, pool, 1, kill)
    assert len(list((tmp_path / "out" / "parts").iterdir())) == 1
    run(plan, folder, InProcess(), 1, lambda runs: None)
    finish(plan, folder, manifest)
    assert written(tmp_path / "out") == written(whole)


@pytest.mark.parametrize("harm", ["cut", "empty", "other", "bytes"])
def test_a_damaged_part_is_played_again(plan: Plan, whole: Path, tmp_path: Path, harm: str) -> None:
    out = tmp_path / "out"
    swept(plan, out)
    part = out / "parts" / "000002.csv"
    content = part.read_bytes()
    part.write_bytes({"cut": content[:-9], "empty": b"", "other": (out / "parts" / "000001.csv").read_bytes(),
                      "bytes": b"\xff\xfe" + content}[harm])  # fmt: skip
    counting = Counting()
    swept(plan, out, counting)
    assert counting.tasks == 1
    assert written(out) == written(whole)


def test_another_design_or_other_things_in_the_folder_are_refused(plan: Plan, whole: Path, tmp_path: Path) -> None:
    for text in (HEAD.replace("12", "13") + TWO, HEAD + TWO.replace("360", "359"), HEAD + TWO):
        other = plan_of(tmp_path, text)
        with pytest.raises(SweepProblem, match="another design"):
            Folder(whole, other).begin(manifest_of(other))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("")
    with pytest.raises(SweepProblem, match="other things"):
        Folder(tmp_path / "mine", plan).begin(manifest_of(plan))
    for number, broken in enumerate(("", "{}", "[]", '{"identity": 5}', "\0")):
        folder = tmp_path / f"broken{number}"
        folder.mkdir()
        (folder / "manifest.json").write_text(broken)
        with pytest.raises(SweepProblem):
            Folder(folder, plan).begin(manifest_of(plan))


def test_a_comment_makes_no_other_design(plan: Plan, whole: Path, tmp_path: Path) -> None:
    same = plan_of(tmp_path, "# as before\n" + plan.design.text)
    assert Folder(whole, same).begin(manifest_of(same))["identity"] == plan.identity


def test_the_manifest_names_what_was_played_and_hashes_what_came_out(plan: Plan, whole: Path) -> None:
    manifest = json.loads((whole / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["schema"] == "kuroshio.sweep.1"
    assert set(manifest["versions"]) == {"kuroshio", "rules", "python", "llvmlite"}
    assert manifest["scenario"]["digest"] == plan.game.digest
    assert manifest["seeds"] == [40, 51]
    assert manifest["started"] <= manifest["finished"]
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((whole / name).read_bytes()).hexdigest() == digest
    assert str(Path.home()) not in (whole / "manifest.json").read_text(encoding="utf-8")


def test_parquet_holds_the_table_of_runs(plan: Plan, whole: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = parquet.read_table(whole / "runs.parquet").to_pylist()
    assert [{key: str(value) for key, value in row.items()} for row in found] == rows(whole)
    assert type(found[0]["latency"]) is int


def test_without_pyarrow_there_is_no_parquet_and_all_else_is_the_same(plan: Plan, whole: Path, tmp_path: Path,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr("game.play.sweep.outputs.parquet_installed", lambda: False)
    swept(plan, tmp_path / "out")
    found = written(tmp_path / "out")
    assert "runs.parquet" not in found
    assert found == {name: content for name, content in written(whole).items() if name != "runs.parquet"}


@pytest.mark.parametrize(("points", "runs"), [(1, 2), (2, 2500), (2, 2501), (3, 9000), (40, 10), (1000, 7), (5000, 2)])
def test_parts_hold_every_run_once(points: int, runs: int) -> None:
    from types import SimpleNamespace

    one: Any = SimpleNamespace(points=range(points), runs=runs)
    parts = Plan.parts(one)
    found = [
        (stretch.point, number) for part in parts for stretch in part for number in range(stretch.first, stretch.end)
    ]
    assert found == [(point, number) for point in range(points) for number in range(runs)]
    one.parts = lambda: parts
    assert sorted(Plan.order(one)) == list(range(len(parts)))
    assert all(sum(stretch.end - stretch.first for stretch in part) <= PART_RUNS for part in parts)
    assert len(parts) >= min(4, points * runs)


def test_agencies_may_have_players_of_their_own(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, HEAD + 'policy = "hold"\npolicies = { jp_jcg = "random" }' + TWO)
    swept(plan, tmp_path / "out")
    game = game_at(plan, 0)
    policies = ["random" if agency.id == "jp_jcg" else "" for agency in game.agencies]
    for row in rows(tmp_path / "out")[:6]:
        end = play(game, int(row["seed"]), policies)[-1].after
        assert int(row["final_risk"]) == end.row[game.cells_named("risk.jp.cn")[0]]


def test_levels_that_only_together_are_wrong_are_told_with_the_table(tmp_path: Path) -> None:
    """Each level was met at a point that can be played; the third point leaves the track no room."""
    (tmp_path / "points.csv").write_text("low,high,start\n-10,2,0\n3,10,5\n3,2,5\n", encoding="utf-8")
    names = "".join(f'[[factor]]\nname = "{key}"\nnumber = "track.climate.{key}"\n' for key in ("low", "high", "start"))
    plan = plan_of(tmp_path, HEAD + 'kind = "table"\npoints = "points.csv"\n' + names)
    with pytest.raises(DesignProblem, match=r"points.csv:4:3: error: The upper limit 2 is not above the lower limit 3"):
        swept(plan, tmp_path / "out")
    kept = "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out" / "parts").iterdir()))
    assert {line.split(",")[0] for line in kept.splitlines()} == {"1", "2"}


def test_a_worker_of_another_version_is_not_believed(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import attrs

    task = attrs.evolve(task_of(plan, plan.parts()[0]), program={"kuroshio": "99", "rules": {}})
    with pytest.raises(SweepProblem, match="another version"):
        played(task)
    folder = Folder(tmp_path / "out", plan)
    folder.begin(manifest_of(plan))
    monkeypatch.setattr("game.play.sweep.running.played", lambda task: "1,1,40,a\n")
    with pytest.raises(SweepProblem, match="something else"):
        run(plan, folder, InProcess(), 1, lambda runs: None)


def test_only_so_many_parts_are_handed_out_at_once(plan: Plan, tmp_path: Path) -> None:
    class Watched(Executor):
        def __init__(self) -> None:
            self.inner, self.out, self.most = ThreadPoolExecutor(1), 0, 0

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            self.out += 1
            self.most = max(self.most, self.out)
            future = self.inner.submit(fn, *args, **kwargs)
            future.add_done_callback(lambda _: setattr(self, "out", self.out - 1))
            return future

    watched = Watched()
    swept(plan, tmp_path / "out", watched, 2)
    watched.inner.shutdown()
    assert watched.most == 2


def test_cells_of_a_table_are_quoted_where_they_must_be() -> None:
    assert table.line_of([1, 'a "b", c', "d"]) == '1,"a ""b"", c",d\n'
