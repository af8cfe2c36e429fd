"""What a seat can open in front of its desk: briefing, values, log, law, help, layers, menu."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from game.core import Game, View
from game.core.events import REFUSAL, SHIFT, TOLD
from game.core.view import Reading
from game.play.session import Session
from game.play.telling import Said, told_in_steps
from game.play.wording import running, value_text
from game.window.app import App
from game.window.front import Front, front
from game.window.kit.controls import Button, Segments, Toggle
from game.window.kit.node import Act, Node, Row, Rule, Spacer
from game.window.kit.rows import Item
from game.window.kit.words import Label, Rich
from game.window.readouts import change, figure, unit_word
from game.window.settings import TEXT_SIZES
from game.words import say

Why = Callable[[str], None]
"""Opens the explanation of a value by its dotted name."""

ICONS = {"note": "info", REFUSAL: "ban", TOLD: "megaphone", SHIFT: "chevron-right", "put": "flag", "move": "ship"}


def heading(text: str) -> Node:
    """A small heading in a list."""
    return Label(text, "semibold", 14, "ink2")


RESTING = 8
"""Values at rest of one kind that are named."""


# ---- briefing
def brief_pane(app: App, game: Game, view: View, close: Act) -> Front:
    """The agency's own briefing, its objectives, and what everybody was told."""
    return front(app, "brief", view.name, _briefing(game, view), close, wide=760)


def _briefing(game: Game, view: View) -> Iterator[Node]:
    yield from (Rich(without_title(view.briefing)), Spacer(14), heading(say("Your objectives")))
    yield from (Item("", f"{objective}", None, icon="target") for objective in view.objectives)
    yield from (Rule(16, 16), heading(say("What everybody was told")), Spacer(4), Rich(game.texts.get("public", "")))
    yield from (Spacer(12), Label(game.disclaimer, "sans", 13, "ink3"))


def without_title(page: str) -> str:
    """A page without the title that stands over it already."""
    first, _, rest = page.lstrip().partition("\n")
    return rest if first.startswith("# ") else page


# ---- values
def values_pane(app: App, game: Game, view: View, why: Why, close: Act, *, only: str = "") -> Front:
    """Every value that the seat knows. *only*: a mechanism or unit by its id."""
    title = say("What you know") if not only else subject(game, only)
    about = say("A click on a value tells why it stands where it does.")
    body = values_of(game, view.readings, why, only)
    return front(app, "values", title, body, close, wide=720, about=about)


def values_of(
    game: Game, readings: Sequence[Reading], why: Why, only: str = "", *, resting: bool = False
) -> Iterator[Node]:
    """Values by topic; those at rest in one line, unless they are to stand like the others (*resting*). *only*: a mechanism or
    unit by its id.
    """
    shown = [one for one in readings if not only or only in one.name.split(".")[1:]]
    known = False
    for track_id, group in groupby(shown, lambda one: one.name.partition(".")[0]):
        cells = list(group)
        track = game.tracks[track_id]
        told = [one for one in cells if only or resting or not one.resting or (track.words and track.size == 1)]
        if not told:
            continue
        known = True
        yield Spacer(8)
        unit = f" ({unit_word(track.unit)})" if track.unit else ""
        yield Label(f"{track.name}{unit}", "semibold", 14, "ink2")
        if track.meaning:
            yield Label(track.meaning, "sans", 13, "ink3")
        yield from (value_row(game, one, why) for one in told)
        quiet = [one.title.partition(": ")[2] for one in cells if one not in told]
        if quiet and len(quiet) <= RESTING:
            yield Label(say("At rest: {names}", names="; ".join(quiet)), "sans", 13, "ink3")
    if not known:
        yield Label(say("Nothing is known of it."), "serif", 16, "ink3")


def value_row(game: Game, one: Reading, why: Why) -> Node:
    """A value with its subject; a click opens its explanation."""
    name = one.title.partition(": ")[2] or one.title
    return Item(f"value/{one.name}", name, lambda: why(one.name), right=shown_as(game, one), right_colour="ink")


def shown_as(game: Game, one: Reading) -> str:
    """A value as people read it: points, words, names of zones."""
    word = value_text(game, one)
    return figure(one.unit, one.value, "" if word == str(one.value) else word)


def subject(game: Game, name: str) -> str:
    """What a mechanism or unit is called."""
    names = dict(zip(game.mechanisms, game.mechanism_names, strict=True)) | {unit.id: unit.name for unit in game.units}
    return names.get(name, name)


# ---- log
def log_pane(app: App, session: Session, agency: str, why: Callable[[str, int], None], close: Act) -> Front:
    """What the agency learned, turn by turn, the last first."""
    return front(app, "log", say("What you learned"), _learned(session, agency, why), close, wide=820)


def _learned(session: Session, agency: str, why: Callable[[str, int], None]) -> Iterator[Node]:
    game = session.game
    news = [event.label for event in session.news if event.seen >> game.agency_number(agency) & 1 and event.label]
    if news:
        yield heading(say("From control, since then"))
        yield from (Item("", text, None, icon="megaphone") for text in news)
    for turn in range(len(session.history), 0, -1):
        yield Spacer(10)
        yield Label(say("Turn {turn}, {clock}", turn=turn, clock=game.turns[turn - 1].clock), "serif-semibold", 18)
        for step in told_in_steps(game, session.history[turn - 1], agency):
            if step.said:
                yield from (Spacer(4), heading(step.name), *said_rows(step.said, turn, why))
    if not news and not session.history:
        yield Label(say("No turn has been played yet."), "serif", 16, "ink3")


def said_rows(said: Sequence[Said], turn: int, why: Callable[[str, int], None]) -> list[Node]:
    """What was told, a row each; numbers open their explanation."""
    rows: list[Node] = []
    for number, one in enumerate(said):
        if one.kind == SHIFT:
            causes = "; ".join(f"{part.label} {change(one.unit, part.amount)}" for part in one.parts)
            now = figure(one.unit, one.after, "" if one.after_shown == str(one.after) else one.after_shown)
            then = figure(one.unit, one.before, "" if one.before_shown == str(one.before) else one.before_shown)
            moved = f"{then} → {now} ({change(one.unit, one.after - one.before)})"
            rows.append(
                Item(
                    f"log/{turn}/{one.cell}/{number}",
                    running(one.title),
                    _opens(why, one.cell, turn),
                    about=causes,
                    right=moved,
                    lines=3,
                    icon="chevron-right",
                )
            )
        else:
            rows.append(Item("", one.text.replace(" -> ", " → "), None, icon=ICONS.get(one.kind, "info")))
    return rows


def _opens(why: Callable[[str, int], None], cell: str, turn: int) -> Act:
    return lambda: why(cell, turn)


# ---- law
def law_pane(app: App, game: Game, agency: int, close: Act) -> Front:
    """How each side's law reads the agency's orders and the rungs of the ladder, side by side."""
    about = say("The engine scores what happened, never whose reading is right.")
    return front(app, "law", say("The law, as each side reads it"), _law(game, agency), close, wide=760, about=about)


def _law(game: Game, agency: int) -> Iterator[Node]:
    given = False
    for action in {one.id: one for one in game.actions if one.readings and one.agency == agency}.values():
        given = True
        yield from (Spacer(8), Label(say("Order: {name}", name=action.name), "medium", 15))
        yield from (_reading(game, side, words) for side, words in action.readings)
    for entry in game.rules["ladder"]:
        for rung in getattr(entry.parameters, "rungs", ()):
            if rung.readings:
                given = True
                yield from (
                    Spacer(8),
                    Label(say("Rung {rung}: {label}", rung=rung.rung, label=rung.label), "medium", 15),
                )
                yield from (_reading(game, side, words) for side, words in rung.readings)
    if not given:
        yield Label(say("This scenario gives no readings of the law."), "serif", 16, "ink3")


def _reading(game: Game, side: int, words: str) -> Node:
    return Row([Label(game.sides[side].name, "medium", 14, "ink2"), Label(words, "serif", 15)], [120, -1], align="top")


# ---- help
KEYS = (
    ("1 … 9", "compose the order with that number"),
    ("Enter", "add the order to your plan, or choose what is focused"),
    ("Esc", "back, or close what is open"),
    ("Tab", "to the next thing; Shift and Tab to the one before"),
    ("Ctrl Z, Ctrl Shift Z", "take a step back, and forward again"),
    ("K", "lock your orders"),
    ("B  L  V  W", "briefing, log, what you know, why risk stands where it does"),
    ("G", "how each side's law reads acts and orders"),
    ("T", "the last turn again, step by step, as you know it"),
    ("F", "what may come, with all figures"),
    ("M", "layers of the map"),
    ("N, Shift N", "the next unit or zone on the map, and the one before"),
    ("Arrows, + and −, Home", "move the map, zoom, show the whole scenario"),
    ("Ctrl + and −", "text size"),
    ("F2  F11", "light or dark theme, full screen"),
    ("F1 or ?", "this page"),
)


def help_pane(app: App, close: Act) -> Front:
    """What a newcomer needs."""
    body: list[Node] = [
        Rich(
            say(
                "You are one agency. Each turn you give a few orders in secret; when everybody has locked, they are resolved "
                "together, and the table learns what happened and why.\n\n"
                "- **At the left** stand your briefing, what you can order, and the mechanisms between the sides. What cannot be "
                "ordered now says why.\n"
                "- **At the right** you compose an order: its cost, who must clear it, who learns of it, which rules look at it. "
                "Note why you give it and what you expect the others to do: the talk afterwards lives on that.\n"
                "- **On top** stand the readings of risk, kept apart. What happened: the highest rung of the grey-zone ladder. "
                "Where we are: risk in points, moved by the risk rules alone. What may come: the share of many continuations, "
                "played by the computer from what your seat knows, that reach a rung.\n"
                "- **Every number** opens its explanation when it is clicked.\n"
                "- **On the map** units stand in their zone, at no measured position. A dashed frame: where it was last seen.\n"
                "- Lines on the map are schematic and imply no view on sovereignty or delimitation."
            )
        ),
        Spacer(10),
        heading(say("Keys")),
    ]
    body += [
        Row([Label(keys, "medium", 14), Label(say(text), "sans", 14, "ink2")], [190, -1], align="top")
        for keys, text in KEYS
    ]
    body += [
        Spacer(10),
        Label(say("The facilitator speaks, overrules and rewinds as control, from the hand-over."), "sans", 13, "ink3"),
    ]
    return front(app, "help", say("Help"), iter(body), close, wide=780)


# ---- layers and menu
LAYER_NAMES = (
    ("belts", "12 and 24 nautical miles", "around the contested islets and nearby islands"),
    ("adiz", "Air defence identification zones", "as declared on the day of the scenario"),
    ("areas", "Areas under agreements", "fisheries, joint development"),
    ("zones", "Zones of the game", "where units can be"),
    ("median", "Median and equidistance lines", "computed, not agreed, not authoritative"),
    ("graticule", "Degrees", ""),
    ("names", "Names", "in the parties' forms"),
    ("bases", "Ports and bases", ""),
)


def layers_pane(app: App, layers: set[str], close: Act, changed: Act) -> Front:
    """What the chart shows."""

    def flipper(layer: str) -> Act:
        def flip() -> None:
            layers.symmetric_difference_update({layer})
            changed()

        return flip

    body: list[Node] = [
        Toggle(f"layer/{layer}", say(name), layer in layers, flipper(layer), about=say(about) if about else "")
        for layer, name, about in LAYER_NAMES
    ]
    return front(app, "layers", say("What the map shows"), body, close, wide=440)


def looks(app: App) -> list[Node]:
    """Theme, text size, motion, full screen: the same in every menu."""
    sizes = [f"{round(size * 100)} %" for size in TEXT_SIZES]

    def resize(number: int) -> None:
        app.settings.size = TEXT_SIZES[number]
        app.restyle()

    def retheme(number: int) -> None:
        app.settings.theme = ("chart", "projector")[number]
        app.restyle()

    def still() -> None:
        app.settings.still = not app.settings.still
        app.restyle()

    def forecasts() -> None:
        app.settings.forecasts = not app.settings.forecasts
        app.restyle()

    return [
        heading(say("Theme")),
        Segments(
            "look/theme",
            [say("Chart (light)"), say("Projector (dark)")],
            int(app.settings.theme == "projector"),
            retheme,
        ),
        Spacer(6),
        heading(say("Text size")),
        Segments("look/size", sizes, TEXT_SIZES.index(app.settings.size), resize),
        Spacer(6),
        Toggle("look/still", say("Reduce motion"), app.settings.still, still),
        Toggle("look/full", say("Full screen"), app.settings.full, app.fill_screen),
        Toggle("look/forecasts", say("Forecasts while planning"), app.settings.forecasts, forecasts),
    ]


def menu_pane(app: App, items: Sequence[tuple[str, str, str, Act]], close: Act) -> Front:
    """The menu: entries (key, words, icon, act), and how the window looks."""
    body: list[Node] = [Button(f"menu/{key}", words, act, icon=icon) for key, words, icon, act in items]
    body = [node for button in body for node in (button, Spacer(6))]
    return front(app, "menu", say("Menu"), [*body, Rule(8, 8), *looks(app)], close, wide=420)
