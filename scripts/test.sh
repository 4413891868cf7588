#!/bin/sh
# Checks, then all tests. Says loudly what this machine could not run; with BAMBOO_ECS_ALL=1 nothing may be left out.
set -u
cd "$(dirname "$0")/.."
mkdir -p target
rm -f target/left-out.txt target/jest.json
failed=0
npm run -s check || failed=1
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --json --outputFile=target/jest.json --silent=false "$@" || failed=1
if [ -s target/left-out.txt ]; then
  echo
  echo '==================== LEFT OUT ON THIS MACHINE ===================='
  sort -u target/left-out.txt
  echo '==================================================================='
fi
node scripts/count-tests.ts target/jest.json "$failed"
