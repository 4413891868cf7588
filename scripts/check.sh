#!/bin/sh
# Format, lint, types and unused code; all of them, whatever fails before.
set -u
cd "$(dirname "$0")/.."
failed=0
for check in format:check lint types unused; do
  echo "== $check =="
  npm run -s "$check" || { echo "$check FAILED"; failed=1; }
done
exit $failed
