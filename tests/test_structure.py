"""Promises about the tree itself."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from statistics import median

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from scheduler.words import SOURCE, languages

ROOT = Path(__file__).resolve().parent.parent
CODE = ("scheduler", "forms", "tests", "bench")
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 8

CLOCK = "scheduler/engine/clock.py"
READS_OF_THE_CLOCK = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time(?:_ns)?|perf_counter)\(")
AROUND = frozenset({"tests", "bench"})
"""What stands around the service: it may measure, wait and start processes of its own."""

SETTINGS = "config.py"
READS_OF_THE_ENVIRONMENT = re.compile(r"\bos\.(?:environ|getenv|putenv)\b|\bEnv\(")

ANOTHER_TEST = re.compile(r"^\s*(?:from|import) tests\.(?:\w+\.)*test_\w+", re.MULTILINE)

MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|tmp|home|root|Users)/")
ADDRESSES = re.compile(r"https?://|--index-url|--extra-index-url|--find-links")
PLACES = re.compile(r"{\w*}")
KEYWORDS = {"_": None, "_l": None, "_p": ((1, "c"), 2), "_lp": ((1, "c"), 2), "_n": (1, 2)}
NAMED = re.compile(r"`((?:scheduler|forms|tests|templates|translations|static|docs|bench|migrations)/[\w./-]+)`")
LINKED = re.compile(r"\]\(([^)#:]+)\)")
BINARY = frozenset({".png", ".eml", ".ics"})


def modules() -> list[Path]:
    found = chain([ROOT / "config.py", ROOT / "wsgi.py"], *(sorted((ROOT / name).rglob("*.py")) for name in CODE))
    return [path for path in found if "__pycache__" not in path.parts]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def ours() -> list[Path]:
    """Modules that run in the service."""
    return [path for path in modules() if name(path).split("/")[0] not in AROUND]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def texts() -> list[Path]:
    """Every text file of the tree that we wrote."""
    folders = (*CODE, "docs", "templates", "static", "translations", "migrations", ".ci")
    files = chain(ROOT.glob("*"), *((ROOT / folder).rglob("*") for folder in folders))
    return [
        path
        for path in files
        if path.is_file()
        and path.suffix not in BINARY | {".pyc", ".db"}
        and not {"__pycache__", "vendor"} & set(path.parts)
        and not path.name.startswith(".coverage")
    ]


def code_messages() -> set[tuple[str | None, str | tuple[str, ...]]]:
    found = chain(
        *(
            extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
            for folder in ("forms", "scheduler")
        ),
        extract_from_dir(ROOT / "templates", [("**.html", "jinja2"), ("**.txt", "jinja2")], keywords=KEYWORDS),
    )
    return {(row[4], row[2]) for row in found}


def catalog(language: str) -> Catalog:
    with (ROOT / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms_of(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (text or "",)


TRANSLATED = [language for language in languages() if language != SOURCE]


def test_no_module_grows_too_long() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in modules()}

    assert {module: length for module, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_grows_too_long() -> None:
    lengths = dict(chain.from_iterable(functions(path) for path in modules()))

    assert {function: length for function, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_half_of_the_functions_are_short() -> None:
    length = median(length for path in ours() for _function, length in functions(path))
    print(f"half of the functions have at most {length:g} lines")  # noqa: T201 - for whoever reads the run

    assert length <= MEDIAN_FUNCTION


def test_the_clock_is_read_in_one_place() -> None:
    readers = [name(path) for path in ours() if READS_OF_THE_CLOCK.search(path.read_text())]

    assert readers == [CLOCK]


def test_the_environment_is_read_in_one_place() -> None:
    readers = [name(path) for path in ours() if READS_OF_THE_ENVIRONMENT.search(path.read_text())]

    assert readers == [SETTINGS]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("now = datetime.now(UTC)", id="an instant"),
        pytest.param("today = date.today()", id="a day"),
        pytest.param("started = time.time()", id="seconds"),
    ],
)
def test_a_second_reader_of_the_clock_would_be_noticed(line: str) -> None:
    assert READS_OF_THE_CLOCK.search(line)


def test_no_test_imports_from_another() -> None:
    assert [name(path) for path in modules() if ANOTHER_TEST.search(path.read_text())] == []


@pytest.mark.parametrize("line", ["from tests.web.test_files import booked", "    import tests.test_sealing"])
def test_a_test_that_imports_from_another_would_be_noticed(line: str) -> None:
    assert ANOTHER_TEST.search(f"import re\n{line}\n")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    known = {
        (message.context, message.id) for message in catalog(language) if message.id and all(forms_of(message.string))
    }

    assert code_messages() - known == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_places_of_its_message(language: str) -> None:
    def places(text: str | tuple[str, ...] | list[str] | None) -> set[str]:
        return set(PLACES.findall(" ".join(forms_of(text))))

    differing = [
        message.id
        for message in catalog(language)
        if message.id and places(message.id) != places(message.string) and all(forms_of(message.string))
    ]

    assert differing == []


def test_the_readme_says_both_commands() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()

    assert [any(line.startswith(command) for line in lines) for command in ("make run", "make test")] == [True, True]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt", "requirements-bench.txt"])
def test_a_lock_file_pins_by_hash_and_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[\w.\[\]-]+==", text, flags=re.MULTILINE)
    hashed = re.findall(r"^[\w.\[\]-]+==[^\n]*\\\n\s+--hash=sha256:", text, flags=re.MULTILINE)

    assert (ADDRESSES.search(text), len(pins)) == (None, len(hashed))


def test_no_file_names_a_machine() -> None:
    assert [name(path) for path in texts() if MACHINE_PATHS.search(path.read_text())] == []


@pytest.mark.parametrize("page", sorted(map(name, (ROOT / "docs").rglob("*.md"))))
def test_a_page_of_the_docs_names_what_is_there(page: str) -> None:
    text = (ROOT / page).read_text()
    named = [ROOT / path for path in NAMED.findall(text) if "<" not in path and "/ht/" not in path]
    linked = [(ROOT / page).parent / path for path in LINKED.findall(text)]

    assert [str(path) for path in (*named, *linked) if not path.exists()] == []


@pytest.mark.parametrize("row", re.findall(r"^\| `(\w+\.py)`", (ROOT / "docs/map.md").read_text(), flags=re.MULTILINE))
def test_the_map_names_modules_that_are_there(row: str) -> None:
    assert list(ROOT.glob(f"**/{row}")) != []


def test_the_map_knows_every_module() -> None:
    text = (ROOT / "docs/map.md").read_text()
    patterns = [pattern.replace("*", r"\w*") for pattern in re.findall(r"`(\w*\*?\w*)\.py`", text)]
    layered = chain(
        (ROOT / "forms").glob("*.py"), *((ROOT / "scheduler" / part).glob("*.py") for part in ("casework", "engine"))
    )
    stems = {path.stem for path in layered} - {"__init__"}

    assert {stem for stem in stems if not any(re.fullmatch(pattern, stem) for pattern in patterns)} == set()
