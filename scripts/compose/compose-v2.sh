#!/bin/sh
# Docker Compose v2 for the tests, where Debian's own release has only v1: Debian trixie's package, unpacked to
# target/compose/v2/docker-compose. Nothing is installed and no root is needed.
set -eu
cd "$(dirname "$0")/../.."
program=$(pwd)/target/compose/v2/docker-compose
[ ! -x "$program" ] || exit 0
# The mirror that this machine uses anyway.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | head -n 1
}
# Fresh machines have no package lists yet.
[ -n "$(mirror)" ] || [ "$(id -u)" != 0 ] || apt-get -qq update
mirror=$(mirror)
[ -n "$mirror" ] || { echo 'compose-v2.sh: this machine has no Debian mirror with package lists (apt-get update)' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/etc" "$(dirname "$program")"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$work/etc/trixie.list"
get() {
  apt-get -qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/etc" -o Dir::State::lists="$work/lists" \
    -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}
get update
(cd "$work" && get download docker-compose)
dpkg-deb --fsys-tarfile "$work"/docker-compose_*.deb | tar -x -C "$work" ./usr/libexec/docker/cli-plugins/docker-compose
mv "$work/usr/libexec/docker/cli-plugins/docker-compose" "$program"
"$program" version
