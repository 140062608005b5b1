# Every command sets up what it needs in .venv; a bare machine needs Python ≥ 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
PYTEST_ARGS ?=
BENCH_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench docs golden pins clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.run ## a small organisation's week of mail: learn it, decide its last day
	$(BIN)/chaffinch demo

test: $(VENV)/.dev check ## checks, then every test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.dev ## format, lint, types, floors, generated pages
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python docs/generate.py --check

format: $(VENV)/.dev ## let the formatter decide the layout
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .

bench: $(VENV)/.dev ## every benchmark, one JSON object each (BENCH_ARGS="--corpus DIR")
	@for file in benchmarks/[a-z]*.py; do $(BIN)/python $$file --json $(BENCH_ARGS) || exit 1; done

docs: $(VENV)/.run ## generate the reference pages below docs/reference/
	$(BIN)/python docs/generate.py

golden: $(VENV)/.dev ## rewrite the golden files from what the code says now; read the diff
	CHAFFINCH_GOLDEN=write $(BIN)/python -m pytest -q tests -k golden

pins: $(VENV)/.dev ## renew requirements/*.txt from pyproject.toml and requirements/*.in
	sh requirements/compile

clean: ## remove what these commands made
	rm -rf $(VENV) build dist demo-state .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements/run.txt requirements/build.txt pyproject.toml
	$(PIP) --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
