"""What the window remembers from one evening to the next: looks, and the last session."""

import json
from pathlib import Path
from typing import Any

import attrs
import pygame
from attrs import define

TEXT_SIZES = (1.0, 1.15, 1.3, 1.5)
"""Sizes of text and everything with it."""


@define
class Settings:
    """Looks and the last session.

    *theme*: chart or projector. *size*: one of `TEXT_SIZES`. *still*: no motion. *full*: the whole screen. *forecasts*:
    whether seats see what may come while they plan. *minutes*: for planning, 0 for no clock. *journal*: the file of the
    last session. *unfinished*: an order that was being composed when the window was closed, with the journal, turn and
    agency that it belongs to.
    """

    theme: str = "chart"
    size: float = 1.0
    still: bool = False
    full: bool = False
    forecasts: bool = True
    minutes: int = 0
    journal: str = ""
    unfinished: dict[str, Any] = attrs.field(factory=dict)
    path: Path | None = None

    @classmethod
    def read(cls, path: Path | None = None) -> "Settings":
        """The settings kept in a file; those of a new window where there is none or it cannot be read."""
        path = path or home() / "window.json"
        kept = cls(path=path)
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return kept
        for one in attrs.fields(cls):
            if (
                one.name != "path"
                and isinstance(found, dict)
                and type(found.get(one.name)) is type(getattr(kept, one.name))
            ):
                setattr(kept, one.name, found[one.name])
        if kept.theme not in ("chart", "projector"):
            kept.theme = "chart"
        if kept.size not in TEXT_SIZES:
            kept.size = 1.0
        return kept

    def write(self) -> None:
        """Keep them. A folder that cannot be written costs only the memory of the window."""
        if self.path is None:
            return
        kept = {key: value for key, value in attrs.asdict(self).items() if key != "path"}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
            fresh.replace(self.path)
        except OSError:
            return


def home() -> Path:
    """The folder that the system keeps for this program's settings and sessions."""
    return Path(pygame.system.get_pref_path("Kuroshio", "Kuroshio"))
