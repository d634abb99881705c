# Everything a newcomer needs: `make serve` runs the site, `make test` passes the tests. `make help` lists all.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE ?= site
ENGINE ?= mkdocs
PORT ?= 8000

# The build reads no clock: its stamp is the last commit's (or SOURCE_DATE_EPOCH where that is set).
export SOURCE_DATE_EPOCH ?= $(shell git log -1 --format=%ct 2>/dev/null || echo 0)

# Material's advertisement of its successor is no warning about this site.
export NO_MKDOCS_2_WARNING := 1

# The other generator has an environment of its own, made when it is asked for, and a folder with what it builds from.
ZENSICAL := .venv-zensical
ZENSICAL_READY := $(ZENSICAL)/.ready
STAGED ?= .staged

# What an installation with either lock file leaves behind; make compares its age with the lock file's.
SITE_READY := $(VENV)/.site-ready
TEST_READY := $(VENV)/.test-ready
BROWSER_READY := $(VENV)/.browser-ready

.PHONY: help serve site check diff test report texts bench lock schema publish clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

serve: $(SITE_READY) ## serve the live site on http://127.0.0.1:8000 and rebuild when data, docs or macros change
	$(BIN)/python -m macros.running serve $(PORT)

site: $(SITE_READY) $(if $(filter zensical,$(ENGINE)),$(ZENSICAL_READY)) ## build site/ strictly: any warning fails; COMPRESS=1 adds files packed beforehand
ifeq ($(ENGINE),mkdocs)
	@$(BIN)/python -m macros.running build $(if $(COMPRESS),--compress) $(SITE)
else ifeq ($(ENGINE),zensical)
	@$(BIN)/python -m macros stage $(STAGED)
	@$(ZENSICAL)/bin/zensical build --clean --strict --config-file $(STAGED)/mkdocs.yml
	@$(BIN)/python -m macros complete $(STAGED)/site
	@rm -rf $(SITE) && mv $(STAGED)/site $(SITE)
else
	@echo "no generator is called $(ENGINE); there are mkdocs and zensical" >&2; exit 1
endif
	@echo "built $(SITE)/"

check: $(SITE_READY) ## check data/principles.yml and the pages in docs/ and say what is wrong; no build
	@$(BIN)/python -m macros check

diff: export BASE := $(or $(BASE),main)
diff: $(SITE_READY) ## say in words what a change to the data does: make diff BASE=main
	@$(BIN)/python -m macros diff -- "$$BASE"

test: $(TEST_READY) $(BROWSER_READY) ## run every test: format, lint, types, layers, data, site, browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m macros check
	$(BIN)/pytest

texts: $(SITE_READY) ## renew macros/locale/: the texts of templates and scripts in other languages
	@$(BIN)/python -m macros texts

report: $(SITE_READY) ## list what somebody may want to look at: texts not translated, unlinked terms, unused sources
	@$(BIN)/python -m macros report

bench: $(TEST_READY) $(BROWSER_READY) ## measure build time per page at 1, 10 and 100 times the data, and page weights
	$(BIN)/python -m benchmarks

lock: $(TEST_READY) ## renew the lock files from pyproject.toml
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --custom-compile-command "make lock" -o requirements/site.txt
	$(BIN)/uv pip compile -q --upgrade pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --custom-compile-command "make lock" -c requirements/site.txt -o requirements/test.txt
	$(BIN)/uv pip compile -q --upgrade requirements/zensical.in --universal --python-version 3.11 --generate-hashes \
	  --no-annotate --custom-compile-command "make lock" -o requirements/zensical.txt

schema: $(SITE_READY) ## write data/principles.schema.json from the model
	$(BIN)/python -m macros schema

publish: $(SITE_READY) ## add new addresses to data/published.txt, after which they can never vanish unseen
	$(BIN)/python -m macros published

clean: ## delete the built site and the environment
	rm -rf $(SITE) $(STAGED) $(VENV) $(ZENSICAL)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "Python cannot make an environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(SITE_READY): requirements/site.txt pyproject.toml | $(BIN)/python
	@test -e $(TEST_READY) && test $(TEST_READY) -nt requirements/test.txt \
	  || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): requirements/test.txt pyproject.toml | $(BIN)/python
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(ZENSICAL_READY): requirements/zensical.txt | $(BIN)/python
	@$(BIN)/python -m venv $(ZENSICAL)
	@$(ZENSICAL)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/zensical.txt
	@touch $@

$(BROWSER_READY): tests/browser/install.sh $(TEST_READY)
	@sh tests/browser/install.sh $(BIN)/python
	@touch $@
