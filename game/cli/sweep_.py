"""kuroshio sweep."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import click

from game.cli.common import MISUSE, document, fail, plainly, talk
from game.words import say

STOPPED = 130
"""The exit code of a command that somebody stopped with Ctrl-C."""
EVERY = 5
"""Where there is no terminal, progress is a line for so many percent."""


@click.command("sweep")
@click.argument("design", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder for all that comes out; made when new.",
)
@click.option(
    "--processes", type=click.IntRange(1, 61), help="How many processes play; as many as there are processors."
)
@click.option(
    "--dask", "address", metavar="ADDRESS", help="Play on the Dask cluster at this address, as tcp://host:8786."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document: the manifest with all effects.")
@plainly
def command(design: Path, out: Path, processes: int | None, address: str | None, as_json: bool) -> None:
    """Play a design over a scenario's parameters with paired seeds, and tell what each factor changes.

    The design is a file; docs/experiments.md tells how to write one. A sweep that was stopped goes on with the same
    command.

    \b
    Examples:
      kuroshio sweep hotline.toml -o results
      kuroshio sweep hotline.toml -o results --processes 4
      kuroshio sweep hotline.toml -o results --dask tcp://192.168.1.20:8786
    """
    from game.play.sweep.folder import Folder, finished
    from game.play.sweep.outputs import finish, manifest_of
    from game.play.sweep.plan import planned
    from game.play.sweep.running import run
    from game.play.sweep.table import parquet_installed

    if address and processes:
        fail(say("Choose --processes or --dask."), MISUSE)
    with contextlib.ExitStack() as players:
        # Whoever plays is called first, where there is something to play: processes load the program while the design is
        # read.
        called = None if finished(out) else players.enter_context(executor(address, processes))
        plan = planned(design)
        folder = Folder(out, plan)
        manifest = folder.begin(manifest_of(plan))
        left = runs_left(folder)
        if left:
            one, at_once = called or players.enter_context(executor(address, processes))
            talk(say("{points} points of {runs} runs, played by '{policy}'; {left} runs to play.", points=len(plan.points),
                     runs=plan.runs, policy=plan.design.given.policy, left=left))  # fmt: skip
            # pyarrow takes a moment to load, and here is nothing to do while others play.
            threading.Thread(target=parquet_installed, daemon=True).start()
            try:
                with progress(plan.total, plan.total - left) as told:
                    run(plan, folder, one, at_once, told)
            except KeyboardInterrupt:
                talk("")
                fail(say("Stopped. {kept} of {total} runs are kept in {path}; the same command goes on from there.",
                         kept=plan.total - runs_left(folder), total=plan.total, path=out), STOPPED)  # fmt: skip
    manifest, effects, text = finish(plan, folder, manifest)
    talk(say("Written to {path}: {files}.", path=out, files=", ".join([*manifest["files"], "manifest.json"])))
    if "runs.parquet" not in manifest["files"]:
        talk(say("For runs.parquet install pyarrow: pip install 'kuroshio[sweep]'."))
    if as_json:
        from game.play.sweep.told import plain

        document({**manifest, "effects": plain(effects)})
    else:
        click.echo(text, nl=False)


def runs_left(folder: Any) -> int:
    """How many runs are still to be played."""
    return sum(one.end - one.first for number in folder.waiting() for one in folder.parts[number])


@contextlib.contextmanager
def executor(address: str | None, processes: int | None) -> Iterator[tuple[Executor, int]]:
    """Who plays, and how many parts are handed out at once."""
    from multiprocessing import get_context

    from game.play.sweep.running import InProcess
    from game.play.sweep.work import quiet, ready

    if address:
        with on_dask(address) as found:
            yield found
        return
    count = processes or len(
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    if count == 1:
        yield InProcess(), 1
        return
    pool = ProcessPoolExecutor(min(count, 61), mp_context=get_context("spawn"), initializer=quiet)
    # Ctrl-C is for this process alone, from the first moment of the others on.
    here = signal.signal(signal.SIGINT, signal.SIG_IGN)
    for _ in range(count):
        pool.submit(ready)
    signal.signal(signal.SIGINT, here)
    try:
        yield pool, 2 * count
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def on_dask(address: str) -> Iterator[tuple[Executor, int]]:
    """A Dask cluster as executor."""
    try:
        import distributed

        connect: Any = distributed.Client
    except ImportError:
        fail(say("--dask needs Dask: pip install 'kuroshio[dask]'."), MISUSE)
    try:
        client = connect(address, timeout="10s")
    except (OSError, ValueError, TypeError) as problem:
        fail(say("No Dask scheduler answers at {address}: {reason}", address=address, reason=problem), 3)
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            fail(say("The Dask scheduler at {address} has no workers.", address=address), 3)
        yield client.get_executor(), 2 * threads + 2


@contextlib.contextmanager
def progress(total: int, done: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, else a line now and then; both on stderr."""
    if sys.stderr.isatty():
        with click.progressbar(length=total, label=say("runs"), file=sys.stderr, show_pos=True) as bar:
            bar.update(done)
            yield bar.update
        return
    so_far, last = [done], [100 * done // total]

    def told(runs: int) -> None:
        so_far[0] += runs
        share = 100 * so_far[0] // total
        if share >= last[0] + EVERY or so_far[0] == total:
            last[0] = share
            talk(say("{done} of {total} runs ({share} %)", done=so_far[0], total=total, share=share))

    yield told
