# Two commands: `make demo` and `make test`. Both set up what they need and are quick when run again.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location --no-deps

.PHONY: demo test test-all lint format types contracts docs lock clean

demo: $(VENV)/run
	@exec $(BIN)/communique demo

test: $(VENV)/test system
	@bash tests/run.sh sample

test-all: $(VENV)/test system
	@bash tests/run.sh whole

lint: $(VENV)/test
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

format: $(VENV)/test
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

types: $(VENV)/test
	@$(BIN)/mypy

contracts: $(VENV)/test
	@PYTHONPATH=src $(BIN)/lint-imports

docs: $(VENV)/test
	@$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

# The lists in lock/ name every package with its version and digests, and no address.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Communiqué needs Python 3.11 or newer; $(PYTHON) is older. Give another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv is missing here; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run: $(VENV)/made lock/run.txt pyproject.toml
	@echo "installing what Communiqué needs …" >&2
	@$(PIP) --require-hashes -r lock/run.txt
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/test: $(VENV)/run lock/test.txt
	@echo "installing what the tests need …" >&2
	@$(PIP) --require-hashes -r lock/test.txt
	@touch $@

.PHONY: system
system:
	@bash tests/system.sh

lock:
	@bash lock/lock.sh

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist docs/_build tests/pages/node_modules
