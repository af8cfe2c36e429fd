"""What a seat opens in front of its desk: its briefing, what it knows and learned, why a value moved, the menu."""

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

from game.play.outlook import SpeakingRule
from game.window import panes
from game.window.front import Front, front, question
from game.window.kit.node import Act, Node, Spacer
from game.window.kit.pane import Pane
from game.window.kit.words import Label
from game.window.screens import desk_forecast, desk_order
from game.window.screens.why import why_pane
from game.words import say

if TYPE_CHECKING:
    from game.window.screens.desk import Desk


class InFront:
    """The one pane in front of a desk, or none. *build* makes it."""

    def __init__(self, desk: "Desk") -> None:
        self.desk = desk
        self.build: Callable[[], Front] | None = None
        self._built: Front | None = None
        self._new = False

    def pane(self) -> Pane | None:
        """The pane; made anew after :meth:`renew` alone, since a long page takes long. When it is opened, what can be seen of
        it comes first.
        """
        if self.build and self._built is None:
            self._built = self.build()
            self._built.gradual, self._new = self._new, False
        return self._built

    @property
    def behind(self) -> bool:
        """Whether more of it is to come."""
        return self._built is not None and not self._built.whole

    def go_on(self, seconds: float) -> None:
        """Let more of it come, for some seconds."""
        if self._built:
            self._built.go_on(self.desk.kit, perf_counter() + seconds)
            self.desk.app.stage.touch_area(self._built.reach(self.desk.kit))

    def renew(self, name: str = "") -> None:
        """What it shows may have changed, or what the one of this name shows."""
        if self._built and name in ("", self._built.name):
            self._built = None

    def show(self, build: Callable[[], Front]) -> None:
        """Open a pane in the place of another."""
        self.build, self._built, self._new = build, None, True
        self.desk.map.clear()
        if self.desk.app.screen is self.desk:
            self.desk.changed()

    def close(self) -> None:
        """Close it."""
        self.drop()
        self.desk.changed()

    def drop(self) -> None:
        """Nothing is in front any more; whoever says so builds the desk anew."""
        self.build = self._built = None

    # ---- what can be opened
    def brief(self) -> None:
        """The agency's briefing."""
        desk = self.desk
        if desk.guide:
            desk.guide.done("briefing")
        self.show(lambda: panes.brief_pane(desk.app, desk.game, desk.planning.view, self.close))

    def values(self) -> None:
        """Every value that it knows."""
        desk = self.desk
        self.show(lambda: panes.values_pane(desk.app, desk.game, desk.planning.view, self.why, self.close))

    def mechanism(self, name: str) -> None:
        """The values of one mechanism."""
        desk = self.desk
        self.show(lambda: panes.values_pane(desk.app, desk.game, desk.planning.view, self.why, self.close, only=name))

    def log(self) -> None:
        """What it learned."""
        desk = self.desk
        self.show(lambda: panes.log_pane(desk.app, desk.session, desk.agency, self.why_then, self.close))

    def law(self) -> None:
        """How each side's law reads acts and orders."""
        desk = self.desk
        number = desk.game.agency_number(desk.agency)
        self.show(lambda: panes.law_pane(desk.app, desk.game, number, self.close))

    def help(self) -> None:
        """What a newcomer needs."""
        self.show(lambda: panes.help_pane(self.desk.app, self.close))

    def layers(self) -> None:
        """What the map shows."""
        desk = self.desk
        self.show(lambda: panes.layers_pane(desk.app, desk.chart.layers, self.close, desk.changed))

    def why(self, name: str) -> None:
        """Why a value stands where it does."""
        desk = self.desk
        self.show(lambda: why_pane(desk.app, desk.session, name, desk.agency, self.close))

    def why_then(self, name: str, turn: int) -> None:
        """Why it moved in a turn."""
        desk = self.desk
        self.show(lambda: why_pane(desk.app, desk.session, name, desk.agency, self.close, turn=turn))

    def why_risk(self) -> None:
        """Why risk stands where it does, of the pair with the highest that concerns the seat."""
        side = self.desk.table.side(self.desk.agency)
        pairs = [
            one
            for one in self.desk.planning.view.readings
            if one.name.startswith("risk.") and side in one.name.split(".")[1:]
        ]
        if pairs:
            self.why(max(pairs, key=lambda one: one.value).name)

    def rule(self, rule: SpeakingRule) -> None:
        """A rule that looks at an order."""
        body: list[Node] = [
            Label(rule.meaning, "serif", 16),
            Spacer(8),
            Label(say("Source: {source}", source=rule.source), "sans", 14, "ink3"),
        ]
        self.show(lambda: front(self.desk.app, "rule", rule.name, body, self.close, wide=560))

    def forecast(self) -> None:
        """What may come, with all figures."""
        desk = self.desk
        if desk.foresight:
            found = desk.foresight
            self.show(lambda: desk_forecast.page(desk.app, desk.game, found, desk.main_pair().pair, self.close))

    def menu(self) -> None:
        """Hand over, help, close, and how the window looks."""
        desk = self.desk
        items = [
            ("over", say("Hand over without locking"), "users", desk.hand_over),
            ("help", say("Help"), "circle-help", self.help),
            ("leave", say("Close the window (everything is kept)"), "log-out", desk.app.close),
        ]
        self.show(lambda: panes.menu_pane(desk.app, items, self.close))

    def ask_lock(self, lock: Act) -> None:
        """Locking is asked about: once everybody has locked the turn may be played, and nothing can be taken back."""
        planning = self.desk.planning
        count = len(planning.drafts)
        if count:
            title = say("Lock your order?") if count == 1 else say("Lock your {count} orders?", count=count)
            text = "\n".join(desk_order.named(planning, order) for order in planning.drafts)
        else:
            title = say("Lock without orders?")
            text = say(
                "You have drafted no order. An agency may do nothing: that is a choice as well, and it stays secret."
            )
        if planning.composing:
            unfinished = say("The order that you are composing is not in your plan and is dropped.")
            text = f"{text}\n\n{unfinished}"
        self.show(lambda: question(self.desk.app, "sure", title, text, say("Lock"), lock, self.close))
