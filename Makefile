# The commands of the README. Without make (Windows): the README has the same as plain Python commands.

PYTHON ?= python3
BIN := .venv/bin
SUDO := $(if $(filter-out 0,$(shell id -u)),sudo -n)
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --quiet \
	--custom-compile-command "make lock" $(UPGRADE)

.PHONY: run test proof lint bundle lock clean install install-tests chromium libreoffice

# Start the app with data in it; the address is printed.
run: install
	$(BIN)/python -m geoanalysis run

# What CI runs; those that drive a browser come one by one, since each fills the machine.
test: lint chromium
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not browser and not proof"
	$(BIN)/python -m pytest -m "browser and not proof"

# What takes longer: simulations over many seeds, fuzzing, the bundle without a network, benchmarks.
proof: install-tests chromium libreoffice
	$(BIN)/python -m pytest -m proof
	set -e; for script in benchmarks/[a-z]*.py; do $(BIN)/python -m benchmarks.$$(basename $$script .py); done

lint: install-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# One archive in dist/ that installs and runs on a machine that has never had a network.
bundle: install
	$(BIN)/python -m geoanalysis.bundle

# Bring both lock files in line with pyproject.toml; newer releases with: make lock UPGRADE=--upgrade
lock: install
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) --group dev --constraints requirements.txt --output-file tests/requirements.txt

clean:
	rm -rf .venv build dist node_modules geoanalysis/maps/assets .*_cache

install:
	$(PYTHON) -m geoanalysis.install

install-tests:
	$(PYTHON) -m geoanalysis.install tests/requirements.txt

# Debian's Chromium where apt is usable, Playwright's own where not.
chromium: install-tests
	@command -v chromium > /dev/null \
		|| $(SUDO) sh -c 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium' \
		|| $(BIN)/python -m playwright install chromium

# Opens the slides in a proof; without it that proof is skipped and says so.
libreoffice:
	@command -v soffice > /dev/null \
		|| $(SUDO) sh -c 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends libreoffice-impress' \
		|| echo "LibreOffice is not installed: its proof is skipped"
