#!/bin/sh
# The two images of the rehearsal that others publish, made on this machine where no registry gives them:
# local-images.sh registry  Debian's docker-registry           bamboo-ecs/registry:local
# local-images.sh aws       ministack of PyPI on Debian's Python  bamboo-ecs/ministack:local
# Needs a Debian (apt-get, dpkg-deb) with its mirror, and for ministack a Python with pip. What it downloads stays under target/compose.
set -eu
cd "$(dirname "$0")/../.."
here=$(pwd)
what=${1:?registry or aws}
cache=$here/target/compose/debs
mkdir -p "$cache"

case $what in
  registry) image=bamboo-ecs/registry:local start='docker-registry' ;;
  aws) image=bamboo-ecs/ministack:local start='libpython3-stdlib python3-minimal' ;;
  *) echo "local-images.sh: $what is neither registry nor aws" >&2; exit 2 ;;
esac
wanted=$(grep -E '^(ministack|docker)==' test/third-party/requirements.txt | tr '\n' ' ')
# The same recipe gives the same image: it is not made again.
sum=$( (cat "$0"; echo "$what $wanted") | sha256sum | cut -d ' ' -f 1)
[ "$(docker image inspect -f '{{index .Config.Labels "bamboo-ecs.content"}}' "$image" 2>/dev/null)" != "$sum" ] || exit 0

for tool in apt-get apt-cache dpkg-deb; do
  command -v "$tool" >/dev/null || { echo "local-images.sh: there is no $tool: only on a Debian can this image be made" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/etc" "$root/tmp" "$root/bin"
chmod 1777 "$root/tmp"

# The packages and the libraries under them; not what only an installation by dpkg would need.
packages() {
  # shellcheck disable=SC2086
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances $start |
    grep '^[a-z]' | sort -u | grep -E '^(lib|zlib|python3|docker-registry|media-types)' |
    grep -vE 'perl|^lib(pam|semanage|sepol|newt|slang|textwrap|debian|audit|selinux)'
}
[ -n "$(apt-cache policy busybox-static | grep Candidate | grep -v none)" ] || [ "$(id -u)" != 0 ] || apt-get -qq update
cd "$cache"
needed="$(packages) busybox-static"
# shellcheck disable=SC2086
apt-get -qq -o APT::Sandbox::User=root download $needed
for package in $needed; do
  deb=$(ls -t "$cache/${package}"_*.deb | head -n 1)
  dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --exclude=./usr/share/doc --exclude=./usr/share/man \
    --exclude=./usr/share/lintian --exclude='./usr/lib/*/gconv' --exclude=./etc/init.d --exclude=./lib/systemd
done
[ ! -x "$root/usr/bin/busybox" ] || cp "$root/usr/bin/busybox" "$root/bin/busybox"
for applet in sh wget; do ln -s busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"

if [ "$what" = registry ]; then
  mkdir -p "$root/etc/docker/registry" "$root/var/lib/registry"
  # As the official image has it; REGISTRY_… variables change it.
  cat >"$root/etc/docker/registry/config.yml" <<'YAML'
version: 0.1
storage: {filesystem: {rootdirectory: /var/lib/registry}, delete: {enabled: true}}
http: {addr: ":5000"}
YAML
  set -- --change 'ENTRYPOINT ["/usr/bin/docker-registry", "serve", "/etc/docker/registry/config.yml"]' \
    --change 'VOLUME ["/var/lib/registry"]' --change 'EXPOSE 5000'
else
  python=$(ls "$root/usr/bin" | grep -E '^python3\.[0-9]+$' | head -n 1)
  pip="$here/.venv/bin/python -m pip"
  $pip --version >/dev/null 2>&1 || pip='python3 -m pip'
  $pip --version >/dev/null 2>&1 || { echo 'local-images.sh: there is no pip. Debian: apt-get install python3-pip, or make third-party' >&2; exit 1; }
  # For the Python of the image, whatever runs pip here.
  # shellcheck disable=SC2086
  $pip install -q --disable-pip-version-check --no-compile --root-user-action ignore --target "$root/opt/ministack" \
    --only-binary=:all: --implementation cp --python-version "${python#python}" \
    --platform "manylinux2014_$(uname -m)" --platform "manylinux_2_28_$(uname -m)" --platform any $wanted
  set -- --change 'ENTRYPOINT ["/usr/bin/python3", "-m", "ministack"]' --change 'ENV PYTHONPATH=/opt/ministack' \
    --change 'ENV PYTHONUNBUFFERED=1' --change 'WORKDIR /tmp' --change 'EXPOSE 4566'
fi
tar --sort=name --mtime=@1704067200 --owner=0 --group=0 --numeric-owner -C "$root" -cf "$work/image.tar" .
docker import "$@" --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' --change "LABEL bamboo-ecs.content=$sum" \
  "$work/image.tar" "$image" >/dev/null
