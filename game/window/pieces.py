"""Units as a seat knows them, for the chart."""

from collections.abc import Sequence

from game.core import Game, Order
from game.core.model import Unit
from game.core.view import Reading
from game.rules.effects import Sail, Task
from game.window.chart.counters import Piece
from game.words import say


def pieces_known(game: Game, readings: Sequence[Reading], drafts: Sequence[Order] = ()) -> tuple[Piece, ...]:
    """The units whose place is among these values, or that were last seen somewhere. *drafts*: orders that task them."""
    zones = {zone.id for zone in game.zones}
    units = {unit.id: unit for unit in game.units}
    at: dict[str, str] = {}
    last: dict[str, str] = {}
    bound: dict[str, str] = {}
    for one in readings:
        track, *keys = one.name.split(".")
        unit = next((key for key in keys if key in units), "")
        if unit and one.shown in zones:
            {"at": at, "plot": last, "bound": bound}.get(track, {})[unit] = one.shown
    tasked = units_tasked(game, drafts)
    return tuple(
        Piece(
            id=unit.id,
            label=label_of(unit),
            name=unit.name,
            side=game.sides[unit.side].id,
            service=service_of(unit),
            kind=unit.kind,
            zone=at.get(unit.id) or last[unit.id],
            seen="" if unit.id in at else say("last seen here"),
            ordered=unit.id in tasked,
            bound=bound.get(unit.id, "") if bound.get(unit.id) != at.get(unit.id) else "",
        )
        for unit in game.units
        if unit.id in at or unit.id in last
    )


def service_of(unit: Unit) -> str:
    """Whose plate a unit wears: as the scenario says, else civilian for units of nobody and navy for the others."""
    return unit.service or ("civilian" if unit.commander < 0 else "air" if unit.kind == "aircraft" else "navy")


def label_of(unit: Unit) -> str:
    """A unit's short label: its id in capitals, without the side where the id begins with it."""
    return unit.id.upper().replace("_", " ")


def units_tasked(game: Game, orders: Sequence[Order]) -> frozenset[str]:
    """The units that these orders give a tasking."""
    found = set()
    for order in orders:
        for action in game.actions:
            if action.id == order.action and game.agencies[action.agency].id == order.agency:
                found |= {
                    game.units[effect.parameters.unit].id
                    for effect in action.effects
                    if isinstance(effect.parameters, Sail | Task)
                }
    return frozenset(found)
