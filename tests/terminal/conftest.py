"""The table of people is loaded by path: tests are no packages."""

import functools
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from game.core import Game
from game.scenario.library import playable, restored


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("terminal_table", Path(__file__).with_name("table.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@functools.cache
def _bound(plain: str) -> Game:
    return restored(json.loads(plain))


@functools.cache
def _named(name: str, chosen: tuple[str, ...]) -> Game:
    return playable(name, chosen)


@pytest.fixture(autouse=True)
def bound_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Binding a scenario takes a second; the same document need not be bound for each resumption."""
    monkeypatch.setattr("game.play.session.restored", lambda plain: _bound(json.dumps(plain, sort_keys=True)))
    monkeypatch.setattr("game.terminal.play.playable", lambda name, chosen: _named(name, tuple(chosen)))


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Any]:
    """Makes tables; each in a folder of its own."""
    made = _loaded()

    def make(name: str = "one", **seats: str) -> Any:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return made.Table(folder, **seats)

    return make
