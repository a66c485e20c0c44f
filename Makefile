# `make` alone lists what there is. Every target first makes the checkout ready (`make setup`),
# which takes a moment once it has been done.
BIN := .venv/bin
PYTEST_ARGS ?=
# make lock LOCK_ARGS=--upgrade takes newer releases; without it only what changed is resolved.
LOCK_ARGS ?=
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" $(LOCK_ARGS) pyproject.toml

# Python keeps what it has compiled, also where it was told not to: the tests start many
# processes, and each would compile the whole application anew. `make clean` takes it away.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-tests run test test-js test-sqlite test-postgres lint format bench lock messages clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing, prepare the database; quick when done before
	@scripts/setup.sh

setup-tests:
	@scripts/setup.sh --tests

run: setup ## serve everything on http://127.0.0.1:8000 (HOST=… PORT=…) with demonstration data
	@exec $(BIN)/python -m scripts.run

test: test-js test-sqlite test-postgres ## the whole suite on SQLite, then on PostgreSQL and Redis

test-js: setup-tests ## the browser scripts, in Node
	npm test --silent

test-sqlite: setup-tests ## the suite on SQLite and the embedded queue (PYTEST_ARGS="tests/bangla -x")
	DATABASE_URL= REDIS_URL= $(BIN)/pytest $(PYTEST_ARGS)

# What asks no database and no queue of this run says the same on every ground: once is enough.
WITHOUT_SERVICES = tests/bangla tests/bangla_pdf tests/ideas/importers tests/meetings/importers \
	tests/workplans/importers tests/test_consistency.py tests/test_ground.py
# How pages look and what they weigh in a browser is the same whatever database is under them;
# that they are answered there is asked in tests/test_access.py.
WITHOUT_SERVICES += tests/browser/test_every_page.py tests/browser/test_weight.py
# Papers drawn from frozen content, signatures, and whether words stay words on a page.
WITHOUT_SERVICES += tests/reports/test_paper.py tests/reports/test_reading.py \
	tests/reports/test_comparison.py tests/reports/test_signing.py \
	tests/reports/test_hostile_words.py tests/ideas/test_hostile_words.py
WITHOUT_SERVICES += tests/meetings/test_papers.py tests/meetings/test_minutes_paper.py \
	tests/meetings/test_word.py tests/meetings/test_invitations.py \
	tests/ideas/test_certificates.py tests/teams/test_order_paper.py
# Readers of words, sums, catalogues, settings.
WITHOUT_SERVICES += tests/teams/test_memo.py tests/ideas/test_savings.py \
	tests/ideas/test_similar_words.py tests/workplans/test_periods.py \
	tests/test_translations.py tests/test_deploy_check.py tests/test_kept_database.py
# What scripts and browsers do; the addresses they call are asked in the rooms' own tests.
WITHOUT_SERVICES += tests/browser/test_grid.py tests/browser/test_phonetic.py \
	tests/browser/test_minutes_typing.py tests/browser/test_hostile_ideas.py \
	tests/browser/teams/test_passkeys.py

test-postgres: setup-tests ## what asks a database or a queue, on a private PostgreSQL and Redis
	$(BIN)/python -m scripts.services -- \
		$(BIN)/pytest $(addprefix --ignore=,$(WITHOUT_SERVICES)) $(PYTEST_ARGS)

ROOMS = bangla jobs teams workplans ideas meetings reports duties
# Settings as somebody would deploy them, with a key that exists for this one question.
AS_IN_PRODUCTION = DEBUG=false HTTPS=true SITE_URL=https://udbhabon.example \
	ALLOWED_HOSTS=udbhabon.example SECOND_FACTOR=required SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))")

lint: setup ## style, types, templates, room boundaries, safety, migrations, lock files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive $(ROOMS) config scripts
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(AS_IN_PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m scripts.check_locks

format: setup ## put the code into the shape that lint asks for
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-tests ## the figures the project keeps, one script after another
	@set -e; for script in scripts/bench*.py; do \
		test -e "$$script" || { echo "no scripts/bench*.py"; exit 1; }; \
		echo "== $$script"; PYTHONPATH=. $(BIN)/python "$$script"; \
	done

lock: setup ## resolve requirements/*.lock from pyproject.toml
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	$(BIN)/python -m venv "$$tools"; \
	"$$tools/bin/pip" install --quiet --disable-pip-version-check uv; \
	PATH="$$tools/bin:$$PATH"; \
	$(COMPILE) -o requirements/base.lock; \
	$(COMPILE) --group dev -o requirements/dev.lock
	$(BIN)/python -m scripts.check_locks

messages: setup ## collect interface sentences into locale/en for translation
	$(BIN)/python manage.py makemessages --locale en --no-location --no-wrap --no-obsolete \
		--ignore tests --ignore .venv --ignore node_modules --ignore var --ignore static

clean: ## remove everything that can be made again; var/ (records and files) and .env stay
	rm -rf .venv node_modules static/build var/stamps var/staticfiles var/cache \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
