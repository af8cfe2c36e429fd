"""Running a sweep: parts go to an executor, a few at a time, and are kept as they come back."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import Any

from game.play.measures import MeasureProblem
from game.play.sweep.folder import Folder
from game.play.sweep.plan import Plan
from game.play.sweep.work import Lost, played, task_of
from game.scenario.library import ScenarioProblem
from game.words import say


class InProcess(Executor):
    """An executor that does each piece of work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it now."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def run(plan: Plan, folder: Folder, executor: Executor, at_once: int, told: Callable[[int], None]) -> None:
    """Play the parts that are still waiting, at most *at_once* of them handed out; *told* hears of runs that are kept.

    Raises *SweepProblem*, *MeasureProblem* or *DesignProblem*, *Lost* when a process or the cluster is gone, and
    *KeyboardInterrupt* when somebody stops it; whatever came back before is kept.
    """
    waiting = folder.waiting()
    out: dict[Future[str], int] = {}
    try:
        while True:
            for number in waiting:
                out[executor.submit(played, task_of(plan, folder.parts[number]))] = number
                if len(out) >= at_once:
                    break
            if not out:
                return
            done, _ = wait(out, return_when=FIRST_COMPLETED)
            for future in done:
                number = out.pop(future)
                _keep(plan, folder, number, future)
                told(sum(one.end - one.first for one in folder.parts[number]))
    finally:
        for future in out:
            future.cancel()


def _keep(plan: Plan, folder: Folder, number: int, future: Future[str]) -> None:
    """Keep what came of a part, or say why nothing did."""
    try:
        lines = future.result()
    except (ScenarioProblem, MeasureProblem):
        for stretch in folder.parts[number]:
            plan.check(stretch.point)  # The same again, with its place in the design.
        raise
    except (Exception, CancelledError) as error:
        if isinstance(error, BrokenExecutor | CancelledError | OSError) or type(error).__module__.startswith(
            "distributed"
        ):
            raise Lost(
                say("Whoever played runs has ended unexpectedly ({kind}); perhaps memory ran out. What was played is kept: "
                    "the same command goes on from there.", kind=type(error).__name__)
            ) from error  # fmt: skip
        raise
    folder.keep(number, lines)
