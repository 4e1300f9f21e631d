# What a person does with a checkout. Everything runs in .venv, which each target makes first where it is missing or
# older than the versions it is made from. Needs Python 3.11 or later, make and git.

PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check
# -qq: errors only. pip's warnings are about how the machine is set up, one for each package.
LOCKED = -qq -c constraints.txt
STAMP = .venv/.made-from-constraints
NB = qualcode/locale/nb/LC_MESSAGES/qualcode
KEYWORDS = --no-default-keywords -k _ -k N_ -k ngettext:1,2
SEED ?= 1
# One worker per core, but no more than four: each loads spaCy and its own databases.
PYTEST = .venv/bin/pytest -n auto --maxprocesses=4 --dist=loadfile

.DEFAULT_GOAL := help
.PHONY: help venv demo test lint bench soak locale docs lock wheel

help:  ## this list
	@grep -E '^[a-z]+: .*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 10

venv: $(STAMP)  ## the environment, .venv, with locked versions

# The build back end comes with the dev group, so that it is locked too: an isolated build would fetch its own.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'qualcode needs Python 3.11 or later: make PYTHON=/path/to/python3.11'; exit 1; }
	@echo 'making .venv with the versions in constraints.txt; this takes a minute or two'
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) install $(LOCKED) --upgrade pip
	@$(PIP) install $(LOCKED) --group dev
	@$(PIP) install $(LOCKED) --no-build-isolation -e '.[postgresql,serve]'
	@touch $@

demo: venv  ## build the sample study here and do the whole job on it
	.venv/bin/qualcode demo .

test: lint  ## everything that must hold: style, types, layers, all tests
	$(PYTEST)

lint: venv
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/pyright --pythonpath .venv/bin/python
	.venv/bin/lint-imports --no-cache

bench: venv  ## how fast the commands are, beside their targets
	.venv/bin/python benchmarks/run.py

soak: venv  ## long random runs; SEED=n repeats one
	QUALCODE_SOAK=$(SEED) .venv/bin/pytest tests/soak --hypothesis-seed=$(SEED)

locale: venv  ## take new messages into the bokmål catalogue, and compile it
	@mkdir -p build
	.venv/bin/pybabel -q extract -F babel.cfg $(KEYWORDS) --add-location=file --sort-by-file \
		--project=qualcode --version='' --copyright-holder='The qualcode contributors' --no-wrap -o build/qualcode.pot .
	.venv/bin/pybabel -q update -i build/qualcode.pot -d qualcode/locale -D qualcode -l nb --init-missing \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap
	.venv/bin/pybabel compile -i $(NB).po -o $(NB).mo -l nb --statistics

docs: venv  ## the references of commands and keys, from the code
	.venv/bin/python -m scripts.commands_reference
	.venv/bin/python -m scripts.keys_reference

# pip itself is asked for, since the environment is made with it.
lock: venv  ## resolve all versions anew into constraints.txt
	@mkdir -p build
	$(PIP) install -qq --dry-run --ignore-installed --no-build-isolation --report build/resolved.json \
		pip --group dev -e '.[postgresql,serve]'
	.venv/bin/python scripts/lock.py build/resolved.json > build/constraints.txt
	mv build/constraints.txt constraints.txt
	@touch $(STAMP)

wheel: venv  ## the wheel and the source archive, in dist/
	.venv/bin/python -m build --no-isolation
