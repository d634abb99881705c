# Everything a newcomer needs: `make serve` runs the site, `make test` passes the tests. `make help` lists all.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
override VENV := .venv
override BIN := $(VENV)/bin
ENGINE ?= mkdocs
PORT ?= 8000

# Some shells export a name of this machine as HOST; only make's command line says who may look.
ifneq ($(origin HOST),command line)
override HOST := 127.0.0.1
endif

# The build reads no clock: its stamp is the last commit's (or SOURCE_DATE_EPOCH where that is set). Where git knows none
# of this folder, it is empty, and macros/moments.py says what stands in for it.
ifeq ($(origin SOURCE_DATE_EPOCH),undefined)
export SOURCE_DATE_EPOCH := $(shell GIT_CEILING_DIRECTORIES="$$(dirname "$$(pwd)")" \
  git log -1 --no-show-signature --format=%ct 2>/dev/null)
endif

# Material's advertisement of its successor is no warning about this site.
export NO_MKDOCS_2_WARNING := 1

# The other generator has an environment of its own, made when it is asked for, and a folder with what it builds from.
override ZENSICAL := .venv-zensical
ZENSICAL_READY := $(ZENSICAL)/.ready

# Folders that are emptied are named on make's command line or not at all: one that stands in the environment may be
# anybody's. The recipes get the names as they were written, by the environment, so that no sign in one means anything.
SITE := site
ifneq ($(origin SITE),command line)
override SITE := site
endif
STAGED := .staged
ifneq ($(origin STAGED),command line)
override STAGED := .staged
endif
site clean: export SITE_FOLDER := $(value SITE)
site clean: export STAGED_FOLDER := $(value STAGED)

# Environments are made by one program, so that two at once wait for each other and half a one is made anew.
define installed
@is_new='import sys; sys.exit(sys.version_info < (3, 11))'; \
$(PYTHON) -c "$$is_new" 2>/dev/null && exec $(PYTHON) requirements/install.py $(1); \
$(BIN)/python -c "$$is_new" 2>/dev/null && exec $(BIN)/python requirements/install.py $(1); \
echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12" >&2; exit 1
endef

# What an installation with either lock file leaves behind; make compares its age with the lock file's.
SITE_READY := $(VENV)/.site-ready
TEST_READY := $(VENV)/.test-ready
BROWSER_READY := $(VENV)/.browser-ready

.PHONY: help serve site check new format diff test test-data report texts translated bench lock schema publish clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

serve: $(SITE_READY) ## serve the live site on http://127.0.0.1:8000 and rebuild when data, docs or macros change; HOST=0.0.0.0 for containers
	$(BIN)/python -m macros.generators.mkdocs_commands serve $(PORT) --host "$(HOST)"

site: $(SITE_READY) $(if $(filter zensical,$(ENGINE)),$(ZENSICAL_READY)) ## build site/ strictly: any warning fails; COMPRESS=1 adds files packed beforehand
ifeq ($(ENGINE),mkdocs)
	@$(BIN)/python -m macros.generators.mkdocs_commands build $(if $(COMPRESS),--compress) -- "$$SITE_FOLDER"
else ifeq ($(ENGINE),zensical)
	@$(BIN)/python -m macros.generators.mkdocs_commands build $(if $(COMPRESS),--compress) \
	  --zensical=$(ZENSICAL)/bin/zensical --staged="$$STAGED_FOLDER" -- "$$SITE_FOLDER"
else
	@echo "no generator is called $(ENGINE); there are mkdocs and zensical" >&2; exit 1
endif
	@printf 'built %s/\n' "$$SITE_FOLDER"

check: export BASE := $(value BASE)
check: $(SITE_READY) ## check data/ and the pages in docs/ and say what is wrong; no build; EDITION=1 refuses older French too
	@$(BIN)/python -m macros check $(if $(EDITION),--edition) $(if $(value BASE),--base="$$BASE")

unexport KIND ID
new: export NEW_KIND := $(value KIND)
new: export NEW_ID := $(value ID)
new: $(SITE_READY) ## write a new entry, to be filled in: make new KIND=term ID=my-word
	@$(BIN)/python -m macros new -- "$$NEW_KIND" "$$NEW_ID"

format: $(SITE_READY) ## put the entries of the data files in order, remarks and all, and the lines around them in form
	@$(BIN)/python -m macros format

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

test-data: $(TEST_READY) ## run the tests that a change to the data or a page can break: two minutes
	$(BIN)/python -m macros check
	$(BIN)/pytest -m data

texts: $(SITE_READY) ## renew macros/locale/: the texts of templates and scripts in other languages
	@$(BIN)/python -m macros texts

translated: export RECORDS := $(value RECORDS)
translated: $(SITE_READY) ## mark French texts as rendering today's English: make translated RECORDS="terms.grooming"; alone, it lists what is open
	@set -f; $(BIN)/python -m macros translated $(if $(ALL),--all) -- $$RECORDS

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

schema: $(SITE_READY) ## write data/schema/ from the model; IDS=1 writes data/schema/ids/, with every id as a choice
	$(BIN)/python -m macros schema $(if $(IDS),--ids)

publish: $(SITE_READY) ## add new addresses to data/published.txt, after which they can never vanish unseen
	$(BIN)/python -m macros published

clean: ## delete the built site, the environment, and what builds kept
	@$(PYTHON) -I macros/build/folders.py "$$SITE_FOLDER" "$$STAGED_FOLDER"
	rm -rf $(VENV) $(ZENSICAL) .cache

$(BIN)/python:
	$(call installed,site)

$(SITE_READY): requirements/site.txt pyproject.toml requirements/install.py | $(BIN)/python
	$(call installed,site)

$(TEST_READY): requirements/test.txt pyproject.toml requirements/install.py | $(BIN)/python
	$(call installed,test)

$(ZENSICAL_READY): requirements/zensical.txt requirements/install.py
	$(call installed,zensical)

$(BROWSER_READY): tests/browser/install.sh tests/nginx/install.sh $(TEST_READY)
	$(call installed,programs)
