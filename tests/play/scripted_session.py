"""Plays sessions by chance, for tests; as a program, one session after another, each in a process that may be killed.

Each line of its input names a seed and a journal. It answers with lines of its own: the process that plays, what that
process acknowledges after each deed (how many entries, and the session's fingerprint), and ``dead`` when it is gone.
"""

import hashlib
import os
import random
import sys
from pathlib import Path

from game.core import Game, Order
from game.play.journal import Journal
from game.play.session import PERSON, Session, SessionProblem
from game.scenario.library import playable

DEEDS = (
    "draft",
    "draft",
    "draft",
    "clear",
    "on",
    "on",
    "on",
    "on",
    "take_back",
    "speak",
    "overrule",
    "rewind",
    "reseat",
)


def fingerprint(session: Session, *, views: bool = True) -> str:
    """Everything that a session is, and the bytes of everything that it shows."""
    agencies = [agency.id for agency in session.game.agencies]
    whole = (
        session.game.digest,
        session.state,
        sorted(session.seats.items()),
        session.groups,
        session.control,
        [(agency, session.drafts(agency), session.locked(agency)) for agency in agencies],
        session.waiting(),
        session.news,
        session.branch,
        [(moment.digest, moment.orders) for moment in session.history],
        session.ended,
        [session.view(agency) for agency in agencies] if views else [],
    )
    return hashlib.sha256(repr(whole).encode()).hexdigest()


def opened(game: Game, seed: int, journal: Journal | None = None) -> Session:
    """A session in which every second seat is a person's, the first two of them one person's, and one draws at random."""
    names = [agency.id for agency in game.agencies]
    seats = dict.fromkeys(names[::2], PERSON) | {names[1]: "random"}
    pins = {names[0]: "1234", "control": "99"}
    return Session.begin(game, seats, seed=seed, journal=journal, pins=pins, groups=[[names[0], names[2]]])


def chosen_orders(session: Session, agency: str, n: int) -> list[Order]:
    """Some orders that an agency can give now, as *n* says."""
    view = session.view(agency)
    can = [option.order for option in view.options if option.refusal is None]
    orders: list[Order] = []
    for _ in range(n % (view.attention + 1)):
        n = n * 48271 % 2147483647
        if can:
            picked = can[n % len(can)]
            orders.append(Order(agency, picked.action, picked.choice, f"reason {n % 5}", "they answer 好"))
            can = [order for order in can if order.action != picked.action]
    return orders


def people(session: Session) -> list[str]:
    """The seats of persons."""
    return [name for name, seat in session.seats.items() if seat.policy == PERSON]


def act(session: Session, deed: str, n: int) -> bool:
    """Do one thing, at most one entry of the journal; False when it cannot be done now."""
    game = session.game
    seats = sorted(people(session))
    names = [agency.id for agency in game.agencies]
    agency = seats[n % len(seats)] if seats else names[0]
    try:
        if deed == "draft":
            return session.draft(agency, chosen_orders(session, agency, n)) is None
        if deed == "clear":
            return session.draft(agency, []) is None
        if deed == "take_back":
            session.take_back(agency)
        elif deed == "speak":
            session.speak(f"Text {n} 海", names[: n % 3], "why not")
        elif deed == "overrule":
            kept = [t for t in game.tracks.values() if t.lasting and t.size and t.id not in ("over", "spoken")]
            track = kept[n % len(kept)]
            label = track.labels[n // 7 % track.size]
            name = f"{track.id}.{label}" if label else track.id
            session.overrule(name, track.low + n // 3 % (track.high - track.low + 1), "to try it")
        elif deed == "rewind":
            session.rewind(1 + n % max(len(session.history), 1), "again")
        elif deed == "reseat":
            session.reseat(names[n % len(names)], (PERSON, PERSON, "doctrine", "random")[n // 5 % 4])
        elif session.waiting() and not session.ended:
            session.lock(session.waiting()[0])
        else:
            session.play_turn()
    except SessionProblem:
        return False
    return True


def perform(game: Game, path: Path, seed: int) -> None:
    """Play until somebody kills this process."""
    dice = random.Random(seed)
    with Journal.create(path) as journal:
        session = opened(game, seed, journal)
        while True:
            os.write(1, f"{len(journal.entries)} {fingerprint(session, views=False)}\n".encode())
            deed = "rewind" if session.ended else dice.choice(DEEDS)
            while not act(session, deed, dice.randrange(10**6)):
                deed = dice.choice(DEEDS)


def main() -> None:
    """Serve the lines of the input."""
    game = playable(sys.argv[1])
    for line in sys.stdin:
        seed, _, path = line.rstrip("\n").partition(" ")
        child = os.fork()
        if not child:
            try:
                os.write(1, f"{os.getpid()}\n".encode())
                perform(game, Path(path), int(seed))
            finally:
                os._exit(1)
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
