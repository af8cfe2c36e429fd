"""``python -m game`` is the command ``kuroshio``."""

from game.cli import main

if __name__ == "__main__":  # A process that plays ahead imports this page, too.
    main()
