// The image of the rehearsal's service: a static busybox and one script, without Docker.
import type { RunsAs } from '@bamboo-ecs/rehearsal';
import { tar } from './tar.ts';

/** `serves`: answers each request with its tag and ends 0.2 s after SIGTERM. `crashes`: says why and exits with 3. */
export type TaskKind = 'serves' | 'crashes';

export interface TaskImageInput {
  /** A static one. */
  readonly busybox: Buffer;
  readonly tag: string;
  readonly task: TaskKind;
  readonly architecture: RunsAs['architecture'];
  readonly labels: Readonly<Record<string, string>>;
}

const scripts: Readonly<Record<TaskKind, string>> = {
  serves: `httpd -f -p 8080 -h /www &
trap 'sleep 0.2; exit 0' TERM
echo "orders listens on 8080"
wait
`,
  crashes: `echo "orders: cannot open the price list: no such file" >&2
exit 3
`,
};

/** The same input gives the same bytes, and so the same digest. */
export function makeTaskImage(input: TaskImageInput): { readonly layer: Buffer; readonly runs: RunsAs } {
  const { busybox, tag, task, architecture, labels } = input;
  const applets = ['sh', 'sleep', 'httpd', 'echo'];
  const layer = tar([
    { name: 'bin/' },
    { name: 'bin/busybox', content: busybox, mode: 0o755 },
    ...applets.map((applet) => ({ name: `bin/${applet}`, link: 'busybox', mode: 0o777 })),
    { name: 'www/' },
    { name: 'www/index.html', content: `orders ${tag}\n` },
    { name: 'task', content: `#!/bin/sh\n${scripts[task]}`, mode: 0o755 },
  ]);
  return { layer, runs: { architecture, config: { Cmd: ['/task'], Env: ['PATH=/bin'], Labels: labels } } };
}
