// A real browser without a screen, to open pages that we write.
import { execFile } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser's path, undefined where there is none. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Opened {
  /** The document as the browser has it, serialised again. */
  readonly dom: string;
  /** What the page's console was told: violations of the page's policy, failed loads, errors of scripts. */
  readonly console: readonly string[];
}

export async function openPage(browser: string, url: string): Promise<Opened> {
  const { stdout, stderr } = await run(browser, ['--enable-logging=stderr', '--v=0', '--dump-dom', url]);
  return { dom: stdout, console: stderr.split('\n').filter((line) => line.includes('CONSOLE')) };
}

export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
}

/** A picture of the page, as PNG. */
export async function photograph(
  browser: string,
  url: string,
  { width, height, dark }: Screen,
): Promise<Buffer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'record-'));
  try {
    const file = path.join(folder, 'page.png');
    const scheme = `--blink-settings=preferredColorScheme=${dark === true ? 0 : 1}`;
    await run(browser, [
      scheme,
      '--hide-scrollbars',
      `--window-size=${width},${height}`,
      `--screenshot=${file}`,
      url,
    ]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A profile of its own, no network of its own: what is asked for is asked for by the page. */
async function run(browser: string, options: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const profile = mkdtempSync(path.join(tmpdir(), 'chromium-'));
  const always = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
    '--no-proxy-server',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    `--user-data-dir=${profile}`,
  ];
  try {
    return await new Promise((resolve, reject) => {
      execFile(
        browser,
        [...always, ...options],
        { timeout: 50_000, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (error)
            reject(new Error(`${browser} ${options.join(' ')}: ${stderr.slice(-2000)}`, { cause: error }));
          else resolve({ stdout, stderr });
        },
      );
    });
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
