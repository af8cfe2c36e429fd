"""A game in a real window on an X display, played by xdotool with keyboard and mouse, from the hand-over to the review.

Run under an X server: xvfb-run -s "-screen 0 1280x720x24" python tests/window/x_game.py [PICTURES]. Needs xdotool and
ImageMagick's import. Pictures are taken at every stage; they are deleted when all went well and no folder was named.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TURNS = 3
STEPS = 12
"""Steps of a resolution at most."""

ADD = (1144, 680)
"""Where the button that adds an order stands in a window of 1280 x 720."""


class Stuck(Exception):
    """The game did not go as it should; the message says where."""


def xdo(*words: str) -> None:
    """Something that a person does; then a moment for the window to follow."""
    subprocess.run(["xdotool", *words], check=True, capture_output=True)
    time.sleep(0.3)


def hold_space() -> None:
    """Hold the space bar for more than a second."""
    subprocess.run(["xdotool", "keydown", "space"], check=True)
    time.sleep(1.6)
    xdo("keyup", "space")
    time.sleep(1.0)


class Watched:
    """The window and the pictures of it."""

    def __init__(self, pictures: Path) -> None:
        self.pictures = pictures
        self.count = 0

    def picture(self, name: str) -> Path:
        """Take a picture of the screen."""
        self.count += 1
        file = self.pictures / f"{self.count:02d}-{name}.png"
        subprocess.run(["import", "-window", "root", str(file)], check=True, capture_output=True)
        return file

    def wait_for_change(self, before: Path, name: str, seconds: float = 15) -> Path:
        """Wait until the screen looks different. Raises *Stuck*."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            file = self.picture(name)
            if file.read_bytes() != before.read_bytes() and differs(before, file):
                return file
            file.unlink()
            self.count -= 1
            time.sleep(0.3)
        raise Stuck(f"nothing happened after {before.name}: {name}")


def differs(one: Path, other: Path) -> bool:
    """Whether more than a few pixels differ."""
    told = subprocess.run(
        ["compare", "-metric", "AE", str(one), str(other), "null:"], check=False, capture_output=True, text=True
    )
    return float(told.stderr.split()[0]) > 500


def turn(watched: Watched, number: int) -> None:
    """One turn of the person: take the seat, two orders, lock, play, and the resolution to its end."""
    before = watched.picture(f"turn{number}-handover")
    hold_space()
    desk = watched.wait_for_change(before, f"turn{number}-desk")
    xdo("key", "Escape")
    xdo("key", "1")
    composing = watched.wait_for_change(desk, f"turn{number}-composing")
    xdo("key", "Return")
    planned = watched.wait_for_change(composing, f"turn{number}-planned")
    xdo("key", "4")
    watched.wait_for_change(planned, f"turn{number}-second")
    xdo("mousemove", *map(str, ADD))
    xdo("click", "1")
    both = watched.picture(f"turn{number}-both")
    xdo("key", "k")
    asked = watched.wait_for_change(both, f"turn{number}-asked")
    xdo("key", "Return")
    locked = watched.wait_for_change(asked, f"turn{number}-locked")
    xdo("key", "Return")
    watched.wait_for_change(locked, f"turn{number}-resolution")
    for step in range(STEPS):
        xdo("key", "space")
        if step % 4 == 0:
            watched.picture(f"turn{number}-step{step}")


def played(folder: Path, watched: Watched) -> Path:
    """Play the whole game; the journal that was kept."""
    journal = folder / "x.kuroshio"
    words = ["play", "tutorial", "--seat", "jp_jcg=person", "--seed", "5", "--journal", str(journal)]
    kept = {**os.environ, "SDL_AUDIODRIVER": "dummy", "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    kept.pop("SDL_VIDEODRIVER", None)
    game = subprocess.Popen([sys.executable, "-m", "game", *words], env=kept)
    try:
        blank = watched.picture("blank")
        watched.wait_for_change(blank, "appearing", 30)
        time.sleep(2)
        xdo("mousemove", "640", "300")
        first = watched.picture("public-page")
        xdo("key", "Return")
        watched.wait_for_change(first, "handover")
        for number in range(1, TURNS + 1):
            turn(watched, number)
        review = watched.picture("review")
        xdo("key", "Right")
        watched.wait_for_change(review, "review-decisions")
        if game.poll() is not None:
            raise Stuck(f"the game ended by itself with {game.returncode}")
    finally:
        game.send_signal(signal.SIGTERM)
        try:
            code = game.wait(10)
        except subprocess.TimeoutExpired:
            game.kill()
            code = game.wait()
    if code not in (0, -signal.SIGTERM):
        raise Stuck(f"the window closed with {code}")
    return journal


def judged(journal: Path) -> None:
    """The journal holds the whole game, with the orders of the person. Raises *Stuck*."""
    told = subprocess.run(
        [sys.executable, "-m", "game", "replay", str(journal), "--json"], check=False, capture_output=True, text=True
    )
    if told.returncode:
        raise Stuck(f"the journal does not replay: {told.stdout}{told.stderr}")
    found = json.loads(told.stdout)
    if len(found["turns"]) != TURNS:
        raise Stuck(f"{len(found['turns'])} turns were played instead of {TURNS}")
    from game.play.journal import Journal

    played_by = [entry.body["orders"] for entry in Journal.read(journal) if entry.kind == "played"]
    mine = [[order for order in orders if order["agency"] == "jp_jcg"] for orders in played_by]
    if [len(orders) for orders in mine] != [2] * TURNS:
        raise Stuck(f"the orders of the person are not all there: {mine}")


def main() -> int:
    """The command."""
    named = sys.argv[1:]
    pictures = Path(named[0] if named else tempfile.mkdtemp(prefix="kuroshio-pictures-"))
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            judged(played(Path(folder), Watched(pictures)))
        except (Stuck, subprocess.CalledProcessError) as problem:
            sys.stdout.write(f"{problem}\nThe pictures are kept in {pictures}\n")
            return 1
    if not named:
        shutil.rmtree(pictures)
    sys.stdout.write(f"{TURNS} turns played in a real window, to the review\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
