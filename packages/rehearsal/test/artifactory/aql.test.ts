import { describe, expect, test } from '@jest/globals';
import { ci, start } from './try-out.ts';

async function filled(edition: 'oss' | 'pro' = 'oss') {
  const server = await start({ edition, now: () => Date.UTC(2026, 0, 10) });
  await server.ask('PUT', 'r/org/mod/1.0/x.json;k=a;k=b;n=1', { body: 'xx' });
  await server.ask('PUT', 'r/org/mod/1.1/y.json;k=c', { body: 'yyy' });
  await server.ask('PUT', 'r/top.txt', { body: '' });
  await server.ask('PUT', 'other/org/z.json', { body: 'z' });
  const aql = (query: string, as?: Record<string, string>) =>
    server.ask('POST', 'api/search/aql', {
      body: query,
      headers: { 'Content-Type': 'text/plain' },
      ...(as ? { as } : {}),
    });
  const names = async (criteria: string) => {
    const answer = await aql(`items.find(${criteria}).include("repo","path","name")`);
    if (answer.status !== 200) throw new Error(answer.text);
    return (answer.json as { results: { name: string }[] }).results.map(({ name }) => name);
  };
  return { server, aql, names, [Symbol.asyncDispose]: () => server.close() };
}

describe('AQL', () => {
  test('the query of jf for one file, and its answer', async () => {
    await using it = await filled();
    const answer = await it.aql(
      'items.find({"path":{"$ne":"."},"$or":[{"$and":[{"repo":"r","path":"org/mod/1.0","name":"x.json"}]}]}).include("name","repo","path","actual_md5","actual_sha1","sha256","size","type","modified","created","property")',
    );
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      results: [
        {
          repo: 'r',
          path: 'org/mod/1.0',
          name: 'x.json',
          type: 'file',
          size: 2,
          created: '2026-01-10T00:00:00.000Z',
          properties: [
            { key: 'k', value: 'a' },
            { key: 'k', value: 'b' },
            { key: 'n', value: '1' },
          ],
        },
      ],
      range: { start_pos: 0, end_pos: 1, total: 1 },
    });
  });

  test.each([
    ['{"repo":"r"}', ['x.json', 'y.json', 'top.txt']],
    ['{"repo":"nowhere"}', []],
    ['', ['x.json', 'y.json', 'top.txt', 'z.json']],
    ['{}', ['x.json', 'y.json', 'top.txt', 'z.json']],
    ['{"path":"."}', ['top.txt']],
    ['{"name":{"$match":"?.json"}}', ['x.json', 'y.json', 'z.json']],
    ['{"name":{"$nmatch":"*.json"}}', ['top.txt']],
    ['{"path":{"$match":"org/*"},"name":{"$match":"*"}}', ['x.json', 'y.json']],
    ['{"@k":"b"}', ['x.json']],
    ['{"@k":{"$match":"*"}}', ['x.json', 'y.json']],
    ['{"@k":{"$ne":"c"},"repo":"r"}', ['x.json', 'top.txt']],
    ['{"@*":{"$match":"1"}}', ['x.json']],
    ['{"@constructor":{"$match":"*"}}', []],
    ['{"size":{"$gt":1,"$lt":3}}', ['x.json']],
    ['{"size":{"$gte":"2"}}', ['x.json', 'y.json']],
    ['{"size":0}', ['top.txt']],
    ['{"created":{"$gt":"2026-01-09"}}', ['x.json', 'y.json', 'top.txt', 'z.json']],
    ['{"created":{"$lte":"2026-01-09"}}', []],
    ['{"created":{"$last":"2d"}}', ['x.json', 'y.json', 'top.txt', 'z.json']],
    ['{"modified":{"$before":"1w"}}', []],
    ['{"type":"folder","repo":"other"}', ['org']],
    ['{"type":"any","repo":"other"}', ['org', 'z.json']],
    ['{"$or":[{"name":"x.json"},{"name":"y.json"}]}', ['x.json', 'y.json']],
    ['{"$or":[{"name":"x.json"},{"name":"y.json"}],"$or":[{"name":"y.json"},{"name":"z.json"}]}', ['y.json']],
    ['{"$and":[{"name":{"$match":"*.json"}}],"$and":[{"repo":"other"}]}', ['z.json']],
    ['{"name":{"$match":"*","$nmatch":"x*"},"repo":"r"}', ['y.json', 'top.txt']],
    ['{"name":"x.json"},{"repo":"r"}', ['x.json']],
  ])('find(%s)', async (criteria, expected) => {
    await using it = await filled();
    expect((await it.names(criteria)).sort()).toEqual([...expected].sort());
  });

  test.each([
    ['', 'nothing'],
    ['items', 'no find'],
    ['items.find({"repo":"r"}', 'not closed'],
    ['items.find({"repo":"r"}) rubbish', 'rubbish behind it'],
    ['builds.find({})', 'another domain'],
    ['items.find({"stat.downloads":{"$gt":1}})', 'a field of another domain'],
    ['items.find({"repo":{"$in":["r"]}})', 'no operator of AQL'],
    ['items.find({"repo":["r"]})', 'a list'],
    ['items.find({"$or":{"repo":"r"}})', '$or without a list'],
    ['items.find({"repo":null})', 'null'],
    ['items.find({repo:"r"})', 'a key without quotes'],
    ['items.find({"repo":"r",})', 'a comma too many'],
    ['items.find("r")', 'a text as criterion'],
    ['items.find({}).include("nonsense")', 'a field that is none'],
    ['items.find({}).limit(-1)', 'a negative limit'],
    ['items.find({}).limit(1).include("repo","path","name")', 'steps in the wrong order'],
    ['items.find({}).limit(1).limit(2)', 'a step twice'],
    ['items.find({}).sum()', 'a step that is none'],
    ['items.find({"created":{"$last":"soon"}})', 'a time that is none'],
    ['items.find({"size":{"$gt":"much"}})', 'a size that is none'],
    [`items.find(${'{"$and":['.repeat(200)}${']}'.repeat(200)})`, 'too deep'],
  ])('%s: 400 with the place (%s)', async (query) => {
    await using it = await filled();
    const answer = await it.aql(query);
    expect(answer.status).toBe(400);
    expect(answer.message).toContain(
      `Failed to parse query: ${query}, it looks like there is syntax error near`,
    );
  });

  test('too long', async () => {
    await using it = await filled();
    expect((await it.aql(`items.find({"name":"${'x'.repeat(6000)}"})`)).status).toBe(400);
  });

  test('who is no administrator must ask for repo, path and name', async () => {
    await using it = await filled();
    expect(await it.aql('items.find({}).include("name")', ci)).toMatchObject({
      status: 400,
      message: 'For permissions reasons AQL demands the following fields: repo, path and name.',
    });
    expect((await it.aql('items.find({}).include("name")')).status).toBe(200);
    expect((await it.aql('items.find({}).include("repo","path","name","@k")', ci)).json).toMatchObject({
      results: expect.arrayContaining([
        { repo: 'r', path: 'org/mod/1.1', name: 'y.json', properties: [{ key: 'k', value: 'c' }] },
      ]),
    });
  });

  test('sorting: plain text under a JSON type on OSS, and done on Pro', async () => {
    const query =
      'items.find({"repo":"r"}).include("repo","path","name").sort({"$desc":["size","name"]}).offset(1).limit(1)';
    await using oss = await filled('oss');
    const refused = await oss.aql(query);
    expect(refused).toMatchObject({
      status: 400,
      text: 'Sorting is not supported by AQL in the open source version',
    });
    expect(refused.headers.get('content-type')).toBe('application/json');
    await using pro = await filled('pro');
    expect((await pro.aql(query)).json).toEqual({
      results: [{ repo: 'r', path: 'org/mod/1.0', name: 'x.json' }],
      range: { start_pos: 1, end_pos: 2, total: 1, limit: 1 },
    });
  });

  test('a pattern made to be slow is not', async () => {
    await using it = await filled();
    await it.server.ask('PUT', `r/${'a'.repeat(200)}`, { body: '' });
    const started = performance.now();
    expect(await it.names(`{"name":{"$match":"${'*a'.repeat(100)}*b"}}`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
