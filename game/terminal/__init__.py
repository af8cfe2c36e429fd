"""Play by typing: hot-seat in a terminal, and the chronicle of a run."""
