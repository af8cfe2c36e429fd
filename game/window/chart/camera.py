"""Where the chart is looked at, and how the look moves: dragged, zoomed, sent to a place, always held to the sheet.

The lens of the camera belongs to the part of the chart that no panel covers. What lies behind the panels may reach
beyond the sheet; what is seen does not.
"""

from collections.abc import Callable
from time import monotonic

from attrs import define, evolve, field

from game.window.chart.projection import CLOSEST, SHEET, Area, Lens
from game.window.chart.tiles import Level

MOTION = 180
"""Milliseconds that a change of view takes."""


def now() -> float:
    """Milliseconds on a clock that only goes forward."""
    return monotonic() * 1000


@define(eq=False)
class Camera:
    """The view of one chart. *level* finds the level of tiles for a scale, the next smaller one if asked."""

    level: Callable[[float, bool], Level]
    u: float = 1.0
    still: bool = False
    lens: Lens = field(factory=lambda: Lens((125.0, -28.0), 60.0, (800, 600)))
    least: float = 1.0
    _start: Area | None = None
    _end: Lens | None = None
    _since: float = 0.0

    @property
    def moving(self) -> bool:
        """Whether the view is on its way."""
        return self._end is not None

    @property
    def goal(self) -> Lens:
        """The view when it has come to rest."""
        return self._end or self.lens

    def resize(self, size: tuple[int, int], frame: Area) -> None:
        """Look through a window of another size. *frame* is what must always fit into it."""
        wide, high = SHEET[2] - SHEET[0], SHEET[3] - SHEET[1]
        least = max(size[0] / wide, size[1] / high)
        fitting = evolve(self.lens, size=size).fitted(frame).scale
        self.least = self.level(min(least, fitting), True).scale
        self.lens = self._good(evolve(self.goal, size=size))
        self._end = None

    def drag(self, dx: float, dy: float) -> None:
        """Move the chart by pixels, at once."""
        self.arrive()
        self.lens = self.lens.panned(dx, dy).clamped()

    def zoom(self, times: float, pixel: tuple[float, float], animate: bool = True) -> None:
        """Look closer or from farther, with what is at a pixel of the window left where it is."""
        goal = self.goal
        now = self.level(goal.scale, False)
        then = self.level(goal.scale * times, False)
        if then.sources == now.sources and times != 1:
            then = evolve(now, sources=max(1, now.sources + (1 if times < 1 else -1)))
        scale = min(max(then.scale, self.least), self.level(CLOSEST * self.u, False).scale)
        self.go(goal.zoomed(scale, pixel), animate)

    def show(self, area: Area, animate: bool = True, margin: float = 0.0) -> None:
        """Show the whole of an area, with so many pixels around it."""
        goal = self.goal
        inner = evolve(goal, size=(max(1, goal.size[0] - round(2 * margin)), max(1, goal.size[1] - round(2 * margin))))
        found = inner.fitted(area)
        self.go(evolve(found, size=goal.size), animate)

    def go(self, lens: Lens, animate: bool = True) -> None:
        """Move to a view."""
        goal = self._good(lens)
        if self.still or not animate:
            self.lens, self._end = goal, None
        elif goal != self.goal:
            self._start, self._end, self._since = self.lens.area, goal, now()

    def arrive(self) -> None:
        """End a movement at once."""
        if self._end is not None:
            self.lens, self._end = self._end, None

    def tick(self) -> None:
        """Move on to where the view is now."""
        if self._end is None or self._start is None:
            return
        share = (now() - self._since) / MOTION
        if share >= 1:
            self.arrive()
            return
        share = 1 - (1 - share) ** 3
        # Edges that move evenly leave the point under the pointer where it is, whatever the scales.
        left, top, right, bottom = (a + (b - a) * share for a, b in zip(self._start, self._end.area, strict=True))
        scale = self._end.size[0] / (right - left)
        self.lens = evolve(self._end, middle=((left + right) / 2, (top + bottom) / 2), scale=scale)

    def _good(self, lens: Lens) -> Lens:
        """The nearest view that shows nothing beyond the sheet, at a scale for which there are tiles."""
        scale = min(max(lens.scale, self.least), CLOSEST * self.u)
        level = self.level(scale, False)
        if level.scale > scale * (1 + 1e-9):
            level = self.level(scale, True)
        return evolve(lens, scale=level.scale).clamped()
