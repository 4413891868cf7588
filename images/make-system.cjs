// Runs in the build, on the base image: lays out everything that both images share under /system. Node without its
// symbols, the libraries that it loads, the certificates that it carries, and a static busybox for the few commands that
// Bamboo's Docker Runner calls. Nothing else: no package manager, no setuid program.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const tls = require('node:tls');
const { debianPackages, libraries } = require('./base.cjs');

const system = '/system';
const epoch = Number(process.env.SOURCE_DATE_EPOCH);
const user = 10001;
// Enough for a Bamboo script task. Our commands go before: `expand` is one of ours. No `install`: the wrong image is told so.
const wanted =
  `[ awk base64 basename cat chgrp chmod chown cmp cp cut date dd df diff dirname du echo egrep env expr false
  fgrep find getopt grep groups gunzip gzip head hostname id kill ln ls md5sum mkdir mkfifo mktemp more mv nohup od
  paste pidof printenv printf ps pwd readlink realpath rm rmdir sed seq sh sha1sum sha256sum sleep sort split stat stty sync
  tail tar tee test timeout touch tr true tty uname uniq unzip usleep vi wc which whoami xargs yes`.split(
    /\s+/u,
  );

function put(name, content, mode = 0o644) {
  const file = system + name;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  fs.chmodSync(file, mode);
}

/** An ELF file without sections and symbols: ends after its last loadable segment (ELF-64, little endian). */
function stripped(bytes) {
  const headers = Number(bytes.readBigUInt64LE(32));
  const size = bytes.readUInt16LE(54);
  const count = bytes.readUInt16LE(56);
  let end = 0;
  for (let index = 0; index < count; index++) {
    const header = headers + index * size;
    end = Math.max(end, Number(bytes.readBigUInt64LE(header + 8) + bytes.readBigUInt64LE(header + 32)));
  }
  const result = Buffer.from(bytes.subarray(0, end));
  result.writeBigUInt64LE(0n, 40);
  result.writeUInt16LE(0, 58);
  result.writeUInt16LE(0, 60);
  result.writeUInt16LE(0, 62);
  return result;
}

/** What image scanners and lawyers look for: the paragraph and the licence of each Debian package that files came from. */
function describe({ name, paragraph }) {
  put(`/var/lib/dpkg/status.d/${name}`, `${paragraph}\n`);
  const copyright = `/usr/share/doc/${name}/copyright`;
  if (fs.existsSync(copyright)) put(copyright, fs.readFileSync(copyright));
}

fs.rmSync(system, { recursive: true, force: true });
put('/usr/local/bin/node', stripped(fs.readFileSync(process.execPath)), 0o755);
for (const file of libraries()) put(file, fs.readFileSync(file), 0o755);
for (const found of debianPackages()) describe(found);
const licence = ['/usr/local/LICENSE', '/usr/share/doc/node/LICENSE'].find((file) => fs.existsSync(file));
if (licence) put('/usr/share/doc/node/LICENSE', fs.readFileSync(licence));

put('/bin/busybox', fs.readFileSync('/build/busybox'), 0o755);
const known = execFileSync('/build/busybox', ['--list'], { encoding: 'utf8' }).split('\n');
for (const name of wanted.filter((one) => known.includes(one)))
  fs.symlinkSync('busybox', `${system}/bin/${name}`);
fs.mkdirSync(`${system}/usr/bin`, { recursive: true });
fs.symlinkSync('/bin/busybox', `${system}/usr/bin/env`);

put('/etc/ssl/certs/ca-certificates.crt', `${tls.rootCertificates.join('\n')}\n`);
put(
  '/etc/passwd',
  `root:x:0:0:root:/root:/bin/sh\napp:x:${user}:${user}:app:/home/app:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n`,
);
put('/etc/group', `root:x:0:\napp:x:${user}:\nnogroup:x:65534:\n`);
put('/etc/nsswitch.conf', 'hosts: files dns\n');
fs.mkdirSync(`${system}/root`, { mode: 0o700 });
fs.mkdirSync(`${system}/tmp`);
fs.chmodSync(`${system}/tmp`, 0o1777);
fs.mkdirSync(`${system}/home/app`, { recursive: true });
fs.chownSync(`${system}/home/app`, user, user);

/** One time for all files, so that the same content is the same layer. */
function setTimes(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) setTimes(file);
    else fs.lutimesSync(file, epoch, epoch);
  }
  fs.utimesSync(folder, epoch, epoch);
}
setTimes(system);
