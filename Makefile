# Every command below starts from a fresh clone and is quick the second time:
# a stamp in the environment remembers which requirements it was made from.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.PHONY: run test check lint types contracts browser calibrate screenshots requirements clean

run: $(VENV)/run.stamp
	@$(BIN)/plc demo --if-empty
	@$(BIN)/plc serve

# In the order of their names the long files, those with a browser, come early and the small ones fill the end.
test: $(VENV)/develop.stamp browser
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: lint types contracts test

lint: $(VENV)/develop.stamp
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/deptry plc pages

types: $(VENV)/develop.stamp
	@$(BIN)/mypy

contracts: $(VENV)/develop.stamp
	@$(BIN)/lint-imports

browser:
	@tests/e2e/install_browser

calibrate: $(VENV)/develop.stamp
	@$(BIN)/python -m tests.calibration --grid

screenshots: $(VENV)/develop.stamp browser
	@$(BIN)/python -m tests.e2e.screenshots

requirements: $(VENV)/develop.stamp
	@$(PIP) uv
	@for set in run develop; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		requirements/$$set.in --output-file requirements/$$set.txt; done

clean:
	rm -rf $(VENV) data/run

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the app needs ..." >&2
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/develop.stamp: requirements/develop.txt $(VENV)/run.stamp
	@echo "Installing what the tests need ..." >&2
	@$(PIP) --require-hashes -r requirements/develop.txt
	@touch $@
