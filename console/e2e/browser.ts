import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type Page, chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export interface Watched {
  /** Requests to another origin than the console's. */
  foreign: string[];
  /** Errors that the page wrote or threw. */
  errors: string[];
}

/** Notes what a page must not do. */
export function watch(page: Page, base: string): Watched {
  const seen: Watched = { foreign: [], errors: [] };
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`) && !url.startsWith('data:')) seen.foreign.push(url);
  });
  page.on('console', (message) => {
    // An expected refusal is an error to the browser, not to us.
    const isRefusal = /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !isRefusal) seen.errors.push(message.text());
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  return seen;
}

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** Nothing moves or fades any more, but what never ends: half-faded text has another contrast. */
const still = (page: Page) =>
  page.waitForFunction(() =>
    document
      .getAnimations()
      .every((moving) => moving.playState === 'finished' || moving.effect?.getTiming().iterations === Infinity),
  );

/** What is not accessible on the page, once it stands still. */
export async function violations(page: Page): Promise<string[]> {
  await still(page);
  // The content policy forbids script elements; what the debugger evaluates it does not.
  await page.evaluate(AXE);
  const run = `axe.run(document, ${JSON.stringify({ runOnly: RULES })})`;
  const result = (await page.evaluate(run)) as AxeResult;
  return result.violations.map(
    ({ id, nodes }) =>
      `${id} × ${nodes.length}: ${nodes[0]?.html.slice(0, 240)} ${nodes[0]?.failureSummary?.slice(0, 300)}`,
  );
}

/** The page is drawn: nothing loads any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[role=status]:not(.hidden)') === null);
  await page.waitForTimeout(250);
}
