#!/bin/sh
# Checks, then all tests. Says loudly what this machine could not run; with BAMBOO_ECS_ALL=1 nothing may be left out, and the
# rollouts on real containers follow, alone on the machine: they measure times and requests under load.
# Every check and the tests run whatever fails before them; the last lines repeat how each ended.
set -u
cd "$(dirname "$0")/.."
mkdir -p target
rm -f target/left-out.txt target/jest.json target/containers-*.json target/checks.txt
for check in format:check lint types unused; do
  echo "== $check =="
  if npm run -s "$check"; then echo "$check ok" >> target/checks.txt; else echo "$check FAILED" >> target/checks.txt; fi
done
echo "== tests =="
# Built once, before two files that need them would build them side by side; what fails here is told by those tests.
if docker version >/dev/null 2>&1; then TAG=tests REUSE=1 node scripts/images/build.ts; fi
# Two at a time where jest would run one: a good part of the tests waits for other programs.
workers=$(node -p 'Math.max(2, os.availableParallelism() - 1)')
node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js \
  --json --outputFile=target/jest.json --maxWorkers="$workers" "$@"
reports=target/jest.json
if [ "${BAMBOO_ECS_ALL:-}" = 1 ] && [ $# = 0 ]; then
  echo "== tests with real containers =="
  sh scripts/test-containers.sh
  reports="$reports target/containers-waiting.json target/containers-measuring.json"
elif [ "${WITH_CONTAINERS:-}" != 1 ]; then
  echo 'LEFT OUT: rollouts on real containers (test/containers) — a set of its own, some minutes long: make test-containers' >> target/left-out.txt
fi
if [ -s target/left-out.txt ]; then
  echo
  echo '==================== LEFT OUT ON THIS MACHINE ===================='
  sort -u target/left-out.txt
  echo '==================================================================='
fi
echo
# shellcheck disable=SC2086 -- a list of files without spaces
node scripts/count-tests.ts target/checks.txt $reports
