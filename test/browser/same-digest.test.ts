/** A seed is one history in Chromium as in Node: the whole record of every incident has the same digest. */
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import * as node from '../portability/identity.ts';
import { bundleForBrowser, type Bundle } from './bundle.ts';
import { launchBrowser, type LaunchedBrowser } from './launch.ts';
import { serve, type LoopbackSite } from './loopback-site.ts';

declare global {
  interface Window {
    /** In the page, left there by the bundle. */
    readonly identity: typeof node;
  }
}

function roomOrPackage(path: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path.slice(0, path.indexOf('/'));
}

let bundle: Bundle;

beforeAll(async () => {
  bundle = await bundleForBrowser({ path: 'test/portability/identity.ts' });
});

describe('the bundle', () => {
  test('holds the model and SHA-256, and nothing of Node', () => {
    expect(bundle.missing).toEqual([]);
    expect([...new Set(bundle.inputs.map(roomOrPackage))].toSorted()).toEqual([
      '@noble/hashes',
      'scenarios',
      'services',
      'simulator',
      'test',
    ]);
  });

  test.each(["import 'node:fs'", "import { platform } from 'os'; console.log(platform())"])(
    'refuses %s',
    async (source) => {
      await expect(bundleForBrowser({ source })).rejects.toThrow(/Could not resolve "(?:node:fs|os)"/);
    },
  );
});

describe('in Chromium', () => {
  let browser: LaunchedBrowser;
  let site: LoopbackSite;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    site = await serve({
      '/': { type: 'text/html', body: '<!doctype html><title>the model</title><script src="/model.js"></script>' },
      '/model.js': { type: 'text/javascript', body: bundle.script },
    });
    page = await browser.context.newPage();
    await page.goto(`${site.origin}/`);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('draws, ln, exp and powers are those of Node, to the last bit', async () => {
    expect(await page.evaluate(() => window.identity.numberSamples())).toEqual(node.numberSamples());
    expect(await page.evaluate(() => window.identity.samplesDigest())).toBe(node.RECORDED_SAMPLES_DIGEST);
  });

  test.each(node.runs.map((run) => [node.describeRun(run), run] as const))(
    '%s has the digest of Node',
    async (_, run) => {
      // The page has a process of its own: on two cores both run at once.
      const there = page.evaluate((given) => window.identity.identityOf(given), run);
      const [inChromium, inNode] = await Promise.all([there, setImmediate(run).then(node.identityOf)]);
      expect(inNode.eventCount).toBeGreaterThan(100_000);
      expect(inChromium).toEqual(inNode);
    },
  );
});
