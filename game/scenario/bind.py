"""Binding: the only place where names become functions and ids become numbers. A document in, a game out."""

import re
from collections.abc import Sequence
from itertools import accumulate

from game.core.model import (
    Agency,
    Ending,
    Game,
    Objective,
    Side,
    Turn,
)
from game.rules import SHELF, Block
from game.scenario import schema
from game.scenario.binder import Binder, agencies_of
from game.scenario.doctrine import lots
from game.scenario.document import KINDS, Document, Entry, digest_of
from game.scenario.map import disclaimer
from game.scenario.priors import priors
from game.scenario.problems import brief, listed
from game.scenario.trial import tried
from game.words import say

MOST = {
    "side": 6, "agency": 16, "unit": 60, "mechanism": 40, "track": 300, "rule": 300, "action": 150, "inject": 200, "ending": 30,
    "objective": 100, "doctrine": 16, "prior": 100,
}  # fmt: skip
"""How many entries of a kind a scenario may have."""
MOST_TURNS = 200
"""How many turns it may have."""
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,6})?")


def bind(document: Document, shelf: Sequence[Block] = SHELF) -> Game | None:
    """The game of a document, or *None* when it has errors; every mistake is in *document.problems*."""
    binder = Binder(document, shelf)
    if document.settings is None or not _fits(document):
        return None
    sides, agencies = binder.parties()
    settings = binder.desk.fill(schema.Settings, document.settings, document.settings.table, anyway=True, also=KINDS)
    if not sides or not agencies:
        binder.report("SCN510", document.settings, (), say("A scenario needs [[side]] and [[agency]] entries."))
        return None
    game = _bind(binder, document, settings, sides, agencies)
    return None if any(p.severity == "error" for p in document.problems) else game


def _fits(document: Document) -> bool:
    """Whether the document is of a size that can be checked and played."""
    for kind, found in document.entries.items():
        most = MOST[kind]
        if len(found) > most:
            entry = list(found.values())[most]
            message = say(
                "This scenario has {count} entries [[{kind}]]; at most {most} are possible.",
                count=len(found),
                kind=kind,
                most=most,
            )
            document.report("SCN519", entry, (), message)
    return not any(p.code == "SCN519" for p in document.problems)


def _bind(binder: Binder, document: Document, settings: schema.Settings, sides: tuple[Side, ...],
          agencies: tuple[Agency, ...]) -> Game | None:  # fmt: skip
    assert document.settings is not None
    zones, between = binder.places(settings, document.settings)
    units = binder.pieces()
    mechanisms = binder.arrangements()
    orders = _agencies_of_actions(binder)
    binder.tracks(zones, orders)
    binder.speakers(mechanisms)
    actions = binder.actions()
    injects = binder.injects()
    endings = tuple(Ending(item.id, item.name, item.when, item.text) for _, item in binder.each("ending"))
    objectives = tuple(
        Objective(item.agency, item.id, item.name, item.when, item.worth) for _, item in binder.each("objective")
    )
    policies = lots(binder, actions, objectives)
    guesses = priors(binder)
    _check_whole(binder, document.settings, settings, agencies)
    if any(p.severity == "error" for p in document.problems):
        return None
    plain = document.plain()
    begins = list(accumulate((turn.minutes for turn in settings.turns[:-1]), initial=0))
    game = Game(
        id=document.id, title=settings.title, variants=document.variants, date=settings.date,
        turns=tuple(Turn(turn.clock, begin, turn.minutes) for turn, begin in zip(settings.turns, begins, strict=True)),
        opening=settings.opening, sides=sides, agencies=agencies, zones=zones, distances=between, units=units,
        tracks=dict(binder.desk.tracks), actions=actions, initiative=settings.initiative, injects=injects,
        rules={step: tuple(rules) for step, rules in binder.rules.items()}, endings=endings, objectives=objectives,
        policies=policies, priors=guesses, mechanisms=tuple(binder.desk.ids["mechanism"]),
        mechanism_names=tuple(binder.desk.names["mechanism"]),
        texts=dict(document.texts), disclaimer=disclaimer(), about=plain,
        digest=digest_of(plain),
    )  # fmt: skip
    return tried(binder, game)


def _agencies_of_actions(binder: Binder) -> list[tuple[str, tuple[int, ...]]]:
    """Which agencies may order which action: needed before there are order cells."""
    found = []
    ids = binder.desk.ids["agency"]
    for entry in binder.document.entries["action"].values():
        raw = entry.table.get("agencies")
        agencies = agencies_of(entry, ids)
        for number, name in enumerate(raw if isinstance(raw, list) and not agencies else []):
            # An action that nobody can order is bound for nobody, so that its agencies are looked at here alone.
            if isinstance(name, str):
                hint = binder.desk.near(name, ids) or say("Known: {known}.", known=listed(ids))
                message = say("No {kind} is called '{name}'.", kind="agency", name=brief(name))
                binder.report("SCN311", entry, ("agencies", number), message, hint)
        if not isinstance(raw, list) or not any(isinstance(name, str) for name in raw):
            message = say("The action '{name}' names no agencies that may order it.", name=entry.id)
            binder.report(
                "SCN511", entry, ("agencies",), message, say("Write agencies = [...] with the ids of agencies.")
            )
        if not agencies:
            binder.failed_actions.add(entry.id)
        found.append((entry.id, agencies))
    return found


def _check_whole(binder: Binder, entry: Entry, settings: schema.Settings, agencies: Sequence[Agency]) -> None:
    """What only the whole scenario shows: turns, initiative, the tracks that the engine reads, briefings."""
    table = entry.table
    if settings.format != schema.FORMAT and type(table.get("format")) is int:
        message = say(
            "These files are in format {found}; this program reads format {known}.",
            found=settings.format,
            known=schema.FORMAT,
        )
        binder.report("SCN515", entry, ("format",), message)
    if len(settings.turns) > MOST_TURNS:
        message = say(
            "This scenario has {count} turns; at most {most} are possible.", count=len(settings.turns), most=MOST_TURNS
        )
        binder.report("SCN512", entry, ("turns", MOST_TURNS), message)
    if table.get("turns", []) == []:
        binder.report("SCN512", entry, ("turns",), say("A scenario needs at least one turn."))
    missing = [one.id for number, one in enumerate(agencies) if number not in settings.initiative]
    if missing and settings.initiative:
        message = say("The initiative names every agency once; these are missing: {missing}.", missing=listed(missing))
        binder.report("SCN513", entry, ("initiative",), message)
    _check_without(binder, entry, settings)
    if settings.frame and not _is_frame(settings.frame):
        message = say(
            "The frame of the chart is four numbers in quotation marks: west, south, east and north edge in degrees."
        )
        binder.report("SCN522", entry, ("frame",), message)
    for name in ("risk", "rung", "peak"):
        track = binder.desk.tracks.get(name)
        if name not in binder.desk.failed and (track is None or track.keys != ("pair",) or track.words):
            message = say("A scenario needs a track '{name}' of numbers kept by pair.", name=name)
            binder.report("SCN514", binder.document.entries["track"].get(name, entry), (), message)
    for inject in binder.document.entries["inject"].values():
        due = inject.table.get("turn")
        if type(due) is int and due > len(settings.turns) > 0:
            message = say("This news is due in turn {due}; the last turn is {last}.", due=due, last=len(settings.turns))
            binder.document.report("SCN602", inject, ("turn",), message, severity="warning")
    for agency in agencies:
        if f"briefing-{agency.id}" not in binder.document.texts:
            message = say("There is no briefing text/briefing-{id}.md for {name}.", id=agency.id, name=agency.name)
            binder.document.report("SCN601", entry, (), message, severity="warning")


def _check_without(binder: Binder, entry: Entry, settings: schema.Settings) -> None:
    """Whether what a scenario leaves out of those below it are kinds of entries."""
    for number, kind in enumerate(settings.without):
        if kind not in KINDS:
            hint = binder.desk.near(kind, KINDS) or say("Known: {known}.", known=listed(KINDS))
            message = say("'{kind}' is no kind of entry.", kind=brief(kind))
            binder.report("SCN526", entry, ("without", number), message, hint)


def _is_frame(frame: Sequence[str]) -> bool:
    if len(frame) != 4 or not all(_DEGREES.fullmatch(edge) for edge in frame):
        return False
    west, south, east, north = (float(edge) for edge in frame)
    return -180 <= west < east <= 180 and -90 <= south < north <= 90
