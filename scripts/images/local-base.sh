#!/bin/sh
# The base images without a registry: bamboo-ecs/base:local (Debian's C and C++ libraries and the Node of the npm package
# `node`) and bamboo-ecs/busybox:local (Debian's busybox-static). Needs a Debian (apt-get, dpkg-deb) with its mirror, once.
set -eu
cd "$(dirname "$0")/../.."
node=$(pwd)/node_modules/node/bin/node
[ -x "$node" ] || { echo 'node_modules/node is not there: run make install' >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/base/usr/local/bin" "$work/base/var/lib/dpkg/info" "$work/busybox" "$work/debs"
cd "$work/debs"
get() { apt-get -qq -o APT::Sandbox::User=root download "$@"; }
packages='libc6 libstdc++6 libgcc-s1 busybox-static'
# Fresh machines have no package lists yet.
# shellcheck disable=SC2086
get $packages 2>/dev/null || { [ "$(id -u)" != 0 ] || apt-get -qq update; get $packages; }
# Holds the licence of the two from GCC; its name has GCC's version in it.
get "$(dpkg-deb -f libgcc-s1_*.deb Depends | grep -o 'gcc-[0-9]*-base')"

unpack() { # <deb> <folder>: without what nobody reads in a container, but with the licence
  dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --exclude=./usr/share/lintian --exclude=./usr/share/man \
    --exclude='./usr/share/doc/*/[!c]*' --exclude='./usr/share/doc/*/changelog*' --exclude='./usr/lib/*/gconv'
}
# The records that dpkg would keep, so that the image can say what is in it.
for package in libc6 libstdc++6 libgcc-s1; do
  deb=$(echo "$work"/debs/"${package}"_*.deb)
  unpack "$deb" "$work/base"
  dpkg-deb --fsys-tarfile "$deb" | tar -t | sed -e 's#^\.##' -e 's#/$##' >"$work/base/var/lib/dpkg/info/$package.list"
  { dpkg-deb -f "$deb"; echo 'Status: install ok installed'; echo; } >>"$work/base/var/lib/dpkg/status"
done
for deb in "$work"/debs/gcc-*-base_*.deb; do unpack "$deb" "$work/base"; done
cp "$node" "$work/base/usr/local/bin/node"
for deb in "$work"/debs/busybox-static_*.deb; do unpack "$deb" "$work/busybox"; done

# The same packages stay the same image, so that builds find what they have made of it before.
import() { # <folder> <image>
  tar --sort=name --mtime=@1704067200 --owner=0 --group=0 --numeric-owner -C "$1" -cf "$work/image.tar" .
  sum=$(sha256sum <"$work/image.tar" | cut -d ' ' -f 1)
  [ "$(docker image inspect -f '{{index .Config.Labels "bamboo-ecs.content"}}' "$2" 2>/dev/null)" = "$sum" ] ||
    docker import --change "LABEL bamboo-ecs.content=$sum" "$work/image.tar" "$2" >/dev/null
}
import "$work/base" bamboo-ecs/base:local
import "$work/busybox" bamboo-ecs/busybox:local
