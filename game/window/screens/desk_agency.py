"""The left of the desk: who I am, what presses on me, my briefing, what I can order, and the mechanisms."""

from collections.abc import Callable, Sequence

import pygame
from attrs import frozen

from game.core import Game, Option, Order
from game.core.model import Action
from game.core.view import Reading
from game.play.wording import is_of, ways_named
from game.rules.effects import Ask, Sail, Task
from game.window.faces import face
from game.window.kit import paint
from game.window.kit.controls import Button
from game.window.kit.kit import Kit
from game.window.kit.node import Act, Column, Look, Node, Picture, Row, Rule, Spacer
from game.window.kit.rows import Item, glyph
from game.window.kit.scroll import Scroll
from game.window.kit.words import Label, Rich
from game.window.planning import Planning
from game.window.readouts import gauges
from game.words import say

STATUS_COLOURS = {"operating": "lowers", "agreed": "warns", "proposed": "ink3", "suspended": "raises"}
ACTION_WORDS = (
    (("protest", "summon"), "scroll-text"),
    (("account", "speak", "state", "statement", "words", "show"), "megaphone"),
    (("leave", "clear"), "key-round"),
    (("case", "law", "witness", "prosec"), "gavel"),
    (("film", "video", "record"), "video"),
    (("share", "tell", "explain"), "message-circle"),
    (("suspend", "trade", "people"), "ban"),
    (("talk", "visit", "propose"), "messages-square"),
)
"""Icons by what an action is called where its effects do not tell."""


@frozen
class Opens:
    """What the buttons of the agency's panel do."""

    brief: Act
    values: Act
    log: Act
    law: Act
    last_turn: Act
    pick: Callable[[str], None]
    mechanism: Callable[[str], None]
    why: Callable[[str], None]


def icon_of(game: Game, action: Action) -> str:
    """The icon of an action: by what its effects are, else by its id."""
    for effect in action.effects:
        if isinstance(effect.parameters, Sail | Task):
            unit = game.units[effect.parameters.unit]
            return {"aircraft": "plane", "boats": "fish"}.get(unit.kind, "ship")
        if isinstance(effect.parameters, Ask):
            return "phone"
    return next((icon for words, icon in ACTION_WORDS if any(word in action.id for word in words)), "flag")


# ---- head
def head(kit: Kit, game: Game, planning: Planning, place: str, opens: Opens) -> list[Node]:
    """Name and key numbers."""
    agency = game.agency(planning.agency)
    name = Column([Label(agency.name, "serif-semibold", 18, most=3), Label(place, "sans", 13, "ink3", most=2)])
    return [
        Row([face(kit, agency, game.sides[agency.side]), name], [40, -1], gap=12),
        Spacer(12),
        Row([_key(one, opens.why) for one in key_numbers(game, planning)], gap=10, align="top"),
    ]


@frozen
class KeyNumber:
    """A number that an agency lives with: value, what it is, how full its bar is (0 to 1), and the cell that it is."""

    value: str
    name: str
    share: float
    cell: str
    high_is_bad: bool = True


def key_numbers(game: Game, planning: Planning) -> list[KeyNumber]:
    """Orders left, pressure at home, and how hostile the other side is thought to be."""
    view = planning.view
    left = view.attention - len(planning.drafts)
    found = [
        KeyNumber(
            say("{left} of {most}", left=left, most=view.attention),
            say("Orders left"),
            left / max(1, view.attention),
            "",
            False,
        )
    ]
    side = game.sides[game.agency(planning.agency).side].id
    pressure = _reading(view.readings, f"pressure.{side}")
    if pressure:
        found.append(KeyNumber(str(pressure.value), say("Pressure at home"), pressure.value / 100, pressure.name))
    beliefs = [one for one in view.readings if one.name.startswith(f"belief.{side}.")]
    if beliefs:
        # Of the side with which most is at stake: the first of the pairs.
        main = next(one for one in gauges(game, view.readings, side)[0].pair if one != side)
        worst = next((one for one in beliefs if one.name.endswith(f".{main}")), beliefs[0])
        other = next((s.name for s in game.sides if s.id == worst.name.split(".")[2]), "")
        found.append(
            KeyNumber(str(worst.value), say("Suspicion of {other}", other=other), worst.value / 100, worst.name)
        )
    return found


def _reading(readings: Sequence[Reading], name: str) -> Reading | None:
    return next((one for one in readings if one.name == name), None)


def _key(one: KeyNumber, why: Callable[[str], None]) -> Node:
    def draw(surface: pygame.Surface, rect: pygame.Rect, look: Look) -> None:
        kit, theme = look.kit, look.kit.theme
        hot = bool(one.cell) and look.hover == f"key/{one.cell}"
        kit.text(surface, one.value, rect.x, rect.y, "semibold", 17, theme.accent if hot else theme.ink)
        y = rect.y + kit.line("semibold", 17)
        for line in kit.wrap(one.name, rect.w, "sans", 12)[:2]:
            kit.text(surface, line, rect.x, y, "sans", 12, theme.ink3)
            y += kit.line("sans", 12)
        trough = pygame.Rect(rect.x, rect.bottom - kit.px(4), rect.w, kit.px(4))
        paint.box(surface, trough, kit.px(2), theme.panel3)
        colour = (
            theme.accent
            if not one.high_is_bad
            else theme.lowers
            if one.share < 0.34
            else theme.warns
            if one.share < 0.6
            else theme.raises
        )
        paint.box(
            surface,
            pygame.Rect(trough.x, trough.y, max(kit.px(3), round(trough.w * min(1, one.share))), trough.h),
            kit.px(2),
            colour,
        )

    tip = (one.name, say("A click tells why it stands where it does.")) if one.cell else ()
    return Picture(66, draw, key=f"key/{one.cell}" if one.cell else "", tip=tip, act=lambda: why(one.cell))


# ---- briefing
def briefing(planning: Planning, opens: Opens, *, lines: int = 5) -> list[Node]:
    """The beginning of the briefing, and the objectives."""
    view = planning.view
    text = first_paragraph(view.briefing)
    nodes: list[Node] = [
        Row(
            [
                Label(say("Briefing"), "semibold", 14, "ink2"),
                Button("open/brief", say("Read all  B"), opens.brief, kind="quiet"),
            ],
            [-1, 0],
        ),
        Label(text, "serif", 15, most=lines),
        Spacer(6),
    ]
    for objective in view.objectives:
        nodes += [Row([glyph("target", 15, "ink3"), Label(objective, "sans", 14)], [18, -1], align="top"), Spacer(3)]
    return nodes


def first_paragraph(text: str) -> str:
    """The first running paragraph of a page."""
    blocks = Rich(text).blocks
    return next((words.replace("**", "") for kind, _mark, words in blocks if kind == "text"), "")


# ---- what can be ordered
def actions(game: Game, planning: Planning, opens: Opens) -> list[Node]:
    """Each action in a row: what is drafted, what it is, or why it cannot be ordered now."""
    groups = planning.actions()
    open_now = sum(any(option.refusal is None for option in options) for options in groups)
    count = Label(say("{count} available", count=open_now), "sans", 13, "ink3", align="right")
    nodes: list[Node] = [Row([Label(say("Actions"), "semibold", 14, "ink2"), count], [-1, 110])]
    number = game.agency_number(planning.agency)
    by_id = {action.id: action for action in game.actions if action.agency == number}
    for place, options in enumerate(groups, 1):
        nodes.append(_action_row(game, planning, opens, by_id[options[0].order.action], place))
    return nodes


def _action_row(game: Game, planning: Planning, opens: Opens, action: Action, place: int) -> Node:
    options = planning.options(action.id)
    drafted = planning.drafted(action.id)
    free = any(option.refusal is None for option in options)
    composing = planning.composing is not None and planning.composing.action == action.id
    about = action.about
    if drafted:
        about = chosen(options, drafted)
    elif not free and options[0].refusal:
        about = say("Not now: {reason}", reason=options[0].refusal.message)
    tip = tuple(dict.fromkeys(one for one in (action.name, action.about, about) if one))
    return Item(
        f"action/{action.id}",
        action.name,
        lambda: opens.pick(action.id),
        about=about,
        icon=icon_of(game, action),
        on=composing,
        done=drafted is not None,
        lines=1 if free and not drafted else 3,
        right="" if drafted or place > 9 else str(place),
        right_colour="ink3",
        tip=tip,
    )


def chosen(options: Sequence[Option], order: Order) -> str:
    """What an order takes of its action, in words."""
    option = next(option for option in options if is_of(order, option))
    ways = [way.name for way in ways_named(option, order)] if option.details else []
    return ", ".join([option.choice_name, *ways])


# ---- mechanisms
def mechanisms(game: Game, planning: Planning, opens: Opens) -> list[Node]:
    """The standing arrangements between the sides, each with its status."""
    found = {one.name.partition(".")[2]: one for one in planning.view.readings if one.name.startswith("status.")}
    if not found:
        return []
    law = Button("open/law", say("The law  G"), opens.law, kind="quiet")
    nodes: list[Node] = [Row([Label(say("Mechanisms"), "semibold", 14, "ink2"), law], [-1, 0])]
    for mechanism, name in zip(game.mechanisms, game.mechanism_names, strict=True):
        one = found.get(mechanism)
        if one:
            nodes.append(_Mechanism(f"mech/{mechanism}", name, one.shown, opener(opens.mechanism, mechanism)))
    return nodes


class _Mechanism(Item):
    """A mechanism with a dot in the colour of its status."""

    def __init__(self, key: str, name: str, status: str, act: Act) -> None:
        super().__init__(key, name, act, right=status.capitalize())
        self.status = status
        # Measured with its dot; the theme gives it its colour when it is painted.
        self.dot = (0, 0, 0)

    def paint(self, surface: pygame.Surface, look: Look) -> None:
        """The dot takes its colour from the theme."""
        self.dot = look.kit.theme.colour(STATUS_COLOURS.get(self.status, "ink3"))
        super().paint(surface, look)


def opener(act: Callable[[str], None], name: str) -> Act:
    """An act with its argument."""
    return lambda: act(name)


def body(game: Game, planning: Planning, opens: Opens, offsets: dict[str, int], *, parts: Sequence[str],
         above: Sequence[Node] = ()) -> Node:  # fmt: skip
    """The parts of the panel that scroll: any of briefing, actions, mechanisms, and what stands *above* them."""
    made: list[Node] = []
    for part in parts:
        nodes = {
            "briefing": lambda: briefing(planning, opens),
            "actions": lambda: actions(game, planning, opens),
            "mechanisms": lambda: mechanisms(game, planning, opens),
        }[part]()
        if made and nodes:
            made.append(Rule(12, 10))
        made += nodes
    return Scroll(f"agency/{'-'.join(parts)}", Column([*above, *made], gap=1), offsets)


def foot(opens: Opens, *, plain: bool = False) -> Node:
    """What can be opened from the panel; *plain*: in words alone."""
    buttons = [
        Button(
            "open/values", say("Values"), opens.values, icon="" if plain else "list", tip=(say("What you know  V"),)
        ),
        Button("open/log", say("Log"), opens.log, icon="" if plain else "history", tip=(say("What you learned  L"),)),
        Button(
            "open/last",
            say("Last turn"),
            opens.last_turn,
            icon="" if plain else "rotate-ccw",
            tip=(say("The last turn, step by step  T"),),
        ),
    ]
    return Row(list(buttons), gap=8)
