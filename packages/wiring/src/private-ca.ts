import { misconfigured, whyUnread, type RunContext } from '@bamboo-ecs/program';

const caLimit = 4 * 1024 * 1024;

/** The PEM of the setting `ca-file`; undefined when it is not set. */
export async function privateCa(context: RunContext): Promise<string | undefined> {
  const name = context.settings.text('ca-file');
  if (name === undefined) return undefined;
  const read = await context.files.read(name, caLimit);
  const text = read.kind === 'file' ? new TextDecoder().decode(read.bytes) : '';
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  const why = read.kind === 'file' ? 'holds no PEM certificate' : whyUnread(read);
  throw misconfigured('settings', [
    {
      severity: 'error',
      code: 'ca-file',
      message: `the CA file ${name} ${why}`,
      place: { variable: 'ca-file' },
      hint: 'Mount the PEM file of your CA (-----BEGIN CERTIFICATE-----) and give its path in the container.',
    },
  ]);
}
