"""`make run`: keys, tables, the demo firm, then the web and the jobs processes until somebody stops them."""

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from types import FrameType

from config import Settings, make_keys_once, read_settings
from scheduler.engine.file_kinds import PIECE

HOST = "127.0.0.1"
THREADS = 16
CONNECTIONS = 1000
LARGEST_BODY = 72 * 1024 * 1024
"""Bytes: a little more than the largest file, so that the service itself says what is too large."""
IN_MEMORY = PIECE + 64 * 1024
"""Bytes: a piece of a file and what stands before it never touch the disk before they are sealed."""

PATIENCE = 10.0
LOOK_EVERY = 0.2
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Child = subprocess.Popen[bytes]


class Stopped(Exception):
    """Somebody asked us to stop; both processes are ended and the exit code is 0."""


def main() -> int:
    """Set up what is missing, start both processes, and end them together."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--host", default=HOST, help="where the web process listens (%(default)s)")
    return run(options.parse_args().host)


def run(host: str) -> int:
    """The same for a host; the exit code: 0 where we were asked to stop."""
    for number in ENDS:
        signal.signal(number, _stop)
    children: dict[str, Child] = {}
    try:
        make_keys_once()
        settings = read_settings()
        _set_up()
        children = {"web": _web(settings, host), "jobs": _python("-m", "scheduler.jobs")}
        _wait_until_served(settings, children)
        _say(settings)
        return _watch(children)
    except Stopped:
        return 0
    finally:
        _end(list(children.values()))


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _set_up() -> None:
    """Tables and, outside live, the demo firm, in a process that ends before the others begin."""
    done = subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", "set-up"], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def _web(settings: Settings, host: str) -> Child:
    listen = f"--listen={host}:{settings.port}"
    limits = [f"--threads={THREADS}", f"--connection-limit={CONNECTIONS}", f"--max-request-body-size={LARGEST_BODY}"]
    limits += [f"--inbuf-overflow={IN_MEMORY}", "--ident=", "--no-expose-tracebacks"]
    return _python("-m", "waitress", listen, *limits, "wsgi:app")


def _python(*words: str) -> Child:
    """A process of our own group of signals, so that Ctrl-C reaches it through us alone."""
    return subprocess.Popen([sys.executable, *words], start_new_session=True)  # noqa: S603


def _wait_until_served(settings: Settings, children: dict[str, Child]) -> None:
    """Return when the first page answers, or when a process has ended, which `_watch` then tells."""
    while all(child.poll() is None for child in children.values()) and not _answers(settings.port):
        time.sleep(LOOK_EVERY)


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def _say(settings: Settings) -> None:
    print(f"\nClients: {settings.base_url}/\nStaff:   {settings.base_url}/staff/login")
    kept = settings.data / "demo.json"
    if kept.exists():
        print("\nDemo logins (also in demo.json in the data folder, with the secrets of the one-time codes):")
        for login in json.loads(kept.read_text())["logins"]:
            print(f"  {login['role']:<13}{login['email']:<32}{login['password']}")
    print("\nCtrl-C stops the service.", flush=True)


def _watch(children: dict[str, Child]) -> int:
    """Wait until one of them ends by itself, which is a failure: one without the other helps nobody."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                print(f"the {name} process ended with code {child.returncode}; stopping", file=sys.stderr)
                return 1
        time.sleep(LOOK_EVERY)


def _end(children: Sequence[Child]) -> None:
    """Ask both to end, and end them if they do not; asking us again changes nothing any more."""
    for number in ENDS:
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    sys.exit(main())
