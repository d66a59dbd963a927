# Every target goes through scripts/bootstrap.py, which sets up what is missing first.
# Arguments are handed on: make demo ARGS="--once --json"

PYTHON ?= python3
ARGS ?=
BOOTSTRAP := $(PYTHON) scripts/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help setup demo test run check bench lock clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## only the set-up: environment, packages, pages
	@$(BOOTSTRAP) setup

demo:  ## the main job from beginning to end on a fresh store, then a server to look at it
	@$(BOOTSTRAP) demo $(ARGS)

test:  ## the tests
	@$(BOOTSTRAP) test $(ARGS)

run:  ## serve the catalogue that lies in media/
	@$(BOOTSTRAP) run $(ARGS)

check:  ## format, lint, types, layers, types of the pages
	@$(BOOTSTRAP) check

bench:  ## the figures of the README, as ratios measured in one run
	@$(BOOTSTRAP) bench $(ARGS)

lock:  ## write constraints.txt from what is installed
	@$(BOOTSTRAP) lock

clean:  ## remove what the set-up made; evidence in media/ is never touched
	rm -rf .venv .stamp app/web/node_modules app/web/static/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find app transcription migrations scripts bench tests -name __pycache__ -type d -prune \
		-exec rm -rf {} +
