"""What tests of the window share: no display, no sound, and the folder of the helpers (hands.py)."""

import os
import sys
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

sys.path.append(str(Path(__file__).parent))
