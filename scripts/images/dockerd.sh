#!/bin/sh
# A Docker engine for the length of one command: scripts/images/dockerd.sh <command> [argument]...
# Uses the engine that answers; starts one only when this is root, dockerd is installed and none runs, and stops what it
# started. Without an engine the command runs all the same: its tests say what they left out.
# Meant for CI containers and test machines without systemd; elsewhere the engine is a service and nothing is started here.
set -u
[ $# -gt 0 ] || { echo "usage: $0 <command> [argument]..." >&2; exit 2; }

say() { echo "dockerd.sh: $*" >&2; }
answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

if answers; then exec "$@"; fi
if [ "$(id -u)" != 0 ]; then say 'no engine answers, and only root can start one'; exec "$@"; fi
if ! command -v dockerd >/dev/null || ! command -v iptables >/dev/null; then
  say 'no engine answers and none is installed (Debian: apt-get install --no-install-recommends docker.io iptables)'
  exec "$@"
fi
# A second dockerd would take the bridge and the rules of the first away.
if pidof dockerd >/dev/null; then say 'a dockerd runs but does not answer: it is left alone'; exec "$@"; fi
rm -f /var/run/docker.pid

log=$(mktemp -t dockerd.XXXXXX.log)
# A session of its own: Ctrl-C ends the command first, and the engine after it, here.
setsid dockerd >"$log" 2>&1 &
engine=$!
stop() {
  trap - EXIT INT TERM
  kill "$engine" 2>/dev/null
  wait "$engine" 2>/dev/null
  rm -f "$log"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
tries=0
until answers; do
  tries=$((tries + 1))
  if [ "$tries" -gt 150 ] || ! kill -0 "$engine" 2>/dev/null; then
    say 'the engine did not start; its last lines:'
    tail -n 5 "$log" >&2
    break
  fi
  sleep 0.2
done
"$@"
