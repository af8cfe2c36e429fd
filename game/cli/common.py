"""What the commands share: how they speak, and how problems become exit codes."""

import functools
import json
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn, ParamSpec

import click

PROBLEMS, MISUSE, UNREADABLE = 1, 2, 3
"""Exit codes; 0 is fine."""

P = ParamSpec("P")


def talk(sentence: str) -> None:
    """Say something to the person: stderr, so that stdout carries data alone."""
    click.echo(sentence, err=True)


def document(value: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def fail(sentence: str, code: int) -> NoReturn:
    """End with one clear sentence and an exit code."""
    talk(sentence)
    raise SystemExit(code)


def plainly(body: Callable[P, Any]) -> Callable[P, Any]:
    """Let what can go wrong end in a sentence and an exit code, never in a traceback."""

    @functools.wraps(body)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return body(*args, **kwargs)
        except BrokenPipeError:
            # Whoever read our output has enough of it; nothing more can be said there.
            os._exit(0)
        except OSError as problem:
            fail(f"{problem.filename or ''}: {problem.strerror or problem}", UNREADABLE)
        except Exception as problem:
            code = exit_code(problem)
            if code is None:
                raise
            fail(str(problem), code)

    return guarded


def exit_code(problem: Exception) -> int | None:
    """The exit code of one of our own problems; None for anything else. Looks only at modules that are loaded
    already.
    """
    codes = {
        "game.play.journal": {"Unreadable": UNREADABLE, "Damaged": PROBLEMS},
        "game.play.session": {"SessionProblem": MISUSE},
        "game.play.playout": {"ScriptProblem": PROBLEMS},
        "game.play.measures": {"MeasureProblem": MISUSE},
        "game.play.sweep.design": {"DesignProblem": PROBLEMS},
        "game.play.sweep.work": {"SweepProblem": MISUSE, "Lost": UNREADABLE},
        "game.scenario.library": {"NoSuch": MISUSE, "ScenarioProblem": PROBLEMS},
    }
    for module, classes in codes.items():
        for name, code in classes.items():
            if module in sys.modules and isinstance(problem, getattr(sys.modules[module], name)):
                return code
    return None
