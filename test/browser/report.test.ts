/** The report page as people meet it: light and dark, on a phone, by keyboard, with a screen reader, without script. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { htmlPage } from '../../reports/html/page.ts';
import type { ReportDocument } from '../../reports/report-document.ts';
import { sampleDocument, samples } from '../docs/gallery-document.ts';
import { launchBrowser, type LaunchedBrowser } from './launch.ts';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const gallery = new URL('../../reports/gallery/', import.meta.url);
const addressOf = (name: string): string => new URL(`${name}.html`, gallery).href;
const napta = 'napta-2025-12-19';

const LOOKS = [
  { name: 'light', width: 1000, colorScheme: 'light' },
  { name: 'dark', width: 1000, colorScheme: 'dark' },
  { name: '360 px wide, light', width: 360, colorScheme: 'light' },
  { name: '360 px wide, dark', width: 360, colorScheme: 'dark' },
] as const;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[];
}

let browser: LaunchedBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.context.newPage();
});
afterAll(async () => {
  await browser?.close();
});

async function look({ width, colorScheme }: (typeof LOOKS)[number], name = napta): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
  await page.goto(addressOf(name));
}

/** What is wrong, as a list that reads well in a failed test. */
async function violations(): Promise<readonly string[]> {
  // As a text, since the page lets no script of its own run, nor any that is added to it.
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`),
  );
}

describe.each(LOOKS)('$name', (how) => {
  test.each(samples)('%s has no violation that axe knows, closed or with everything open', async (name) => {
    await look(how, name);
    expect(await violations()).toEqual([]);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    expect(await violations()).toEqual([]);
  });

  test.each(samples)('%s fits the width: only tables inside it scroll sideways', async (name) => {
    await look(how, name);
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(how.width);
  });

  test('text is painted, on the page and in figures', async () => {
    await look(how);
    for (const selector of ['h1', '.verdict strong', 'svg:visible text.label', 'svg:visible text.tick']) {
      const text = page.locator(selector).first();
      expect((await text.boundingBox())!.width).toBeGreaterThan(20);
      await text.scrollIntoViewIfNeeded();
      const before = await text.screenshot();
      await text.evaluate((element) => {
        for (const property of ['fill', 'stroke', 'color']) element.style.setProperty(property, 'transparent');
      });
      expect((await text.screenshot()).equals(before), `${selector} leaves no trace`).toBe(false);
    }
  });

  test('of every figure one drawing is shown, with letters that can be read', async () => {
    await look(how);
    const figures = await page.locator('figure').evaluateAll((all) =>
      all.map((figure) => {
        const shown = [...figure.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
        const scale = shown[0]!.getBoundingClientRect().width / shown[0]!.viewBox.baseVal.width;
        const sizes = [...shown[0]!.querySelectorAll('text')].map((text) =>
          parseFloat(getComputedStyle(text).fontSize),
        );
        return { shownCount: shown.length, smallestPx: Math.min(...sizes) * scale };
      }),
    );
    expect(figures.length).toBeGreaterThanOrEqual(4);
    for (const { shownCount, smallestPx } of figures) {
      expect(shownCount).toBe(1);
      expect(smallestPx).toBeGreaterThanOrEqual(10);
    }
  });
});

test('a page of several incidents has a cross table, and no violation either', async () => {
  const [one, other] = [sampleDocument(napta), sampleDocument('uniflow-2024-09-09')];
  const scenarios = [one, other].flatMap(({ score }) => score?.scenarios ?? []);
  const both: ReportDocument = {
    ...one,
    incidents: [...one.incidents, ...other.incidents],
    score: { ...one.score!, scenarios },
  };
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.setContent(htmlPage(both));
  expect(await page.getByRole('heading', { name: 'Mitigations × incidents' }).count()).toBe(1);
  expect(await violations()).toEqual([]);
});

test('dark is dark and light is light', async () => {
  const brightness = async (how: (typeof LOOKS)[number]): Promise<number> => {
    await look(how);
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    return Math.max(...[...colour.matchAll(/\d+/g)].map(([digits]) => Number(digits)));
  };
  expect(await brightness(LOOKS[0])).toBeGreaterThan(200);
  expect(await brightness(LOOKS[1])).toBeLessThan(60);
});

test('looks the same without script, and asks for nothing but itself', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await look(LOOKS[0]);
  const withScript = await page.screenshot();
  const session = await browser.context.newCDPSession(page);
  await session.send('Emulation.setScriptExecutionDisabled', { value: true });
  await page.reload();
  expect((await page.screenshot()).equals(withScript)).toBe(true);
  await session.send('Emulation.setScriptExecutionDisabled', { value: false });
  await session.detach();
  expect([...new Set(asked)]).toEqual([addressOf(napta)]);
});

test('opens the data behind a figure by keyboard', async () => {
  await look(LOOKS[0]);
  const summary = page.locator('figure summary', { hasText: 'Data: requests and refusals' });
  await summary.focus();
  await page.keyboard.press('Enter');
  const rows = page.locator('details[open] table', { hasText: 'fleet average' }).locator('tbody tr');
  expect(await rows.count()).toBe(17);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('group');
});

test('a screen reader hears what each figure shows, and which mitigation stands where', async () => {
  await look(LOOKS[0]);
  const labels = await page
    .locator('figure svg:visible')
    .evaluateAll((all) => all.map((svg) => svg.getAttribute('aria-label')));
  expect(labels.some((label) => /api-1[56] refused up to 100 %.*fleet's average at most \d+/.test(label ?? ''))).toBe(
    true,
  );
  const row = page.getByRole('row', { name: /automatic-retry-fixed/ }).first();
  expect(await row.getByRole('cell').allInnerTexts()).toEqual(expect.arrayContaining(['reduces', 'within budget']));
});
