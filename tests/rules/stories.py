"""Small scenarios of their own for tests of rules, played turn by turn on both tables: ``from stories import story``."""

from collections.abc import Sequence
from pathlib import Path

import attrs

from game.core import Event, Game
from game.core.chance import turn_key
from game.core.table import Recording, clear
from game.core.traced import Traced, compiled
from game.core.turn import play_turn
from game.rules import Block
from game.scenario.library import load

WORLD = """
format = 1
title = "A court and a boat"
date = "2010-09-07"
initiative = ["office", "guard", "court", "guest"]
zones = ["KOS"]
turns = [{turns}]

[[side]]
id = "north"
name = "North"
counterpart = "south"
[[side]]
id = "south"
name = "South"
counterpart = "north"

[[agency]]
id = "office"
name = "Office"
side = "north"
attention = 1
[[agency]]
id = "guard"
name = "Guard"
side = "north"
attention = 1
[[agency]]
id = "court"
name = "Prosecutors"
side = "north"
attention = 1
[[agency]]
id = "guest"
name = "Guest"
side = "south"
attention = 1

[[unit]]
id = "boat"
name = "Boat"
kind = "ship"
side = "north"
speed = 40
at = "KOS"

[[track]]
id = "risk"
name = "Risk"
keys = ["pair"]
high = 1000
[[track]]
id = "rung"
name = "Rung"
keys = ["pair"]
high = 9
[[track]]
id = "peak"
name = "Highest rung"
keys = ["pair"]
high = 9

{tracks}
{rules}
"""


@attrs.define
class Story:
    """A game played turn by turn on both tables, which must agree in every cell and event."""

    game: Game
    text: Traced
    plain: Traced
    row: list[int]
    turn: int = 0
    seed: int = 1
    events: tuple[Event, ...] = ()

    def play(self, **cells: int) -> tuple[Event, ...]:
        """One turn, with some cells as orders and encounters would have put them (``legal_step__guard``)."""
        table = Recording(self.game, clear(self.game, self.row), self.seed, self.turn)
        for name, value in cells.items():
            table.row[self.cell(name)] = value
        traced, plain, stream = list(table.row), list(table.row), []
        play_turn(table, self.game)
        key = turn_key(self.seed, self.turn)
        self.text.play(traced, key, self.turn, stream)
        self.plain.play(plain, key, self.turn)
        assert traced == plain == table.row
        assert self.text.events(stream) == tuple(table.events)
        self.row, self.turn, self.events = table.row, self.turn + 1, tuple(table.events)
        return self.events

    def cell(self, name: str) -> int:
        (number,) = self.game.cells_named(name.replace("__", "."))
        return number

    def __getitem__(self, name: str) -> int:
        return self.row[self.cell(name)]

    def told(self, agency: str = "") -> list[str]:
        """What was said in the last turn, to everybody or to one agency."""
        bit = 1 << self.game.agency_number(agency) if agency else -1
        return [event.label for event in self.events if event.label and event.roll is None and event.seen & bit]


def story(folder: Path, shelf: Sequence[Block], tracks: str, rules: str, turns: Sequence[int]) -> Story:
    """A small scenario of its own with turns of so many minutes."""
    clocks = ",".join(f'{{ clock = "{number}", minutes = {minutes} }}' for number, minutes in enumerate(turns))
    folder.mkdir(exist_ok=True)
    (folder / "scenario.toml").write_text(WORLD.format(turns=clocks, tracks=tracks, rules=rules))
    loaded = load(str(folder), (), shelf)
    assert loaded.game, loaded.report
    game = loaded.game
    return Story(game, compiled(game), compiled(game, record=False), list(game.start_row))
