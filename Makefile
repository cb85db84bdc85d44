# `make run` and `make test` do everything on a fresh machine that has Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
POT := translations/messages.pot
# The tests of a file stay together: they share its servers.
SPREAD := -n auto --maxprocesses=4 --dist loadfile

.PHONY: run test check bench soak lock messages browser help

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp ## set up and start the service with the demo firm; Ctrl-C stops it
	@CITA_ENV=$${CITA_ENV:-demo} exec $(BIN)/python -m scheduler.commands.start

test: $(VENV)/test.stamp browser ## all tests
	@$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest $(SPREAD) -m "not fault and not browser" tests
	@$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --fail-under=95
	$(BIN)/python -m coverage report --include='scheduler/engine/*' --fail-under=100
	$(BIN)/python -m pytest $(SPREAD) -m "fault or browser" tests

check: $(VENV)/test.stamp ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/test.stamp $(VENV)/bench.stamp ## speed and size, as ratios
	$(BIN)/python -m bench

soak: $(VENV)/test.stamp ## the long fault runs, ten thousand submissions
	CITA_SOAK=1 $(BIN)/python -m pytest -m "fault or soak" tests

lock: $(VENV)/test.stamp ## pin what requirements*.in name
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate requirements.in requirements-test.in -o requirements-test.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate -c requirements-test.txt requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate requirements-bench.in -o requirements-bench.txt

messages: $(VENV)/test.stamp ## bring the catalogs up to the code
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k _p:1c,2 -k _lp:1c,2 -k _n:1,2 --no-wrap --sort-output --omit-header \
	  -o $(POT) config.py forms scheduler templates
	$(BIN)/pybabel -q update -i $(POT) -d translations --no-wrap --omit-header --no-fuzzy-matching --ignore-obsolete
	@rm $(POT)

# Debian's Chromium for the journeys; elsewhere, and without root, the tests say that it is missing.
browser:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y \
	  chromium fonts-dejavu-core >/dev/null; } || echo "no chromium here: the journeys will be skipped"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/bench.stamp: requirements-bench.txt | $(BIN)/python
	$(BIN)/python -m venv $(VENV)/bench
	$(VENV)/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

$(VENV)/test.stamp: requirements-test.txt | $(BIN)/python
	$(PIP) -r requirements-test.txt
	@touch $@ $(VENV)/run.stamp
