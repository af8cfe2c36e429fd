"""A turn on one screen: the same body for every table.

Orders are secret and stand in the order cells when the turn begins. Each step is applied before the next one looks. The
order of entries in the scenario is the only priority, the initiative the only order among agencies.
"""

from collections.abc import Sequence
from typing import Any

from game.core.model import REACHES_OUT, STEPS_UP, Action, Choice, Detail, Game, Inject, Look, Lot, Requirement, Rule
from game.words import say

Table = Any
"""A recording or a tracing table. They share their verbs and not their values, so bodies are typed loosely."""


def play_turn(table: Table, game: Game) -> None:
    """One turn, from the injects that are due to the endings."""
    for inject in game.injects:
        table.only((table.turn + 1 >= inject.turn) & (table.cell(inject.spoken) == 0), consider, inject)
    speak(table, game.rules["movement"])
    for action in game.by_initiative:
        table.only(table.cell(action.order) > 0, weigh, action)
    for step in ("encounters", "mechanisms", "home", "beliefs", "ladder", "risk"):
        speak(table, game.rules[step])
    end(table, game)


def speak(table: Table, rules: Sequence[Rule]) -> None:
    """Let the rules of a step speak, in the order of the file."""
    for rule in rules:
        table.perform(rule)


def consider(table: Table, inject: Inject) -> None:
    """Speak an inject that is due if its condition holds; else it waits for a later turn."""
    table.only(inject.when(table), bring, inject)


def bring(table: Table, inject: Inject) -> None:
    """Tell those whom an inject reaches, once, and let its effects speak."""
    table.perform(Rule(f"inject.{inject.id}", "inject", tell, inject))
    speak(table, inject.effects)


def tell(table: Table, inject: Inject) -> None:
    """The news itself."""
    spoken = table.game.tracks["spoken"]
    table.note(spoken, inject.spoken - spoken.first, label=inject.text, seen=inject.seen)


def weigh(table: Table, action: Action) -> None:
    """Check an order again against the state that it meets: it is carried out, or refused with an event."""
    allowed = permitted(table, action)
    table.only(table.no(allowed), refuse, action)
    table.only(allowed, carry_out, action)


def permitted(table: Table, action: Action) -> Any:
    """Whether the order that stands in the order cell may be given."""
    allowed = all_hold(table, action.requirements)
    for number, choice in enumerate(action.choices):
        if choice.requirements:
            allowed = allowed & (table.no(ordered(table, action, number)) | all_hold(table, choice.requirements))
    for detail in action.details:
        for number, choice in enumerate(detail.choices):
            if choice.requirements:
                named = picked(table, action, detail, number)
                allowed = allowed & (table.no(named) | all_hold(table, choice.requirements))
    return allowed


def all_hold(table: Table, requirements: Sequence[Requirement]) -> Any:
    """Whether every requirement holds."""
    met: Any = True
    for requirement in requirements:
        met = met & requirement.holds(table)
    return met


def ordered(table: Table, action: Action, number: int) -> Any:
    """Whether the order given is for the choice with this number."""
    cell = table.cell(action.order)
    return (table.look(action.picked, cell) if action.details else cell) == number + 1


def picked(table: Table, action: Action, detail: Detail, number: int) -> Any:
    """Whether the order given names this way of a detail."""
    return table.look(detail.picked, table.cell(action.order)) == number + 1


def refuse(table: Table, action: Action) -> None:
    """Say why an order cannot be carried out: the first requirement that is not met."""
    table.perform(Rule(f"refused.{action.id}", action.name, name_refusal, action, who=action.agency))


def name_refusal(table: Table, action: Action) -> None:
    """The sentence of the first requirement that is not met, to the agency alone."""
    unsaid: Any = True
    for number, choice in enumerate(action.choices):
        given = ordered(table, action, number)
        unsaid = name_unmet(table, action, given, action.requirements + choice.requirements, unsaid)
    for detail in action.details:
        for number, choice in enumerate(detail.choices):
            if choice.requirements:
                given = picked(table, action, detail, number)
                unsaid = name_unmet(table, action, given, choice.requirements, unsaid)


def name_unmet(table: Table, action: Action, given: Any, requirements: Sequence[Requirement], unsaid: Any) -> Any:
    """Say the first of these requirements that is not met, if nothing was said yet; whether still nothing was said."""
    for requirement in requirements:
        failed = unsaid & given & table.no(requirement.holds(table))
        label = say("{order}: not carried out. {reason}", order=action.name, reason=requirement.message)
        table.refuse(label, seen=1 << action.agency, when=failed)
        unsaid = unsaid & table.no(failed)
    return unsaid


def carry_out(table: Table, action: Action) -> None:
    """Announce an order to those who learn of it, and let its effects speak."""
    table.perform(Rule(f"order.{action.id}", action.name, announce, action, who=action.agency))
    speak(table, action.effects)


def announce(table: Table, action: Action) -> None:
    """Tell what was done, in the words of the choice that was ordered."""
    done = table.game.tracks["done"]
    number = action.order - table.game.tracks["order"].first
    for k, choice in enumerate(action.choices):
        table.note(done, number, when=ordered(table, action, k), label=choice.says, seen=action.seen)
    for detail in action.details:
        for k, choice in enumerate(detail.choices):
            if choice.says:
                named = picked(table, action, detail, k)
                table.note(done, number, when=named, label=choice.says, seen=action.seen)


def end(table: Table, game: Game) -> None:
    """Look at the endings in the order of the file; the first that holds ends the game."""
    for number, ending in enumerate(game.endings):
        over = ending.when(table) & (table.track(game.tracks["over"]) == 0)
        table.only(over, close, number, ending)


def close(table: Table, number: int, ending: Any) -> None:
    """End the game."""
    table.perform(Rule(f"ending.{ending.id}", ending.name, mark_ending, (number, ending)))


def mark_ending(table: Table, chosen: tuple[int, Any]) -> None:
    """Put the mark of the ending that was reached."""
    number, ending = chosen
    table.put(table.game.tracks["over"], to=number + 1, label=ending.text)


def choose_orders(table: Table, game: Game, policies: Sequence[str]) -> None:
    """Let computer players draw their orders, each from what its agency can see. An empty policy is a person's seat."""
    for agency, policy in enumerate(policies):
        if policy:
            draw(table, game, agency, game.policies[policy][agency])


def draw(table: Table, game: Game, agency: int, lot: Lot) -> None:
    """One computer player's orders: by weight, among those it may give and that suit its mood."""
    table.as_seen_by(agency)
    met = {action.order: all_hold(table, action.requirements) for action in lot.actions}
    allowed = [
        met[action.order] & may_choose(table, action, choice) if narrowed else met[action.order]
        for action, choice, narrowed in lot.orders
    ]
    if any(lot.stances):
        firm = lot.firm(table)
        suits = {STEPS_UP: firm, REACHES_OUT: table.no(firm)}
        allowed = [may & suits.get(stance, True) for may, stance in zip(allowed, lot.stances, strict=True)]
    table.draw_orders(agency, lot, allowed, game.agencies[agency].attention)
    for action, detail, weights in lot.details:
        takes = table.look(action.detailed, table.cell(action.order)) > 0
        table.only(takes, draw_detail, agency, action, detail, weights)
    table.as_seen_by(None)


def may_choose(table: Table, action: Action, choice: Choice) -> Any:
    """Whether a choice is open, and every detail that it takes has a way that may be named."""
    may = all_hold(table, choice.requirements)
    for detail in () if choice.bare else action.details:
        if all(way.requirements for way in detail.choices):
            may = may & (table.count(*[all_hold(table, way.requirements) for way in detail.choices]) > 0)
    return may


def draw_detail(table: Table, agency: int, action: Action, detail: Detail, weights: Sequence[Look]) -> None:
    """One detail of an order that was drawn: by weight, among the ways that may be named."""
    allowed = [all_hold(table, choice.requirements) for choice in detail.choices]
    table.draw_detail(agency, action, detail, weights, allowed)
