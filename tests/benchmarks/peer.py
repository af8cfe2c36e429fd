"""How fast the peer engine `diplomacy` is, on any Python that has it: movement phases a second with random orders.

Run by many.py; prints one number, or stops with 3 where the package is not installed. Retreats and adjustments between
the movement phases are played and not counted.
"""

import random
import sys
import time

SECONDS = 5.0


def main() -> None:
    """Play random games for some seconds of processor time."""
    try:
        from diplomacy import Game
    except ImportError:
        sys.exit(3)
    chance, phases, begun = random.Random(1), 0, time.process_time()
    while time.process_time() - begun < SECONDS:
        game = Game()
        while not game.is_game_done and time.process_time() - begun < SECONDS:
            open_orders = game.get_all_possible_orders()
            for power in game.powers:
                places = [place for place in game.get_orderable_locations(power) if open_orders[place]]
                game.set_orders(power, [chance.choice(open_orders[place]) for place in places])
            phases += game.phase_type == "M"
            game.process()
    sys.stdout.write(f"{phases / (time.process_time() - begun):.0f}\n")


if __name__ == "__main__":
    main()
