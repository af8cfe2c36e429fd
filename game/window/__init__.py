"""The table in a window: pygame. Read app.py (the loop), kit/ (the toolkit), chart/ (the map), screens/ (what people see)."""

import os

# Before pygame is read, which else greets on the terminal.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
