"""Appends to the journal named on the command line until it is killed, and prints every seq that was acknowledged."""

import sys
from pathlib import Path

from game.play.journal import Journal

with Journal.open(Path(sys.argv[1])) as journal:
    while True:
        entry = journal.append("tick", {"text": "海" * (len(journal.entries) * 37 % 3000)})
        sys.stdout.write(f"{entry.seq}\n")
        sys.stdout.flush()
