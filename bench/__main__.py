"""All of it, one after the other: `python -m bench`."""

import sys

from bench import booking, crowd, engine, pages, team

sys.exit(max(part.main() for part in (engine, team, crowd, booking, pages)))
