"""Frame times of the window without a GPU, how long it takes to appear, and what it costs at rest. Printed, never judged.

Run: python tests/benchmarks/window.py [--quick]
"""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import attrs
import pygame

from game.window import gallery
from game.window.app import FRAME, SELDOM, App
from game.window.chart.counters import Piece
from game.window.screens.desk import Desk

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
COUNTERS = 60
FRAMES = 200
ASKS = 40
"""Frames between two orders of which the forecast is asked."""
OPENS = 12
"""Frames between two orders that are opened, and how often each is: first with words that were never drawn."""
TWICE = 2
PATIENCE = 60
"""Seconds that a forecast may take to be compiled."""


def crowded(app: App, folder: Path) -> Desk:
    """A desk with sixty counters on its chart."""
    gallery.SCREENS["desk-composing"](app, folder)
    desk = app.screen
    assert isinstance(desk, Desk)
    gallery.settle(app)
    plain = desk.chart.pieces[0]
    zones = [zone.id for zone in desk.game.zones]
    sides = ("jp", "cn", "us", "tw")
    more: list[Piece] = [
        attrs.evolve(plain, id=f"u{n}", label=f"U{n}", zone=zones[n % len(zones)], side=sides[n % 4])
        for n in range(COUNTERS)
    ]
    known = tuple(more)
    desk.chart.pieces = known
    # The desk sets its own pieces when it is built anew; here it keeps these.
    desk._refresh_chart = lambda: desk.chart.restyle(desk.kit)  # type: ignore[method-assign]
    return desk


@attrs.frozen
class Frame:
    """Milliseconds of one frame: on the clock, and of the processor, which others on the machine lengthen less."""

    clock: float
    used: float


def frames(app: App, act: Callable[[int], pygame.event.Event], count: int = FRAMES) -> list[Frame]:
    """Each frame while something is done in every one."""
    found = []
    for number in range(count):
        event = act(number)
        began, used = time.perf_counter(), time.thread_time()
        pygame.event.post(event)
        app.turn(wait=False)
        found.append(Frame((time.perf_counter() - began) * 1000, (time.thread_time() - used) * 1000))
    return found


def panning(app: App) -> list[Frame]:
    """Drag the map to and fro."""
    middle = app.size[0] // 2, app.size[1] // 2
    app.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=middle, button=1))

    def drag(number: int) -> pygame.event.Event:
        step = 6 if number // 25 % 2 else -6
        place = (middle[0] + step * (number % 25), middle[1] + step * (number % 25) // 2)
        return pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(step, step // 2), buttons=(1, 0, 0))

    found = frames(app, drag)
    app.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=middle, button=1))
    return found


def zooming(app: App) -> list[Frame]:
    """Turn the wheel over the map."""
    middle = app.size[0] // 2, app.size[1] // 2

    def turn(number: int) -> pygame.event.Event:
        up = 1 if number // 20 % 2 else -1
        return pygame.event.Event(
            pygame.MOUSEWHEEL, x=0, y=up, precise_x=0.0, precise_y=float(up), pos=middle, flipped=False
        )

    return frames(app, turn)


def hovering(app: App) -> list[Frame]:
    """Move the pointer across the map and the panels."""

    def move(number: int) -> pygame.event.Event:
        place = (number * 37 % app.size[0], 80 + number * 53 % (app.size[1] - 90))
        return pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(3, 3), buttons=(0, 0, 0))

    return frames(app, move)


def composing(app: App) -> list[Frame]:
    """Type a reason, letter by letter."""
    app.stage.take("reason")

    def letter(number: int) -> pygame.event.Event:
        return pygame.event.Event(pygame.TEXTINPUT, text="give them a way out "[number % 20])

    return frames(app, letter)


def foreseeing(app: App) -> list[Frame]:
    """Move the pointer while another process plays ahead, and now and then go to another order, for another forecast."""
    desk = app.screen
    assert isinstance(desk, Desk)
    found = desk.table.foresight()
    assert found
    end = time.monotonic() + PATIENCE
    while found.waiting and time.monotonic() < end:
        app.turn()

    def pick(number: int) -> pygame.event.Event:
        key = pygame.K_1 + number // ASKS % 3
        if number % ASKS == 0:
            return pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=chr(key))
        place = (app.size[0] // 2 + number % 40, app.size[1] // 2 + number % 30)
        return pygame.event.Event(pygame.MOUSEMOTION, pos=place, rel=(3, 3), buttons=(0, 0, 0))

    return frames(app, pick)


def opening(app: App) -> list[Frame]:
    """Open each order of the desk, one after the other, while another process plays ahead: frames of sixteen milliseconds,
    the forecast coming as it does.
    """
    desk = app.screen
    assert isinstance(desk, Desk)
    actions = min(9, len(desk.planning.actions()))

    def pick(number: int) -> pygame.event.Event:
        time.sleep(FRAME / 1000)
        key = pygame.K_1 + number // OPENS % actions
        if number % OPENS == 0:
            return pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=chr(key))
        return pygame.event.Event(pygame.KEYUP, key=key, mod=0)

    return frames(app, pick, OPENS * TWICE * actions)


def reading(app: App) -> list[Frame]:
    """Open and close whatever can be read in front of the desk, while another process plays ahead."""

    def press(number: int) -> pygame.event.Event:
        time.sleep(FRAME / 1000)
        key = pygame.K_ESCAPE if number % (2 * OPENS) == OPENS else ord("blvwgmf"[number // (2 * OPENS) % 7])
        kind = pygame.KEYDOWN if number % OPENS == 0 else pygame.KEYUP
        return pygame.event.Event(kind, key=key, mod=0, unicode="" if key == pygame.K_ESCAPE else chr(key))

    return frames(app, press, 2 * OPENS * 7)


def told(name: str, found: list[Frame]) -> None:
    """A line of the table."""
    line = f"  {name:<12}"
    for times in ([one.clock for one in found], [one.used for one in found]):
        high = statistics.quantiles(times, n=100)[98]
        line += f"{statistics.median(times):8.1f}{high:8.1f}{max(times):8.1f}    "
    sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.flush()


def appearing() -> float:
    """Seconds from the command to the first picture."""
    code = (
        "import sys, time\n"
        "from game.window import app as a\n"
        "shown = a.App.paint\n"
        "def paint(self, *area, **until):\n"
        "    shown(self, *area, **until)\n"
        "    self.running and print('shown', time.time() - float(sys.argv[1]))\n"
        "    self.close()\n"
        "a.App.paint = paint\n"
        "from game.window import play as p\n"
        "p.play(None, (), journal=None, seed=None, seats=None)\n"
    )
    told = subprocess.run([sys.executable, "-c", code, str(time.time())], check=True, capture_output=True, text=True)
    return float(next(line for line in told.stdout.split("\n") if line.startswith("shown")).split()[1])


def resting(app: App, seconds: float) -> float:
    """Share of a processor that the window takes while nobody touches it, in percent."""
    began, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        app.turn()
    return 100 * (time.process_time() - used) / (time.perf_counter() - began)


ACTS = {
    "panning": panning,
    "zooming": zooming,
    "hovering": hovering,
    "composing": composing,
    "foreseeing": foreseeing,
    "opening": opening,
    "reading": reading,
}
FORESEEN = (foreseeing, opening, reading)
"""Those that are done while forecasts are made."""


def main() -> None:
    """Print all of it."""
    quick = "--quick" in sys.argv
    # As the loop of the window does.
    gc.set_threshold(*SELDOM)
    sys.stdout.write(
        f"frame times with {COUNTERS} counters, milliseconds on the clock and of the processor, without a GPU\n"
    )
    for size in SIZES:
        columns = f"{'median':>6}{'99 %':>8}{'worst':>8}"
        sys.stdout.write(f"{f'{size[0]}x{size[1]}':<16}{columns}      {columns}\n")
        for name, act in ACTS.items():
            with tempfile.TemporaryDirectory() as folder:
                app = gallery.opened(size)
                app.settings.still, app.settings.forecasts = False, act in FORESEEN
                app.kit = app._kit()
                desk = crowded(app, Path(folder))
                gallery.settle(app)
                told(name, act(app))
                if name == "composing" and size == (1920, 1080):
                    share = resting(app, 1 if quick else 5)
                desk.table.close()
                app.screen.leave()
    sys.stdout.write(f"at rest, 1920x1080: {share:.1f} % of one processor\n")
    best = min(appearing() for _ in range(1 if quick else 3))
    sys.stdout.write(f"from the command to the first picture: {best:.2f} s\n")


if __name__ == "__main__":
    main()
