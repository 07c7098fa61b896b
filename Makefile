# make run and make test do all set-up themselves on a fresh Debian or Ubuntu with Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ROOT := $(shell [ "$$(id -u)" = 0 ] || (command -v sudo >/dev/null 2>&1 && echo sudo))
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] && echo yes || (sudo -n true 2>/dev/null && echo yes))
PORT ?= 8000
# Some machines forbid byte code; then each start of a kernel costs four times as much.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup system run test check lint bench schemas lock clean
help:
	@echo "make run      build everything and serve the website"
	@echo "make test     run the whole test suite"
	@echo "make check    check all content, as an author does"
	@echo "make bench    measure, side by side with other tools"
	@echo "make lint     ruff and mypy"

setup: $(READY)
$(READY): pyproject.toml requirements.lock
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV) || { echo "error: python3-venv is missing; try: apt-get install python3-venv"; exit 2; }
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib src >/dev/null 2>&1 || true
	@touch $(READY)

# libgl1 is what CadQuery needs on a bare Debian; chromium is what the browser tests drive; prusa-slicer slices.
system:
	@missing=""; command -v chromium >/dev/null 2>&1 || missing="chromium"; \
	ldconfig -p 2>/dev/null | grep -q 'libGL\.so\.1' || missing="$$missing libgl1"; \
	command -v prusa-slicer >/dev/null 2>&1 || missing="$$missing prusa-slicer"; \
	if [ -n "$$missing" ] && [ -n "$(AS_ROOT)" ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "installing $$missing"; $(ROOT) apt-get update -qq && $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	elif [ -n "$$missing" ]; then \
	  echo "missing: $$missing (no root here). Without libgl1 no CAD lesson can be built; without chromium the browser tests are skipped; without prusa-slicer nothing can be sliced."; \
	  echo "try: apt-get install $$missing"; \
	fi

run: setup system
	$(BIN)/makerwagen build
	@if [ -n "$$CI" ]; then $(BIN)/makerwagen wagon --prove --port $(PORT); else $(BIN)/makerwagen wagon --port $(PORT); fi

test: setup system
	$(BIN)/python -m pytest $(ARGS)

check: setup
	$(BIN)/makerwagen check

lint: setup
	$(BIN)/ruff check . && $(BIN)/ruff format --check src tests benchmarks && $(BIN)/mypy

bench: setup system
	$(BIN)/python -m benchmarks $(ARGS)

schemas: setup
	$(BIN)/makerwagen schemas

lock:
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf build .venv
