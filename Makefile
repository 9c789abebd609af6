# The commands of the project; `make help` lists them. Each first sets up what it needs.
# ARGS passes words on: make test ARGS="-k checker", make check ARGS="--format json".

PYTHON ?= python3
RUN := .venv/bin/python -m

# A process a core; each takes whole files, in the order that tests/conftest.py gives them.
# (With pytest 9.2, pytest-xdist 3.8 ignores --dist loadgroup without a word: its issue 1386.)
PARALLEL := --numprocesses auto --dist loadfile --no-loadscope-reorder

# Named for the sum of requirements.txt: other contents, another set-up, whatever the clocks say.
READY := .venv/ready-$(firstword $(shell cksum requirements.txt))

# The mutation tester, beside the environment and not in it.
MUTMUT := .cache/mutants/tool-$(firstword $(shell cksum tests/mutants.txt))

# Material and gen-files each print a notice on the future of MkDocs on every run: read, and off.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup site serve preview summary check test test-quick lint browser rehearsal mutants lock clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## make .venv with the pinned requirements (the others do this for you)

# Not with --quiet: it stops MkDocs counting warnings, so that --strict lets broken links pass.
site: $(READY)  ## build the whole site into site/
	$(RUN) mkdocs build --strict

serve: $(READY)  ## show the site on this machine, rebuilt at every change
	$(RUN) mkdocs serve $(ARGS)

preview: $(READY)  ## show one study's pages, seconds after each save: make preview STUDY=medsam
	@test -n '$(STUDY)' || { echo "Name the study by its id: make preview STUDY=medsam"; exit 1; }
	@echo 'The page, as soon as it says "Serving": http://127.0.0.1:8000/studies/$(STUDY)/'
	@STUDY='$(STUDY)' $(RUN) mkdocs serve --config-file preview.yml $(ARGS)

# Of the built site, by a browser's print: no build needs a browser, and no second layout is kept.
summary: $(READY)  ## print the summary of site/ to site/about/summary.pdf, one sheet of A4
	"$$($(RUN) tests.chromium)" --headless --no-sandbox --disable-gpu --disable-background-networking \
	    --no-pdf-header-footer --print-to-pdf=site/about/summary.pdf 'file://$(CURDIR)/site/about/summary/index.html'

check: $(READY)  ## check data/ and say what is wrong, without a build
	$(RUN) gen check $(ARGS)

# The quick ones first: a slip in style shows in seconds, the browser tests take a minute.
test: lint browser  ## run all tests
	$(RUN) pytest $(PARALLEL) $(ARGS)

test-quick: $(READY)  ## run what takes under a minute: no browser, no real corpus, nothing slow
	$(RUN) pytest $(PARALLEL) -m 'not browser and not corpus and not slow' $(ARGS)

lint: $(READY)  ## check style, types and workflows
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy gen
	.venv/bin/zizmor --offline --quiet --pedantic .github/workflows
	$(RUN) check_jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

# Without a browser its tests are skipped (or fail, in CI) and say so: no reason to stop here.
browser: $(READY)  ## install a Chromium for the browser tests, if there is none
	@$(RUN) tests.chromium || $(RUN) playwright install chromium \
	    || echo 'No Chromium could be installed: the tests that need one will be skipped.'

rehearsal: $(READY)  ## run the steps of release.yml and publish.yml in a scratch repository, and look
	$(RUN) tests.rehearsal

# One process by default: a mutant is tried by its tests alone, and other work goes on beside it.
mutants: $(READY) $(MUTMUT)  ## let tests prove themselves: make mutants ROOM=trends SAMPLE=200 (all: hours)
	@PYTHONPATH=$(MUTMUT) $(RUN) tests.mutants '$(ROOM)' $(if $(SAMPLE),--sample $(SAMPLE)) $(ARGS)

lock: $(READY)  ## write requirements.txt from requirements.in (ARGS=--upgrade for newer versions)
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --custom-compile-command 'make lock' \
	    --output-file requirements.txt requirements.in $(ARGS)
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	    --generate-hashes --custom-compile-command 'make lock' --constraint requirements.txt \
	    --output-file tests/mutants.txt tests/mutants.in $(ARGS)

clean:  ## remove everything that these commands made
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache site

# Wheels only: building from source would fetch build tools that no hash pins.
$(READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo \
	    "'$(PYTHON)' is not Python 3.11 or newer: install one, or name it: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo \
	    "'$(PYTHON)' cannot make virtual environments: on Debian and Ubuntu, install python3-venv"; exit 1; }
	@echo 'Setting up .venv: about a minute, and again only when requirements.txt changes.'
	@$(PYTHON) -m venv --clear .venv
	@$(RUN) pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
	    --no-compile --requirement requirements.txt
	@$(RUN) compileall -q -j 0 .venv/lib >/dev/null || true # on all cores, where pip takes one
	@touch $@

$(MUTMUT): $(READY)
	@$(RUN) pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
	    --target $@ --requirement tests/mutants.txt
