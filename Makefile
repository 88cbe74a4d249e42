# Every target sets itself up: a virtual environment with the locked packages, nothing else needed.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: demo demo-reset test check bench fmt docs lock clean

# Each thing that can be wrong with a bare machine is one line that says what to do.
define a-venv
@set -e; $(PY) -c 'import pip' 2>/dev/null && exit 0; \
for python in $(if $(filter file,$(origin PYTHON)),python3 python3.13 python3.12 python3.11,$(PYTHON)); do \
  $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && break; python=; done; \
test -n "$$python" || { echo "make: Python 3.11, 3.12 or 3.13 is needed. Install it, or name it: make PYTHON=/path/to/python3.13 $(MAKECMDGOALS)" >&2; exit 1; }; \
$$python -c 'import ensurepip, venv' 2>/dev/null || { echo "make: Python's venv module is missing. Install it first: apt install python3-venv" >&2; exit 1; }; \
test -w . || { echo "make: Cannot write in $(CURDIR). Give this user write access to it, or copy it elsewhere." >&2; exit 1; }; \
echo "Installerar paketen i $(VENV) (en minut eller så) · installing the packages"; \
$$python -m venv --clear $(VENV)
endef
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps -r
FAILED := { echo "make: The packages could not be installed; the lines above say why. Is the package index reachable?" >&2; exit 1; }

$(VENV)/demo.stamp: requirements/demo.txt
	$(a-venv)
	@$(INSTALL) $< || $(FAILED)
	@touch $@

$(VENV)/test.stamp: requirements/test.txt
	$(a-venv)
	@$(INSTALL) $< || $(FAILED)
	@touch $(VENV)/demo.stamp $@

demo: $(VENV)/demo.stamp
	@exec $(PY) -m vetting.embedded demo --with-parent

demo-reset: $(VENV)/demo.stamp
	@$(PY) -m vetting.embedded reset
	@exec $(PY) -m vetting.embedded demo --with-parent

test: $(VENV)/test.stamp
	@$(PY) -m vetting.embedded run -- $(PY) -m pytest -n 2 --dist loadfile $(ARGS)

check: $(VENV)/test.stamp
	@$(PY) -m vetting.embedded run -- $(PY) -m tests.check

bench: $(VENV)/test.stamp
	@$(PY) -m tests.bench $(if $(ROWS),--rows $(ROWS))

fmt: $(VENV)/test.stamp
	@$(VENV)/bin/ruff check --fix-only --quiet . ; $(VENV)/bin/ruff format --quiet .
	@git ls-files -z 'templates/*.html' | xargs -0 -r $(VENV)/bin/djade --target-version 5.2

docs: $(VENV)/test.stamp
	@$(PY) -m tests.make_docs

# Needs uv. Makes the hashed lock files anew from pyproject.toml; no host is recorded in them.
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q
lock:
	$(LOCK) pyproject.toml -o requirements/production.txt
	$(LOCK) pyproject.toml --extra demo -c requirements/production.txt -o requirements/demo.txt
	$(LOCK) pyproject.toml --extra demo --extra test -c requirements/demo.txt -o requirements/test.txt

clean:
	rm -rf $(VENV) .demo .test-data .bench-data
