#!/bin/sh
# The tests with real containers. Two at a time those that mostly wait; alone those that measure: requests under load and times.
# (Two emulators share the engine's addresses: a request to a container that has gone might be answered by one of the other.)
set -u
cd "$(dirname "$0")/.."
export WITH_CONTAINERS=1
failed=0
npm test -- --json --outputFile=target/containers-waiting.json --maxWorkers=2 'test/containers/(?!uninterrupted|verdict-times)' || failed=1
npm test -- --json --outputFile=target/containers-measuring.json --runInBand 'test/containers/(uninterrupted|verdict-times)' || failed=1
exit "$failed"
