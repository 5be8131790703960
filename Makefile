# Gongkai. `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Gongkai needs Python 3.11 or newer: set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

.PHONY: setup
setup: $(VENV)/.runtime ## Make the virtual environment and the translations
	@$(BIN)/python -m tools.messages compile

.PHONY: setup-development
setup-development: $(VENV)/.development setup

.PHONY: run
run: export BASE_URL ?= http://$(HOST):$(PORT)
run: export DEBUG ?= 0
run: setup ## Serve the portal with demo content on PORT (8000), no other software needed
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py clean_files --verbosity 0
	@$(BIN)/python manage.py demo
	@$(BIN)/python manage.py search check --repair
	@exec $(BIN)/python manage.py runserver --noreload $(HOST):$(PORT)

.PHONY: lint
lint: setup-development ## Ruff, types, templates, migrations, import contracts, messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	DJANGO_SETTINGS_MODULE=intranet.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=intranet.settings.test $(BIN)/python manage.py check
	$(BIN)/mypy intranet search home
	$(MAKE) messages-check

.PHONY: messages-check
messages-check: setup-development ## Fail on a missing or doubtful Chinese translation
	@$(BIN)/python -m tools.messages check

.PHONY: messages
messages: setup-development ## Bring the catalogues in line with the code
	@$(BIN)/python -m tools.messages update

# Each worker has a database of its own; more than four wait for each other's search engine and browser.
TEST_PROCESSES = $${TEST_WORKERS:-$$($(BIN)/python -c "import os; print(min(os.cpu_count() or 2, 4))")}

.PHONY: test
test: lint ## Set up everything and run every check and test, real Elasticsearch and browser included
	@$(BIN)/python -m tools.elasticsearch build
	@$(BIN)/python -m tools.browser
	DJANGO_SETTINGS_MODULE=intranet.settings.test $(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist loadgroup

.PHONY: test-postgresql
test-postgresql: setup-development ## What may come out otherwise on PostgreSQL
	@$(BIN)/python -m tools.elasticsearch build
	@$(BIN)/python -m tools.browser
	DJANGO_SETTINGS_MODULE=intranet.settings.test $(BIN)/python -m tools.postgresql -- $(BIN)/python -m pytest --database -n $(TEST_PROCESSES) --dist loadgroup

.PHONY: elasticsearch
elasticsearch: setup ## Start a real Elasticsearch node for development and print its address
	@$(BIN)/python -m tools.elasticsearch start

.PHONY: elasticsearch-cluster
elasticsearch-cluster: setup ## Run three real nodes until interrupted; one that is killed comes back
	@$(BIN)/python -m tools.elasticsearch cluster

.PHONY: bench
bench: setup-development ## Measure speed and scale as ratios against the engine itself
	@$(BIN)/python -m tools.elasticsearch build
	$(BIN)/python -m bench

.PHONY: screenshots
screenshots: setup-development ## Take the screenshots of the README and the guides again
	@$(BIN)/python -m tools.screenshots
