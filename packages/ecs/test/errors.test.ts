import { describe, expect, test } from '@jest/globals';
import { isEcsError } from '@bamboo-ecs/rollout';
import { createEcsClient } from '../src/index.ts';
import { type Answer, awsError, portTo, startScriptedServer } from './scripted-server.ts';

async function errorFor(answer: Answer, call: 'read' | 'write' = 'read') {
  await using server = await startScriptedServer([answer]);
  const { port } = portTo(server, { limits: { connect: 1000, request: 1000, call: 3000 } });
  const error: unknown = await (
    call === 'read'
      ? port.describeServices('qa', ['web'])
      : port.updateService({ cluster: 'qa', service: 'web' })
  ).catch((reason: unknown) => reason);
  if (!isEcsError(error)) throw new Error(`not an EcsError: ${String(error)}`);
  return error;
}

const page = '<html><body>Gateway</body></html>';
const denied =
  'User: arn:aws:sts::111111111111:assumed-role/bamboo/i-1 is not authorized to perform: ecs:UpdateService on resource: ' +
  'arn:aws:ecs:eu-west-1:111111111111:service/qa/web because no identity-based policy allows the ecs:UpdateService action';

describe('AWS errors by their code', () => {
  test.each([
    ['AccessDeniedException', 'no', 'access-denied'],
    ['UnauthorizedOperation', 'no', 'access-denied'],
    ['OptInRequired', 'not subscribed', 'access-denied'],
    ['ExpiredTokenException', 'The security token included in the request is expired', 'credentials'],
    ['ExpiredToken', 'expired', 'credentials'],
    ['UnrecognizedClientException', 'The security token included in the request is invalid.', 'credentials'],
    ['InvalidClientTokenId', 'invalid', 'credentials'],
    ['SignatureDoesNotMatch', 'no match', 'credentials'],
    ['InvalidSignatureException', 'no match', 'credentials'],
    ['MissingAuthenticationTokenException', 'missing', 'credentials'],
    ['ClusterNotFoundException', 'Cluster not found.', 'cluster-not-found'],
    ['ServiceNotFoundException', 'Service not found.', 'service-not-found'],
    ['ServiceNotActiveException', 'Service was not ACTIVE.', 'service-not-active'],
    ['ResourceNotFoundException', 'gone', 'not-found'],
    ['InvalidParameterException', 'TaskDefinition is inactive', 'refused'],
    ['ClientException', 'Family name is too long', 'refused'],
    ['LimitExceededException', 'The limit for the resource was exceeded.', 'refused'],
    ['PlatformUnknownException', 'unknown', 'refused'],
    ['SomethingNewException', 'new', 'refused'],
    ['com.amazonaws.ecs#ServiceNotFoundException', 'Service not found.', 'service-not-found'],
    ['UnknownOperationException', '', 'unsupported'],
    ['constructor', 'a code that is no code', 'refused'],
    ['__proto__', 'a code that is no code', 'refused'],
  ])('%s', async (code, message, kind) => {
    const error = await errorFor(awsError(code, message), 'write');
    expect(error.kind).toBe(kind);
    expect(error.operation).toBe('UpdateService');
    expect(error.code).toBe(code.split('#').pop());
    expect(error.message).toMatch(/^UpdateService \(service web in cluster qa\): \S/u);
    expect(error.message).toContain(message);
  });
});

describe('answers that are none of AWS', () => {
  test.each<[string, Answer, string, string]>([
    ['a page with 500', { status: 500, type: 'text/html', body: page }, 'unreachable', 'unreachable'],
    ['a page with 200', { status: 200, type: 'text/html', body: page }, 'unsupported', 'unreachable'],
    ['a page with 403', { status: 403, type: 'text/html', body: page }, 'access-denied', 'access-denied'],
    ['a page with 404', { status: 404, type: 'text/html', body: page }, 'unsupported', 'unsupported'],
    ['a page with 407', { status: 407, type: 'text/html', body: page }, 'unreachable', 'unreachable'],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://x/' }, body: '' },
      'unsupported',
      'unsupported',
    ],
    ['nothing with 401', { status: 401, body: '' }, 'credentials', 'credentials'],
    ['nothing with 501', { status: 501, body: '' }, 'unsupported', 'unsupported'],
    ['nothing with 503', { status: 503, body: '' }, 'unreachable', 'unreachable'],
    ['a broken connection', { trouble: 'drop' }, 'unreachable', 'unreachable'],
    ['half an answer', { trouble: 'half', body: '{"services":[' }, 'unreachable', 'unreachable'],
    ['JSON that is no object', { body: '[1,2]' }, 'unsupported', 'unreachable'],
  ])('%s', async (_, answer, read, write) => {
    expect((await errorFor(answer, 'read')).kind).toBe(read);
    expect((await errorFor(answer, 'write')).kind).toBe(write);
  });

  test('the beginning of a page is shown, its markup does not fill the log', async () => {
    const error = await errorFor({ status: 500, type: 'text/html', body: page + 'x'.repeat(100_000) });
    expect(error.message).toBe(
      'DescribeServices (service web in cluster qa): the answer (HTTP 500) is not JSON but begins with <html><bod',
    );
  });
});

describe('errors of AWS in their XML forms', () => {
  const xml = (status: number, body: string): Answer => ({ status, type: 'text/xml', body });
  const invalid = '<Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message>';

  test.each<[string, Answer, string, string]>([
    [
      'Query API',
      xml(
        403,
        `<ErrorResponse xmlns="https://x/"><Errors><Error>${invalid}</Error></Errors></ErrorResponse>`,
      ),
      'credentials',
      'The security token is invalid. (InvalidClientTokenId)',
    ],
    [
      'EC2',
      xml(401, `<?xml version="1.0"?>\n<Response><Errors><Error>${invalid}</Error></Errors></Response>`),
      'credentials',
      'The security token is invalid. (InvalidClientTokenId)',
    ],
    [
      'S3',
      xml(403, '<Error><Code>AccessDenied</Code><Message>&quot;No&quot; &amp; &lt;no&gt;</Message></Error>'),
      'access-denied',
      '"No" & <no> (AccessDenied)',
    ],
    ['without words', xml(400, '<Error><Code>SlowDown</Code></Error>'), 'throttled', 'SlowDown'],
    ['an unknown code', xml(400, '<Error><Code>Odd</Code><Message>No.</Message></Error>'), 'refused', 'No.'],
    ['without a code', xml(403, '<Error><Message>No.</Message></Error>'), 'access-denied', 'is not JSON'],
    [
      'with a status of success',
      xml(200, '<Error><Code>AccessDenied</Code></Error>'),
      'unreachable',
      'is not JSON',
    ],
  ])('%s', async (_, answer, kind, words) => {
    const error = await errorFor(answer, 'write');
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(words);
  });

  test('a write that was throttled in XML is sent again', async () => {
    await using server = await startScriptedServer([
      xml(400, '<Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error>'),
      { body: { service: { serviceName: 'web', status: 'ACTIVE' } } },
    ]);
    await expect(portTo(server).port.updateService({ cluster: 'qa', service: 'web' })).resolves.toMatchObject(
      { name: 'web' },
    );
    expect(server.asked).toHaveLength(2);
  });

  test('the title of a page says whose it is', async () => {
    const blocked =
      '<!doctype html><html lang=en><title>\n Blocked by\u001b[31m WebGate\n</title><h1>no</h1>';
    const error = await errorFor({ status: 403, type: 'text/html', body: blocked });
    expect(error.message).toContain('the answer (HTTP 403) is not JSON but a page: Blocked by [31m WebGate');
    expect(error.hint).toContain('proxy');
  });
});

describe('what the message says', () => {
  test('access denied names the action, the resource and who lacks it', async () => {
    const error = await errorFor(awsError('AccessDeniedException', denied), 'write');
    expect(error.message).toContain(denied);
    expect(error.hint).toBe(
      'Allow the action ecs:UpdateService on arn:aws:ecs:eu-west-1:111111111111:service/qa/web to arn:aws:sts::111111111111:assumed-role/bamboo/i-1.',
    );
  });

  test('access denied without a word of AWS names the action of the operation', async () => {
    const error = await errorFor(awsError('AccessDeniedException', ''), 'read');
    expect(error.hint).toBe('Allow the action ecs:DescribeServices to the role of the installation.');
  });

  test('iam:PassRole is named as such', async () => {
    const words =
      'User: arn:aws:iam::1:user/b is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/t';
    const error = await errorFor(awsError('AccessDeniedException', words), 'write');
    expect(error.hint).toBe(
      'Allow the action iam:PassRole on arn:aws:iam::1:role/t to arn:aws:iam::1:user/b.',
    );
  });

  test('a wrong clock is told as such', async () => {
    const words =
      'Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z (20260101T001500Z - 5 min.)';
    const error = await errorFor(awsError('InvalidSignatureException', words));
    expect(error).toMatchObject({ kind: 'credentials', hint: expect.stringContaining('clock') });
    expect(error.message).toContain('is now earlier than 20260101T001000Z');
  });

  test('the canonical request with its session token is left out', async () => {
    const words =
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.\n\n' +
      "The Canonical String for this request should have been\n'POST\n/\n\nx-amz-security-token:TOPSECRETTOKEN\n'";
    const error = await errorFor(awsError('SignatureDoesNotMatch', words));
    expect(error.message).toContain('does not match the signature you provided');
    expect(`${error.message}${error.hint}${error.stack}${String(error.cause)}`).not.toContain('TOPSECRET');
  });

  test('neither the message nor the cause carries the key, the token or the signature', async () => {
    await using server = await startScriptedServer([awsError('AccessDeniedException', 'no')]);
    const { port } = portTo(server, {
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'SECRETKEY', sessionToken: 'SESSIONTOKEN' },
    });
    const error: unknown = await port.describeServices('qa', ['web']).catch((reason: unknown) => reason);
    const { inspect } = await import('node:util');
    const everything = inspect(error, { depth: 20, showHidden: true });
    expect(everything).toContain('AccessDeniedException');
    expect(everything).not.toMatch(/SECRETKEY|SESSIONTOKEN|Signature=/u);
  });

  test('an encoded authorization message is cut', async () => {
    const blob = 'Ab3_-'.repeat(300);
    const error = await errorFor(
      awsError('UnauthorizedOperation', `Encoded authorization failure message: ${blob}`),
    );
    expect(error.message).toContain('Encoded authorization failure message: Ab3_-Ab3_-');
    expect(error.message.length).toBeLessThan(200);
  });

  test('line breaks, control characters and floods are tamed', async () => {
    const error = await errorFor(
      awsError('ClientException', `a\r\nb\u001b[31mc\u0000 ${'word '.repeat(1000)}`),
      'write',
    );
    expect(error.message).toMatch(/^UpdateService \(service web in cluster qa\): a b \[31mc word word/u);
    expect(error.message.length).toBeLessThan(800);
  });
});

describe('before anything is sent', () => {
  const port = async (settings: Parameters<typeof createEcsClient>[0]) =>
    portTo({ url: 'http://127.0.0.1:9' }, settings);

  test('a refused connection names the address', async () => {
    const { port: ecs } = await port({});
    await expect(ecs.updateService({ service: 'web' })).rejects.toMatchObject({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      message: 'UpdateService (service web in cluster default): connect ECONNREFUSED 127.0.0.1:9',
    });
  });

  test('no credentials', async () => {
    const { port: ecs } = await port({
      credentials: async () => {
        throw Object.assign(new Error('Could not load credentials from any providers'), {
          name: 'CredentialsProviderError',
        });
      },
    });
    await expect(ecs.describeServices('qa', ['web'])).rejects.toMatchObject({
      kind: 'credentials',
      code: 'CredentialsProviderError',
      hint: expect.stringContaining('AWS_PROFILE'),
    });
  });

  test('credentials that are never found end with the limit', async () => {
    const { port: ecs } = await port({
      credentials: () => new Promise<never>(() => {}),
      limits: { call: 150 },
    });
    await expect(ecs.describeCluster('qa')).rejects.toMatchObject({
      kind: 'unreachable',
      hint: expect.stringContaining('credentials'),
    });
  });

  test('an address that is none', async () => {
    const { port: ecs } = await port({ endpoint: 'localhost' });
    await expect(ecs.describeCluster('qa')).rejects.toMatchObject({
      name: 'EcsError',
      operation: 'DescribeClusters',
    });
  });
});
