// What programs say when they give up, in the words of their languages, servers and drivers.
import { describe, expect, test } from '@jest/globals';
import type { LogTail } from '../../src/index.ts';
import { lastWords } from '../../src/logs/last-words.ts';
import { listensLocally, listensOn } from '../../src/logs/listens-on.ts';
import { shownTails } from '../../src/logs/shown-tails.ts';

function tail(...lines: readonly string[]): LogTail {
  return { container: 'web', task: '0123', where: 'x', lines: lines.map((text) => ({ text })) };
}

const said: readonly (readonly [key: string, line: string, because: string])[] = [
  ['port-in-use', 'Error: listen EADDRINUSE: address already in use :::3000', '(3000)'],
  ['port-in-use', 'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)', 'taken'],
  ['port-in-use', 'OSError: [Errno 98] Address already in use', 'taken'],
  ['port-in-use', 'Web server failed to start. Port 8080 was already in use.', 'taken'],
  ['connection-refused', 'Error: connect ECONNREFUSED 10.0.3.7:5432', 'to 10.0.3.7:5432'],
  [
    'connection-refused',
    'psycopg2.OperationalError: connection to server at "db" (10.0.0.3), port 5432 failed: Connection refused',
    'connection refused',
  ],
  ['connection-refused', 'dial tcp 172.17.0.2:6379: connect: connection refused', 'to 172.17.0.2:6379'],
  ['connection-refused', 'Caused by: java.net.ConnectException: Connection refused', 'refused'],
  ['name-not-found', 'Error: getaddrinfo ENOTFOUND db.internal', 'db.internal'],
  [
    'name-not-found',
    'could not translate host name "db" to address: Name or service not known',
    'by its name',
  ],
  ['name-not-found', 'Caused by: java.net.UnknownHostException: queue.internal', 'queue.internal'],
  ['name-not-found', 'dial tcp: lookup redis on 10.0.0.2:53: no such host', 'redis'],
  ['no-connection', 'Error: connect ETIMEDOUT 10.0.9.9:443', 'to 10.0.9.9:443'],
  [
    'no-connection',
    'HikariPool-1 - Connection is not available, request timed out after 30000ms',
    'time-out',
  ],
  ['credentials', 'FATAL: password authentication failed for user "web"', 'user or password'],
  [
    'credentials',
    "ERROR 1045 (28000): Access denied for user 'web'@'10.0.0.3' (using password: YES)",
    'password',
  ],
  ['credentials', 'WRONGPASS invalid username-password pair or user is disabled.', 'password'],
  ['no-database', 'FATAL: database "orders" does not exist', 'orders'],
  [
    'certificate',
    'ssl.SSLCertVerificationError: certificate verify failed: self signed certificate',
    'certificate',
  ],
  ['certificate', 'x509: certificate signed by unknown authority', 'trust'],
  ['certificate', 'PKIX path building failed: unable to find valid certification path', 'trust'],
  ['heap', 'java.lang.OutOfMemoryError: Java heap space', 'memory'],
  ['heap', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'memory'],
  [
    'access-denied',
    'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: s3:GetObject',
    's3:GetObject',
  ],
  ['no-credentials', 'botocore.exceptions.NoCredentialsError: Unable to locate credentials', 'credentials'],
  ['module', "ModuleNotFoundError: No module named 'flask'", 'flask'],
  ['module', "Error: Cannot find module '/app/server.js'", '/app/server.js'],
  ['module', 'Error: Could not find or load main class com.example.Main', 'com.example.Main'],
  ['module', 'Error: Unable to access jarfile app.jar', 'app.jar'],
  [
    'module',
    'error while loading shared libraries: libpq.so.5: cannot open shared object file',
    'not in the image',
  ],
  ['module', 'no main manifest attribute, in /app.jar', 'module or library'],
  ['environment', "KeyError: 'DATABASE_URL'", 'DATABASE_URL'],
  ['environment', "Could not resolve placeholder 'spring.datasource.url' in value", 'spring.datasource.url'],
  ['environment', 'Error: environment variable "API_BASE" is not set', 'API_BASE'],
  ['environment', '/entrypoint.sh: line 3: DB_HOST: unbound variable', 'DB_HOST'],
  ['environment', 'Missing required environment variable: STRIPE_KEY', 'STRIPE_KEY'],
  [
    'version',
    'UnsupportedClassVersionError: com/example/Main has been compiled by a more recent version',
    'version',
  ],
  ['option', "Unrecognized VM option 'UseFooGC'", 'UseFooGC'],
  ['option', 'flag provided but not defined: -port', '-port'],
  ['exec-format', 'exec /usr/local/bin/streamlit: exec format error', 'processor'],
  ['exec-format', 'standard_init_linux.go:228: exec user process caused: exec format error', 'processor'],
  ['read-only', "touch: cannot touch '/var/run/x': Read-only file system", 'read-only'],
  ['no-space', 'write /data/x: no space left on device', 'full'],
  ['files-limit', 'Error: EMFILE: too many open files', 'open files'],
  ['permission', "Error: EACCES: permission denied, open '/data/store.db'", '/data/store.db'],
  ['permission', 'java.nio.file.AccessDeniedException: /data/index', '/data/index'],
  ['permission', "PermissionError: [Errno 13] Permission denied: '/app/logs'", '/app/logs'],
  ['file', "Error: ENOENT: no such file or directory, open '/etc/app/config.yml'", 'not there'],
  ['migration', 'FlywayException: Validate failed: Migrations have failed validation', 'schema'],
  ['migration', 'liquibase.exception.LockException: Could not acquire change log lock.', 'schema'],
  [
    'configuration',
    'nginx: [emerg] unknown directive "proxypass" in /etc/nginx/nginx.conf:12',
    'configuration',
  ],
  ['syntax', 'SyntaxError: Unexpected token }', 'mistake'],
  ['syntax', 'panic: runtime error: invalid memory address or nil pointer dereference', 'mistake'],
];

describe('the last words', () => {
  test.each(said)('%s: %s', (key, line, because) => {
    const words = lastWords([tail('INFO starting', line, '    at main (server.js:1:1)')]);
    expect(words).toMatchObject({ key, line: line.slice(0, 200) });
    expect(words?.because).toContain(because);
    expect(words?.advice).toMatch(/^[A-Z].*\.$/u);
  });

  test('a line that nobody knows is told all the same: one that complains before the last one', () => {
    const words = lastWords([tail('starting', 'the widget failed to frobnicate', 'bye')]);
    expect(words).toEqual({
      key: null,
      line: 'the widget failed to frobnicate',
      container: 'web',
      task: '0123',
    });
    expect(lastWords([tail('starting', 'bye')])?.line).toBe('bye');
    expect(lastWords([tail('   at a (b.js)', '}')])).toBeNull();
    expect(lastWords([])).toBeNull();
  });

  test.each([
    [
      '{"level":"error","msg":"no luck","err":{"message":"connect ECONNREFUSED 10.0.0.1:5432","stack":"at x"}}',
      'no luck: connect ECONNREFUSED 10.0.0.1:5432',
      'connection-refused',
    ],
    [
      '{"@timestamp":"t","message":"Could not resolve placeholder \'db.url\' in value"}',
      "Could not resolve placeholder 'db.url' in value",
      'environment',
    ],
    [
      '{"severity":"ERROR","error":"x509: certificate signed by unknown authority"}',
      'x509: certificate signed by unknown authority',
      'certificate',
    ],
    ['{"a":1} failed', '{"a":1} failed', null],
    ['{"__proto__":"x","n":1}', '{"__proto__":"x","n":1}', null],
  ])('of a line of JSON its message: %s', (line, words, key) => {
    expect(lastWords([tail(line)])).toMatchObject({ line: words, key });
  });

  test('the newest line that is known counts, and a tail with such a line before one without', () => {
    const lines = ["Error: Cannot find module 'x'", 'retrying', 'Error: connect ECONNREFUSED 127.0.0.1:6379'];
    expect(lastWords([tail(...lines)])?.key).toBe('connection-refused');
    expect(lastWords([tail('hello'), tail(lines[0] ?? '')])?.key).toBe('module');
  });

  test('long lines and lines that would take long to search are cut and quick', () => {
    const nasty = `${'a'.repeat(50_000)} listening ${':'.repeat(50_000)} host ${'x '.repeat(20_000)}`;
    const from = performance.now();
    expect(lastWords([tail(nasty)])?.line.length).toBeLessThanOrEqual(200);
    expect(performance.now() - from).toBeLessThan(2000);
  });

  test.each([
    ['Server listening on port 3000', 3000, false],
    ['Tomcat started on port(s): 8080 (http)', 8080, false],
    ['Tomcat initialized with port 8081 (http)', null, false],
    ['Listening on http://0.0.0.0:8000 (Press CTRL+C to quit)', 8000, false],
    [' * Running on http://127.0.0.1:5000', 5000, true],
    ['Now listening on: http://[::]:8080', 8080, false],
    ['started server on 0.0.0.0:3000, url: http://localhost:3000', 3000, false],
    ['Ready to accept connections', null, false],
    ['listening at noon', null, false],
  ])('%s', (line, port, local) => {
    expect(listensOn([tail('hello', line)])).toBe(port);
    expect(listensLocally([tail('hello', line)])).toBe(local);
  });

  test('of each container the newest tail with lines is shown, three at most', () => {
    const empty = { ...tail(), note: 'x' };
    const other = (container: string, ...lines: string[]): LogTail => ({ ...tail(...lines), container });
    expect(shownTails([tail('a'), empty])).toEqual([tail('a')]);
    expect(shownTails([empty, tail('a'), tail('b')])).toEqual([tail('b')]);
    const many = [other('1'), other('2', 'x'), other('3'), other('4', 'y')];
    expect(shownTails(many).map(({ container }) => container)).toEqual(['2', '4', '1']);
  });
});
