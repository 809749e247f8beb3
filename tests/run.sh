#!/usr/bin/env bash
# Every kind of check, in the order of how quickly it fails. `sample` leaves out what is marked long; `whole` does not.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export PYTHONPATH=src PYTHONHASHSEED=0 PYTHONWARNINGS=error
step() { echo "== $1"; shift; "$@"; }
step "format" $bin/ruff format --check --quiet .
step "lint" $bin/ruff check --quiet .
step "imports" env -u PYTHONWARNINGS $bin/lint-imports --no-logo
step "types" env -u PYTHONWARNINGS $bin/mypy
step "docs" env -u PYTHONWARNINGS $bin/sphinx-build -W --keep-going -q -b html docs docs/_build/html
marks="not long"
[ "${1:-sample}" = whole ] && marks="long or not long"
echo "== tests (${1:-sample}; seed ${COMMUNIQUE_SEED:=20260101})"
export COMMUNIQUE_SEED
exec env -u PYTHONWARNINGS $bin/python -m pytest -q -n 2 --dist loadgroup --basetemp "$(mktemp -d)/pytest" -m "$marks"
