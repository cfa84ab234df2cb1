import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { binary } from './server';
import { type Signed, signed } from './signed';

interface Overview {
  assets: number;
  capture: { packets: number };
}

let folder: string;
let bytes: Buffer;
let on: Signed;

const packets = async () => {
  const tile = await on.page.getByRole('link', { name: /^Packets read/ }).innerText();
  return Number(/\n([\d,]+)\n/.exec(tile)?.[1]?.replaceAll(',', ''));
};

/** Where a quarter of the capture ends. */
const part = (quarter: number) => Math.floor((bytes.length * quarter) / 4);

const write = (part: Buffer) =>
  new Promise<void>((done, failed) => on.served.input?.write(part, (error) => (error ? failed(error) : done())));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferrite-live-'));
  const file = join(folder, 'plant.pcap');
  const made = spawnSync(binary(), ['range', 'capture', '--out', file, '--minutes', '2', '--scenario', 'normal']);
  if (made.status !== 0) throw new Error(String(made.stderr));
  bytes = readFileSync(file);
  // Standard input that goes on: the console is there while it is read.
  on = await signed(['open', '-'], bytes.subarray(0, part(1)));
});

afterAll(async () => {
  await on?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('pages follow input that still comes, without anybody reloading', async () => {
  await on.page.locator('[data-live=live]').waitFor();
  await expect.poll(packets, { timeout: 30_000 }).toBeGreaterThan(0);
  const before = await packets();
  await on.page.evaluate(() => document.body.setAttribute('data-same', 'page'));
  await write(bytes.subarray(part(1), part(2)));
  await expect.poll(packets, { timeout: 30_000 }).toBeGreaterThan(before);
  expect(await on.page.locator('body').getAttribute('data-same')).toBe('page');
  expect(await on.page.locator('[data-live=live]').count()).toBe(1);
});

test('the end of the input is said, and the last numbers are those of the interface', async () => {
  await write(bytes.subarray(part(2)));
  on.served.input?.end();
  await on.page.locator('[data-live=ended]').waitFor({ timeout: 60_000 });
  const data = await on.get<Overview>('/overview');
  await expect.poll(packets, { timeout: 30_000 }).toBe(data.capture.packets);
  const tile = on.page.getByRole('link', { name: /^Devices/ });
  expect(await tile.innerText()).toContain(String(data.assets));
});

test('a server that went away is said so', async () => {
  await on.served.stop();
  await on.page.locator('[data-live=lost]').waitFor();
});
