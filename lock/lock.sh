#!/usr/bin/env bash
# Write lock/run.txt and lock/test.txt anew: every package with version and digests, no address of any registry.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools" && "$tools/bin/pip" install --quiet --upgrade pip pip-tools
compile=("$tools/bin/pip-compile" --quiet --generate-hashes --strip-extras --allow-unsafe --no-header
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options)
"${compile[@]}" --output-file lock/run.txt pyproject.toml lock/run.in
"${compile[@]}" --output-file lock/test.txt lock/test.in
