"""The work of a sweep: one part of its runs, played wherever an executor puts it.

A task is plain: documents, names and numbers, no code. What comes back is text, the part's lines of the table of runs.
"""

import csv
import io
import signal
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from game.core import Game
from game.play.batch import Batch
from game.play.measures import CALLS, Outcome, Places, measured, places_of
from game.play.sweep.plan import POLICIES, TOGETHER, Plan, Stretch, program
from game.scenario.library import restored
from game.words import say


class SweepProblem(Exception):
    """Why a sweep cannot begin or go on, in one sentence for people."""


class Lost(Exception):
    """That what played a sweep has gone away, in one sentence for people; the sweep can go on another time."""


@frozen
class Piece:
    """One stretch of runs with the scenario document of its point and its levels as tables show them."""

    stretch: Stretch
    levels: tuple[str, ...]
    document: Mapping[str, Any]


@frozen
class Task:
    """One part. *program* is what the sweep was begun with: who plays the part must have the same."""

    sweep: str
    program: Mapping[str, Any]
    pieces: tuple[Piece, ...]
    first_seed: int
    policy: str
    policies: Mapping[str, str]
    sides: tuple[str, str]
    wanted: tuple[str, ...]
    mechanisms: tuple[str, ...]


def task_of(plan: Plan, part: Sequence[Stretch]) -> Task:
    """The task of a part."""
    pieces = [Piece(one, tuple(level.text for level in plan.points[one.point]), plan.document(one.point).plain())
              for one in part]  # fmt: skip
    given = plan.design.given
    policies = {agency: POLICIES[policy] for agency, policy in given.policies.items()}
    return Task(plan.identity, program(), tuple(pieces), given.first_seed, POLICIES[given.policy], policies, plan.sides,
                plan.wanted, plan.mechanisms)  # fmt: skip


def quiet() -> None:
    """What a process of our own begins with: Ctrl-C is for the one that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def ready() -> None:
    """Nothing: a process that has done it has loaded the program."""


_bound: OrderedDict[tuple[str, int], tuple[Batch, Places]] = OrderedDict()
_one_at_a_time = threading.Lock()
"""A worker of a cluster may have several threads; bound points are not made for that."""


def played(task: Task) -> str:
    """Play a part: its lines of the table of runs. Raises *SweepProblem*, *MeasureProblem* or *ScenarioProblem*."""
    if task.program != program():
        raise SweepProblem(
            say("A worker has another version of the program or of its rules ({theirs}) than the sweep ({ours}).",
                theirs=_versions(program()), ours=_versions(task.program))
        )  # fmt: skip
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    with _one_at_a_time:
        for piece in task.pieces:
            lines.writerows(_rows(task, piece))
    return out.getvalue()


def _versions(program: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} {version}" for name, version in {"kuroshio": program["kuroshio"], **program["rules"]}.items()
    )


def _rows(task: Task, piece: Piece) -> list[list[Any]]:
    """The lines of one stretch."""
    one = piece.stretch
    batch, places = _ready(task, piece)
    seeds = range(task.first_seed + one.first, task.first_seed + one.end)
    try:
        outcomes = measured(batch, seeds, places)
    except (IndexError, OverflowError) as error:
        raise SweepProblem(
            say("Point {point} cannot be played: {reason}.", point=one.point + 1, reason=error)
        ) from error
    calls = _calls(batch.game, task.mechanisms)
    return [[one.point + 1, run + 1, seed, *piece.levels, *_kept(outcome, calls)]
            for run, seed, outcome in zip(range(one.first, one.end), seeds, outcomes, strict=True)]  # fmt: skip


def _kept(outcome: Outcome, calls: Sequence[int]) -> list[Any]:
    counted = [outcome.calls[place] if place >= 0 else 0 for place in calls]
    return [outcome.turns, outcome.ending, *outcome.measures, *outcome.ends, *counted]


def _calls(game: Game, mechanisms: Sequence[str]) -> list[int]:
    """Where a game counts the calls of mechanisms; -1 for one that it does not have."""
    known = {name: number for number, name in enumerate(game.mechanisms)}
    return [
        known[name] * len(CALLS) + place if name in known else -1 for name in mechanisms for place in range(len(CALLS))
    ]


def _ready(task: Task, piece: Piece) -> tuple[Batch, Places]:
    """The game of a point, bound once for the parts that follow each other."""
    key = (task.sweep, piece.stretch.point)
    if key not in _bound:
        game = restored(piece.document)
        batch = Batch(game, tuple(task.policies.get(agency.id, task.policy) for agency in game.agencies))
        _bound[key] = (
            batch,
            places_of(say("point {number}", number=piece.stretch.point + 1), game, task.sides, task.wanted),
        )
        while len(_bound) > TOGETHER:
            _bound.popitem(last=False)
    return _bound[key]
