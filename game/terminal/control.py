"""Control: a person without an agency, who sees everything and may speak, overrule, rewind and reseat."""

from pathlib import Path

from game.play.allowed import computers, number_meant
from game.play.chronicle import of_session
from game.play.journal import Entry
from game.play.offering import short
from game.play.report import everything
from game.play.session import PERSON, SessionProblem
from game.play.wording import order_name, turn_line
from game.terminal import picture
from game.terminal.listen import command_of, did_you_mean, split
from game.terminal.reasons import name_typed, why_lines
from game.terminal.room import Room
from game.words import say

COMMANDS = ("look", "speak", "overrule", "rewind", "seat", "values", "why", "journal", "chronicle", "write", "back",
            "help", "quit")  # fmt: skip
LAST_ENTRIES = 12
"""Entries of the journal that are shown when no number is named."""


def help_lines() -> list[str]:
    """What control can type."""
    return [
        say("  Enter, or look          who has locked, the orders drafted, the values"),
        say("  speak TEXT              tell some or all agencies something"),
        say("  overrule NAME VALUE     put a value in the place of the engine's; asks for the reason"),
        say("  rewind TURN             go back to the beginning of that turn; asks for the reason"),
        say("  seat AGENCY PLAYER      hand a seat to person, doctrine, lookahead or random"),
        say("  values [NAME]           every value, or those that begin so"),
        say("  why NAME [TURN]         why a value moved, with all draws"),
        say("  journal [COUNT]         the last entries          chronicle   the whole game so far"),
        say("  write FILE              the orders so far as a file"),
        say("  back                    to the seats              quit        stop; everything is kept"),
    ]


class ControlDesk:
    """Control at the keyboard."""

    def __init__(self, room: Room) -> None:
        self.room = room

    def sit(self) -> None:
        """Let control act until it goes back to the seats."""
        self.look()
        while True:
            turn = self.room.session.state.turn + 1
            word, rest = split(self.room.listener.ask(say("control, turn {turn}> ", turn=turn)))
            command = command_of(word, COMMANDS) if word else "look"
            if command == "back":
                return
            try:
                self.do(command, word, rest)
            except SessionProblem as problem:
                self.room.paper.line(str(problem))

    def do(self, command: str | None, word: str, rest: str) -> None:
        """Do what was typed."""
        match command:
            case "speak":
                self.speak(rest)
            case "overrule":
                self.overrule(rest)
            case "rewind":
                self.rewind(rest)
            case "seat":
                self.reseat(rest)
            case "quit":
                self.room.leave()
            case None:
                self.room.paper.line(did_you_mean(word, COMMANDS))
            case _:
                self.show(command, rest)

    def show(self, command: str, rest: str) -> None:
        """Show what was asked for, or write it; nothing changes in the session."""
        paper, session = self.room.paper, self.room.session
        match command:
            case "look":
                self.look()
            case "values":
                self.values(rest)
            case "why":
                paper.lines(why_lines(session, rest, everything(self.room.game, session.state.row), None))
            case "journal":
                count = int(rest[:6]) if rest.isascii() and rest.isdigit() else LAST_ENTRIES
                entries = self.room.journal.entries
                paper.lines(
                    f"  {entry.seq:>4}  {entry_text(entry)}" for entry in entries[max(0, len(entries) - count) :]
                )
            case "chronicle":
                paper.lines(of_session(session, self.room.journal.entries).split("\n"))
            case "write":
                self.room.write_orders(Path(rest)) if rest else paper.line(say("Type write and the name of a file."))
            case "help":
                paper.lines(help_lines())

    def look(self) -> None:
        """Who sits where, what is drafted, what stands."""
        paper, game, session = self.room.paper, self.room.game, self.room.session
        paper.line(
            say(
                "CONTROL sees everything. {game}. {turn}",
                game=game.title,
                turn=turn_line(game, session.state.turn),
            )
        )
        waiting = session.waiting()
        for agency in game.agencies:
            policy = session.seats[agency.id].policy
            state = policy if policy != PERSON else say("still drafting") if agency.id in waiting else say("locked")
            paper.line(say("  {id:<12} {state}", id=agency.id, state=state))
            options = session.view(agency.id).options
            for order in session.drafts(agency.id):
                paper.line(f"{order_name(options, order)}", 6, 4)
                if order.reason:
                    paper.line(say("reason: {text}", text=order.reason), 10)
                if order.expects:
                    paper.line(say("expected: {text}", text=order.expects), 10)
        for held in session.groups:
            paper.line(say("One person holds {names}.", names=", ".join(held)), 2)
        paper.heading(say("Where things stand"))
        paper.lines(picture.readings(game, everything(game, session.state.row)))
        paper.line()
        paper.line(say("Type help for all commands, back for the seats."))

    def values(self, typed: str) -> None:
        """Values with their dotted names."""
        for one in everything(self.room.game, self.room.session.state.row):
            if one.name.startswith(typed.lower()):
                self.room.paper.line(f"{one.name} = {one.shown} {one.unit}".rstrip() + f"  ({one.title})", 2, 4)

    def speak(self, text: str) -> None:
        """Tell agencies something."""
        text = text or self.room.listener.ask(say("What do you say? "))
        if not text:
            self.room.paper.line(say("Nothing said."))
            return
        names = (
            self.room.listener.ask(say("To whom? Agencies by name or number, Enter for all: "))
            .replace(",", " ")
            .split()
        )
        to = []
        for name in names:
            agency = self.room.agency_typed(name)
            if agency is None:
                raise SessionProblem(say("No agency is called '{name}'. Nothing was said.", name=name))
            to.append(agency)
        chosen = to or [agency.id for agency in self.room.game.agencies]
        self.room.session.speak(text, chosen)
        whom = ", ".join(short(self.room.agency(name)) for name in chosen)
        self.room.paper.line(say("Said. It stands on the screens of: {whom}.", whom=whom))
        locked = [name for name in self.room.people() if name in chosen and name not in self.room.session.waiting()]
        if locked:
            late = ", ".join(short(self.room.agency(name)) for name in locked)
            self.room.paper.line(
                say("These have locked and do not see it before the turn is played: {whom}.", whom=late)
            )

    def overrule(self, typed: str) -> None:
        """Put a value in the place of the engine's."""
        name, _, wanted = typed.rpartition(" ")
        known = everything(self.room.game, self.room.session.state.row)
        if not name:
            raise SessionProblem(say("Type overrule, a name and a value, such as: overrule {name} {value}",
                                     name=known[0].name, value=known[0].value))  # fmt: skip
        name = name_typed(self.room.game, name.strip(), known)
        value = number_meant(self.room.game, name, wanted)
        reason = self.room.listener.ask(say("Your reason: "))
        self.room.session.overrule(name, value, reason)
        self.room.paper.line(
            say("Done: {name} is now {value}. Both values stand in the journal.", name=name, value=wanted)
        )

    def rewind(self, typed: str) -> None:
        """Go back to the beginning of a turn."""
        if not (typed.isascii() and typed.isdigit()):
            raise SessionProblem(
                say("Type rewind and the number of a turn from 1 to {last}.", last=len(self.room.session.history))
            )
        reason = self.room.listener.ask(say("Your reason: "))
        self.room.session.rewind(int(typed[:6]), reason)
        self.room.paper.line(
            say("The game stands at the beginning of turn {turn} again. The old line stays in the journal.", turn=typed)
        )

    def reseat(self, typed: str) -> None:
        """Hand a seat to another player."""
        words = typed.split()
        if len(words) < 2:
            raise SessionProblem(say("Type seat, an agency and a player, such as: seat {agency} person",
                                     agency=self.room.game.agencies[0].id))  # fmt: skip
        agency = self.room.agency_typed(" ".join(words[:-1]))
        if agency is None:
            raise SessionProblem(say("No agency is called '{name}'.", name=" ".join(words[:-1])))
        player = command_of(words[-1].lower(), (PERSON, *computers(self.room.game))) or words[-1]
        shared = len(self.room.session.together(agency)) > 1
        self.room.session.reseat(agency, player)
        self.room.paper.line(
            say("{agency} is now played by: {player}. The seat has no PIN.", agency=agency, player=player)
        )
        if shared:
            self.room.paper.line(say("It no longer goes with the other agencies of the person who held it."))


def entry_text(entry: Entry) -> str:
    """An entry of the journal in one line, without the scenario and without PINs."""
    body = entry.body
    match entry.kind:
        case "opened":
            held = "".join(f"; {'+'.join(group)}" for group in body.get("groups", ()))
            return say("opened: {scenario}, seed {seed}{held}", scenario=body["scenario"]["id"], seed=body["seed"],
                       held=held)  # fmt: skip
        case "drafted" | "played":
            orders = ", ".join(f"{one['agency']} {one['action']}:{one['choice']}" for one in body["orders"]) or say(
                "no orders"
            )
            return f"{entry.kind} {body.get('turn', body.get('agency'))}: {orders}"
        case "spoken":
            return say("spoken to {whom}: {text}", whom=", ".join(body["to"]), text=body["text"])
        case "overruled":
            return say("overruled {name}: {before} -> {value} ({reason})", name=body["name"], before=body["before"],
                       value=body["value"], reason=body["reason"])  # fmt: skip
        case "rewound":
            return say("rewound to turn {turn}, branch {branch} ({reason})", turn=body["turn"], branch=body["branch"],
                       reason=body["reason"])  # fmt: skip
        case _:
            return f"{entry.kind} {' '.join(str(value) for value in body.values())}"
