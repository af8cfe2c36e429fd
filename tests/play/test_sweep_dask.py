"""A sweep on a real Dask scheduler with two workers, one of which is killed midway: the same bytes, nothing lost."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sweeps import HEAD, TWO, plan_of, swept, written

pytest.importorskip("distributed")

ROOT = Path(__file__).parents[2]
PATIENCE = 50
"""Seconds until something that should happen counts as not happening; a busy machine may need many of them."""


@contextmanager
def started(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of our own, ended when the test is."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "20s"}
    with (folder / f"{words[1].rpartition('.')[2]}-{len(list(folder.iterdir()))}.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *words], cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def until(happens: object) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_one_worker_killed_midway_changes_nothing(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    design = HEAD.replace("runs = 12", "runs = 400") + TWO.replace("[360, 0]", "[360, 240, 120, 60, 30, 0]")
    plan = plan_of(tmp_path, design)
    local = tmp_path / "local"
    swept(plan, local)
    cluster, out = tmp_path / "cluster", tmp_path / "out"
    cluster.mkdir()
    named = cluster / "scheduler.json"
    scheduler = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                 "--scheduler-file", str(named))  # fmt: skip
    worker = ("-m", "distributed.cli.dask_worker", "--scheduler-file", str(named), "--nthreads", "1", "--no-nanny",
              "--no-dashboard", "--host", "127.0.0.1")  # fmt: skip
    with started(cluster, *scheduler):
        until(named.exists)
        time.sleep(0.2)
        address = json.loads(named.read_text(encoding="utf-8"))["address"]
        with started(cluster, *worker) as first, started(cluster, *worker) as second:
            with distributed.Client(address) as client:
                client.wait_for_workers(2, timeout=PATIENCE)
            sweep = ("-m", "game", "sweep", str(tmp_path / "design.toml"), "-o", str(out), "--dask", address)
            with started(cluster, *sweep) as sweeping:
                until(lambda: list(out.glob("parts/*.csv")))
                first.kill()
                kept = len(list(out.glob("parts/*.csv")))
                assert kept < len(plan.parts()), "the worker was killed midway"
                assert sweeping.wait(PATIENCE) == 0, (cluster / "game-3.log").read_text(
                    encoding="utf-8", errors="replace"
                )
                assert second.poll() is None
    assert written(out) == written(local)


def test_no_scheduler_is_said_in_one_sentence(tmp_path: Path) -> None:
    plan_of(tmp_path, HEAD + TWO)
    done = subprocess.run([sys.executable, "-m", "game", "sweep", "design.toml", "-o", "out", "--dask", "tcp://127.0.0.1:1"],
                          cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
                          timeout=120, check=False)  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr
