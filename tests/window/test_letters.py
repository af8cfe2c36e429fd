"""Every letter that the game writes is in its fonts: a missing one would be drawn as an empty box."""

import json
from pathlib import Path

import pytest

from game.scenario.shipped import shipped
from game.window.kit.lettering import missing

ROOT = Path(str(shipped("assets"))).parent
WRITTEN = {
    "scenarios": ("*.md", "*.toml"),
    "game": ("*.py",),
    "assets/map": ("*.geojson",),
}
"""Where texts for people stand."""


@pytest.mark.parametrize("folder", list(WRITTEN))
def test_no_letter_is_missing(folder: str) -> None:
    letters = set()
    for pattern in WRITTEN[folder]:
        for path in (ROOT / folder).rglob(pattern):
            text = path.read_text(encoding="utf-8")
            letters |= set(json.dumps(json.loads(text), ensure_ascii=False) if path.suffix == ".geojson" else text)
    assert len(letters) > 50
    assert missing("".join(sorted(letter for letter in letters if letter.isprintable()))) == ""


def test_what_people_may_type_can_be_shown() -> None:
    assert missing("海上保安庁が警告した。中国海警局已作出回应。臺灣海巡署 이어도 Ōkinawa “quoted” − → ≥") == ""


def test_a_letter_of_no_font_is_found() -> None:
    assert missing("a\u13a0b") == "\u13a0"
