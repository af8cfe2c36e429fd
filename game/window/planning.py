"""One agency's planning: the drafts, the order that is being composed, and every step taken back and forth.

Each draft is in the journal at once. Steps are remembered within one sitting and forgotten when the orders are locked
or the seat is handed on.
"""

from typing import Any

import attrs
from attrs import frozen

from game.core import Option, Order, Refusal, View
from game.play.session import Session
from game.play.wording import is_of, ways_named
from game.window.kit.entry import Typing
from game.words import say


@frozen
class Snapshot:
    """What can be gone back to: the drafts and what was being composed."""

    drafts: tuple[Order, ...]
    composing: Order | None


class Planning:
    """Drafts and composition of one agency in one turn."""

    def __init__(self, session: Session, agency: str) -> None:
        self.session = session
        self.agency = agency
        self.view: View = session.view(agency)
        self.composing: Order | None = None
        self.reason = Typing()
        self.expects = Typing()
        self.past: list[Snapshot] = []
        self.future: list[Snapshot] = []

    # ---- what stands
    @property
    def drafts(self) -> tuple[Order, ...]:
        """The orders drafted so far."""
        return self.session.drafts(self.agency)

    def actions(self) -> list[list[Option]]:
        """The options of each action, in the order of the scenario."""
        found: dict[str, list[Option]] = {}
        for option in self.view.options:
            found.setdefault(option.order.action, []).append(option)
        return list(found.values())

    def options(self, action: str) -> list[Option]:
        """The choices of an action."""
        return [option for option in self.view.options if option.order.action == action]

    def option(self, order: Order) -> Option:
        """The option that an order takes."""
        return next(option for option in self.view.options if is_of(order, option))

    def drafted(self, action: str) -> Order | None:
        """The draft for an action, if there is one."""
        return next((order for order in self.drafts if order.action == action), None)

    @property
    def number(self) -> int:
        """Which order is being composed, from 1."""
        if self.composing:
            actions = [order.action for order in self.drafts]
            if self.composing.action in actions:
                return actions.index(self.composing.action) + 1
        return len(self.drafts) + 1

    @property
    def full(self) -> bool:
        """Whether no further order can be given."""
        return len(self.drafts) >= self.view.attention

    # ---- composing
    def _step(self) -> None:
        """Remember where things stand before they change."""
        self.past.append(Snapshot(self.drafts, self.noted()))
        self.future.clear()

    def noted(self) -> Order | None:
        """What is being composed, with what has been typed."""
        if self.composing is None:
            return None
        return attrs.evolve(self.composing, reason=self.reason.text.strip(), expects=self.expects.text.strip())

    def _compose(self, order: Order | None) -> None:
        self.composing = order
        self.reason = Typing(order.reason if order else "", len(order.reason) if order else 0)
        self.expects = Typing(order.expects if order else "", len(order.expects) if order else 0)

    def pick(self, action: str) -> None:
        """Begin to compose an order of an action: as drafted before, or with its first choice that can be given."""
        if self.composing and self.composing.action == action:
            return
        self._step()
        options = self.options(action)
        free = next((option for option in options if option.refusal is None), options[0])
        self._compose(self.drafted(action) or self._whole(free.order))

    def _whole(self, order: Order) -> Order:
        """An order with all its details named, each the first that can be named."""
        option = self.option(order)
        ways = [next((way for way in ways if way.refusal is None), ways[0]).id for _, ways in option.details]
        return attrs.evolve(order, choice=".".join([option.order.choice, *ways]))

    def choose(self, choice: str) -> None:
        """Another choice of the action; details stay as far as it has them."""
        if self.composing is None or self.composing.choice.split(".")[0] == choice:
            return
        self._step()
        now = self.noted()
        assert now is not None
        option = next(one for one in self.options(now.action) if one.order.choice == choice)
        kept = {way.id for way in ways_named(self.option(now), now)}
        ways = [
            next((way for way in known if way.id in kept), next((way for way in known if not way.refusal), known[0])).id
            for _, known in option.details
        ]
        self._compose(attrs.evolve(now, choice=".".join([choice, *ways])))

    def way(self, detail: int, way: str) -> None:
        """Another way of one detail."""
        if self.composing is None:
            return
        now = self.noted()
        assert now is not None
        option = self.option(now)
        ways = [one.id for one in ways_named(option, now)]
        if ways[detail] != way:
            self._step()
            ways[detail] = way
            self._compose(attrs.evolve(now, choice=".".join([option.order.choice, *ways])))

    def refusal(self) -> Refusal | None:
        """Why what is being composed cannot be drafted now."""
        if self.composing is None:
            return None
        option = self.option(self.composing)
        if option.refusal:
            return option.refusal
        ways = ways_named(option, self.composing) if option.details else ()
        barred = next((way.refusal for way in ways if way.refusal), None)
        if barred:
            return barred
        if self.full and not self.drafted(self.composing.action):
            return Refusal(
                say("All {count} orders of this turn are given. Take one out first.", count=self.view.attention)
            )
        return None

    def add(self) -> Refusal | None:
        """Draft what is being composed, in the place of an earlier order of its action."""
        now = self.noted()
        if now is None:
            return None
        refusal = self.refusal()
        if refusal:
            return refusal
        self._step()
        drafts = list(self.drafts)
        place = next((n for n, one in enumerate(drafts) if one.action == now.action), len(drafts))
        drafts[place : place + 1] = [now]
        refusal = self.session.draft(self.agency, tuple(drafts))
        if refusal:
            self.past.pop()
            return refusal
        self._compose(None)
        return None

    def discard(self) -> None:
        """Stop composing."""
        if self.composing:
            self._step()
            self._compose(None)

    def drop(self, action: str) -> None:
        """Take an order out of the drafts."""
        if self.drafted(action):
            self._step()
            self.session.draft(self.agency, tuple(one for one in self.drafts if one.action != action))
            if self.composing and self.composing.action == action:
                self._compose(None)

    # ---- back and forth
    def undo(self) -> None:
        """Go back a step."""
        self._go(self.past, self.future)

    def redo(self) -> None:
        """Go forward again."""
        self._go(self.future, self.past)

    def _go(self, source: list[Snapshot], target: list[Snapshot]) -> None:
        if not source:
            return
        target.append(Snapshot(self.drafts, self.noted()))
        wanted = source.pop()
        if wanted.drafts != self.drafts:
            self.session.draft(self.agency, wanted.drafts)
        self._compose(wanted.composing)

    # ---- over the closing of the window
    def unfinished(self) -> dict[str, Any]:
        """What is being composed, for the next opening of the window; empty when nothing is."""
        now = self.noted()
        if now is None or now in self.drafts:
            return {}
        return {"agency": self.agency, "turn": self.view.turn, "order": attrs.asdict(now)}

    def take_up(self, kept: dict[str, Any]) -> None:
        """Go on composing what was kept, if it belongs to this agency and turn and can still be understood."""
        order = kept.get("order")
        if kept.get("agency") != self.agency or kept.get("turn") != self.view.turn or not isinstance(order, dict):
            return
        try:
            found = Order(**order)
            option = self.option(found)
        except (TypeError, StopIteration):
            return
        if all(isinstance(text, str) for text in attrs.astuple(found)) and option.order.agency == self.agency:
            self._compose(found)
