"""What the tests of sweeps share: small designs, and sweeps of them played in this process."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from game.play.sweep.folder import Folder
from game.play.sweep.outputs import finish, manifest_of
from game.play.sweep.plan import Plan, planned
from game.play.sweep.running import InProcess, run

HEAD = """format = 1
scenario = "tutorial"
runs = 12
"""
TWO = """
[[factor]]
name = "latency"
number = "mechanism.telephone.window_minutes"
levels = [360, 0]

[[factor]]
name = "authority"
number = "mechanism.telephone.authority.cn"
low = 0
high = 1000
"""
"""Two factors of two levels each, with the tutorial's telephone."""


def plan_of(folder: Path, text: str, name: str = "design.toml") -> Plan:
    """The plan of a design."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return planned(path)


def swept(plan: Plan, out: Path, executor: Any = None, at_once: int = 1) -> dict[str, Any]:
    """A whole sweep: its manifest."""
    folder = Folder(out, plan)
    manifest = folder.begin(manifest_of(plan))
    run(plan, folder, executor or InProcess(), at_once, lambda runs: None)
    return finish(plan, folder, manifest)[0]


def written(out: Path) -> Mapping[str, bytes]:
    """All files that a sweep leaves, but for the manifest, which holds the time."""
    return {path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*")) if path.is_file() and path.name != "manifest.json"}  # fmt: skip
