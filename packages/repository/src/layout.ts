// Where a release lies in a repository: `<project>/<version>/<file>`.
import { descriptorFileName, descriptorKinds, manifestFileName } from '@bamboo-ecs/release';

/** `hid-generator/1.0.15.RELEASE` */
export function releaseFolder(project: string, version: string): string {
  return `${project}/${version}`;
}

/** `hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE-release.json` */
export function manifestPathOf(project: string, version: string): string {
  return `${releaseFolder(project, version)}/${manifestFileName(project, version)}`;
}

/** The names of the copies that lie beside a manifest. */
export function copyNames(project: string, version: string): readonly string[] {
  return descriptorKinds.map((kind) => descriptorFileName(project, version, kind));
}

/** `hid-generator/1.0.15.RELEASE/records` */
export function recordsFolder(project: string, version: string): string {
  return `${releaseFolder(project, version)}/records`;
}
