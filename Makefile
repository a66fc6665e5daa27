# Two commands on a fresh machine: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
ROOMS := bot web handlers storage vault media reports qr domain

.PHONY: help run test check bench lock screenshots

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: .venv/run  ## a demo county on this machine, in the browser
	@MSX_DATA_DIR=$${MSX_DATA_DIR:-var/demo} $(BIN)/python -m bot demo

test: .venv/dev  ## every test, with a real browser and a real PostgreSQL
	@sh tests/browser.sh
	$(BIN)/python -m pytest $(ARGS)

check: .venv/dev  ## format, lint, types, floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev  ## speed: S1, S2, S6; queue, search and ledger with 10,000 tips; the board with 1,000,000; as JSON
	@$(BIN)/python -m bench

screenshots: .venv/dev  ## docs/screenshots/, taken from a demo in a real browser
	@sh tests/browser.sh
	$(BIN)/python -m tests.screenshots docs/screenshots

lock:  ## renew the two requirement locks from pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements.lock --extra dev pyproject.toml -o requirements-dev.lock

# Installing speaks on stderr: `make bench` prints JSON and nothing else.
.venv/run: requirements.lock
	@$(PYTHON) -m venv .venv >&2
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock >&2
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock >&2
	@touch $@
