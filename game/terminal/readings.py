"""Both readings of an act: how the law of each side sees what was done, or what may be ordered.

The same act is lawful or not by whose waters these are. The engine scores what happened, never whose reading is right.
"""

from collections.abc import Sequence

from game.core import Game
from game.core.model import Action, Readings
from game.words import say


def law_lines(game: Game, agency: int | None = None) -> list[str]:
    """The acts of a game with the readings of each side; of an agency's own orders first, or of all orders."""
    lines: list[str] = []
    own = [action for action in game.actions if action.readings and agency in (None, action.agency)]
    for action in _once(own):
        lines += [say("  Order - {name}", name=action.name), *reading_lines(game, action.readings)]
    for entry in game.rules["ladder"]:
        for rung in getattr(entry.parameters, "rungs", ()):
            if rung.readings:
                lines.append(say("  Rung {rung} - {label}", rung=rung.rung, label=rung.label))
                lines += reading_lines(game, rung.readings)
    return lines or [say("  (this scenario gives no readings)")]


def _once(actions: Sequence[Action]) -> list[Action]:
    """Actions that several agencies may order, once."""
    return list({action.id: action for action in actions}.values())


def reading_lines(game: Game, readings: Readings) -> list[str]:
    """How each side's law reads one act."""
    return [say("      as {side} reads it: {text}", side=game.sides[side].name, text=text) for side, text in readings]
