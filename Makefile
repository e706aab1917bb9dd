# gouji's tasks. `make run` and `make test` set up everything they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PORT ?= 8501

.PHONY: run test check format sample bench score fuzz roundtrip screenshots ocr lock clean

run: $(VENV)/run.stamp  ## build the sample warehouse if there is none and open the dashboard
	$(BIN)/gouji demo --port $(PORT)

test: check  ## lint, format and types, then every test
	$(BIN)/python -m pytest -n auto

check: $(VENV)/dev.stamp  ## ruff, format, strict types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev.stamp  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

sample: $(VENV)/run.stamp  ## write the made-up corpus in data/sample again
	$(BIN)/gouji sample --out data/sample

bench: $(VENV)/dev.stamp  ## measure, and write docs/benchmarks.md
	$(BIN)/python -m benchmarks

score: $(VENV)/dev.stamp  ## reading into docs/score.md, checks into docs/proof.md; SEED=N for other data
	$(BIN)/python -m benchmarks.score $(if $(SEED),--seed $(SEED))
	$(BIN)/python -m benchmarks.proof $(if $(SEED),--seed $(SEED))

fuzz: $(VENV)/dev.stamp  ## twenty thousand damaged documents, into docs/score.md
	$(BIN)/python -m benchmarks.score --fuzz 20000

roundtrip: $(VENV)/dev.stamp  ## through LibreOffice and Chromium and back, into docs/score.md
	$(BIN)/python -m benchmarks.score --roundtrip

screenshots: $(VENV)/dev.stamp  ## draw docs/screenshots with Debian's Chromium
	$(BIN)/python -m docs.screenshots

ocr: $(VENV)/run.stamp  ## what reading scans needs: about 300 MB more
	$(PIP) install -q --require-hashes -r requirements-ocr.txt

lock: $(VENV)/dev.stamp  ## resolve the dependencies again; needs uv
	uv pip compile pyproject.toml --extra install --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade -q -o requirements.txt
	uv pip compile pyproject.toml --extra install --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade -q -c requirements.txt \
	  -o requirements-dev.txt
	uv pip compile pyproject.toml --extra install --extra ocr --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade -q -c requirements.txt \
	  -o requirements-ocr.txt

clean:  ## remove the environment and every built warehouse
	rm -rf $(VENV) data/warehouse*.duckdb data/.warehouse*

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "gouji needs Python 3.11 or newer; name one: make run PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install -q --require-hashes -r requirements.txt
	$(PIP) install -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PIP) install -q --require-hashes -r requirements-dev.txt
	touch $@
