"""Benchmarks of sweeps: printed, never passed or failed. Run: python tests/benchmarks/sweep.py [RUNS]

Two things are timed on *airspace-2024*, a factorial of two numbers of the hotline, by one process and by two: the whole
command from an empty folder, with machine code from the cache, and the playing alone, in processes that have loaded the
program. The load of the machine stands beside, since whoever else works on it takes their share. RUNS is the number of
playouts of the whole command, 10,000 where it is left out; the playing alone is timed on twenty times as many.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Executor, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

from printing import say

from game.play.sweep.folder import Folder
from game.play.sweep.outputs import manifest_of
from game.play.sweep.plan import planned
from game.play.sweep.running import run
from game.play.sweep.work import played, quiet, ready, task_of

DESIGN = """format = 1
scenario = "airspace-2024"
runs = {runs}
[[factor]]
name = "latency"
number = "mechanism.hotline.window_minutes"
levels = [2880, 60]
[[factor]]
name = "authority"
number = "mechanism.hotline.authority.cn"
levels = [250, 1000]
"""
POINTS, REPEATS, MORE = 4, 3, 20


def load() -> str:
    """How many processes want a processor, where the system tells."""
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"


def whole(folder: Path, processes: int, number: int) -> float:
    """Seconds of the whole command."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "game", "sweep", "design.toml", "-o", f"out{processes}{number}", "--processes",
                    str(processes)], cwd=folder, capture_output=True, check=True)  # fmt: skip
    return time.perf_counter() - begun


def playing(folder: Path, executor: Executor, processes: int, number: int) -> float:
    """Seconds of playing alone."""
    plan = planned(folder / "larger.toml")
    kept = Folder(folder / f"played{processes}{number}", plan)
    kept.begin(manifest_of(plan))
    begun = time.perf_counter()
    run(plan, kept, executor, 2 * processes, lambda runs: None)
    return time.perf_counter() - begun


def main(runs: int) -> None:
    """Print all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "design.toml").write_text(DESIGN.format(runs=runs // POINTS), encoding="utf-8")
        (folder / "larger.toml").write_text(DESIGN.format(runs=MORE * runs // POINTS), encoding="utf-8")
        plan = planned(folder / "design.toml")
        for part in plan.parts():
            played(task_of(plan, part))  # The cache is warm from here on.
        say(f"{runs:,} playouts, the whole command: seconds, best of {REPEATS}")
        for processes in (1, 2):
            seconds = min(whole(folder, processes, number) for number in range(REPEATS))
            say(f"  {processes} process(es)  {seconds:6.2f}    {load()}")
        say(f"{MORE * runs:,} playouts, playing alone: playouts a second, best of {REPEATS}")
        rates = []
        for processes in (1, 2):
            with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=quiet) as pool:
                wait([pool.submit(ready) for _ in range(processes)])
                seconds = min(playing(folder, pool, processes, number) for number in range(REPEATS))
            rates.append(MORE * runs / seconds)
            say(f"  {processes} process(es)  {rates[-1]:8,.0f}  {rates[-1] / rates[0]:4.2f}    {load()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
