/** What must be true of the browser before any other test in it means something: a text without fonts passes most of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumSource } from './chromium.ts';
import { launchBrowser, type LaunchedBrowser } from './launch.ts';
import { serve, type LoopbackSite } from './loopback-site.ts';

const html = (body: string): { type: 'text/html'; body: string } => {
  return { type: 'text/html', body: `<!doctype html><meta charset="utf-8"><title>canary</title>${body}` };
};

describe('the browser', () => {
  let browser: LaunchedBrowser;
  let site: LoopbackSite;
  let otherSite: LoopbackSite;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
    site = await serve({ '/': html('<span id="text">every fact holds</span>') });
    otherSite = await serve({ '/': html('private') });
    page = await browser.context.newPage();
    await page.goto(`${site.origin}/`);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await otherSite?.close();
  });

  test('paints text: it is wide, and another text is another picture', async () => {
    const width = await page.locator('#text').evaluate((element) => element.getBoundingClientRect().width);
    expect(width).toBeGreaterThan(20);
    const before = await page.screenshot();
    expect(await page.screenshot()).toEqual(before);
    await page.locator('#text').evaluate((element) => (element.textContent = 'every fact fails'));
    expect(await page.screenshot()).not.toEqual(before);
  });

  test('speaks a language that Intl knows', async () => {
    expect(await page.evaluate(() => navigator.language)).toBe('en-US');
    expect(await page.evaluate(() => new Intl.NumberFormat(navigator.language).format(1234.5))).toBe('1,234.5');
  });

  test('keeps web security on: a page cannot read another origin', async () => {
    const read = (url: string): Promise<string> => {
      return page.evaluate((address) => fetch(address).then((response) => response.text(), String), url);
    };
    expect(await read(`${site.origin}/`)).toContain('every fact');
    expect(await read(`${otherSite.origin}/`)).toBe('TypeError: Failed to fetch');
  });

  test('opens no page of another machine', async () => {
    const elsewhere = await browser.context.newPage();
    await expect(elsewhere.goto('http://192.0.2.1/')).rejects.toThrow('ERR_BLOCKED_BY_CLIENT');
    await elsewhere.close();
  });
});

describe('where the browser comes from', () => {
  const bare = { platform: 'linux', arch: 'x64', chromeBin: undefined };

  test('Linux on x64 takes the npm package, unless CHROME_BIN says otherwise', () => {
    expect(chromiumSource(bare)).toBe('npm package');
    expect(chromiumSource({ ...bare, chromeBin: '' })).toBe('npm package');
    expect(chromiumSource({ ...bare, chromeBin: process.execPath })).toBe(process.execPath);
  });

  test('another machine needs CHROME_BIN, and is told so', () => {
    const mac = { platform: 'darwin', arch: 'arm64', chromeBin: undefined };
    const sentence =
      'The browser tests have no Chromium for darwin on arm64: set CHROME_BIN to the path of a Chromium or Chrome.';
    expect(() => chromiumSource(mac)).toThrow(sentence);
    expect(chromiumSource({ ...mac, chromeBin: process.execPath })).toBe(process.execPath);
  });

  test('a CHROME_BIN that leads nowhere is refused', () => {
    expect(() => chromiumSource({ ...bare, chromeBin: '/no/such/chrome' })).toThrow('CHROME_BIN is /no/such/chrome');
  });
});
