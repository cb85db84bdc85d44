"""The jobs process: `python -m scheduler.jobs`."""

import os

from config import read_settings
from scheduler.app import create_app
from scheduler.jobs.beat import run

settings = read_settings()
run(create_app(settings))
# A tick that hangs in the network must not keep the process: its letter is due again.
os._exit(0)
