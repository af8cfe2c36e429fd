"""A seat at the keyboard: one person drafts and locks the orders of one agency."""

import attrs

from game.core import Option, Order, View
from game.play.offering import short
from game.play.session import SessionProblem
from game.play.wording import is_of, number_of, order_name, value_text, ways_named
from game.terminal import picture
from game.terminal.chart import chart
from game.terminal.listen import command_of, did_you_mean, split
from game.terminal.paper import page
from game.terminal.readings import law_lines
from game.terminal.reasons import why_lines
from game.terminal.room import Room
from game.words import say

COMMANDS = ("look", "order", "reason", "expect", "drop", "lock", "orders", "brief", "goals", "told", "values", "why",
            "map", "law", "leave", "help", "quit")  # fmt: skip
AT_THE_HAND_OVER = ("control", "back")


def help_lines() -> list[str]:
    """What can be typed at a seat."""
    return [
        say("  5, or order 5     draft the order with number 5 (another choice of the same order takes its place)"),
        say("  5 STW close       the same with details, where an order has them: any of the words listed under it"),
        say("  drop 5            take it out of your draft"),
        say("  reason TEXT       note why you gave your last order; reason 5 TEXT for order 5 (never needed)"),
        say("  expect TEXT       note what you expect the others to do; expect 5 TEXT (never needed)"),
        say("  lock              done: your orders are locked, and the keyboard goes on"),
        say("  look              your screen again          orders   what can be ordered, and why not"),
        say("  brief             your briefing              goals    your objectives"),
        say("  told              what you learned           values   what you know; values all, every value"),
        say("  why risk [2]      why a value moved (in turn 2)"),
        say("  map               a chart of what you know   law      how each side's law reads acts and orders"),
        say("  leave             hand the keyboard on without locking; your draft is kept"),
        say("  quit              stop the session; everything is kept"),
        say("  The beginning of a command is enough: l for look, loc for lock."),
    ]


class Desk:
    """One agency's turn at the keyboard."""

    def __init__(self, room: Room, agency: str) -> None:
        self.room = room
        self.agency = agency
        self.view: View = room.session.view(agency)
        self.latest: Order | None = None

    def sit(self) -> bool:
        """Let a person draft. Returns whether the orders are locked; False when the person left for now."""
        if self.view.turn == 0 and not self.drafts:
            self.brief(public=False)
        self.look()
        prompt = say("{seat}, turn {turn}> ", seat=short(self.room.agency(self.agency)), turn=self.view.turn + 1)
        while True:
            word, rest = split(self.room.listener.ask(prompt))
            try:
                if word[:1].isascii() and word[:1].isdigit():
                    self.orders(f"{word} {rest}")
                    continue
                command = command_of(word, COMMANDS) if word else "short"
                if command == "lock" and self.lock():
                    return True
                if command == "leave":
                    return False
                self.do(command, word, rest)
            except SessionProblem as problem:
                self.room.paper.line(str(problem))

    @property
    def drafts(self) -> tuple[Order, ...]:
        """The orders drafted so far."""
        return self.room.session.drafts(self.agency)

    def do(self, command: str | None, word: str, rest: str) -> None:
        """Do what was typed."""
        match command:
            case "order":
                self.orders(rest)
            case "reason" | "expect":
                self.note(command, rest)
            case "drop":
                self.drop(rest)
            case "quit":
                self.room.leave()
            case None:
                away = say("'{word}' is for the hand-over. Type leave first; your draft is kept.", word=word)
                self.room.paper.line(away if word in AT_THE_HAND_OVER else did_you_mean(word, COMMANDS))
            case _:
                self.show(command, rest)

    def show(self, command: str, rest: str) -> None:
        """Show what was asked for; nothing changes."""
        paper, game, view = self.room.paper, self.room.game, self.view
        match command:
            case "look":
                self.look()
            case "short":
                self.summary()
            case "orders":
                paper.heading(say("What can be ordered"))
                paper.lines(picture.offers(view.options, self.drafts))
            case "brief":
                self.brief(public=True)
            case "goals":
                self.goals()
            case "told":
                paper.lines(picture.news(view.told) or [say("Nothing yet.")])
            case "values":
                for one in view.readings if rest == "all" else [one for one in view.readings if not one.resting]:
                    paper.line(f"{one.name}: {one.title} = {value_text(game, one)} {one.unit}".rstrip(), 2, 4)
            case "why":
                paper.lines(why_lines(self.room.session, rest, view.readings, self.agency))
            case "map":
                paper.raw(chart(game, view, min(paper.width, 79)))
            case "law":
                paper.heading(say("The law, as each side reads it"))
                paper.lines(law_lines(game, game.agency_number(self.agency)))
            case "help":
                paper.lines(help_lines())

    # ---- screens
    def look(self) -> None:
        """The whole screen; what is needed next stands last."""
        paper, view = self.room.paper, self.view
        for line in picture.head(self.room.game, view):
            paper.line(line)
        if view.told:
            paper.heading(say("What you learned"))
            paper.lines(picture.news(view.told))
        paper.heading(say("Where things stand"))
        paper.lines(picture.readings(self.room.game, view.readings))
        self.goals()
        paper.heading(say("What you can order"))
        paper.lines(picture.offers(view.options, self.drafts))
        paper.line()
        self.summary()

    def summary(self) -> None:
        """The draft, and what can be done next."""
        self.room.paper.lines(picture.drafted(self.view.options, self.drafts, self.view.attention))
        self.room.paper.line()
        self.room.paper.line(say("Type a number to order, lock when done, look for the screen, help for all commands."))

    def goals(self) -> None:
        """What the agency hopes for."""
        if self.view.objectives:
            self.room.paper.heading(say("Your objectives"))
            self.room.paper.lines(f"  - {objective}" for objective in self.view.objectives)

    def brief(self, *, public: bool) -> None:
        """The agency's own briefing, and on request what everybody was told."""
        paper = self.room.paper
        if public:
            paper.lines(page(self.room.game.texts.get("public", "")))
            paper.line()
        paper.lines(page(self.view.briefing))
        paper.line()

    # ---- drafting
    def numbered(self, typed: str) -> tuple[Option | None, str]:
        """The option whose number begins what was typed, and the rest; None after saying what is wrong."""
        word, rest = split(typed)
        if word.isascii() and word.isdigit() and len(word) < 6 and 1 <= int(word) <= len(self.view.options):
            return self.view.options[int(word) - 1], rest
        self.room.paper.line(say("Type the number of an order, from 1 to {most}.", most=len(self.view.options)))
        return None, ""

    def orders(self, typed: str) -> None:
        """Draft one order, or each of several numbers."""
        words = typed.replace(",", " ").split()
        several = len(words) > 1 and all(word.isascii() and word.isdigit() for word in words)
        for one in words if several else (typed,):
            self.order(one)

    def order(self, typed: str) -> None:
        """Draft an order by its number; what follows the number may be a reason."""
        option, rest = self.numbered(typed)
        if option is None:
            return
        paper, name = self.room.paper, f"{option.name}: {option.choice_name}"
        before = next((one for one in self.drafts if one.action == option.order.action), None)
        choice, rest = self.detailed(option, before, rest)
        word = split(rest)[0]
        if option.details and word and not command_of(word, ("reason",)):
            paper.line(say("'{word}' is no detail of this order; nothing was drafted. To note why: {number} reason TEXT.",
                           word=word, number=self.numbered_as(option)))  # fmt: skip
            for line in picture.details(option, before or option.order):
                paper.line(line, 2, 4)
            return
        if option.refusal:
            paper.line(say("Not now - {name}. {reason}", name=name, reason=option.refusal.message))
            return
        if before is None and len(self.drafts) >= self.view.attention:
            paper.line(say("You have given all {most} orders of this turn. Drop one first.", most=self.view.attention))
            return
        kept = before or option.order
        word, text = split(rest)
        reason = text if command_of(word, ("reason",)) else rest
        fresh = attrs.evolve(option.order, choice=choice, reason=reason or kept.reason, expects=kept.expects)
        name = order_name(self.view.options, fresh)
        if self.keep(tuple(one for one in self.drafts if one is not before), fresh, before):
            if before and before.choice != fresh.choice:
                paper.line(say("Changed to: {name}.", name=name))
            else:
                paper.line(say("Drafted: {name}.", name=name))
            for line in picture.details(option, fresh):
                paper.line(line, 2, 4)
            if option.details:
                paper.line(say("Other details: {example}", example=self.example(option)))
            paper.line(say("Orders {count} of {most}. You may add: reason TEXT, expect TEXT. Done: lock.",
                           count=len(self.drafts), most=self.view.attention))  # fmt: skip

    def detailed(self, option: Option, before: Order | None, rest: str) -> tuple[str, str]:
        """The choice with its details as one text, and what is left of what was typed after the number.

        Words that name ways of details come first; what is not named stays as drafted before.
        """
        ways = list(ways_named(option, before or option.order))
        while rest:
            word, after = split(rest)
            found = [(k, way) for k, (_, known) in enumerate(option.details) for way in known
                     if way.id.casefold() == word.strip(",").casefold()]  # fmt: skip
            if not found:
                break
            ways[found[0][0]], rest = found[0][1], after
        return ".".join([option.order.choice, *(way.id for way in ways)]), rest

    def numbered_as(self, option: Option) -> int:
        """The number of an order on this seat's screen."""
        return number_of(self.view.options, option.order)

    def example(self, option: Option) -> str:
        """How another draft of an order with details could be typed."""
        return " ".join([str(self.numbered_as(option)), *(ways[-1].id for _, ways in option.details)])

    def keep(self, others: tuple[Order, ...], fresh: Order, before: Order | None) -> bool:
        """Keep a draft with one order put in or changed, in its old place if it had one."""
        place = self.drafts.index(before) if before else len(others)
        refusal = self.room.session.draft(self.agency, (*others[:place], fresh, *others[place:]))
        if refusal:
            self.room.paper.line(refusal.message)
            return False
        self.latest = fresh
        return True

    def drop(self, typed: str) -> None:
        """Take an order out of the draft."""
        option, _ = self.numbered(typed)
        if option is None:
            return
        found = next((one for one in self.drafts if is_of(one, option)), None)
        if found is None:
            self.room.paper.line(say("You have not drafted that order."))
            return
        left = tuple(one for one in self.drafts if one is not found)
        refusal = self.room.session.draft(self.agency, left)
        self.latest = left[-1] if left else None
        self.room.paper.line(
            refusal.message if refusal else say("Dropped: {name}.", name=f"{option.name}: {option.choice_name}")
        )

    def note(self, command: str, typed: str) -> None:
        """Note a reason or an expectation with an order."""
        word, rest = split(typed)
        numbers = {str(number_of(self.view.options, one)): one for one in self.drafts}
        order, text = (
            (numbers[word], rest) if word in numbers else (self.latest or next(iter(self.drafts[-1:]), None), typed)
        )
        if order is None:
            self.room.paper.line(say("Draft an order first."))
            return
        order = next(one for one in self.drafts if one.action == order.action)
        if not text:
            self.room.paper.line(
                say("Type the text after it, such as: {command} to leave them a way out", command=command)
            )
            return
        fresh = attrs.evolve(order, reason=text) if command == "reason" else attrs.evolve(order, expects=text)
        if self.keep(tuple(one for one in self.drafts if one is not order), fresh, order):
            self.room.paper.line(say("Noted with: {order}.", order=order_name(self.view.options, order)))

    def lock(self) -> bool:
        """Lock the orders; an empty draft is asked about."""
        question = say("You have drafted no order. Lock with none?")
        if not self.drafts and not self.room.listener.yes(question, default=True):
            return False
        self.room.session.lock(self.agency)
        return True
