"""All of it, one after the other: `python -m bench`."""

import sys

from bench import booking, engine, pages

sys.exit(max(part.main() for part in (engine, booking, pages)))
