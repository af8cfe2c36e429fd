"""Before the game: which scenario, which switches, who sits where."""

import re
from collections.abc import Sequence

from game.core import Game
from game.core.model import Agency
from game.play.allowed import computers
from game.play.offering import Seating, cover, held_name, short, spellings, summary_of
from game.play.seats import Groups, orders, proposed
from game.play.session import CONTROL, PERSON
from game.scenario.library import shipped_scenarios
from game.terminal.listen import Listener, command_of, did_you_mean, one_of
from game.terminal.paper import Paper
from game.words import say


def choose_scenario(paper: Paper, listener: Listener) -> str:
    """Let people pick one of the scenarios that travel with the program, or name a folder."""
    known = shipped_scenarios()
    paper.heading(say("Scenarios"))
    for number, name in enumerate(known, 1):
        title, summary, _ = cover(name)
        paper.line(f"{number:>3}  {title} [{name}]")
        paper.line(summary, 5)
    while True:
        typed = listener.ask(say("Which one? A number, a name or a folder [1]: ")) or "1"
        found = one_of(typed, dict.fromkeys(known, ()))
        if found:
            return found
        if "/" in typed or "\\" in typed:
            return typed
        paper.line(did_you_mean(typed, known))


def choose_variants(paper: Paper, listener: Listener, scenario: str) -> tuple[str, ...]:
    """Let people turn switches of a scenario."""
    known = cover(scenario)[2]
    if not known:
        return ()
    paper.heading(say("Switches of this scenario"))
    for number, name in enumerate(known, 1):
        paper.line(f"{number:>3}  {name}: {summary_of(scenario, name)}", 0, 5)
    while True:
        typed = listener.ask(say("Which ones? Numbers or names, Enter for none: ")).replace(",", " ").split()
        chosen = [one_of(word, dict.fromkeys(known, ())) for word in typed]
        wrong = next((word for word, name in zip(typed, chosen, strict=True) if name is None), None)
        if wrong is None:
            return tuple(dict.fromkeys(name for name in chosen if name))
        paper.line(did_you_mean(wrong, known))


def choose_seats(paper: Paper, listener: Listener, game: Game) -> Seating:
    """Let people take their seats; the computer takes the others."""
    paper.heading(say("Seats"))
    for number, agency in enumerate(game.agencies, 1):
        paper.line(f"{number:>3}  {short(agency):<8} {agency.name} ({game.sides[agency.side].name})", 0, 5)
    people = chosen_people(paper, listener, game)
    held = {name for person in people for name in person}
    players = {agency.id: PERSON if agency.id in held else "doctrine" for agency in game.agencies}
    if len(held) < len(players):
        paper.line(say("The computer plays: {names}.", names=left_over(game, people)))
        while True:
            typed = listener.ask(
                say("How? doctrine (as its briefing says), lookahead (it also plays ahead) or random [doctrine]: ")
            ).lower()
            policy = command_of(typed, computers(game)) if typed else "doctrine"
            if policy is not None:
                players = {one: PERSON if player == PERSON else policy for one, player in players.items()}
                break
            paper.line(did_you_mean(typed, computers(game)))
    groups = tuple(person for person in people if len(person) > 1)
    return Seating(players, chosen_pins(listener, paper, game, people), groups)


def chosen_people(paper: Paper, listener: Listener, game: Game) -> Groups:
    """The people who play, each by the agencies held."""
    most = len(game.agencies)
    paper.line(say("One person may hold several agencies of a side."))
    while True:
        typed = listener.ask(say("How many people play? 0 to {most} [{most}]: ", most=most))
        if not typed or typed.isdecimal():
            break
        paper.line(say("Please type a number."))
    offered = proposed(game, min(most, int(typed[:6])) if typed else most)
    if not offered:
        return ()
    paper.line(say("Proposed, a line for each person:"))
    for held in offered:
        agencies = [agency_of(game, name) for name in held]
        told = say("{held} ({side}, orders a turn: {orders})", held=written(game, held),
                   side=game.sides[agencies[0].side].name, orders=orders(agencies))  # fmt: skip
        paper.line(told, 2, 4)
    if left := left_over(game, offered):
        paper.line(say("The computer: {names}", names=left), 2, 4)
    paper.line(say("Enter takes this. Or type your own in the same way: people apart, a plus between what one holds."))
    while True:
        typed = listener.ask(say("Who sits where? [as proposed]: "))
        people = people_typed(paper, game, typed) if typed else offered
        if people:
            return people


def people_typed(paper: Paper, game: Game, typed: str) -> Groups:
    """The people that somebody typed, each as agencies joined by a plus; none after saying what is wrong."""
    people: list[tuple[str, ...]] = []
    for person in re.sub(r"\s*\+\s*", "+", typed).replace(",", " ").split():
        held = []
        for word in person.split("+"):
            agency = one_of(word, spellings(game))
            if agency is None:
                paper.line(did_you_mean(word, [short(agency) for agency in game.agencies]))
                return ()
            if agency in held or any(agency in other for other in people):
                paper.line(say("{name} is named twice.", name=word_for(agency_of(game, agency))))
                return ()
            held.append(agency)
        if len({agency_of(game, agency).side for agency in held}) > 1:
            paper.line(say("One person holds agencies of one side; {names} are of several.", names=written(game, held)))
            return ()
        people.append(tuple(agency.id for agency in game.agencies if agency.id in held))
    if not people:
        paper.line(say("Please name an agency."))
    return tuple(people)


def agency_of(game: Game, name: str) -> Agency:
    """The agency with this id."""
    return game.agency(name)


def word_for(agency: Agency) -> str:
    """One word that means an agency when it is typed."""
    return agency.id if set(short(agency)) & set(" +,") else short(agency)


def written(game: Game, held: Sequence[str]) -> str:
    """A person's agencies as they may be typed."""
    return "+".join(word_for(agency_of(game, name)) for name in held)


def left_over(game: Game, people: Groups) -> str:
    """The agencies that nobody of these people holds."""
    held = {name for person in people for name in person}
    return ", ".join(short(agency) for agency in game.agencies if agency.id not in held)


def chosen_pins(listener: Listener, paper: Paper, game: Game, people: Groups) -> dict[str, str]:
    """PINs for those who want one: each person's stands with the first agency held."""
    if not listener.yes(say("Shall people have PINs, so that nobody opens another's seat by mistake?"), default=False):
        return {}
    paper.line(say("Each person types a PIN in turn; Enter for none."))
    pins = {}
    for held in people:
        whose = held_name(game, held) if len(held) > 1 else short(agency_of(game, held[0]))
        pins[held[0]] = listener.ask_secret(say("PIN for {whose}: ", whose=whose))
    pins[CONTROL] = listener.ask_secret(say("PIN for control (the facilitator, who may see everything): "))
    return {agency: pin for agency, pin in pins.items() if pin}
