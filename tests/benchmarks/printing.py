"""How benchmarks print."""

import sys


def say(line: str) -> None:
    """Print at once, so that a slow machine shows where it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
