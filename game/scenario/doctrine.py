"""Computer players of a scenario: what each agency draws from, and its character.

An agency has two moods. It is *firm* while it has waited for an answer for as long as its patience goes and what it may
gain outweighs what it may lose; else it is calm. It may gain the objectives that it sees unmet, which count once more
with every further turn without an answer, and lose those that it sees met. A loss weighs *fear* hundredths of a gain
(Kahneman and Tversky 1979; Tversky and Kahneman 1992: 2.25). Against an opponent who is taken to mean harm restraint
protects nothing, so that losses count the less the more hostile the other is believed to be (Jervis 1976, on deterrence
and spirals). Who has little left to lose turns firm, who has what it wants stays calm: the two halves of prospect
theory (Levy 1992, on its use for crises).
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from game.core.model import REACHES_OUT, STEPS_UP, Action, Detail, Look, Lot, Objective
from game.rules.expression import Kind, Name
from game.scenario.binder import POLICIES, Binder
from game.scenario.document import Entry
from game.scenario.positions import Path
from game.scenario.problems import brief, listed
from game.scenario.schema import DoctrineEntry
from game.words import say

NUMBERS = ("patience", "fear")
"""The numbers of a character that weights may look at, as ``character.patience``."""

Orders = Mapping[str, tuple[Action, int]]
Ways = Mapping[str, tuple[Action, Detail]]


def lots(binder: Binder, actions: Sequence[Action], objectives: Sequence[Objective]) -> dict[str, tuple[Lot, ...]]:
    """What computer players draw from, by policy and agency."""
    for entry in binder.document.entries["doctrine"].values():
        binder.desk.character = names_of(binder, entry, objectives)
        item = binder.desk.fill(DoctrineEntry, entry, entry.table)
        binder.desk.character = {}
        if item is None:
            continue
        if item.agency in binder.doctrine:
            message = say("The agency has a doctrine already, '{name}'.", name=binder.doctrine[item.agency][0].id)
            binder.report("SCN516", entry, ("agency",), message)
        binder.doctrine.setdefault(item.agency, (entry, item))
    policies: dict[str, list[Lot]] = {policy: [] for policy in POLICIES}
    for agency in range(len(binder.desk.ids["agency"])):
        own = [action for action in actions if action.agency == agency]
        named = {f"{action.id}:{choice.id}": (action, k) for action in own for k, choice in enumerate(action.choices)}
        ways = {f"{action.id}.{detail.id}:{way.id}": (action, detail)
                for action in own for detail in action.details for way in detail.choices}  # fmt: skip
        policies["random"].append(lot(named, ways, dict.fromkeys([*named, *ways], always(10)), always(20)))
        if agency not in binder.doctrine:
            policies["doctrine"].append(Lot((), (), (), always(1)))
            continue
        entry, item = binder.doctrine[agency]
        check_names(binder, agency, entry, item, named, ways)
        goals = [one for one in objectives if one.agency == agency and sees(binder, agency, one)]
        policies["doctrine"].append(in_mood(lot(named, ways, item.weights, item.hold), item, goals))
    return {policy: tuple(found) for policy, found in policies.items()}


def names_of(binder: Binder, entry: Entry, objectives: Sequence[Objective]) -> dict[str, Name]:
    """What the expressions of a doctrine may name beside tracks: its character and its agency's objectives."""
    agency = entry.table.get("agency")
    ids = binder.desk.ids["agency"]
    number = ids.index(agency) if isinstance(agency, str) and agency in ids else -1
    names = {f"goal.{one.id}": Name(Kind.CONDITION, one.holds) for one in objectives if one.agency == number}
    for key in NUMBERS:
        default = getattr(DoctrineEntry.__attrs_attrs__, key).default
        value = entry.table.get(key, default)
        names[f"character.{key}"] = Name(Kind.NUMBER, always(value if type(value) is int else default))
    return names


def check_names(binder: Binder, agency: int, entry: Entry, item: DoctrineEntry, named: Orders, ways: Ways) -> None:
    """Whether the agency can order what its doctrine names, and what steps up does not reach out."""
    told: list[tuple[str, Path, list[str]]] = [(name, ("weights", name), [*named, *ways]) for name in item.weights]
    for key in ("firm", "soft"):
        told += [(name, (key, number), [*named]) for number, name in enumerate(getattr(item, key))]
    for name, path, known in told:
        if name in known or re.split("[.:]", name)[0] in binder.failed_actions:
            continue
        whose = binder.desk.names["agency"][agency]
        message = say("'{name}' is nothing that {agency} can order.", name=brief(name), agency=whose)
        hint = binder.desk.near(name, known) or say("Known here: {known}.", known=listed(known))
        binder.report("SCN509", entry, path, message, hint, at_key=path[0] == "weights")
    for number, name in enumerate(item.soft):
        if name in item.firm:
            message = say("'{name}' cannot both step up and reach out.", name=brief(name))
            binder.report("SCN529", entry, ("soft", number), message, say("Leave it in one of 'firm' and 'soft'."))


def sees(binder: Binder, agency: int, objective: Objective) -> bool:
    """Whether an agency can judge an objective from what it sees while the game lasts."""
    raw = binder.document.entries["objective"][objective.id].table.get("when")
    cells = [binder.desk.cell(name) for name in binder.names_in(raw)]
    return all(cell is None or cell.seen[0] >> agency & 1 for cell in cells)


def firmness(goals: Sequence[Objective], item: DoctrineEntry) -> Look:
    """Whether an agency is firm, as far as it can see."""
    whole = sum(goal.worth for goal in goals)

    def firm(table: Any) -> Any:
        met = 0
        for goal in goals:
            met = met + table.where(goal.holds(table), goal.worth, 0)
        spared = table.least(table.most(100 - item.belief(table), 0), 100)
        overdue = item.waiting(table) - item.patience
        gains, losses = (whole - met) * (overdue + 1) * 10_000, met * item.fear * spared
        return (overdue >= 0) & (gains >= losses)

    return firm


def always(number: int) -> Look:
    """An amount that is always the same."""
    return lambda table: number


def lot(named: Orders, ways: Ways, weights: Mapping[str, Look], hold: Look) -> Lot:
    """What a computer player draws from, by the names of orders and of ways of their details."""
    used = [name for name in named if name in weights]
    of_detail: dict[Detail, tuple[Action, dict[str, Look]]] = {}
    for name, (action, detail) in ways.items():
        if name in weights:
            of_detail.setdefault(detail, (action, {}))[1][name.partition(":")[2]] = weights[name]
    details = tuple(
        (action, detail, tuple(found.get(way.id, always(0)) for way in detail.choices))
        for detail, (action, found) in of_detail.items()
    )
    actions, choices = tuple(named[name][0] for name in used), tuple(named[name][1] for name in used)
    return Lot(actions, choices, tuple(weights[name] for name in used), hold, details)


def in_mood(plain: Lot, item: DoctrineEntry, goals: Sequence[Objective]) -> Lot:
    """The same with the character of a doctrine."""
    names = [f"{action.id}:{action.choices[k].id}" for action, k in zip(plain.actions, plain.choices, strict=True)]
    stances = tuple(STEPS_UP * (name in item.firm) + REACHES_OUT * (name in item.soft) for name in names)
    return evolve(plain, stances=stances, firm=firmness(goals, item), fear=item.fear)
