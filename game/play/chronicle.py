"""The chronicle of a run: what was ordered, what happened and why, turn by turn. The same run always reads the same."""

from collections.abc import Iterable, Sequence

from attrs import frozen

from game.core import Event, Game, Order, Refusal, State, outcome, score
from game.core.events import DUE, MOVE, NOTE, PICK, PUT, REFUSAL, ROLL, SHIFT
from game.core.explain import shown_parts
from game.core.orders import find, given_orders, in_words
from game.play.journal import Entry
from game.play.playout import Run, mechanism_counts
from game.play.report import drivers, objectives
from game.play.session import CONTROL, Session
from game.play.wording import entry_name, lasting, pick_text, roll_text, running, shown_value, sum_of
from game.words import say


@frozen
class Chapter:
    """One turn: what control did before it, the orders with the players' notes, the events, and the state after it."""

    orders: tuple[Order, ...]
    events: tuple[Event, ...]
    after: State
    control: tuple[str, ...] = ()


def of_run(run: Run) -> str:
    """The chronicle of a run without people."""
    chapters = [Chapter(given_orders(run.game, state.row), events, state)
                for state, events in zip(run.states[1:], run.events, strict=True)]  # fmt: skip
    return chronicle(run.game, chapters, run.states[0])


def of_session(session: Session, entries: Sequence[Entry] = ()) -> str:
    """The chronicle of a session so far, on the line that it is on; with its journal, what control did too."""
    acts = acts_of_control(entries)
    chapters = [
        Chapter(moment.orders, moment.events, moment.after, acts.get(turn, ()))
        for turn, moment in enumerate(session.history, 1)
    ]
    first = session.history[0].before if session.history else session.state
    return chronicle(session.game, chapters, first)


def acts_of_control(entries: Sequence[Entry]) -> dict[int, tuple[str, ...]]:
    """What control did before each turn was played (from 1), in sentences, on the line that the session is on."""
    acts: dict[int, tuple[str, ...]] = {}
    turn = 1
    for entry in entries:
        body = entry.body
        said = ""
        if entry.kind == "played":
            turn += 1
        elif entry.kind == "spoken" and body["to"]:
            said = say("To {whom}: {text}", whom=", ".join(body["to"]), text=body["text"])
        elif entry.kind == "overruled":
            said = say("{name}: {before} -> {value}, overruled. Reason: {reason}", **body)
        elif entry.kind == "seated":
            said = say("{agency} is played by: {policy}", **body)
        elif entry.kind == "rewound":
            turn = int(body["turn"])
            acts = {number: kept for number, kept in acts.items() if number <= turn}
            said = say("Back to the beginning of turn {turn}. Reason: {reason}", turn=turn, reason=body["reason"])
        if said:
            acts[turn] = (*acts.get(turn, ()), said)
    return acts


def chronicle(game: Game, chapters: Sequence[Chapter], first: State) -> str:
    """A whole run as text for control and for review. *first* is the state in which it began."""
    variants = say("; variants: {names}", names=", ".join(game.variants)) if game.variants else ""
    lines = [game.title, say("Scenario {id}{variants}. Seed {seed}.", id=game.id, variants=variants, seed=first.seed)]
    for number, chapter in enumerate(chapters, 1):
        lines += ["", *_turn(game, number, chapter)]
    final = chapters[-1].after if chapters else first
    states = [first, *(chapter.after for chapter in chapters)]
    lines += ["", *ending(game, final), *numbers(game, states, [chapter.events for chapter in chapters])]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _turn(game: Game, number: int, chapter: Chapter) -> list[str]:
    turn = game.turns[number - 1]
    title = say("Turn {turn} of {turns}: {clock}, {length}", turn=number, turns=len(game.turns), clock=turn.clock,
                length=lasting(turn.minutes))  # fmt: skip
    lines = [title, "=" * len(title), *_control(chapter), say("Orders")]
    lines += _orders(game, chapter.orders)
    told = [
        event
        for event in chapter.events
        if event.rule.startswith("inject.") and event.kind == NOTE and _is(game, event, "spoken")
    ]
    if told:
        lines += [say("News"), *(f"  {_whom(game, event.seen)}: {event.label}" for event in told)]
    rest = [event for event in chapter.events if event not in told and not _is(game, event, "order")]
    lines.append(say("What happened"))
    return lines + (_happened(game, rest) or [say("  Nothing.")])


def _control(chapter: Chapter) -> list[str]:
    return [say("Control"), *(f"  {act}" for act in chapter.control)] if chapter.control else []


def _orders(game: Game, orders: Iterable[Order]) -> list[str]:
    lines: list[str] = []
    given = list(orders)
    idle = []
    for agency in game.agencies:
        own = [order for order in given if order.agency == agency.id]
        if not own:
            idle.append(agency.short or agency.name)
        for order in own:
            found = find(game, order)
            named = str(order) if isinstance(found, Refusal) else in_words(*found)
            lines.append(f"  {agency.name} - {named}")
            lines += [say("      Reason: {text}", text=order.reason)] if order.reason else []
            lines += [say("      Expected: {text}", text=order.expects)] if order.expects else []
    return lines + ([say("  No orders: {names}", names=", ".join(idle))] if idle else [])


def _is(game: Game, event: Event, track: str) -> bool:
    found = game.tracks[track]
    return found.first <= event.cell < found.first + found.size


def _whom(game: Game, seen: int) -> str:
    """Who learns of something, in short."""
    if seen == game.everyone:
        return say("To all")
    names = [agency.short or agency.id for number, agency in enumerate(game.agencies) if seen >> number & 1]
    return say("To {names}", names=", ".join(names)) if names else say("To nobody")


# ---- events
def _happened(game: Game, events: Sequence[Event]) -> list[str]:
    """The events by the entry of the scenario that spoke, in order, each entry named once."""
    lines: list[str] = []
    spoken: tuple[str, int] = ("", -1)
    for event in events:
        text = _sentence(game, event)
        if not text:
            continue
        if (event.rule, event.call) != spoken:
            spoken = (event.rule, event.call)
            lines.append(f"  {_entry(game, event)}")
        lines.append(f"    {text}")
    return lines


def _sentence(game: Game, event: Event) -> str:
    """An event in a plain sentence; nothing for one that only the engine's own books need."""
    if event.kind == ROLL and event.roll:
        return roll_text(event.roll)
    if event.kind == PICK and event.roll:
        return pick_text(event.roll)
    if event.kind == REFUSAL:
        return say("Not done: {label}", label=event.label)
    if event.cell < 0:
        return event.label
    track = game.track_of(event.cell)
    title = running(track.titles[event.cell - track.first])
    if event.kind == SHIFT:
        parts = sum_of(shown_parts(game, event, None))
        return say(
            "{title}: {before} -> {after} ({parts})", title=title, before=event.before, after=event.after, parts=parts
        )
    if event.kind == NOTE:
        return event.label or say("Noted: {title}.", title=title)
    if event.kind == DUE or (event.kind == PUT and not track.lasting and not event.seen and not event.label):
        return event.label  # bookkeeping between two links of a chain
    if event.kind in (PUT, MOVE):
        change = say("{title}: {before} -> {after}", title=title, before=shown_value(game, track, event.before),
                     after=shown_value(game, track, event.after))  # fmt: skip
        return f"{event.label} [{change}]" if event.label else change
    return event.label


def _entry(game: Game, event: Event) -> str:
    """Which entry of the scenario spoke, by its kind and name, with its id."""
    name = entry_name(game, event.rule, event.who)
    if event.rule == CONTROL:
        return name
    return f"{name} [{event.rule}]" if name and name != event.rule else f"[{event.rule}]"


# ---- the end
def ending(game: Game, final: State) -> list[str]:
    """How it ended, or that it goes on."""
    ended = outcome(game, final)
    if ended is None:
        return [say("The game goes on.")]
    return [say("The end: {name}", name=ended.name), *([ended.text] if ended.text else [])]


def numbers(game: Game, states: Sequence[State], told: Sequence[Sequence[Event]]) -> list[str]:
    """The numbers of the review: risk by turn, rungs, mechanisms, objectives, and what drove risk."""
    lines = ["", say("Risk at the start and after each turn (0 to {top})", top=game.tracks["risk"].high)]
    sides = {side.id: side.name for side in game.sides}
    for number in range(len(game.pairs())):
        scores = [score(game, state).pairs[number] for state in states]
        pair = say("{one} and {other}", one=sides[scores[0].sides[0]], other=sides[scores[0].sides[1]])
        lines.append(say("  {pair}: {values}", pair=pair, values=" ".join(str(one.risk) for one in scores)))
        rungs = " ".join(str(one.rung) for one in scores[1:]) or "-"
        lines.append(
            say("    rung reached: {rungs}; highest since the opening: {peak}", rungs=rungs, peak=scores[-1].peak)
        )
    lines += [say("What drove risk"), *(f"  {line}" for line in driver_lines(game, told))]
    lines += [say("Channels (times used, refused, answered, unanswered)")]
    names = dict(zip(game.mechanisms, game.mechanism_names, strict=True))
    for mechanism, count in mechanism_counts(game, told).items():
        lines.append("  {}: {uses}, {refusals}, {answered}, {unanswered}".format(names[mechanism], **count))
    lines.append(say("Objectives"))
    for one in objectives(game, states[-1]):
        lines.append(f"  {one.short}: [{'x' if one.met else ' '}] {one.name}")
    return lines


def driver_lines(game: Game, told: Sequence[Sequence[Event]]) -> list[str]:
    """What moved risk over the whole run, a line for each cause, the strongest of each pair first."""
    lines = [
        say("{amount:+5d}  {label} ({pair})", amount=one.amount, label=one.label, pair=one.title)
        for one in drivers(game, told)
    ]
    return lines or [say("Nothing moved it.")]
