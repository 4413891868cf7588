// What programs say when they give up: the words of common languages, servers and drivers, and what they mean.

export interface SaidRule {
  /** Stable, kebab-case. */
  readonly key: string;
  readonly find: RegExp;
  /** Goes on after "because": `it cannot connect to db:5432 (connection refused)`. */
  readonly because: (line: string, match: RegExpExecArray) => string;
  readonly advice: string | ((match: RegExpExecArray) => string);
}

/** `db:5432`, `10.0.0.3:6379`, as it stands in a line; empty when there is none. */
function addressIn(line: string): string {
  const found =
    /(?:^|[\s"'(=/@])((?:\d{1,3}\.){3}\d{1,3}:\d{2,5}|\[?::1\]?:\d{2,5}|(?!\d+:)[a-z][\w.-]*:\d{2,5})\b/iu.exec(
      line,
    )?.[1] ?? /host "?([\w.-]+)"?.{0,40}?port (\d+)/iu.exec(line)?.slice(1, 3).join(':');
  return found === undefined ? '' : ` to ${found}`;
}

/** `"DATABASE_URL"`, the name that a pattern caught. */
function named(match: RegExpExecArray): string {
  const name = match.slice(1).find((group) => group !== undefined && group !== '');
  return name === undefined ? '' : ` ${name}`;
}

/** The first that fits a line decides; the special ones come first. */
export const saidRules: readonly SaidRule[] = [
  {
    key: 'port-in-use',
    find: /EADDRINUSE|address already in use|Address in use|port (\d+) (?:is|was) already (?:in use|allocated)|Only one usage of each socket address/iu,
    because: (line) =>
      `the port that it listens on is taken${/[:\s](\d{2,5})\b(?!.*\d)/u.exec(line)?.[1] ? ` (${/[:\s](\d{2,5})\b(?!.*\d)/u.exec(line)?.[1]})` : ''}`,
    advice:
      'Look for a second process of the container on that port; in network mode host each task of the instance needs a port of its own (bridge with hostPort 0, or awsvpc).',
  },
  {
    key: 'heap',
    find: /java\.lang\.OutOfMemoryError|heap out of memory|\bMemoryError\b|std::bad_alloc|Cannot allocate memory|fatal error: runtime: out of memory/iu,
    because: () => 'the program ran out of memory',
    advice:
      'Raise memory in the template of the task definition, or give the program a limit that fits into it (-Xmx, --max-old-space-size).',
  },
  {
    key: 'access-denied',
    find: /(?:is not authorized to perform:? ([\w-]+:\w+))|(?<!file\.|access\.)AccessDeniedException|\bAccessDenied\b|UnauthorizedOperation/u,
    because: (_line, match) => `AWS denies it${match[1] ? ` ${match[1]}` : ' a call'}`,
    advice:
      'Allow it to the taskRoleArn of the task definition (the execution role is for ECS, not for the program).',
  },
  {
    key: 'no-credentials',
    find: /Unable to locate credentials|Could not load credentials|NoCredentialProviders|CredentialsProviderError|Unable to load (?:AWS )?credentials/iu,
    because: () => 'it finds no AWS credentials',
    advice: 'Set taskRoleArn in the template of the task definition.',
  },
  {
    key: 'credentials',
    find: /password authentication failed|Access denied for user|authentication failed|Login failed for user|invalid (?:username|user name|user) or password|bad credentials|WRONGPASS|NOAUTH|ORA-01017|no pg_hba\.conf entry/iu,
    because: () => 'a server does not accept its user or password',
    advice:
      'Compare the secrets of the task definition with the server of this environment (was a password changed or rotated?).',
  },
  {
    key: 'no-database',
    find: /database "?([\w-]+)"? does not exist|Unknown database '([\w-]+)'|Cannot open database "([\w-]+)"/iu,
    because: (_line, match) => `the database${named(match)} does not exist`,
    advice: 'Create it, or correct its name in the environment of the task definition.',
  },
  {
    key: 'migration',
    find: /FlywayException|Migration checksum mismatch|Validate failed: |LockException|change ?log lock|pending migrations|(?:relation|table) "?'?[\w.]+"?'? (?:does not|doesn't) exist|no such table/iu,
    because: () => 'a migration of its database does not go through, or its schema is not what it expects',
    advice: 'Look at the migrations: which one failed, or has not run, or holds its lock.',
  },
  {
    key: 'certificate',
    find: /certificate verify failed|self[- ]signed certificate|x509: |PKIX path building failed|unable to (?:verify the first|get (?:local )?issuer) certificate|CERT_HAS_EXPIRED|certificate has expired|SSLHandshakeException|no alternative certificate subject name/iu,
    because: () => 'it does not trust the certificate of a server',
    advice:
      'Put the certificate authority into the image, renew the certificate, or use the name that stands in it.',
  },
  {
    key: 'name-not-found',
    find: /(?:getaddrinfo )?(?:ENOTFOUND|EAI_AGAIN) ?([\w.-]*)|Name or service not known|could not translate host name "?([\w.-]+)|UnknownHostException:? ?([\w.-]*)|lookup ([\w.-]+).{0,60}no such host|no such host|getaddrinfo|Temporary failure in name resolution|Could not resolve host:? ?([\w.-]*)|php_network_getaddresses/u,
    because: (_line, match) => `it cannot find a host by its name${named(match)}`,
    advice:
      'Check the name in the environment of the task definition, and DNS in the VPC (private zone, Cloud Map).',
  },
  {
    key: 'connection-refused',
    find: /ECONNREFUSED|connection refused|actively refused it|Communications link failure/iu,
    because: (line) => `it cannot connect${addressIn(line)}: connection refused`,
    advice:
      'Check that what it connects to is up and listens there, and the address in the environment of the task definition (localhost is the container itself).',
  },
  {
    key: 'no-connection',
    find: /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|connect(?:ion)?(?:\w* )?timed? ?out|ConnectTimeout|i\/o timeout|No route to host|Network is unreachable|HikariPool.*Connection is not available|server selection timed? ?out/iu,
    because: (line) => `it gets no connection${addressIn(line)}: time-out`,
    advice:
      'Let the security group of the task out and that of the other side in, and check route and address.',
  },
  {
    key: 'environment',
    find: /KeyError: '([A-Z][A-Z0-9_]+)'|Could not resolve placeholder '([^']+)'|([A-Z][A-Z0-9_]{2,}):? (?:is |must be |was |has )?(?:not |un)(?:set|defined|bound|specified|provided)|([A-Z][A-Z0-9_]{2,}) (?:is required|must be set|is missing)|environment variable[s]? "?'?`?([A-Za-z][A-Za-z0-9_]+)"?'?`? (?:is |are |was |must be )?(?:not|un|missing|required)|(?:missing|required) (?:required )?(?:environment|env)(?:ironment)? ?var(?:iable)?s?:? ?"?'?`?([A-Za-z]\w+)?|\b(\w+): (?:unbound variable|parameter (?:null or )?not set)/u,
    because: (_line, match) =>
      named(match)
        ? `${named(match).trim()} is not set in its environment`
        : 'a setting is missing in its environment',
    advice: (match) =>
      `Add ${named(match).trim() || 'it'} to environment or secrets in the template of the task definition.`,
  },
  {
    key: 'module',
    find: /ModuleNotFoundError: No module named '?([\w.]+)|ImportError: (?:cannot import name )?'?([\w.]+)?|Cannot find (?:module|package) '?"?([^'"\s]+)|ERR_MODULE_NOT_FOUND|ClassNotFoundException:? ?([\w.$]*)|NoClassDefFoundError:? ?([\w./$]*)|Could not find or load main class ?(\S*)|no main manifest attribute|Unable to access jarfile ?(\S*)|cannot open shared object file|error while loading shared libraries: ([\w.+-]+)|version `?GLIBC\w*_([\d.]+)|cannot load such file -- (\S+)|Could not load file or assembly '?([\w.]+)/u,
    because: (_line, match) =>
      `a part of the program is not in the image:${named(match) || ' a module or library'}`,
    advice:
      'Look at what the build puts into the image (dependencies installed, right base image, right path).',
  },
  {
    key: 'version',
    find: /UnsupportedClassVersionError|requires? (?:a )?(?:Node|Python|Java|PHP|Ruby)\S* ?(?:version )?[\d>=<^~.]+|framework .{0,60} was not found|You must install or update \.NET/iu,
    because: () => 'the runtime in the image has another version than the program needs',
    advice: 'Take a base image with the version that the program was built for.',
  },
  {
    key: 'option',
    find: /Unrecogni[sz]ed (?:VM )?(?:option|arguments?)[: ]*'?(\S*)|unknown (?:flag|option|command|shorthand flag)[: ]*'?"?(\S*)|flag provided but not defined: (\S+)|(?:invalid|illegal|bad) option[ -:]*(\S*)|unexpected argument|error: the following arguments are required|^usage: /iu,
    because: (_line, match) => `it does not know an argument that it is given${named(match)}`,
    advice:
      'Compare command and entryPoint of the task definition with what this version of the program understands.',
  },
  {
    key: 'exec-format',
    find: /exec format error|cannot execute binary file|Illegal instruction/iu,
    because: () => 'a program in the image is built for another processor',
    advice: 'Build the image for the processor of the cluster (docker build --platform).',
  },
  {
    key: 'read-only',
    find: /Read-only file system|EROFS/iu,
    because: () => 'it wants to write into a file system that is read-only',
    advice: 'Mount a volume where it writes, or take readonlyRootFilesystem off.',
  },
  {
    key: 'no-space',
    find: /No space left on device|ENOSPC/iu,
    because: () => 'its disk is full',
    advice: 'Give the task more room (ephemeralStorage, or the disk of the instance), or let it write less.',
  },
  {
    key: 'files-limit',
    find: /Too many open files|EMFILE/iu,
    because: () => 'it has too many open files',
    advice: 'Raise ulimits (nofile) in the template of the task definition.',
  },
  {
    key: 'permission',
    find: /EACCES|Permission denied|PermissionError|Operation not permitted|AccessDeniedException: \//iu,
    because: (line) =>
      `it may not open or do something${/'(\/[^']+)'|"(\/[^"]+)"|(\/[\w./-]+)/u.exec(line)?.slice(1).find(Boolean) ? ` (${/'(\/[^']+)'|"(\/[^"]+)"|(\/[\w./-]+)/u.exec(line)?.slice(1).find(Boolean)})` : ''}`,
    advice:
      'Check the owner of the file, the user that the container runs as, and (for a port below 1024) use a higher one.',
  },
  {
    key: 'file',
    find: /ENOENT|No such file or directory|FileNotFoundException|FileNotFoundError|file not found|does not exist|cannot find the (?:file|path)/iu,
    because: () => 'a file that it needs is not there',
    advice: 'Look at what the build puts into the image and at the mountPoints of the task definition.',
  },
  {
    key: 'configuration',
    find: /invalid configuration|configuration (?:error|file .{0,60} (?:is )?invalid)|could not parse|parse error|ParserError|ScannerError|Error parsing|nginx: \[emerg\]|APPLICATION FAILED TO START|BeanCreationException/iu,
    because: () => 'it cannot use its configuration',
    advice: 'Correct the configuration that the line names.',
  },
  {
    key: 'syntax',
    find: /\bSyntaxError\b|IndentationError|NameError: |ReferenceError: |TypeError: |AttributeError: |NullPointerException|undefined method|panic: |segmentation violation|thread '.*' panicked/u,
    because: () => 'the program has a mistake',
    advice: 'Mend the program; the lines say where.',
  },
];
