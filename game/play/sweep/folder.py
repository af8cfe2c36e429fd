"""The folder of a sweep: parts as they come, each whole or not at all, and the files that are made of them at the end.

A file is written beside its place and then put there in one step, so that an interruption leaves no half of one. The
same design goes on where it stopped; another one is refused.
"""

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from game.play.sweep.plan import Plan, Stretch
from game.play.sweep.work import SweepProblem
from game.words import say

MANIFEST, DESIGN, PARTS = "manifest.json", "design.toml", "parts"


def finished(path: Path) -> bool:
    """Whether a folder says that its sweep is finished. What its parts say counts more."""
    try:
        return bool(json.loads((path / MANIFEST).read_text(encoding="utf-8"))["finished"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


class Folder:
    """Where a sweep is kept."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path, self.plan = path, plan
        self.parts = plan.parts()

    def begin(self, manifest: dict[str, Any]) -> dict[str, Any]:
        """Make the folder, or find the sweep that was begun there: its manifest. Raises *SweepProblem* when it is another."""
        if not (self.path / MANIFEST).exists():
            if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                raise SweepProblem(
                    say("'{path}' holds other things already; name a new folder for the sweep.", path=self.path)
                )
            (self.path / PARTS).mkdir(parents=True, exist_ok=True)
            self.write_text(DESIGN, self.plan.design.text)
            self.write_json(MANIFEST, manifest)
            return manifest
        try:
            found = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            same, started = found["identity"] == self.plan.identity, found["started"]
        except (ValueError, KeyError, TypeError) as error:
            raise SweepProblem(
                say("'{path}' holds no sweep that can be read; name a new folder.", path=self.path)
            ) from error
        if not same or not isinstance(started, str):
            raise SweepProblem(
                say(
                    "'{path}' holds a sweep of another design, scenario or version; name a new folder for this one.",
                    path=self.path,
                )
            )
        (self.path / PARTS).mkdir(exist_ok=True)
        return {**manifest, "started": started}

    def waiting(self) -> Iterator[int]:
        """The parts that are still to be played, by number."""
        return (number for number in self.plan.order() if not self._whole(number))

    def keep(self, number: int, lines: str) -> None:
        """Keep a part. Raises *SweepProblem* when it is not what was asked for."""
        if not self._right(number, lines):
            raise SweepProblem(say("A worker gave back something else than part {number}.", number=number + 1))
        self.write_text(f"{PARTS}/{self._name(number)}", lines)

    def lines(self) -> Iterator[str]:
        """The lines of all parts in order."""
        for number in range(len(self.parts)):
            with (self.path / PARTS / self._name(number)).open(encoding="utf-8", newline="") as file:
                yield from file

    def _name(self, number: int) -> str:
        return f"{number + 1:06}.csv"

    def _whole(self, number: int) -> bool:
        try:
            return self._right(number, (self.path / PARTS / self._name(number)).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False

    def _right(self, number: int, lines: str) -> bool:
        """Whether these are the runs of a part, each in its line."""
        stretches: Sequence[Stretch] = self.parts[number]
        heads = [f"{one.point + 1},{run + 1},{self.plan.design.given.first_seed + run},"
                 for one in stretches for run in range(one.first, one.end)]  # fmt: skip
        found = lines.splitlines()
        return (lines.endswith("\n") and len(found) == len(heads)
                and all(line.startswith(head) for line, head in zip(found, heads, strict=True)))  # fmt: skip

    # ---- writing
    def write_text(self, name: str, text: str) -> None:
        """Write a file in one step."""
        self.write(name, lambda file: file.write(text.encode()))

    def write_json(self, name: str, plain: Any) -> None:
        """Write a JSON document in one step."""
        self.write_text(name, json.dumps(plain, ensure_ascii=False, indent=2) + "\n")

    def write(self, name: str, body: Callable[[IO[bytes]], object]) -> None:
        """Write a file in one step: *body* writes it beside its place."""
        place = self.path / name
        beside = place.with_name(f".{place.name}.{os.getpid()}.new")
        try:
            with beside.open("wb") as file:
                body(file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
