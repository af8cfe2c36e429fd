"""The right of the title: the scenario that is chosen, who sits where, its variants, and the start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.window.faces import face
from game.window.kit.controls import Button, Choice, Toggle
from game.window.kit.entry import Entry
from game.window.kit.node import Act, Column, Node, Row, Rule, Spacer
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label
from game.window.screens.title_left import SENTENCE, facts
from game.window.screens.title_seats import called
from game.words import say

if TYPE_CHECKING:
    from game.play.offering import Offer
    from game.window.screens.title import Title
    from game.window.screens.title_seats import Seats

CLOCKS = (0, 5, 8, 12)
"""Minutes of the planning clock that can be chosen; 0 is none."""


def card(title: "Title") -> Column:
    """The whole card, its start always in sight."""
    offer, seats = title.offer, title.seats
    if offer is None or seats is None:
        return Column([Spacer(grow=True)])
    body = [
        Label(offer.title, "serif-semibold", 28), Spacer(8),
        Label(offer.summary, "serif", 16), Spacer(12),
        facts(offer), Rule(14, 12),
        *_seats(title, offer, seats),
        *_variants(title, offer),
        Rule(14, 12), *_table(title),
    ]  # fmt: skip
    start = Button("start", say("Preparing…") if title.waiting else say("Start session"), title.start, kind="primary", high=50,
                   keycap="" if title.waiting or title.app.stage.focus == "continue" else say("Enter"))  # fmt: skip
    return Column([Scroll(f"card/{offer.id}", Column(body), title.app.stage.offsets), Spacer(14), start])


def heading(text: str) -> Node:
    """A small heading."""
    return Label(text, "semibold", 14, "ink2")


# ---- seats
def _seats(title: "Title", offer: "Offer", seats: "Seats") -> list[Node]:
    every = len(offer.agencies)
    counts = [(1, say("1 person")), *([(2, say("2 persons"))] if every > 2 else []), (every, say("Everyone"))]
    quick: list[Node] = [
        Button(f"people/{count}", words, _proposer(title, seats, count), kind="chip", on=seats.like(count),
               tip=(words, _about(count, every)))
        for count, words in counts
    ]  # fmt: skip
    nodes: list[Node] = [Row([heading(say("Seats")), *quick], [-1, *([0] * len(quick))], gap=6), Spacer(8)]
    if seats.note:
        nodes += [Label(seats.note, "medium", 13, "raises"), Spacer(6)]
    names = seats.choices()
    for agency in offer.agencies:
        who = seats.who[agency.id]
        choice = Choice(f"seat/{agency.id}", [called(one) for one in names], names.index(who),
                        _taker(title, seats, agency.id), title.app.stage.open_list)  # fmt: skip
        name = Label(agency.name, "sans", 14, "ink" if isinstance(who, int) else "ink2", most=3, key=f"name/{agency.id}",
                     tip=(agency.name, say("{side}, orders a turn: {count}", side=offer.sides[agency.side].name,
                                           count=agency.attention)))  # fmt: skip
        nodes += [
            Row([face(title.kit, agency, offer.sides[agency.side], 28), name, choice], [28, -1, 132], gap=12),
            Spacer(4),
        ]
    people = len(seats.people())
    told = say("Nobody plays: the computer plays them all, and you watch.") if not people else \
        say("1 person plays.") if people == 1 else say("{count} persons play.", count=people)  # fmt: skip
    if people and len(set(seats.who.values())) > people:
        told += say(
            " The computer follows the doctrine of an agency's briefing; lookahead also plays ahead and takes longer; "
            "random takes any order that is allowed."
        )
    return [*nodes, Spacer(2), Label(told, "sans", 13, "ink3")]


def _about(count: int, every: int) -> str:
    if count == every:
        return say("Each agency has a person of its own.")
    if count == 1:
        return say("One person plays all agencies of one side, the computer the others.")
    return say("Two persons play a side each, the computer the others.")


def _proposer(title: "Title", seats: "Seats", count: int) -> Act:
    def propose() -> None:
        seats.propose(count)
        title.changed()

    return propose


def _taker(title: "Title", seats: "Seats", agency: str) -> Callable[[int], None]:
    def take(number: int) -> None:
        seats.take(agency, seats.choices()[number])
        title.changed()

    return take


# ---- variants
def _variants(title: "Title", offer: "Offer") -> list[Node]:
    if not offer.variants:
        return []
    from game.play.offering import summary_of

    nodes: list[Node] = [Rule(14, 12), heading(say("Variants")), Spacer(4)]
    for name in offer.variants:
        about = SENTENCE.split(summary_of(offer.id, name))[0]
        nodes.append(Toggle(f"variant/{name}", title_of(name), name in title.variants, _flipper(title, name),
                            about=about[:1].upper() + about[1:]))  # fmt: skip
    return nodes


def title_of(variant: str) -> str:
    """A variant's name as people read it."""
    words = variant.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _flipper(title: "Title", name: str) -> Act:
    def flip() -> None:
        title.variants.symmetric_difference_update({name})
        title.touched()
        title.changed()

    return flip


# ---- the table
def _table(title: "Title") -> list[Node]:
    settings = title.app.settings
    clocks = sorted({*CLOCKS, settings.minutes})
    names = [say("{count} minutes", count=one) if one else say("Off") for one in clocks]

    def clock(number: int) -> None:
        settings.minutes = clocks[number]
        settings.write()
        title.changed()

    given = sum(bool(typing.text) for typing in title.seats.pins.values()) if title.seats else 0
    nodes: list[Node] = [
        Row([_twice(say("Planning clock"), say("For each person and turn; nobody is cut off.")),
             Choice("clock", names, clocks.index(settings.minutes), clock, title.app.stage.open_list)], [-1, 150], gap=12),
        Spacer(10),
        Row([_twice(say("PINs"), say("{count} given", count=given) if given else
                    say("So that nobody opens another's seat by mistake.")),
             Button("pins", say("PINs…"), title.ask_pins, icon="key-round")], [-1, 150], gap=12),
        Spacer(4),
        Toggle("more", say("More"), title.more, title.turn_more, about=say("The seed of all chance")),
    ]  # fmt: skip
    if title.more:
        hint = say("A whole number; drawn when left empty")
        nodes += [Spacer(4), Entry("seed", title.seed, hint=hint, longest=20, entered=title.start), Spacer(4),
                  Label(say("The same seed and the same orders give the same story."), "sans", 13, "ink3")]  # fmt: skip
    return nodes


def _twice(name: str, about: str) -> Node:
    return Column([Label(name), Label(about, "sans", 13, "ink3")])
