# Pledgebook. On a fresh machine Python 3.11+ and make are enough: each target sets itself up.
#
#   make run     read examples/inbox and show what came out
#   make test    every test
#   make check   lint, types, import contracts, stale docs, lock files
#   make bench   time the whole path beside its peers (CORPUS=folder)
#   make chaos   kill runs at 200 random moments, and ask from 20 processes while 50 runs publish
#   make fuzz    feed the parsers 2,000 broken files
#   make lock    resolve the lock files again (LOCK="--upgrade" for newer versions)

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CORPUS ?= examples/inbox
INBOX  ?= examples/inbox
COMPILE = $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -c constraints.txt $(LOCK)

# Nothing phones home, whatever the libraries' defaults are.
export DO_NOT_TRACK := 1
export SCARF_NO_ANALYTICS := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: run test check bench chaos fuzz lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.installed
	@$(BIN)/pledgebook run $(INBOX) --prefect

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -q -m "not bench and not chaos" -n 2 --dist loadfile

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m schemas.describe --check
	$(BIN)/python -m scripts.check_docs
	$(BIN)/python -m scripts.check_locks

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m scripts.bench $(CORPUS)
	@$(BIN)/python -m scripts.bench_formats --write

chaos: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -q -s -m chaos tests/test_chaos.py

fuzz: $(VENV)/.installed-dev
	@$(BIN)/python -m scripts.fuzz

lock: $(VENV)/.installed-setup
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) pyproject.toml --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group setup -c requirements-dev.lock -o requirements-setup.lock

clean:
	rm -rf $(VENV) .pledgebook dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- set-up: each stamp is newer than what it was made from, so a second call installs nothing ------------------

$(VENV)/.installed-setup: requirements-setup.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Pledgebook needs Python 3.11 or later; say which with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "No virtual environment could be made; on Debian: apt install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@echo "Setting up $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# uv takes ten seconds where pip takes a minute and a half; pip is asked when uv can't (it knows pip's own settings).
install = { $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) || \
	  { echo "uv could not; trying pip, which takes longer" >&2; \
	    $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); }; } && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

$(VENV)/.installed: $(VENV)/.installed-setup requirements.lock pyproject.toml
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-setup requirements-dev.lock requirements.lock pyproject.toml
	@$(call install,requirements-dev.lock)
	@touch $(VENV)/.installed $@
