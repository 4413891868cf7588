#!/bin/sh
# Programs that we did not write, for tests against them: a Python environment of their own in .venv.
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install -q --disable-pip-version-check -r test/third-party/requirements.txt
