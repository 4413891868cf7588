import { describe, expect, test } from '@jest/globals';
import { admin, basic, start } from './try-out.ts';

describe('logging in', () => {
  test.each([
    ['password', admin],
    ['API key as a password', basic('admin', 'AKCp8key')],
    ['token as a password', basic('ci', 'ci-token')],
    ['Bearer', { Authorization: 'Bearer ci-token' }],
    ['bearer in small letters', { Authorization: 'bearer ci-token' }],
    ['X-JFrog-Art-Api with a key', { 'X-JFrog-Art-Api': 'AKCp8key' }],
    ['X-JFrog-Art-Api with a token', { 'X-JFrog-Art-Api': 'ci-token' }],
  ])('%s', async (_, as) => {
    await using server = await start();
    expect((await server.ask('GET', 'api/storage/r', { as })).status).toBe(200);
  });

  test.each([
    ['a wrong password', basic('admin', 'no'), 'Bad Credentials'],
    ['nobody of this name', basic('constructor', 'x'), 'Bad Credentials'],
    ['an empty password', basic('admin', ''), 'Bad Credentials'],
    ['an unknown token', { Authorization: 'Bearer no' }, 'Props Authentication Token not found'],
    ['an expired token', { Authorization: 'Bearer old-token' }, 'Token failed verification: expired'],
    ['an unknown key', { 'X-JFrog-Art-Api': 'no' }, 'Bad Credentials'],
    ['another scheme', { Authorization: 'Digest x' }, 'Bad Credentials'],
    ['nothing', {}, 'Authentication is required'],
  ])('%s: 401', async (_, as, message) => {
    await using server = await start();
    const answer = await server.ask('GET', 'r/x.json', { as });
    expect(answer).toMatchObject({ status: 401, message });
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Artifactory Realm"');
  });

  test('five wrong passwords lock the user out for a while, even with the right one', async () => {
    let time = 0;
    await using server = await start({ now: () => time });
    for (let attempt = 0; attempt < 5; attempt++) {
      expect((await server.ask('GET', 'r/x', { as: basic('ci', 'no') })).status).toBe(401);
    }
    expect(await server.ask('GET', 'r/x', { as: basic('ci', 'ci-pass') })).toMatchObject({
      status: 403,
      message: 'This request is blocked due to recurrent login failures, please try again in 30 seconds',
    });
    expect((await server.ask('GET', 'api/storage/r')).status).toBe(200);
    time += 30_000;
    expect((await server.ask('GET', 'api/storage/r', { as: basic('ci', 'ci-pass') })).status).toBe(200);
  });

  test('a right password in between starts the count anew', async () => {
    await using server = await start();
    for (const password of ['1', '2', '3', '4', 'ci-pass', '1', '2', '3', '4']) {
      await server.ask('GET', 'r/x', { as: basic('ci', password) });
    }
    expect((await server.ask('GET', 'api/storage/r', { as: basic('ci', 'ci-pass') })).status).toBe(200);
  });

  test('anonymous reading does not mean anonymous writing', async () => {
    await using server = await start({ anonymousRead: true });
    expect((await server.ask('GET', 'api/storage/r', { as: {} })).status).toBe(200);
    expect((await server.ask('PUT', 'r/x.json', { as: {}, body: 'x' })).status).toBe(401);
    expect((await server.ask('DELETE', 'r/x.json', { as: {} })).status).toBe(401);
    expect((await server.ask('GET', 'api/storage/r', { as: basic('admin', 'no') })).status).toBe(401);
  });
});
