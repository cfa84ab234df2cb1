import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COLLECTOR_ID, COLLECTOR_IP, crowd } from './crowd';
import { type Signed, signed } from './signed';

/** Nineteen zones and a small one of 220; each of the switches has thirty open vulnerabilities. */
const PLANT = { devices: 50_000, switches: 1_700, perZone: 2_620 };
/** Elements of any page, whatever the plant's size. */
const ELEMENTS_MAX = 3_000;
/** Bytes of the interface's answers for one page. */
const ANSWER_BYTES_MAX = 600_000;

let on: Signed;
let folder: string;
let devtools: CDPSession;
let answered: { path: string; bytes: number }[] = [];

const elements = () => on.page.evaluate(() => document.querySelectorAll('*').length);
const bytes = () => answered.reduce((sum, one) => sum + one.bytes, 0);
const asked = (path: string) => answered.filter((one) => one.path === path).length;

/** Megabytes of the page's heap after a collection. */
async function heap(): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/** What a look at a page costs is said, for people; only counts are judged. */
async function look(name: string, path: string, first: () => Locator): Promise<void> {
  answered = [];
  const start = performance.now();
  await on.page.goto(on.served.base + path);
  await first().waitFor();
  const ms = Math.round(performance.now() - start);
  await on.page.waitForLoadState('networkidle');
  const cost = { ms, elements: await elements(), kB: Math.round(bytes() / 1e3), MB: Math.round(await heap()) };
  process.stderr.write(`${name}: ${JSON.stringify(cost)}\n`);
  expect(cost.elements, name).toBeLessThan(ELEMENTS_MAX);
  expect(bytes(), name).toBeLessThan(ANSWER_BYTES_MAX);
  expect(cost.MB, name).toBeLessThan(60);
}

/** Goes through a table from its start to its end in big steps. */
const through = (box: Locator) =>
  box.evaluate(async (element) => {
    for (let step = 0; step <= 20; step += 1) {
      element.scrollTop = (element.scrollHeight * step) / 20;
      await new Promise((done) => setTimeout(done, 60));
    }
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferrite-'));
  const capture = join(folder, 'crowd.pcap');
  crowd(capture, PLANT);
  on = await signed(['open', capture]);
  devtools = await on.context.newCDPSession(on.page);
  on.page.on('response', async (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.startsWith('/api/v1/') || pathname.endsWith('/events')) return;
    const size = await response.body().then((body) => body.length, () => 0);
    answered.push({ path: pathname, bytes: size });
  });
  // Facts about vulnerabilities are read while the first pages are looked at.
  const ready = async () => (await on.page.request.get(`${on.served.base}/api/v1/vulnerabilities?limit=1`, { timeout: 200_000 })).ok();
  while (!(await ready())) await new Promise((done) => setTimeout(done, 500));
  // On a busy machine the capture is still being read then.
  await on.page.getByText('All read').waitFor({ timeout: 200_000 });
});

afterAll(async () => {
  await on?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the overview counts them and stays small', async () => {
  await look('overview', '/', () => on.page.locator('main h1'));
});

test('50,000 devices: few rows are drawn, blocks are asked for, the last one is reached', async () => {
  const box = on.page.getByRole('region', { name: 'Devices' });
  await look('assets', '/assets', () => box.getByText('10.0.0.0', { exact: true }).first());
  expect(await box.getByRole('table').getAttribute('aria-rowcount')).toBe(String(PLANT.devices + 2));
  expect(asked('/api/v1/assets')).toBeLessThan(4);
  await through(box);
  const last = PLANT.devices - 1;
  await box.getByText(`10.0.${last >> 8}.${last & 255}`, { exact: true }).first().waitFor();
  expect(await box.getByRole('row').count()).toBeLessThan(60);
  expect(await elements()).toBeLessThan(ELEMENTS_MAX);
  expect(asked('/api/v1/assets')).toBeLessThan(60);
});

test('51,000 vulnerabilities the same', async () => {
  const box = on.page.getByRole('region', { name: 'Vulnerabilities' });
  await look('vulnerabilities', '/vulnerabilities', () => box.getByText(/^CVE-/).first());
  expect(Number(await box.getByRole('table').getAttribute('aria-rowcount'))).toBeGreaterThan(50_000);
  await through(box);
  expect(await box.getByRole('row').count()).toBeLessThan(60);
  expect(await elements()).toBeLessThan(ELEMENTS_MAX);
});

test('50,000 conversations of one device come page by page', async () => {
  const row = () => on.page.getByRole('tabpanel').getByText('SNMP', { exact: false }).first();
  const path = `/assets/${COLLECTOR_IP}?tab=traffic`;
  await look('conversations', path, () => on.page.getByText(/Conversations 1 to 100 of 50,000/));
  await on.page.getByRole('button', { name: 'Next' }).click();
  await on.page.getByText(/Conversations 101 to 200 of 50,000/).waitFor();
  expect(await row().count()).toBeLessThan(200);
  expect(await elements()).toBeLessThan(ELEMENTS_MAX);
});

test('the map puts zones into boxes', async () => {
  const boxes = () => on.page.getByRole('group', { name: 'Map' }).getByRole('button');
  await look('map', '/map', () => on.page.locator('canvas'));
  await look('map of a zone', '/map?zone=vlan-100', () => on.page.locator('canvas'));
  await look('map as a table', '/map?view=table', () => on.page.getByRole('table').first());
  await look('map of the collector', `/map?asset=${encodeURIComponent(COLLECTOR_ID)}`, () => on.page.locator('canvas'));
  expect(await boxes().count()).toBeLessThan(60);
  await look('map of a small zone', '/map?zone=vlan-119', () => on.page.locator('canvas'));
  expect(await boxes().count()).toBe(221);
});

test('no page complained', () => {
  expect(on.seen.errors).toEqual([]);
  expect(on.seen.foreign).toEqual([]);
});
