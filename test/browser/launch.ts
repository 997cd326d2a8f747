/**
 * Starts the browser of the tests, with web security on, an empty profile and fonts of its own, and keeps it off the
 * network: it may be old, so it opens nothing but this machine's own pages.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright, type BrowserContext } from 'playwright-core';
import { findChromium, type Chromium } from './chromium.ts';

/** Not the package's own list: that one holds `--disable-web-security` and `--single-process`. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-zygote',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export interface LaunchedBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** A browser with one empty window of 900 by 560 pixels, in English, in UTC. */
export async function launchBrowser(): Promise<LaunchedBrowser> {
  const chromium = await findChromium();
  const home = mkdtempSync(join(tmpdir(), 'authdrill-browser-'));
  const leaveNothing = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  try {
    const context = await playwright.launchPersistentContext(join(home, 'profile'), {
      executablePath: chromium.executable,
      headless: true,
      env: environmentFor(chromium, home),
      args: ARGUMENTS,
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      viewport: { width: 900, height: 560 },
      serviceWorkers: 'block',
    });
    await stayAtHome(context);
    const close = async (): Promise<void> => {
      await context.close();
      leaveNothing();
    };
    return { context, close };
  } catch (error) {
    leaveNothing();
    throw error;
  }
}

/** The environment of this process without its locale: under `LANG=C` the browser's language is one that Intl refuses. */
function environmentFor({ libraries, fonts }: Chromium, home: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:LC_.*|LANGUAGE|FONTCONFIG_.*)$/.test(name));
  const environment = Object.fromEntries(inherited) as Record<string, string>;
  Object.assign(environment, { LANG: 'en_US.UTF-8', HOME: home });
  if (libraries !== undefined) {
    environment['LD_LIBRARY_PATH'] = [process.env['LD_LIBRARY_PATH'], libraries].filter(Boolean).join(':');
  }
  if (fonts !== undefined) environment['FONTCONFIG_FILE'] = writeFontSettings(home, fonts);
  return environment;
}

/** The settings that come with the fonts name folders of another machine; without fonts a text is nothing 0 pixels wide. */
function writeFontSettings(home: string, fonts: string): string {
  const path = join(home, 'fonts.conf');
  const [folder, cache] = [fonts, join(home, 'font-cache')].map(escapeXml);
  writeFileSync(
    path,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir>${cache}</cachedir>
</fontconfig>
`,
  );
  return path;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Whatever a page asks of another machine is refused before it leaves the browser. */
async function stayAtHome(context: BrowserContext): Promise<void> {
  await context.route(
    (url) => !isAtHome(url),
    (route) => route.abort('blockedbyclient'),
  );
  await context.routeWebSocket(
    (url) => !isAtHome(url),
    (socket) => socket.close(),
  );
}

function isAtHome({ protocol, hostname }: URL): boolean {
  if (['file:', 'data:', 'blob:', 'about:'].includes(protocol)) return true;
  return hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
}
