import type { Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settled } from './browser';
import { type Signed, signed } from './signed';

/** Rows of a large plant; the interface's own answer is the pattern for each. */
const ROWS = 5_000;
const SPLIT = { immediate: 40, 'out-of-cycle': 460, scheduled: 3_000, defer: 1_500 };

interface Row {
  vulnerability: { cve: string; decision: string };
}

let on: Signed;
let asked = 0;

async function many(route: Route, pattern: Row) {
  asked += 1;
  const query = new URL(route.request().url()).searchParams;
  const [offset, limit] = [Number(query.get('offset')), Number(query.get('limit'))];
  const ends = Object.entries(SPLIT).map(([decision, count], at, all) => ({
    decision,
    end: all.slice(0, at).reduce((sum, [, before]) => sum + before, 0) + count,
  }));
  const rows = Array.from({ length: Math.max(0, Math.min(limit, ROWS - offset)) }, (_, i) => {
    const decision = ends.find(({ end }) => offset + i < end)?.decision ?? 'defer';
    return { ...pattern, vulnerability: { ...pattern.vulnerability, cve: `CVE-2020-${offset + i}`, decision } };
  });
  await route.fulfill({ json: { revision: 1, total: ROWS, matched: ROWS, decisions: SPLIT, rows } });
}

beforeAll(async () => {
  on = await signed(['demo']);
  await settled(on.page);
  await on.go('/vulnerabilities');
  const { rows } = await on.get<{ rows: [Row] }>('/vulnerabilities?limit=1');
  await on.page.route(/\/api\/v1\/vulnerabilities\?/, (route) => many(route, rows[0]));
});

afterAll(() => on?.stop());

test('a list of 5,000 stays fluid: few rows are drawn, few are asked for, no frame is long', async () => {
  await on.go('/vulnerabilities');
  const box = on.page.getByRole('region', { name: 'Vulnerabilities' });
  await box.getByText('CVE-2020-0', { exact: true }).waitFor();
  expect(await box.getByRole('table').getAttribute('aria-rowcount')).toBe(String(ROWS + 5));
  const frames = await box.evaluate(async (element) => {
    const times: number[] = [];
    let last = performance.now();
    for (let i = 0; i < 90; i += 1) {
      element.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times.sort((a, b) => a - b);
  });
  // The machine may be busy with other things: the frame in the middle counts.
  expect(frames[Math.floor(frames.length / 2)]).toBeLessThan(100);
  expect(await box.getByRole('row').count()).toBeLessThan(60);
  expect(asked).toBeLessThan(15);
});

test('its end is reached at once, and the rows there are the last ones', async () => {
  const box = on.page.getByRole('region', { name: 'Vulnerabilities' });
  await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await box.getByText(`CVE-2020-${ROWS - 1}`, { exact: true }).waitFor();
  expect(await box.getByRole('row').last().getAttribute('aria-rowindex')).toBe(String(ROWS + 5));
});

test('the keyboard goes on where the eye is', async () => {
  await on.go('/vulnerabilities');
  for (let i = 0; i < 30; i += 1) await on.page.keyboard.press('ArrowDown');
  const row = on.page.locator('tr[aria-current]');
  expect(await row.innerText()).toContain('CVE-2020-29');
  expect(await row.isVisible()).toBe(true);
});
