"""`make run` without make: one program that sets up, starts both processes, and ends them together."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.builders.servers import PATIENCE, ROOT, free_port
from tests.builders.settings import MASTER_TEXT, SECRET_KEY

READY = "Ctrl-C stops the service."
FEW_SECONDS = 10
"""Of work, for both processes, from a second start until both have ended; what others do meanwhile does not count."""

QUIET = {name: value for name, value in os.environ.items() if not name.startswith("CITA_")}


def environment(folder: Path, **more: str) -> dict[str, str]:
    given = {"CITA_ENV": "demo", "CITA_DATA": str(folder), "CITA_PORT": str(free_port()), "PYTHONUNBUFFERED": "1"}
    return {**QUIET, **given, **more}


class Running:
    """The program, what it said, and how long it took to be ready."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env, self.said, began = env, "", time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scheduler.commands.start"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines = self.process.stdout or iter(())
        for line in self.lines:
            self.said += line
            if READY in line:
                break
        self.seconds = time.monotonic() - began

    def get(self, path: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", int(self.env["CITA_PORT"]), timeout=PATIENCE)
        with closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def ended_by(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def children(self) -> dict[str, int]:
        """The ids of the processes it has started, by name."""
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                words = (stat.parent / "cmdline").read_bytes().decode()
                if parent == self.process.pid:
                    found["jobs" if "scheduler.jobs" in words else "web"] = int(stat.parent.name)
        return found


@contextmanager
def running(env: dict[str, str]) -> Iterator[Running]:
    program = Running(env)
    try:
        yield program
    finally:
        if program.process.poll() is None:
            program.ended_by(signal.SIGTERM)
        program.process.communicate()


def alive(ids: dict[str, int]) -> list[str]:
    return [name for name, number in ids.items() if (Path("/proc") / str(number)).exists()]


def soon(condition: Any) -> bool:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_a_first_start_sets_up_and_a_second_one_is_quick(tmp_path: Path) -> None:
    env = environment(tmp_path / "var")
    with running(env) as first:
        noted = json.loads((tmp_path / "var" / "demo.json").read_text())
        started = first.children()

        assert first.get("/")[0] == 200
        assert soon(lambda: json.loads(first.get("/healthz")[1])["jobs"] == "awake")
        assert [login["email"] in first.said for login in noted["logins"]] == [True] * 5
        assert not any(login["totp"] in first.said for login in noted["logins"])
        assert f"http://127.0.0.1:{env['CITA_PORT']}/" in first.said
        assert {name: mode(tmp_path / "var" / name) for name in ("keys.env", "demo.json")} == {
            "keys.env": 0o600,
            "demo.json": 0o600,
        }
        assert noted["addresses"]["staff"] in first.said
        assert first.ended_by(signal.SIGINT) == 0
        assert (sorted(started), alive(started)) == (["jobs", "web"], [])
    keys = (tmp_path / "var" / "keys.env").read_text()

    before = work_of_children()
    with running(env) as second:
        status, _page = second.get("/")
    work = work_of_children() - before

    print(f"first start {first.seconds:.1f} s, second {second.seconds:.1f} s, {work:.1f} s of work")  # noqa: T201
    assert (status, work < FEW_SECONDS) == (200, True)
    assert (tmp_path / "var" / "keys.env").read_text() == keys


def work_of_children() -> float:
    """Seconds that our ended children, and theirs, have kept a processor busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


@pytest.mark.parametrize("name", ["web", "jobs"])
def test_where_one_process_dies_the_other_is_stopped(tmp_path: Path, name: str) -> None:
    with running(environment(tmp_path / "var")) as program:
        started = program.children()

        os.kill(started[name], signal.SIGKILL)

        assert program.process.wait(PATIENCE) == 1
        assert f"the {name} process ended" in "".join(program.lines)
        assert alive(started) == []


def started_live(tmp_path: Path, **more: str) -> subprocess.CompletedProcess[str]:
    env = environment(tmp_path / "var", CITA_ENV="live", **more)
    command = [sys.executable, "-m", "scheduler.commands.start"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param({}, "CITA_KEYS is missing", id="no keys"),
        pytest.param({"CITA_KEYS": MASTER_TEXT}, "CITA_SECRET_KEY is missing", id="no session key"),
        pytest.param({"CITA_KEYS": MASTER_TEXT, "CITA_SECRET_KEY": "x" * 50}, "weak", id="a weak session key"),
        pytest.param(
            {"CITA_KEYS": f"k1:{'A' * 43}=", "CITA_SECRET_KEY": SECRET_KEY}, "not random", id="a key that is all zeros"
        ),
    ],
)
def test_live_starts_with_strong_keys_only_and_makes_none(tmp_path: Path, given: dict[str, str], message: str) -> None:
    done = started_live(tmp_path, **given)

    assert (done.returncode, message in done.stderr) == (1, True), done.stderr
    assert not (tmp_path / "var" / "keys.env").exists()


def test_live_never_loads_the_demo(tmp_path: Path) -> None:
    env = environment(tmp_path / "var", CITA_ENV="live", CITA_KEYS=MASTER_TEXT, CITA_SECRET_KEY=SECRET_KEY)

    with running(env) as program:
        status, _page = program.get("/")

    with closing(sqlite3.connect(tmp_path / "var" / "cita.db")) as database:
        people = "SELECT (SELECT count(*) FROM firm) + (SELECT count(*) FROM person) + (SELECT count(*) FROM staff)"
        assert (status, database.execute(people).fetchone()) == (200, (0,))
    assert "Demo logins" not in program.said
