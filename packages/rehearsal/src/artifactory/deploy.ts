// PUT: deploy a file, a folder, a checksum beside a file, or a file by its checksum alone.
import { agree, type ChecksumKind, checksumsOf, declaredChecksums, describeChecksums } from './checksums.ts';
import { describeDeployed, downloadAddress } from './describe-item.ts';
import {
  type Exchange,
  mayDelete,
  mayDeploy,
  noDeleteRight,
  noDeployRight,
  requireUser,
  type World,
} from './exchange.ts';
import { mimeTypeOf } from './mime.ts';
import type { ArtifactoryUser } from './options.ts';
import { nameOf, parentOf, parseTarget, show, type Target } from './paths.ts';
import { json, Refusal, type Reply } from './reply.ts';
import { type FileItem, folderItem, type Item } from './store.ts';

export function deploy(world: World, exchange: Exchange): Reply {
  const user = requireUser(exchange);
  const target = parseTarget(exchange.rawPath);
  if (!world.repositories.has(target.repo)) {
    throw new Refusal(404, `Could not find a local repository named ${target.repo} to deploy to.`);
  }
  if (!mayDeploy(user)) throw noDeployRight(target, user);
  if (target.path === '') throw new Refusal(400, `Deploying to the root of '${target.repo}' needs a path.`);
  refuseFileAsParent(world, target);
  if (target.folder && exchange.body.length === 0) return deployFolder(world, exchange, target, user);
  const sidecar = sidecarOf(target.path);
  if (sidecar !== undefined) return deploySidecar(world, exchange, target, sidecar);
  return deployFile(world, exchange, target, user);
}

function deployFile(world: World, exchange: Exchange, target: Target, user: ArtifactoryUser): Reply {
  const declared = declaredChecksums(exchange.headers);
  const existing = world.store.get(target);
  if (existing?.kind === 'folder') {
    throw new Refusal(400, `Expected a file but found a folder, at: ${show(target)}`);
  }
  const same =
    existing !== undefined &&
    (declared.sha1 === existing.checksums.sha1 || declared.sha256 === existing.checksums.sha256);
  // Sending again what is there is no overwriting: that makes a repeated publication possible without the right to delete.
  if (existing !== undefined && !same && !mayDelete(user)) throw noDeleteRight(target, user);
  const bytes = isChecksumDeploy(exchange) ? knownContent(world, exchange) : exchange.body;
  const checksums = checksumsOf(bytes);
  if (!agree(declared, checksums)) {
    throw new Refusal(
      409,
      `Checksum policy 'LocalRepoChecksumPolicy: CLIENT' rejected the artifact '${show(target)}'. ` +
        `Checksums info: ${describeChecksums(declared, checksums)}`,
    );
  }
  const at = world.now();
  const item: FileItem = {
    kind: 'file',
    repo: target.repo,
    path: target.path,
    bytes,
    checksums,
    declared,
    mimeType: mimeTypeOf(nameOf(target.path)),
    created: existing?.created ?? at,
    createdBy: existing?.createdBy ?? user.name,
    modified: at,
    modifiedBy: user.name,
    updated: at,
    properties: target.properties,
  };
  world.store.put(item);
  return created(exchange, item);
}

function deployFolder(world: World, exchange: Exchange, target: Target, user: ArtifactoryUser): Reply {
  const existing = world.store.get(target);
  if (existing?.kind === 'file')
    throw new Refusal(400, `Expected a folder but found a file, at: ${show(target)}`);
  const item = existing ?? folderItem(target, world.now(), user.name, target.properties);
  if (existing === undefined) world.store.put(item);
  return created(exchange, item);
}

const itemCreated = 'application/vnd.org.jfrog.artifactory.storage.ItemCreated+json;charset=UTF-8';

function created(exchange: Exchange, item: Item): Reply {
  const sha256 = item.kind === 'file' ? { 'X-Checksum-Sha256': item.checksums.sha256 } : {};
  return json(201, describeDeployed(exchange.base, item), {
    'Content-Type': itemCreated,
    Location: downloadAddress(exchange.base, item),
    ...sha256,
  });
}

function isChecksumDeploy(exchange: Exchange): boolean {
  return String(exchange.headers['x-checksum-deploy'] ?? '').toLowerCase() === 'true';
}

/** Content that is stored somewhere already, found by the sha256 or else the sha1 that the client names. */
function knownContent(world: World, exchange: Exchange): Buffer {
  const declared = declaredChecksums(exchange.headers);
  if (declared.sha256 === undefined && declared.sha1 === undefined) {
    throw new Refusal(400, 'Checksum deploy failed. No SHA-256 or SHA-1 checksum was given.');
  }
  const known = world.store.findContent(declared);
  if (known !== undefined) return known.bytes;
  const which = declared.sha256 === undefined ? `SHA-1: ${declared.sha1}` : `SHA-256: ${declared.sha256}`;
  throw new Refusal(404, `Checksum deploy failed. No existing file with ${which}`);
}

export interface Sidecar {
  readonly kind: ChecksumKind;
  /** The file whose checksum it is. */
  readonly path: string;
}

/** `x.json.sha1` stands for the checksum of `x.json`. */
export function sidecarOf(path: string): Sidecar | undefined {
  const [, of, kind] = /^(.*[^/])\.(sha1|md5|sha256)$/su.exec(path) ?? [];
  return of === undefined ? undefined : { path: of, kind: kind as ChecksumKind };
}

function deploySidecar(world: World, exchange: Exchange, target: Target, sidecar: Sidecar): Reply {
  const base = { repo: target.repo, path: sidecar.path };
  const file = world.store.get(base);
  if (file?.kind !== 'file')
    throw new Refusal(404, `Target file to set checksum on doesn't exist: ${show(base)}`);
  // `<hex>  <name>`, as sha256sum writes it, is accepted, too.
  const received = exchange.body.toString('utf8').trim().split(/\s/u, 1)[0]?.toLowerCase() ?? '';
  const actual = file.checksums[sidecar.kind];
  world.store.update({ ...file, declared: { ...file.declared, [sidecar.kind]: received } });
  if (received !== actual) {
    throw new Refusal(
      409,
      `Checksum error for '${target.path}': received '${received}' but actual is '${actual}'`,
    );
  }
  return { status: 201, headers: { Location: downloadAddress(exchange.base, target) } };
}

function refuseFileAsParent(world: World, target: Target): void {
  for (let path = parentOf(target.path); path !== ''; path = parentOf(path)) {
    const parent = { repo: target.repo, path };
    if (world.store.get(parent)?.kind === 'file') {
      throw new Refusal(400, `Expected a folder but found a file, at: ${show(parent)}`);
    }
  }
}
