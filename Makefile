# Every command of the project. Each installs what it needs the first time, and nothing after that.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(BIN)/node $(VENV)/js/node_modules
NEWEST ?= python3.13
DOCUMENT ?=
TESTS ?=
PARTS ?=
CONTRACT := build/contract
UV := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-config \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links
NPM := --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund --save-dev --save-exact

export PYTHON VENV MANIM MANIM_SLIDES ZIAMATH
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help setup deck present test coverage newest check contract bench clean lock
.DELETE_ON_ERROR:

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.dev ## install everything: what building, Qt, the tests and development need

deck: $(VENV)/.build ## build the lecture into build/feature-maps.html (DOCUMENT=talk.md for another)
	$(BIN)/deck build $(DOCUMENT)

present: $(VENV)/.present ## show the lecture in the Qt window (DOCUMENT=talk.md for another)
	$(BIN)/deck present $(DOCUMENT)

test: $(VENV)/.dev ## run every test, with a real browser and a real Qt window
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

coverage: $(VENV)/.dev ## run every test, and print which lines ran in its own processes: those that record are others
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term $(TESTS)

newest: ## run every test on the newest Python that manim takes, in an environment of its own (NEWEST=python3.14)
	$(MAKE) test PYTHON=$(NEWEST) VENV=.venv-newest

check: $(VENV)/.dev ## format, lint, types and import rules, in seconds
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(NODE)/@biomejs/biome/bin/biome check --config-path=.ci/js/biome.jsonc --error-on-warnings deck
	$(NODE)/typescript/bin/tsc --project .ci/js
	$(BIN)/mypy
	@$(BIN)/deptry . --no-ansi
	$(BIN)/python -m pytest -q tests/test_imports.py tests/test_project.py
	@find deck slides -name '*.py' -exec wc -l {} + | awk '$$2 != "total" && $$1 > 400 \
		{ print "Hint: " $$2 " has " $$1 " lines. Where does an idea end?" }'

contract: $(VENV)/.dev ## try the newest manim, manim-slides and ziamath, or MANIM=0.22.0, MANIM_SLIDES=..., ZIAMATH=...
	VENV=$(CONTRACT) .ci/setup contract
	@$(CONTRACT)/bin/python -W ignore -m tests.contract

bench: $(VENV)/.bench ## compare with manim-slides alone, and text with Marp, in the same run (PARTS=--text for some)
	$(BIN)/python -W ignore -m tests.bench $(PARTS)

clean: ## remove what was built; the virtual environment stays
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache
	find deck slides tests -name __pycache__ -type d -prune -exec rm -rf {} +

lock: $(VENV)/.dev ## pin the newest versions that pyproject.toml allows
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile $(UV) -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(UV) -o requirements-dev.lock --constraint requirements.lock --extra qt --group dev pyproject.toml
	$(BIN)/npm install --prefix .ci/js $(NPM) @biomejs/biome@latest typescript@latest
	$(BIN)/npm install --prefix .ci/bench $(NPM) @marp-team/marp-cli@latest

$(VENV)/.build: pyproject.toml requirements.lock .ci/setup
	.ci/setup build
	@touch $@

$(VENV)/.present: $(VENV)/.build requirements-dev.lock
	.ci/setup present
	@touch $@

$(VENV)/.dev: $(VENV)/.build requirements-dev.lock .ci/js/package-lock.json
	.ci/setup dev
	@touch $@

$(VENV)/.bench: $(VENV)/.dev .ci/bench/package-lock.json
	.ci/setup bench
	@touch $@
