"""The table of people is loaded by path: tests are no packages."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


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


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Any]:
    """Makes tables; each in a folder of its own."""
    made = _loaded()

    def make(name: str = "one", **seats: str) -> Any:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return made.Table(folder, **seats)

    return make
