# Every target sets itself up: a virtual environment with the locked packages, nothing else needed.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: demo demo-reset test check bench fmt docs lock clean

$(VENV)/demo.stamp: requirements/demo.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "make: Python's venv module is missing. Install it first: apt install python3-venv"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/demo.txt
	@touch $@

$(VENV)/test.stamp: requirements/test.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "make: Python's venv module is missing. Install it first: apt install python3-venv"; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/test.txt
	@touch $(VENV)/demo.stamp $@

demo: $(VENV)/demo.stamp
	@exec $(PY) -m vetting.embedded demo

demo-reset: $(VENV)/demo.stamp
	@$(PY) -m vetting.embedded reset
	@exec $(PY) -m vetting.embedded demo

test: $(VENV)/test.stamp
	@$(PY) -m vetting.embedded run -- $(PY) -m pytest -n 2 $(ARGS)

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
