# Works from any folder (make -C), as root and as an ordinary user. After the first time
# nothing here needs the network.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# Hundreds of processes import the same modules: compiled once, whatever the machine's habit is.
export PYTHONDONTWRITEBYTECODE :=
# Four workers on two cores: many tests wait for the servers and processes that they start.
PYTEST := $(BIN)/python -m pytest --color=no -n 4 --dist worksteal

.PHONY: help setup run test test-fast test-long lint types format bench mutants lock screenshot clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv from the hash-locked requirements (done by the others when needed)
	@.ci/setup

run: setup ## Start everything in one process: bot, sandbox, web, worker
	@$(BIN)/karman up

# One process compiles all tests while the style is checked: four would do the same at once. The
# types are read while the tests run, and are told only where they are wrong: the last line is
# pytest's own.
test: setup ## Lint, types, arrows and the whole suite on SQLite and PostgreSQL + Valkey
	@$(BIN)/python -m pytest --collect-only -qq >/dev/null 2>&1 & compiled=$$!; \
	code=0; $(MAKE) lint || code=$$?; wait $$compiled || true; exit $$code
	@marks="$$(.ci/browser)"; told="$$(mktemp)"; $(BIN)/mypy >"$$told" 2>&1 & types=$$!; \
	code=0; $(PYTEST) -m "($$marks) and not long" || code=$$?; \
	wait $$types || { code=$$?; cat "$$told"; }; rm -f "$$told"; exit $$code

test-fast: setup ## What takes seconds: neither the slow tests nor the browser's
	@$(PYTEST) -m "not slow and not browser and not long"

test-long: setup ## What takes an hour: hostile files, many photos, a database restarted
	@$(PYTEST) -m "hypothesis and not long" --hypothesis-profile=search
	@$(BIN)/python -m pytest --color=no -s -m long

lint: setup ## Check style, format and the arrows between the modules
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "make format puts this right"; exit 1; }
	@$(BIN)/lint-imports --no-logo

types: setup ## Check the types of everything, tests included
	@$(BIN)/mypy

format: setup ## Put style and format right where that can be done by itself
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

bench: setup ## Print each hot path beside its peers and its limit (only=NAME for one)
	@.ci/setup bench
	@$(BIN)/python -m tests.bench $(if $(only),only $(only))

mutants: setup ## Change the code of a package and see whether its tests notice (only=PACKAGE)
	@.ci/setup mutants
	@$(BIN)/python -m tests.mutation "$(only)" "$(sample)" "$(minutes)"

lock: setup ## Write the lock files anew from pyproject.toml (upgrade=1 for the newest)
	@.ci/lock $(if $(upgrade),--upgrade)

screenshot: setup ## Take the README's picture of the chat page anew
	@$(BIN)/python -m tests.support.chat.screenshot docs/chat.png

clean: ## Remove what was built and cached; the data in .karman/ stays
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
