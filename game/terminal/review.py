"""The end of a game: how it ended, what the numbers say, and the pages for the talk afterwards."""

from pathlib import Path

from game.core import score
from game.play.chronicle import driver_lines, of_session
from game.play.playout import mechanism_counts
from game.play.report import everything, objectives
from game.play.session import SessionProblem
from game.terminal.listen import command_of, did_you_mean, split
from game.terminal.paper import bar, page
from game.terminal.reasons import why_lines
from game.terminal.room import Room
from game.words import say

COMMANDS = ("look", "history", "debrief", "sources", "chronicle", "why", "write", "control", "help", "quit")


def review(room: Room) -> bool:
    """Let people look back until they stop. Returns True when control is asked for."""
    look(room)
    while True:
        word, rest = split(room.listener.ask(say("review> ")))
        command = command_of(word, COMMANDS) if word else "help"
        match command:
            case "look":
                look(room)
            case "history" | "debrief" | "sources":
                text = room.game.texts.get(command, "")
                room.paper.lines(page(text) if text else [say("This scenario has no such page.")])
            case "chronicle":
                room.paper.lines(of_session(room.session, room.journal.entries).split("\n"))
            case "why":
                try:
                    known = everything(room.game, room.session.state.row)
                    room.paper.lines(why_lines(room.session, rest, known, None))
                except SessionProblem as problem:
                    room.paper.line(str(problem))
            case "write" if rest:
                room.write_orders(Path(rest))
            case "control":
                return True
            case "quit":
                room.leave()
            case None:
                room.paper.line(did_you_mean(word, COMMANDS))
            case _:
                menu(room)


def menu(room: Room) -> None:
    """What can be looked at."""
    room.paper.lines([
        say("  history     what happened in the world (look after you have talked)"),
        say("  debrief     questions for the talk          sources     where it is from"),
        say("  chronicle   the whole game, all of it       why NAME 2  why a value moved"),
        say("  look        these numbers again             write FILE  orders as a file"),
        say("  control     for the facilitator             quit        all is kept"),
    ])  # fmt: skip


def look(room: Room) -> None:
    """The outcome and the numbers."""
    paper, game, session = room.paper, room.game, room.session
    ended = session.ended
    if ended:
        paper.heading(say("The end: {name}", name=ended.name))
        if ended.text:
            paper.line(ended.text)
    charts(room)
    paper.heading(say("What drove risk over the game"))
    paper.lines(
        f"  {line}" for line in driver_lines(game, [(*moment.said, *moment.events) for moment in session.history])
    )
    paper.heading(say("Channels"))
    names = dict(zip(game.mechanisms, game.mechanism_names, strict=True))
    for mechanism, count in mechanism_counts(game, [moment.events for moment in session.history]).items():
        paper.line(say("{name}: used {uses}, refused {refusals}, answered {answered}, unanswered {unanswered}",
                       name=names[mechanism], **count), 2)  # fmt: skip
    paper.heading(say("Objectives (x: met)"))
    for one in objectives(game, session.state):
        paper.line(f"[{'x' if one.met else ' '}] {one.short}: {one.name}", 2, 4)
    paper.line()
    paper.line(game.disclaimer)
    paper.line()
    menu(room)


def charts(room: Room) -> None:
    """Risk after each turn as bars, for each pair of sides for which it ever moved."""
    game, session = room.game, room.session
    states = [moment.before for moment in session.history] + [session.state]
    sides = {side.id: side.name for side in game.sides}
    names = [say("start"), *(game.turns[n].clock for n in range(len(states) - 1))]
    margin = max(map(len, names))
    for number in range(len(game.pairs())):
        scores = [score(game, state).pairs[number] for state in states]
        if not any(one.risk for one in scores):
            continue
        top = max(one.risk for one in scores)
        one, other = (sides[side] for side in scores[0].sides)
        room.paper.heading(say("Risk, {one} and {other} (tenths of a point)", one=one, other=other))
        for name, found in zip(names, scores, strict=True):
            rung = say("rung {rung}", rung=found.rung)
            room.paper.raw([f"  {name:<{margin}} {found.risk:>5} {bar(found.risk, top, 40):<40} {rung}"])
        room.paper.line(say("Highest rung since the opening: {peak}.", peak=scores[-1].peak))
