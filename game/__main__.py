"""``python -m game`` is the command ``kuroshio``."""

from game.cli import main

main()
