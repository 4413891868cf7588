import { describe, expect, test } from '@jest/globals';
import { formatNumbers, readVersionSource } from '../src/index.ts';
import { files } from './files.ts';
import { refusal, valueOf } from './result.ts';

type Project = Readonly<Record<string, string>>;

const dynamic = '[project]\nname = "hid-generator"\ndynamic = ["version"]\n';

describe('pyproject.toml', () => {
  const good: [string, Project, string][] = [
    ['static', { 'pyproject.toml': '[project]\nname = "hid-generator"\nversion = "1.0.15"\n' }, '1.0.15'],
    ['inline', { 'pyproject.toml': 'project = { name = "hid-generator", version = "1.0" }' }, '1.0.0'],
    [
      'BOM and CRLF',
      { 'pyproject.toml': '\uFEFF[project]\r\nname = "hid-generator"\r\nversion = "1.0.15"\r\n' },
      '1.0.15',
    ],
    [
      'poetry',
      { 'pyproject.toml': '[tool.poetry]\nname = "hid-generator"\nversion = "1.0.15rc1"\n' },
      '1.0.15',
    ],
    [
      'attr',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "hid.__version__"}`,
        'hid/__init__.py': '__version__ = "1.0.15"\n',
      },
      '1.0.15',
    ],
    [
      'attr below src',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "hid.version.VERSION"}`,
        'src/hid/version.py': 'VERSION = (1, 0, 15)\n',
      },
      '1.0.15',
    ],
    [
      'attr below package-dir',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools]\npackage-dir = {"" = "lib"}\n[tool.setuptools.dynamic]\nversion = {attr = "hid.V"}`,
        'lib/hid.py': 'V: str = "1.0.15"',
      },
      '1.0.15',
    ],
    [
      'file',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {file = "VERSION"}`,
        VERSION: '1.0.15.dev3\n',
      },
      '1.0.15',
    ],
    [
      'file list',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {file = ["VERSION"]}`,
        VERSION: '1.0.15',
      },
      '1.0.15',
    ],
    [
      'hatch',
      {
        'pyproject.toml': `${dynamic}[tool.hatch.version]\npath = "src/hid/__about__.py"`,
        'src/hid/__about__.py': '__version__ = "1.0.15"',
      },
      '1.0.15',
    ],
    [
      'hatch VERSION',
      { 'pyproject.toml': `${dynamic}[tool.hatch.version]\npath = "v.py"`, 'v.py': 'VERSION = "1.0.15"' },
      '1.0.15',
    ],
    [
      'pdm',
      {
        'pyproject.toml': `${dynamic}[tool.pdm.version]\nsource = "file"\npath = "v.py"`,
        'v.py': '__version__ = "1.0.15"',
      },
      '1.0.15',
    ],
    [
      'flit',
      {
        'pyproject.toml': `[build-system]\nbuild-backend = "flit_core.buildapi"\n${dynamic}`,
        'hid_generator/__init__.py': '"""Doc."""\n__version__ = "1.0.15"',
      },
      '1.0.15',
    ],
    [
      'setup.py',
      { 'pyproject.toml': dynamic, 'setup.py': 'from setuptools import setup\nsetup(version="1.0.15")' },
      '1.0.15',
    ],
    [
      'setup.cfg',
      { 'pyproject.toml': dynamic, 'setup.cfg': '[metadata]\nversion = 1.0.15', 'setup.py': 'setup()' },
      '1.0.15',
    ],
  ];
  test.each(good)('%s', (_, project, numbers) => {
    const source = valueOf(readVersionSource('pyproject.toml', files(project)));
    expect(formatNumbers(source.numbers)).toBe(numbers);
    expect(source.project).toBe('hid-generator');
  });

  test('in a folder of its own, files are sought beside it', () => {
    const read = files({
      'svc/pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {file = "../VERSION"}`,
      VERSION: '1.0.15',
    });
    expect(formatNumbers(valueOf(readVersionSource('svc/pyproject.toml', read)).numbers)).toBe('1.0.15');
  });

  const bad: [string, Project, RegExp][] = [
    ['empty', { 'pyproject.toml': '' }, /neither a version under \[project\]/],
    ['no TOML', { 'pyproject.toml': '[project\nversion = 1' }, /pyproject\.toml:1:9: It is not TOML/],
    ['twice', { 'pyproject.toml': '[project]\nversion = "1"\nversion = "2"' }, /It is not TOML/],
    [
      'a number',
      { 'pyproject.toml': '[project]\nname = "x"\nversion = 1.0' },
      /pyproject\.toml:3: .*not a string/,
    ],
    [
      'static and dynamic',
      { 'pyproject.toml': '[project]\nversion = "1.0"\ndynamic = ["version"]' },
      /both given and named in "dynamic"/,
    ],
    [
      'dynamic without a source',
      { 'pyproject.toml': dynamic },
      /pyproject\.toml:3: .*nothing in this file says/,
    ],
    ['setuptools_scm', { 'pyproject.toml': `${dynamic}[tool.setuptools_scm]` }, /git tags/],
    ['hatch-vcs', { 'pyproject.toml': `${dynamic}[tool.hatch.version]\nsource = "vcs"` }, /git tags/],
    [
      'hatch pattern',
      { 'pyproject.toml': `${dynamic}[tool.hatch.version]\npath = "v.py"\npattern = "x"`, 'v.py': '' },
      /not supported/,
    ],
    [
      'poetry plugin',
      {
        'pyproject.toml': '[tool.poetry]\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = true',
      },
      /git tags/,
    ],
    [
      'no module',
      { 'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "hid.__version__"}` },
      /none of the files hid\.py, hid\/__init__\.py, src\/hid\.py/,
    ],
    [
      'no attribute name',
      { 'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "../x.y"}` },
      /not of the form/,
    ],
    [
      'no file',
      { 'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {file = "V"}` },
      /pyproject\.toml:5: .*not there/,
    ],
    [
      'file outside',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {file = "../V"}`,
        '../V': '1.0.15',
      },
      /not in the project/,
    ],
    [
      'file absolute',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {file = "/V"}`,
        '/V': '1.0.15',
        V: '1.0.15',
      },
      /not in the project/,
    ],
    [
      'attr computed',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "h.V"}`,
        'h.py': '\nV = f"1.{x}"',
      },
      /h\.py:2:5: .*placeholders/,
    ],
    [
      'attr imported',
      {
        'pyproject.toml': `${dynamic}[tool.setuptools.dynamic]\nversion = {attr = "h.V"}`,
        'h.py': 'from v import V',
      },
      /V is imported/,
    ],
    ['a project of another kind', { 'pyproject.toml': 'project = "x"' }, /neither a version/],
    ['prototype', { 'pyproject.toml': '[project]\n__proto__ = { version = "1.0.15" }' }, /neither a version/],
  ];
  test.each(bad)('refuses: %s', (_, project, reason) => {
    expect(refusal(readVersionSource('pyproject.toml', files(project)))).toMatch(reason);
  });
});

describe('setup.cfg', () => {
  const good: [Project, string][] = [
    [{ 'setup.cfg': '[metadata]\nname = hid-generator\nversion = 1.0.15\n' }, '1.0.15'],
    [
      {
        'setup.cfg': '[bumpversion]\ncurrent_version = 9.9\n[metadata]\nname: hid-generator\nVersion: 1.0\n',
      },
      '1.0.0',
    ],
    [{ 'setup.cfg': '[metadata]\nname = hid-generator\n# version = 9.9\nversion =\n    1.0.15\n' }, '1.0.15'],
    [
      {
        'setup.cfg': '[metadata]\nname = hid-generator\nversion = attr: hid.__version__\n',
        'hid/__init__.py': "__version__ = '1.0.15'",
      },
      '1.0.15',
    ],
    [
      {
        'setup.cfg':
          '[metadata]\nname = hid-generator\nversion = attr:hid.V\n[options]\npackage_dir =\n    = lib\n',
        'lib/hid.py': 'V = "1.0.15"',
      },
      '1.0.15',
    ],
    [
      { 'setup.cfg': '[metadata]\nname = hid-generator\nversion = file: VERSION\n', VERSION: '1.0.15\n' },
      '1.0.15',
    ],
  ];
  test.each(good)('%j', (project, numbers) => {
    const source = valueOf(readVersionSource('setup.cfg', files(project)));
    expect(formatNumbers(source.numbers)).toBe(numbers);
    expect(source.project).toBe('hid-generator');
  });

  const bad: [Project, RegExp][] = [
    [{ 'setup.cfg': '' }, /no version under \[metadata\]/],
    [{ 'setup.cfg': '[metadata]\nname = x' }, /no version under/],
    [{ 'setup.cfg': '[metadata]\nversion =\n[options]\n' }, /no version under/],
    [{ 'setup.cfg': '[metadata]\n\nversion = 1.0.post1' }, /setup\.cfg:3: .*post-release/],
    [{ 'setup.cfg': '[metadata]\nversion = file: V' }, /setup\.cfg:2: .*not there/],
  ];
  test.each(bad)('refuses %j', (project, reason) => {
    expect(refusal(readVersionSource('setup.cfg', files(project)))).toMatch(reason);
  });
});

describe('setup.py', () => {
  test.each([
    ['setup(name="hid-generator", version="1.0.15")', '1.0.15'],
    [
      "from setuptools import setup\nsetup(\n    name='hid-generator',  # version='9.9'\n    version='1.0.15',\n)\n",
      '1.0.15',
    ],
    ['import setuptools\nsetuptools.setup(version = "1.0" ".15", name="hid-generator")', '1.0.15'],
    ['VERSION = "1.0.15"\nsetup(name="hid-generator", version=VERSION)', '1.0.15'],
    [
      '__version__ = version = r"1.0.15"\nNAME = "hid-generator"\nsetup(name=NAME, version=version)',
      '1.0.15',
    ],
    ['V = (1, 0, 15)\nsetup(name="hid-generator", version=V)', '1.0.15'],
    ['"""setup(version="9.9")"""\n\nsetup(name="hid-generator", version=("1.0.15"))', '1.0.15'],
    [
      'def read(f): return open(f, encoding="utf8").read()\nsetup(name="hid-generator", long_description=read("README"), cmdclass={"a": x(version="9")}, version="1.0.15")',
      '1.0.15',
    ],
    ['if True:\n    setup(name="hid-generator", version="1.0.15")', '1.0.15'],
    ['A = """\nsetup(version="9.9")\n"""\nsetup(name="hid-generator", version="1.0.15")', '1.0.15'],
    ['setup(name=u"hid-generator", version=u"1.0.15")\n', '1.0.15'],
    ['V: str = "1.0.15"; setup(name="hid-generator", version=V)', '1.0.15'],
  ])('%j', (text, numbers) => {
    const source = valueOf(readVersionSource('setup.py', files({ 'setup.py': text })));
    expect(formatNumbers(source.numbers)).toBe(numbers);
    expect(source.project).toBe('hid-generator');
  });

  test.each([
    ['', /calls no setup/],
    ['def setup(version="1.0"): pass', /calls no setup/],
    ['x.setup(version="1.0")', /calls no setup/],
    ['setup()', /names no version/],
    ['setup(**config)', /names no version/],
    ['setup(use_scm_version=True)', /git tags/],
    ['setup(version=get_version())', /setup\.py:1:15: .*computed when the file runs/],
    ['setup(version=hid.__version__)', /computed when/],
    ['from hid import __version__\nsetup(version=__version__)', /__version__ is imported/],
    ['setup(version=f"1.{minor}")', /placeholders/],
    ['setup(version=b"1.0")', /placeholders/],
    ['setup(version="1.0\\x2e1")', /escapes/],
    ['setup(version="%s.0" % major)', /computed/],
    ['setup(version=VERSION)', /VERSION is not assigned/],
    ['VERSION = "1.0"\nVERSION += ".dev"\nsetup(version=VERSION)', /assigned more than once/],
    ['VERSION = "1.0"\nif x:\n    VERSION = "2.0"\nsetup(version=VERSION)', /assigned more than once/],
    ['VERSION = "1.0"\nif x: VERSION = "2.0"\nsetup(version=VERSION)', /assigned more than once/],
    ['VERSION = "1.0"\nVERSION = "2.0"\nsetup(version=VERSION)', /assigned more than once/],
    ['A = B\nB = A\nsetup(version=A)', /circle/],
    ['setup(version="1.0")\nsetup(version="2.0")', /several calls/],
    ['setup(version="1.0', /calls no setup/],
    ['setup(version=1.0)', /computed/],
    ['\n\nsetup(version="1!1.0")', /setup\.py:3:15: .*epoch/],
  ])('refuses %j', (text, reason) => {
    expect(refusal(readVersionSource('setup.py', files({ 'setup.py': text })))).toMatch(reason);
  });

  test.each([
    ['quotes', '"'],
    ['brackets', '('],
    ['assignments', 'a='],
    ['calls', 'setup('],
    ['continuations', '\\\n'],
    ['blocks', 'allprojects{'],
    ['escapes', '\\"'],
  ])(
    'is read in no time, though it is nothing but %s',
    (_, piece) => {
      for (const start of ['', '"""', "'"]) {
        const text = start + piece.repeat(200_000 / piece.length);
        expect(readVersionSource('setup.py', files({ 'setup.py': text })).ok).toBe(false);
        expect(readVersionSource('build.gradle', files({ 'build.gradle': text })).ok).toBe(false);
      }
    },
    5000,
  );
});

test('a module can be named, too', () => {
  const read = files({ 'hid/__init__.py': '"""Hid."""\n__version__ = "1.0.15"\n' });
  expect(formatNumbers(valueOf(readVersionSource('hid/__init__.py', read)).numbers)).toBe('1.0.15');
  expect(refusal(readVersionSource('hid/x.py', files({ 'hid/x.py': '' })))).toMatch(
    /neither __version__ nor VERSION/,
  );
});
