// Port mappings and the network mode.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/index.ts';
import { taskWith, twoContainers } from './descriptors.ts';
import { checkLines } from './lines.ts';

const lines = (value: JsonObject, late?: readonly string[]) => checkLines('task-definition', value, late);
const host = (ports: readonly JsonObject[]) => taskWith({ portMappings: ports }, { networkMode: 'host' });

describe('ports', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['no port', taskWith({ portMappings: [{ protocol: 'tcp' }] }), /^error port-mapping/],
    [
      'port range',
      taskWith({ portMappings: [{ containerPortRange: '20-10' }] }),
      /^error port-range .*'20-10' is no range/,
    ],
    ['port range of words', taskWith({ portMappings: [{ containerPortRange: 'a-b' }] }), /^error port-range/],
    [
      'port range and hostPort',
      taskWith({ portMappings: [{ containerPortRange: '10-20', hostPort: 7 }] }),
      /^error port-range .*no hostPort/,
    ],
    [
      'hostPort in awsvpc',
      taskWith({ portMappings: [{ containerPort: 80, hostPort: 81 }] }, { networkMode: 'awsvpc' }),
      /^error host-port-differs .*must equal containerPort \(80\), but is 81/,
    ],
    ['hostPort in host', host([{ containerPort: 80, hostPort: 81 }]), /^error host-port-differs/],
    [
      'hostPort of SSH',
      taskWith({ portMappings: [{ containerPort: 80, hostPort: 22 }] }),
      /^warning host-port-reserved/,
    ],
    [
      'hostPort given out',
      taskWith({ portMappings: [{ containerPort: 80, hostPort: 40_000 }] }),
      /^warning host-port-ephemeral/,
    ],
    [
      'hostPort twice',
      twoContainers({}, { portMappings: [{ containerPort: 81, hostPort: 1234 }] }),
      /^error duplicate-host-port \$\.containerDefinitions\[1\]\.portMappings\[0\]: Port 1234\/tcp is taken by container 'web' already/,
    ],
    [
      'port twice in host',
      host([{ containerPort: 80 }, { containerPort: 80 }]),
      /^error duplicate-host-port/,
    ],
    ['ports without network', taskWith({}, { networkMode: 'none' }), /^error network-mode .*portMappings/],
    [
      'links in host',
      twoContainers({ links: ['side'], portMappings: [] }, {}, { networkMode: 'host' }),
      /^error network-mode .*Links exist with the network mode bridge only, the task has host/,
    ],
    [
      'hostname in awsvpc',
      taskWith({ hostname: 'web', portMappings: [] }, { networkMode: 'awsvpc' }),
      /^error network-mode .*hostname is not supported/,
    ],
  ])('%s', (_, value, expected) => {
    expect(lines(value)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, JsonObject]>([
    [
      'dynamic ports',
      taskWith({ portMappings: [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }] }),
    ],
    [
      'one port, two protocols',
      taskWith({
        portMappings: [
          { containerPort: 53, hostPort: 53 },
          { containerPort: 53, hostPort: 53, protocol: 'udp' },
        ],
      }),
    ],
    ['range', taskWith({ portMappings: [{ containerPortRange: '10-20' }] })],
    ['host mode', host([{ containerPort: 80, hostPort: 80 }])],
  ])('allowed: %s', (_, value) => {
    expect(lines(value)).toEqual([]);
  });

  test.each<[string, JsonObject, string[]]>([
    ['network mode', taskWith({ hostname: 'a' }, { networkMode: 'awsvpc' }), ['$.networkMode']],
    [
      'host port',
      twoContainers({}, { portMappings: [{ containerPort: 80, hostPort: 1234 }] }),
      ['$.containerDefinitions[1].portMappings[0].hostPort'],
    ],
  ])('late, so not judged: %s', (_, value, late) => {
    expect(lines(value, late)).toEqual([]);
  });
});
