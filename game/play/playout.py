"""Playing without people: whole runs through the traced text, and what came of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import tomli
from attrs import field, frozen

from game.core import Ended, Event, Game, Order, Refusal, State, outcome, score, start
from game.core.chance import turn_key
from game.core.orders import check, find, given_orders, order_of, put_orders
from game.core.resolve import order_events
from game.core.state import digest
from game.core.table import Recording, clear
from game.core.traced import Traced, compiled
from game.core.turn import choose_orders, play_turn
from game.play.allowed import LOOKAHEAD
from game.play.journal_check import shown
from game.play.lookahead import orders_ahead
from game.play.session import Moment
from game.play.uses import uses
from game.words import say

LARGEST_SCRIPT = 2**20
"""Characters of a file of orders."""


class ScriptProblem(Exception):
    """Something wrong in a file of orders, in one sentence for people."""


@frozen
class Script:
    """Orders written down: for each turn (from 1) those of the agencies that follow the script.

    *others* is the policy of the agencies that the script never names, ``hold`` for none.
    """

    turns: Mapping[int, tuple[Order, ...]] = field(factory=dict)
    others: str = "hold"

    @property
    def agencies(self) -> set[str]:
        """The agencies that follow the script."""
        return {order.agency for orders in self.turns.values() for order in orders}


@frozen
class Run:
    """One run: the state and events of each turn, and how it ended."""

    game: Game
    seed: int
    states: tuple[State, ...]
    events: tuple[tuple[Event, ...], ...]
    digests: tuple[str, ...]
    ended: Ended
    refused: tuple[str, ...] = ()

    @property
    def refusals(self) -> int:
        """How many orders of a script could not be given when their turn came."""
        return len(self.refused)

    @property
    def digest(self) -> str:
        """The fingerprint of the whole run."""
        return hashlib.sha256("".join(self.digests).encode()).hexdigest()[:32]


class Player:
    """Plays runs of one game with given policies: with its traced text, which is compiled once, or with the recording
    table where it has a rule that cannot be traced.
    """

    def __init__(self, game: Game, policies: Sequence[str], *, record: bool = True) -> None:
        self.game = game
        self.ahead = tuple(a.id for a, policy in zip(game.agencies, policies, strict=True) if policy == LOOKAHEAD)
        self.policies = tuple("" if policy == LOOKAHEAD else policy for policy in policies)
        self.traced: Traced | None = None if game.untraced else compiled(game, record=record, policies=self.policies)

    def run(self, seed: int, script: Script | None = None) -> Run:
        """One whole run with its events. Players that look ahead do so from the record of this run."""
        game, state = self.game, start(self.game, seed)
        states, told, digests = [state], [], []
        history: list[Moment] = []
        refused: list[str] = []
        while (ended := outcome(game, state)) is None:
            row = self._chosen(state)
            if script:
                refused += _put_script(game, state, row, script.turns.get(state.turn + 1, ()))
            if self.ahead:
                put_orders(game, row, orders_ahead(game, self.ahead, history, state))
            ordered = order_events(game, row)
            given = given_orders(game, row) if self.ahead else ()
            row, played = self._played(state, row)
            events = (*ordered, *played)
            after = State(seed, state.turn + 1, tuple(row))
            digests.append(digest(row, events))
            history.append(Moment(state, given, events, after, digests[-1]))
            state = after
            states.append(state)
            told.append(events)
        return Run(game, seed, tuple(states), tuple(told), tuple(digests), ended, tuple(refused))

    def _chosen(self, state: State) -> list[int]:
        """The row in which computer players have put their orders."""
        row = clear(self.game, state.row)
        if self.traced:
            self.traced.choose(row, turn_key(state.seed, state.turn), state.turn)
            return row
        table = Recording(self.game, row, state.seed, state.turn)
        choose_orders(table, self.game, self.policies)
        return table.row

    def _played(self, state: State, row: list[int]) -> tuple[list[int], Sequence[Event]]:
        """The row after the turn, and its events."""
        if self.traced:
            stream: list[tuple[int, ...]] = []
            self.traced.play(row, turn_key(state.seed, state.turn), state.turn, stream)
            return row, self.traced.events(stream)
        table = Recording(self.game, row, state.seed, state.turn)
        play_turn(table, self.game)
        return table.row, table.events

    def rows(self, seed: int) -> list[list[int]]:
        """The cells after each turn of a run, without events: several times as fast where the text was written
        without them.
        """
        if not self.traced:
            return [list(state.row) for state in self.run(seed).states[1:]]
        game = self.game
        row, over = list(game.start_row), game.tracks["over"].first
        rows = []
        for turn in range(len(game.turns)):
            row = clear(game, row)
            key = turn_key(seed, turn)
            self.traced.choose(row, key, turn)
            self.traced.play(row, key, turn)
            rows.append(list(row))
            if row[over]:
                break
        return rows


def _put_script(game: Game, state: State, row: list[int], orders: Sequence[Order]) -> list[str]:
    """Put the orders of a script into the order cells; those that cannot be given then are left out, and named."""
    refused = []
    for order, refusal in zip(orders, check(game, state, orders), strict=True):
        found = find(game, order)
        if isinstance(found, Refusal) or refusal:
            why = found.message if isinstance(found, Refusal) else refusal.message if refusal else ""
            refused.append(say("turn {turn}, {order}: {why}", turn=state.turn + 1, order=order, why=why))
        else:
            row[found[0].order] = found[1] + 1
    return refused


def policies_for(game: Game, policy: str, script: Script | None = None) -> tuple[str, ...]:
    """The policy of each agency: one for all, or those that a script leaves to the computer."""
    if script is None:
        return (policy,) * len(game.agencies)
    others = "" if script.others == "hold" else script.others
    return tuple("" if agency.id in script.agencies else others for agency in game.agencies)


def report(run: Run) -> dict[str, Any]:
    """What came of a run, as one document: see docs/formats.md."""
    game = run.game
    pairs = [f"{game.sides[i].id}.{game.sides[j].id}" for i, j in game.pairs()]
    risk = [{pair: s.risk for pair, s in zip(pairs, score(game, state).pairs, strict=True)} for state in run.states]
    final = score(game, run.states[-1])
    return {
        "schema": "kuroshio.run.1",
        "scenario": game.id,
        "variants": list(game.variants),
        "seed": run.seed,
        "turns": len(run.events),
        "digest": run.digest,
        "ending": {"id": run.ended.id, "name": run.ended.name},
        "peak_rung": final.peak,
        "rungs": [
            {p: s.rung for p, s in zip(pairs, score(game, state).pairs, strict=True)} for state in run.states[1:]
        ],
        "risk": risk,
        "mechanisms": mechanism_counts(game, run.events),
        "objectives": objectives_met(game, run.states[-1]),
        "refused_script_orders": run.refusals,
    }


def mechanism_counts(game: Game, told: Sequence[Sequence[Event]]) -> dict[str, dict[str, int]]:
    """How often each mechanism was used, refused, answered, and left unanswered."""
    names = {"asked": "uses", "refused": "refusals", "answered": "answered", "unanswered": "unanswered"}
    counts = {mechanism: dict.fromkeys(names.values(), 0) for mechanism in game.mechanisms}
    for use in uses(game, told):
        counts[use.mechanism][names[use.kind]] += 1
    return counts


def objectives_met(game: Game, state: State) -> dict[str, dict[str, bool]]:
    """For each agency, which of its objectives hold in a state."""
    from game.core.table import Recording

    table = Recording(game, state.row, 0, min(state.turn, len(game.turns)) - 1 if state.turn else 0)
    met: dict[str, dict[str, bool]] = {agency.id: {} for agency in game.agencies}
    for objective in game.objectives:
        met[game.agencies[objective.agency].id][objective.id] = bool(objective.holds(table))
    return met


def read_script(text: str, name: str) -> Script:
    """A script from the text of a file of orders (docs/formats.md). Raises *ScriptProblem*."""
    name = shown(name)
    if len(text) > LARGEST_SCRIPT:
        raise ScriptProblem(
            say("{name} is no file of orders: it is larger than {limit} kB.", name=name, limit=LARGEST_SCRIPT >> 10)
        )
    try:
        table = tomli.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScriptProblem(say("{name} is no file of orders: {error}.", name=name, error=shown(error))) from error
    turns: dict[int, tuple[Order, ...]] = {}
    listed = table.get("turn", [])
    if type(table.get("format")) is not int or table["format"] != 1 or not isinstance(listed, list):
        raise ScriptProblem(
            say(
                "{name} is no file of orders of format 1: it begins with 'format = 1' and holds [[turn]] tables.",
                name=name,
            )
        )
    for item in listed:
        number = item.get("number") if isinstance(item, dict) else None
        lines = item.get("orders", []) if isinstance(item, dict) else None
        if type(number) is not int or number < 1 or not isinstance(lines, list) or number in turns:
            raise ScriptProblem(
                say("{name}: each [[turn]] has its own 'number' from 1 and a list 'orders'.", name=name)
            )
        turns[number] = tuple(_order(line, name) for line in lines)
    others = table.get("others", "hold")
    if others not in ("hold", "random", "doctrine", LOOKAHEAD):
        raise ScriptProblem(
            say(
                "{name}: 'others' is hold, random, doctrine or lookahead, not '{others}'.",
                name=name,
                others=shown(others),
            )
        )
    return Script(turns, others)


def _order(line: Any, name: str) -> Order:
    order = order_of(line) if isinstance(line, str) else None
    if order is None:
        raise ScriptProblem(
            say("{name}: an order is written 'agency action:choice', not '{line}'.", name=name, line=shown(line))
        )
    return order


def written_script(game: Game, rows: Sequence[tuple[Order, ...]], others: str = "hold") -> str:
    """A file of orders from those of a run or session, turn by turn."""
    head = shown(say("Orders for {title}", title=game.title))
    lines = [f"# {head}", "format = 1", f"scenario = {_quoted(game.id)}", f"others = {_quoted(others)}"]
    for number, orders in enumerate(rows, 1):
        lines += ["", "[[turn]]", f"number = {number}", "orders = ["]
        lines += [f"  {_quoted(str(order))}," for order in orders]
        lines.append("]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


__all__ = [
    "Player",
    "Run",
    "Script",
    "ScriptProblem",
    "policies_for",
    "read_script",
    "report",
    "written_script",
]
