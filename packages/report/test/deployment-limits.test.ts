import { differences } from '@bamboo-ecs/release';
import { describe, expect, test } from '@jest/globals';
import { createdBy } from '../src/plan/created-by.ts';
import { changeGroups } from '../src/plan/changes.ts';
import { changesOf } from '../src/html/sections/changes.ts';
import { htmlText } from '../src/html/html.ts';
import { changeLines } from '../src/text/changes.ts';
import { paintFor } from '../src/text/paint.ts';

const service = (minimumHealthyPercent: number) => ({
  service: 'web',
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent },
});

describe('the limits of a deployment', () => {
  test('a value that becomes the default is shown with both sides, in the log and on the page', () => {
    const groups = changeGroups(
      differences('service-update', service(25), service(100)).map((one) => ({
        ...one,
        path: `service.${one.path}`,
      })),
    );
    expect(changeLines(groups, paintFor(false))).toEqual([
      '      service',
      '        minimumHealthyPercent  25 -> 100',
    ]);
    const page = changesOf(groups).map(htmlText).join('');
    expect(page).toContain('minimumHealthyPercent');
    expect(page).toContain('<code>25</code>');
    expect(page).toContain('<code>100</code>');
  });

  test('of a service that is created every value is shown, defaults too', () => {
    const created = createdBy({
      action: 'create',
      reason: '',
      cluster: 'qa',
      service: 'web',
      differences: [],
      notes: [],
      request: { serviceName: 'web', deploymentConfiguration: service(100).deploymentConfiguration },
    });
    expect(changeLines(changeGroups(created), paintFor(false))).toEqual([
      '      service',
      '        maximumPercent         + 200',
      '        minimumHealthyPercent  + 100',
    ]);
  });
});
