.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
READY := .venv/.ready
PACKAGES := bench bot campaign reports scheduler service storage talk tests
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
UV_VERSION := 0.13.9
PIP_AUDIT_VERSION := 2.10.1
CYCLONEDX_VERSION := 7.5.0
# Where `make install` puts the bot for production.
PREFIX ?= /opt/anzhu/venv
COMPILE := build/lock/bin/uv --no-config pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet

.PHONY: help setup demo test rehearse bench torture rolling walk fuzz check browser office lock install audit sbom clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: $(READY) ## Make .venv with the locked dependencies; instant when nothing changed
	@:

# A virtual environment knows the folder it was made in: one that was moved here, or left half-made, is made anew.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif
$(READY): requirements.lock pyproject.toml
	@[ "$$(cat $@ 2>/dev/null)" = "$(CURDIR)" ] || rm -rf .venv
	@python=$$(sh tools/find_python.sh) && "$$python" -m venv .venv
	@echo "Installing the locked dependencies into .venv (about a minute) ..."
	@$(PIP) install --no-compile --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
# Once here, on all cores: where PYTHONDONTWRITEBYTECODE is set, as in many containers, each start would do it anew.
# Some packages carry files for other versions of Python, which do not compile: that is no fault.
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -qq -j 0 .venv/lib $(PACKAGES) || true
	@echo "$(CURDIR)" > $@

demo: setup ## A small district in the browser: its people, a rehearsal clock, no token, no network
	@$(BIN)/anzhu demo

test: setup check browser office ## Lint, layers, types, then every test on SQLite and on PostgreSQL
	$(BIN)/pytest -n auto --dist worksteal

rehearse: setup ## The whole campaign with the 300 enterprises over the Bot API: what is owed, answered, met, late, reminded, found and closed, hot-work permits, annex tables and listings, all counted anew
	@$(BIN)/python -m tests.rehearsal

torture: setup ## 1,000 SIGKILLs and all else that fails while people talk to three processes, on both databases and with both libraries; prints what was lost; some two hours, less with TORTURE="--kills 200"
	@$(BIN)/python -m tests.torture $(TORTURE)

rolling: setup ## Upgrade processes one after the other while people talk: two versions on one PostgreSQL; BEFORE=COMMIT takes the old one from git
	@$(BIN)/python -m tests.telegram.rolling $(if $(BEFORE),--before $(BEFORE))

walk: setup ## Two processes on one PostgreSQL, the one that polls killed in the middle of a talk; prints what the metrics show meanwhile
	@$(BIN)/python -m tests.telegram.walk

fuzz: setup build/fuzz/.ready ## Random and mutated input at every door, FUZZ_SECONDS at each or FUZZ_INPUTS: hypothesis, then guided by coverage (atheris, on Linux with CPython 3.11); some fifteen minutes
	@PYTHONPATH=build/fuzz $(BIN)/python -m tests.fuzz $(FUZZ_HOW) $(if $(FUZZ_SEED),--seed $(FUZZ_SEED)) --guided

FUZZ_SECONDS := 20
FUZZ_HOW = $(if $(FUZZ_INPUTS),--inputs $(FUZZ_INPUTS),--seconds $(FUZZ_SECONDS))

# The guided fuzzer is no part of the lock: it has a wheel for one interpreter on one system. Without it hypothesis
# fuzzes alone, and says so.
build/fuzz/.ready: tools/fuzz-requirements.txt
	@mkdir -p build/fuzz
	@$(PIP) install --no-deps --require-hashes --only-binary :all: --upgrade --target build/fuzz --requirement $< \
		|| echo "The guided fuzzer cannot be installed here."
	@touch $@

bench: setup ## What a step, a broadcast and a month's planning cost, beside plain frameworks; some fifteen minutes
	@$(BIN)/python -m bench

check: setup ## Lint, format, types, layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

browser: setup ## Make sure that Chromium and a Chinese font are there for the browser tests
	@sh tools/ensure_browser.sh

office: ## Make sure that LibreOffice is there for the tests that print .docx files
	@sh tools/ensure_office.sh

lock: ## Resolve pyproject.toml into the lock files; UPGRADE=--upgrade takes the newest versions
	@python=$$(sh tools/find_python.sh) && "$$python" -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(COMPILE) pyproject.toml --all-extras --group dev --output-file requirements.lock $(UPGRADE)
	@$(COMPILE) pyproject.toml --all-extras --constraint requirements.lock --output-file requirements-run.lock
	@$(COMPILE) tools/requirements-build.in --constraint requirements.lock --output-file requirements-build.lock

install: ## Install the bot into PREFIX (/opt/anzhu/venv) as it runs in production: locked, and without development tools
	@python=$$(sh tools/find_python.sh) && "$$python" -m venv build/wheel && "$$python" -m venv $(PREFIX)
	@build/wheel/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-build.lock
	@rm -rf build/dist && build/wheel/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir build/dist .
	@$(PREFIX)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-run.lock
	@$(PREFIX)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall build/dist/anzhu-*.whl

audit: ## Whether a locked dependency has a known vulnerability; a database that cannot be reached is said
	@python=$$(sh tools/find_python.sh) && "$$python" -m venv build/audit
	@build/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==$(PIP_AUDIT_VERSION) \
		|| { echo "audit: pip-audit could not be installed, nothing was audited"; exit 0; }; \
		build/audit/bin/python tools/audit.py build/audit/bin/pip-audit requirements-run.lock requirements-build.lock

sbom: ## The parts of the production environment as CycloneDX, in build/sbom.json
	@python=$$(sh tools/find_python.sh) && "$$python" -m venv build/sbom
	@build/sbom/bin/python -m pip install --quiet --disable-pip-version-check cyclonedx-bom==$(CYCLONEDX_VERSION)
	@build/sbom/bin/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible \
		--of JSON --output-file build/sbom.json requirements-run.lock
	@echo build/sbom.json

clean: ## Remove what the other targets made; the data folder stays
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
