"""Binding: the only place where names become functions and ids become numbers. A document in, a game out."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from game.core.model import Action, Agency, Choice, Ending, Game, Inject, Lot, Objective, Requirement, Rule, Side, Turn, Unit, Zone
from game.core.traced import write
from game.core.tracing import RuleError
from game.words import say
from game.rules import SHELF, Block
from game.rules.mechanisms import STATUS
from game.scenario import schema
from game.scenario.desk import Desk
from game.scenario.document import Document, Entry
from game.scenario.layout import Layout
from game.scenario.map import disclaimer, distances, read_map
from game.scenario.positions import Path
from game.scenario.problems import nearest

POLICIES = ("random", "doctrine")
STEPS = ("movement", "encounters", "mechanisms", "home", "beliefs", "ladder", "risk")


class Binder:
    """One document on its way to a game."""

    def __init__(self, document: Document, shelf: Sequence[Block]) -> None:
        self.document = document
        self.shelf = {block.use: block for block in shelf}
        self.desk = Desk(document)
        self.layout: Layout
        self.rules: dict[str, list[Rule]] = {step: [] for step in STEPS}

    def report(self, code: str, entry: Entry | None, path: Path, message: str, hint: str = "") -> None:
        """Report a mistake."""
        self.document.report(code, entry, path, message, hint)

    def each(self, kind: str) -> list[tuple[Entry, Any]]:
        """The entries of a kind, filled; those with mistakes are left out."""
        cls = dict(schema.ENTRIES)[kind]
        filled = [(entry, self.desk.fill(cls, entry, entry.table)) for entry in self.document.entries[kind].values()]
        return [(entry, item) for entry, item in filled if item is not None]

    # ---- the nouns
    def parties(self) -> tuple[tuple[Side, ...], tuple[Agency, ...]]:
        """Sides and agencies."""
        desk = self.desk
        sides = self.each("side")
        desk.ids["side"], desk.names["side"] = [s.id for _, s in sides], [s.name for _, s in sides]
        desk.counterparts = [s.counterpart for _, s in sides]
        for entry, side in sides:
            if side.counterpart and side.counterpart not in desk.ids["side"]:
                self.report("SCN501", entry, ("counterpart",), say("No side is called '{name}'.", name=side.counterpart))
        agencies = self.each("agency")
        desk.ids["agency"], desk.names["agency"] = [a.id for _, a in agencies], [a.name for _, a in agencies]
        desk.agency_sides = [a.side for _, a in agencies]
        return (
            tuple(Side(s.id, s.name) for _, s in sides),
            tuple(Agency(a.id, a.name, a.side, a.attention, a.short or a.name) for _, a in agencies),
        )

    def places(self, settings: schema.Settings, entry: Entry) -> tuple[tuple[Zone, ...], tuple[tuple[int, ...], ...]]:
        """The zones in play, and how far they lie apart."""
        try:
            chart = read_map(settings.date)
        except ValueError as error:
            self.report("SCN502", entry, ("date",), str(error))
            return (), ()
        known = {zone.id: zone for zone in chart.zones}
        found = []
        for number, name in enumerate(settings.zones):
            if name in known and known[name] not in found:
                found.append(known[name])
            else:
                close = nearest(name, known)
                self.report("SCN503", entry, ("zones", number), say("The map has no further zone '{name}'.", name=name),
                            say("Did you mean '{close}'?", close=close) if close else "")  # fmt: skip
        ids = [zone.id for zone in found]
        self.desk.ids["zone"], self.desk.names["zone"] = ids, [zone.name for zone in found]
        zones = tuple(
            Zone(z.id, z.name, (z.names.ja, z.names.zh, z.names.zh_hant), tuple(ids.index(n) for n in z.adjacency if n in ids), z.label_point)
            for z in found
        )
        return zones, distances(found)

    def pieces(self) -> tuple[Unit, ...]:
        """Units."""
        units = self.each("unit")
        self.desk.ids["unit"], self.desk.names["unit"] = [u.id for _, u in units], [u.name for _, u in units]
        self.desk.unit_sides = [u.side for _, u in units]
        self.desk.commanders = [u.commander for _, u in units]
        self.starts = [u.at for _, u in units]
        return tuple(Unit(u.id, u.name, u.side, u.commander, u.speed, u.kind) for _, u in units)

    def arrangements(self) -> list[tuple[Entry, Block]]:
        """Mechanisms: their ids now, their parameters once tracks exist."""
        found = []
        for entry in self.document.entries["mechanism"].values():
            block = self.block(entry, entry.table, (), ("mechanisms", "encounters"))
            if block:
                found.append((entry, block))
                self.desk.ids["mechanism"].append(entry.id)
                self.desk.names["mechanism"].append(str(entry.table.get("name", entry.id)))
        return found

    def block(self, entry: Entry, table: Mapping[str, Any], path: Path, places: Sequence[str]) -> Block | None:
        """The block that an author's *use* names."""
        use = table.get("use")
        known = [b.use for b in self.shelf.values() if b.place in places]
        if not isinstance(use, str) or use not in known:
            close = nearest(str(use), known)
            hint = say("Did you mean '{close}'?", close=close) if close else say("Known here: {known}.", known=", ".join(known))
            message = say("'use' is missing: it names a block of the shelf.") if use is None else say("The shelf has no block '{use}' for this place.", use=use)
            self.report("SCN504", entry, (*path, "use") if use is not None else path, message, hint)
            return None
        return self.shelf[use]

    # ---- tracks
    def tracks(self, chart: Sequence[Zone], orders: Sequence[tuple[Entry, schema.ActionEntry]]) -> None:
        """Lay out the engine's own tracks and the scenario's."""
        desk = self.desk
        layout = self.layout = Layout(desk)
        pairs = [(entry.id, agency) for entry, item in orders for agency in item.agencies]
        labels = [f"{desk.ids['agency'][agency]}.{action}" for action, agency in pairs]
        masks = [1 << agency for _, agency in pairs]
        layout.own("order", say("Order"), labels, labels, masks, lasting=False)
        layout.own("done", say("Carried out"), labels, labels, masks, lasting=False)
        injects = list(self.document.entries["inject"])
        layout.own("spoken", say("News told"), injects, injects, [0] * len(injects), lasting=True)
        layout.own("over", say("Ended"), [""], [say("Ended")], [layout.everyone], lasting=True)
        units, zone_ids = desk.ids["unit"], [zone.id for zone in chart]
        layout.own("at", say("Place"), units, [say("Place: {unit}", unit=name) for name in desk.names["unit"]],
                   [layout.commander_mask(unit) for unit in range(len(units))], lasting=True, words=zone_ids, start=self.starts,
                   high=max(len(zone_ids) - 1, 0))  # fmt: skip
        layout.own("bound", say("Bound for"), units, [say("Bound for: {unit}", unit=name) for name in desk.names["unit"]],
                   [layout.commander_mask(unit) for unit in range(len(units))], lasting=True, words=zone_ids, start=self.starts,
                   high=max(len(zone_ids) - 1, 0))  # fmt: skip
        for name in ("at", "bound"):
            desk.tracks[name] = attrs.evolve(desk.tracks[name], keys=("unit",))
        for entry, item in self.each("track"):
            layout.declared(item, entry)
        self._statuses()

    def _statuses(self) -> None:
        status = self.desk.tracks.get("status")
        if status is None:
            return
        start = []
        for name in self.desk.ids["mechanism"]:
            entry = self.document.entries["mechanism"][name]
            word = entry.table.get("status", "operating")
            if word not in STATUS:
                self.report("SCN505", entry, ("status",), say("A mechanism's status is one of {words}.", words=", ".join(STATUS)))
                word = "none"
            start.append(STATUS.index(word))
        self.desk.tracks["status"] = attrs.evolve(status, start=tuple(start))

    # ---- what speaks
    def speakers(self, mechanisms: Sequence[tuple[Entry, Block]]) -> None:
        """Mechanisms and rules, each in its step."""
        for entry, block in mechanisms:
            head = self.desk.fill(schema.MechanismEntry, entry, entry.table, beside=block.parameters)
            number = self.desk.ids["mechanism"].index(entry.id)
            self._speak(entry, block, head, {"mechanism": number}, schema.MechanismEntry)
        for entry in self.document.entries["rule"].values():
            found = self.block(entry, entry.table, (), STEPS)
            if found:
                head = self.desk.fill(schema.RuleEntry, entry, entry.table, beside=found.parameters)
                self._speak(entry, found, head, {}, schema.RuleEntry)

    def _speak(self, entry: Entry, block: Block, head: Any, given: Mapping[str, Any], cls: type) -> None:
        heads = set(attrs.fields_dict(cls))
        own = {key: value for key, value in entry.table.items() if key not in heads}
        parameters = self.desk.fill(block.parameters, entry, own, given=given)
        if head is not None and parameters is not None:
            name = head.name or entry.id
            self.rules[block.place].append(Rule(f"{entry.kind}.{entry.id}", name, block.body, parameters, 0, head.source))

    def effects(self, raw: Any, entry: Entry, rule: str, who: int, source: str) -> tuple[Rule, ...]:
        """The effects of an action or inject, in order."""
        if not isinstance(raw, list | tuple):
            self.report("SCN506", entry, ("effect",), say("Effects are written as [[{kind}.effect]].", kind=entry.kind))
            return ()
        rules = []
        for number, table in enumerate(raw):
            path: Path = ("effect", number)
            if not isinstance(table, dict):
                self.report("SCN506", entry, path, say("Effects are written as [[{kind}.effect]].", kind=entry.kind))
                continue
            block = self.block(entry, table, path, ("effect",))
            if block:
                own = {key: value for key, value in table.items() if key != "use"}
                parameters = self.desk.fill(block.parameters, entry, own, path)
                if parameters is not None:
                    rules.append(Rule(f"{rule}.{number}", str(table.get("label", entry.id)), block.body, parameters, who, source))
        return tuple(rules)

    def actions(self) -> tuple[Action, ...]:
        """Actions, one for each agency that may order it."""
        found: list[Action] = []
        order = self.desk.tracks["order"]
        for entry in self.document.entries["action"].values():
            for raw in entry.table.get("agencies", []):
                if raw not in self.desk.ids["agency"]:
                    continue
                self.desk.own = agency = self.desk.ids["agency"].index(raw)
                cell = order.first + order.labels.index(f"{raw}.{entry.id}")
                self.desk.choice = choice_numbers(entry, cell)
                item = self.desk.fill(schema.ActionEntry, entry, entry.table)
                if item is not None:
                    if not item.choice:
                        self.report("SCN507", entry, (), say("The action '{name}' needs at least one [[action.choice]].", name=entry.id))
                    found.append(self._action(entry, item, agency, cell))
            self.desk.own, self.desk.choice = None, {}
        return tuple(found)

    def _action(self, entry: Entry, item: schema.ActionEntry, agency: int, cell: int) -> Action:
        side = self.desk.agency_sides[agency]
        ids = [choice.id for choice in item.choice]
        if len(set(ids)) < len(ids):
            self.report("SCN508", entry, ("choice",), say("Two choices of '{name}' have one id.", name=entry.id))
        seen = 1 << agency if item.seen == "own" else self._both(side) if item.seen == "both" else self.layout.seen(
            item.seen, ("side",), (side,), entry)  # fmt: skip
        choices = tuple(
            Choice(c.id, c.name, c.says or f"{self.desk.names['agency'][agency]}: {item.name} ({c.name}).",
                   tuple(Requirement(r.when, r.message) for r in c.requires), c.values)
            for c in item.choice
        )  # fmt: skip
        effects = self.effects(item.effect, entry, f"action.{entry.id}", agency, item.source)
        return Action(entry.id, item.name, agency, cell, choices, tuple(Requirement(r.when, r.message) for r in item.requires),
                      effects, seen or 0, item.about, item.source)  # fmt: skip

    def _both(self, side: int) -> int:
        other = self.desk.counterparts[side]
        known = other in self.desk.ids["side"]
        return self.layout.side_mask(side) | (self.layout.side_mask(self.desk.ids["side"].index(other)) if known else 0)

    def injects(self) -> tuple[Inject, ...]:
        """News of the clock."""
        spoken = self.desk.tracks["spoken"]
        found = []
        for entry, item in self.each("inject"):
            cell = spoken.first + spoken.labels.index(entry.id)
            seen = self.layout.seen(item.to, (), (), entry, "to")
            effects = self.effects(item.effect, entry, f"inject.{entry.id}", 0, item.source)
            when = item.when if item.until >= 1000 else until(item.when, item.until)
            found.append(Inject(entry.id, item.turn, when, item.text, item.clock, effects, seen or 0, cell, item.source))
        return tuple(found)

    def lots(self, actions: Sequence[Action]) -> dict[str, tuple[Lot, ...]]:
        """What computer players draw from, by policy and agency."""
        doctrine = {item.agency: (entry, item) for entry, item in self.each("doctrine")}
        policies: dict[str, list[Lot]] = {policy: [] for policy in POLICIES}
        for agency in range(len(self.desk.ids["agency"])):
            own = [(action, k) for action in actions if action.agency == agency for k in range(len(action.choices))]
            flat = tuple(lambda table: 10 for _ in own)
            rows, numbers = tuple(a for a, _ in own), tuple(k for _, k in own)
            policies["random"].append(Lot(rows, numbers, flat, lambda table: 20))
            if agency not in doctrine:
                policies["doctrine"].append(Lot((), (), (), lambda table: 1))
                continue
            entry, item = doctrine[agency]
            named = {f"{action.id}:{action.choices[k].id}": (action, k) for action, k in own}
            for name in item.weights:
                if name not in named:
                    close = nearest(name, named)
                    message = say("'{name}' is nothing that {agency} can order.", name=name, agency=self.desk.names["agency"][agency])
                    self.report("SCN509", entry, ("weights", name), message, say("Did you mean '{close}'?", close=close) if close else "")
            used = [(named[name], look) for name, look in item.weights.items() if name in named]
            policies["doctrine"].append(
                Lot(tuple(a for (a, _), _ in used), tuple(k for (_, k), _ in used), tuple(look for _, look in used), item.hold)
            )
        return {policy: tuple(lots) for policy, lots in policies.items()}


def until(when: Any, last: int) -> Any:
    """A condition that holds no longer after a turn."""
    return lambda table: when(table) & (table.turn + 1 <= last)


def choice_numbers(entry: Entry, cell: int) -> dict[str, Any]:
    """What *choice.NAME* stands for in the amounts of an action: a number of the choice that was ordered."""
    choices = [c for c in entry.table.get("choice", []) if isinstance(c, dict)]
    values = [c.get("values", {}) if isinstance(c.get("values", {}), dict) else {} for c in choices]
    names = sorted({name for table in values for name in table})
    return {name: _chosen(tuple(v if type(v := table.get(name, 0)) is int else 0 for table in values), cell) for name in names}


def _chosen(numbers: tuple[int, ...], cell: int) -> Any:
    return lambda table: table.look((0, *numbers), table.cell(cell))


def bind(document: Document, shelf: Sequence[Block] = SHELF) -> Game | None:
    """The game of a document, or *None* when it has errors; every mistake is in *document.problems*."""
    binder = Binder(document, shelf)
    if document.settings is None:
        return None
    sides, agencies = binder.parties()
    settings = binder.desk.fill(schema.Settings, document.settings, document.settings.table)
    if settings is None or not sides or not agencies:
        if not agencies:
            binder.report("SCN510", document.settings, (), say("A scenario needs sides and agencies; this one has none."))
        return None
    game = _bind(binder, document, settings, sides, agencies)
    return None if any(p.severity == "error" for p in document.problems) else game


def _bind(binder: Binder, document: Document, settings: schema.Settings, sides: tuple[Side, ...],
          agencies: tuple[Agency, ...]) -> Game | None:  # fmt: skip
    assert document.settings is not None  # noqa: S101  (bind has looked)
    zones, between = binder.places(settings, document.settings)
    units = binder.pieces()
    mechanisms = binder.arrangements()
    orders = _agencies_of_actions(binder)
    binder.tracks(zones, orders)
    binder.speakers(mechanisms)
    actions = binder.actions()
    injects = binder.injects()
    endings = tuple(Ending(item.id, item.name, item.when, item.text) for _, item in binder.each("ending"))
    objectives = tuple(Objective(item.agency, item.id, item.name, item.when) for _, item in binder.each("objective"))
    policies = binder.lots(actions)
    _check_whole(binder, document.settings, settings, agencies)
    if any(p.severity == "error" for p in document.problems):
        return None
    plain = document.plain()
    begins = [sum(turn.minutes for turn in settings.turns[:number]) for number in range(len(settings.turns))]
    game = Game(
        id=document.id, title=settings.title, variants=document.variants, date=settings.date,
        turns=tuple(Turn(turn.clock, begin, turn.minutes) for turn, begin in zip(settings.turns, begins, strict=True)),
        opening=settings.opening, sides=sides, agencies=agencies, zones=zones, distances=between, units=units,
        tracks=dict(binder.desk.tracks), actions=actions, initiative=settings.initiative, injects=injects,
        rules={step: tuple(rules) for step, rules in binder.rules.items()}, endings=endings, objectives=objectives,
        policies=policies, mechanisms=tuple(binder.desk.ids["mechanism"]), mechanism_names=tuple(binder.desk.names["mechanism"]),
        texts=dict(document.texts), disclaimer=disclaimer(), about=plain,
        digest=hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
    )  # fmt: skip
    return _traced(binder, game)


def _agencies_of_actions(binder: Binder) -> list[tuple[Entry, Any]]:
    """Which agencies may order which action: needed before there are order cells."""

    @attrs.frozen
    class Who:
        agencies: tuple[int, ...]

    found: list[tuple[Entry, Any]] = []
    ids = binder.desk.ids["agency"]
    for entry in binder.document.entries["action"].values():
        raw = entry.table.get("agencies", [])
        names = [name for name in raw if isinstance(name, str)] if isinstance(raw, list) else []
        for number, name in enumerate(names):
            if name not in ids:
                close = nearest(name, ids)
                binder.report("SCN311", entry, ("agencies", number), say("No {kind} is called '{name}'.", kind="agency", name=name),
                              say("Did you mean '{close}'?", close=close) if close else "")  # fmt: skip
        if not names:
            binder.report("SCN511", entry, (), say("The action '{name}' names no agencies that may order it.", name=entry.id))
        found.append((entry, Who(tuple(ids.index(name) for name in dict.fromkeys(names) if name in ids))))
    return found


def _check_whole(binder: Binder, entry: Entry, settings: schema.Settings, agencies: Sequence[Agency]) -> None:
    """What only the whole scenario shows: turns, initiative, the tracks that the engine reads, briefings."""
    if not settings.turns:
        binder.report("SCN512", entry, (), say("A scenario needs at least one turn."))
    if sorted(settings.initiative) != list(range(len(agencies))):
        binder.report("SCN513", entry, ("initiative",), say("The initiative names every agency once."))
    for name in ("risk", "rung", "peak"):
        track = binder.desk.tracks.get(name)
        if track is None or track.keys != ("pair",):
            binder.report("SCN514", entry, (), say("A scenario needs a track '{name}' kept by pair.", name=name))
    for agency in agencies:
        if f"briefing-{agency.id}" not in binder.document.texts:
            binder.document.report("SCN601", entry, (), say("There is no briefing text/briefing-{id}.md for {name}.", id=agency.id, name=agency.name),
                                   severity="warning")  # fmt: skip


def _traced(binder: Binder, game: Game) -> Game | None:
    """Check every body by tracing it, and learn who can work out which part."""
    try:
        for policy in POLICIES:
            _, table = write(game, record=True, policies=(policy,) * len(game.agencies))
        for agency in range(len(game.agencies)):
            _check_sight(game, agency)
    except RuleError as error:
        binder.report("SCN520", binder.document.settings, (), str(error))
        return None
    return attrs.evolve(game, part_seen=table.part_seen)


def _check_sight(game: Game, agency: int) -> None:
    """What may be ordered depends only on what the agency sees: trace each requirement for its eyes."""
    from game.core.tracing import Tracing
    from game.core.turn import may_order

    table = Tracing(game, record=False)
    table.as_seen_by(agency)
    for action in game.actions:
        if action.agency == agency:
            for choice in action.choices:
                may_order(table, action, choice)
