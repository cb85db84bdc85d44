"""The service for a WSGI server: `waitress-serve wsgi:app`."""

from config import read_settings
from scheduler.app import create_app

app = create_app(read_settings())
