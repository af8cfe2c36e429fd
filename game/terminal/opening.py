"""Before the game: which scenario, which switches, who sits where."""

from collections.abc import Mapping, Sequence

from attrs import frozen

from game.core import Game
from game.play.session import CONTROL, PERSON, SessionProblem
from game.scenario.document import read_document
from game.scenario.library import locate, shipped_scenarios
from game.scenario.problems import nearest
from game.terminal.listen import Listener, command_of, did_you_mean, one_of
from game.terminal.paper import Paper
from game.terminal.room import short, spellings
from game.words import say

SUMMARY_LETTERS = 300
"""Characters of a switch's comment that are shown."""


@frozen
class Seating:
    """Who plays what, and the PINs, in plain words until the session has scrambled them."""

    players: Mapping[str, str]
    pins: Mapping[str, str]


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


def cover(scenario: str) -> tuple[str, str, tuple[str, ...]]:
    """The title of a scenario, its summary and its switches: read and not yet bound, so that lists appear at once."""
    document = read_document(*locate(scenario), ())
    settings = document.settings.table if document.settings else {}
    return str(settings.get("title", scenario)), str(settings.get("summary", "")), document.variants_known


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


def summary_of(scenario: str, variant: str) -> str:
    """The first words of the comment at the head of a switch's file."""
    try:
        text = locate(scenario)[0].joinpath("variants", f"{variant}.toml").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    first = text.partition("\n")[0]
    return first.lstrip("# ").removeprefix("Switch: ")[:SUMMARY_LETTERS] if first.startswith("#") else ""


def choose_seats(paper: Paper, listener: Listener, game: Game) -> Seating:
    """Let people take their seats; the computer takes the others."""
    paper.heading(say("Seats"))
    for number, agency in enumerate(game.agencies, 1):
        paper.line(f"{number:>3}  {short(agency):<8} {agency.name} ({game.sides[agency.side].name})", 0, 5)
    people = chosen_people(paper, listener, game)
    players = dict.fromkeys((agency.id for agency in game.agencies), "doctrine")
    players |= dict.fromkeys(people, PERSON)
    if len(people) < len(players):
        computer = ", ".join(short(a) for a in game.agencies if a.id not in people)
        paper.line(say("The computer plays: {names}.", names=computer))
        while len(game.policies) > 1:
            typed = listener.ask(say("How? doctrine (as its briefing says) or random [doctrine]: ")).lower()
            policy = command_of(typed, tuple(game.policies)) if typed else "doctrine"
            if policy is not None:
                players = {one: PERSON if player == PERSON else policy for one, player in players.items()}
                break
            paper.line(did_you_mean(typed, tuple(game.policies)))
    return chosen_pins(paper, listener, game, players, people)


def chosen_people(paper: Paper, listener: Listener, game: Game) -> tuple[str, ...]:
    """The agencies that people play."""
    most = len(game.agencies)
    while True:
        typed = listener.ask(
            say("How many people play? 0 to {most}, a person may hold several seats [{most}]: ", most=most)
        )
        if not typed or typed.isdecimal():
            break
        paper.line(say("Please type a number."))
    count = min(most, int(typed[:6])) if typed else most
    offered = suggested(game, count)
    names = " ".join(short(agency) for agency in game.agencies if agency.id in offered)
    while count:
        typed = listener.ask(say("Which seats do they take? Numbers or names [{names}]: ", names=names))
        words = typed.replace(",", " ").split()
        chosen = [one_of(word, spellings(game)) for word in words]
        wrong = next((word for word, agency in zip(words, chosen, strict=True) if agency is None), None)
        if wrong is None:
            taken = set(chosen) if words else set(offered)
            return tuple(agency.id for agency in game.agencies if agency.id in taken)
        paper.line(did_you_mean(wrong, [short(agency) for agency in game.agencies]))
    return ()


def suggested(game: Game, count: int) -> tuple[str, ...]:
    """Seats for so many people: in turn from each side, those first that can do most."""
    queues = [
        sorted((a for a in game.agencies if a.side == side), key=lambda a: -a.attention)
        for side in range(len(game.sides))
    ]
    queues.sort(key=len, reverse=True)
    ordered = [queue[k] for k in range(len(game.agencies)) for queue in queues if k < len(queue)]
    return tuple(agency.id for agency in ordered[:count])


def chosen_pins(
    paper: Paper, listener: Listener, game: Game, players: Mapping[str, str], people: Sequence[str]
) -> Seating:
    """PINs for those who want one."""
    if not listener.yes(say("Shall seats have PINs, so that nobody opens another's by mistake?"), default=False):
        return Seating(players, {})
    paper.line(say("Each seat types its PIN in turn; Enter for none."))
    pins = {
        agency: listener.ask_secret(say("PIN for {seat}: ", seat=short(game.agencies[game.agency_number(agency)])))
        for agency in people
    }
    pins[CONTROL] = listener.ask_secret(say("PIN for control (the facilitator, who may see everything): "))
    return Seating(players, {agency: pin for agency, pin in pins.items() if pin})


def seating_given(game: Game, seats: Mapping[str, str]) -> Seating:
    """Seats that were named on the command line. Raises *SessionProblem* for an agency that the game does not have."""
    known = [agency.id for agency in game.agencies]
    for name in seats:
        if name not in known:
            close = nearest(name, known)
            hint = say(" Did you mean '{close}'?", close=close) if close else ""
            raise SessionProblem(
                say(
                    "No agency is called '{name}'.{hint} There are: {known}.",
                    name=name,
                    hint=hint,
                    known=", ".join(known),
                )
            )
    return Seating(seats, {})
