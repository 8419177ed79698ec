.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
.PHONY: help graph notebook docs test test-spark check format eval fuzz siege bench bench-viewer mutants lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

graph: .venv/ready  ## set up, then turn digests/ into outputs/; OFFLINE=1 asks nobody
	$(BIN)/digest-graph build digests -o outputs $(if $(OFFLINE),--offline,--references-from-source --within 50s)

notebook: .venv/ready-dev  ## set up, then open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

docs: .venv/ready-docs  ## set up, then make a site of docs/, to be read from disk: site/index.html
	$(BIN)/sphinx-build -q -E -W --keep-going -d .venv/doctrees docs site

test: .venv/ready-dev  ## set up, then run every check and test
	sh tests/set_up.sh
	$(MAKE) check

test-spark:  ## set up, then make tables on Spark too (needs Java, or root to install it)
	PYTHON="$(PYTHON)" sh tests/spark/run.sh

check:  ## format, lint, types, import rules, tests
	$(BIN)/ruff format --check . && $(BIN)/ruff check .
	$(BIN)/mypy && $(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n auto --dist worksteal

format:  ## put the code into its form
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

eval: .venv/ready-dev  ## measure how well digests are read and matched; fails where a target is not met
	@$(BIN)/python -m benchmarks.evaluation

fuzz: .venv/ready-dev  ## read 10,000 damaged files, write 10,000 odd graphs, of each format
	$(BIN)/python -m benchmarks.robustness.fuzz
siege: .venv/ready-dev  ## break disks, processes, archives and texts for half an hour; prints a table
	$(BIN)/python -m benchmarks.siege
bench: .venv/ready-dev  ## measure; prints ratios against a peer
	$(BIN)/python -m benchmarks

bench-viewer: .venv/ready-dev  ## measure the explorer beside four others
	(cd benchmarks/viewer/node && npm ci --silent --no-audit --no-fund) && $(BIN)/python -m benchmarks.viewer.speed
mutants: .venv/ready-dev  ## break logic line by line; say what no test notices (MUTANTS=150 MUTANTS_OF=match)
	$(BIN)/python -m benchmarks.robustness.mutants
lock:  ## make the lock files anew from pyproject.toml (needs uv)
	sh requirements.sh

clean:  ## take away what was built and installed
	rm -rf .venv .venv-spark site .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/node/node_modules benchmarks/viewer/node/node_modules && find outputs -mindepth 1 ! -name .gitkeep -delete

.venv/ready: requirements.lock pyproject.toml
	@echo "Setting up, once: Python packages go into .venv, for about half a minute ..." && $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable . && $(BIN)/python -m compileall -q pipeline
	touch $@

.venv/ready-%: .venv/ready requirements-%.lock
	@echo "Setting up, once: packages for $* go into .venv ..." && $(BIN)/python -m pip install --quiet --require-hashes -r requirements-$*.lock
	touch $@
