"""Where the repository lies, for tests that read what is checked in or start the program anew."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
