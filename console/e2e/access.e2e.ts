import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Watched, launch, violations, watch } from './browser';
import { type Served, serve } from './server';

const OWN = 'correct horse battery';

let folder: string;
let served: Served;
let browser: Browser;
let page: Page;
let seen: Watched;
let first: string;

const heading = () => page.locator('main h1').first().innerText();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferrite-access-'));
  served = await serve(['serve', '--data', join(folder, 'site')]);
  browser = await launch();
  page = await browser.newPage({ locale: 'en-GB' });
  seen = watch(page, served.base);
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function enter(password: string) {
  await page.goto(`${served.base}/`);
  await page.getByLabel('Administrator’s password').fill(password);
  await page.keyboard.press('Enter');
}

test('the first password was printed', async () => {
  await expect.poll(() => /^password\s+\S+/m.test(served.output())).toBe(true);
  first = /^password\s+(\S+)/m.exec(served.output())?.[1] ?? '';
});

test('a wrong password is refused in words, and the field is empty again', async () => {
  await enter('not the password');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').innerText()).toContain('Wrong password');
  expect(await page.getByLabel('Administrator’s password').inputValue()).toBe('');
  expect(await heading()).toBe('Sign in');
  expect(await violations(page)).toEqual([]);
});

test('the first password opens only its own change', async () => {
  await enter(first);
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.goto(`${served.base}/assets`);
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  const answer = await page.request.get(`${served.base}/api/v1/overview`);
  expect(answer.ok()).toBe(false);
});

test('the new one must be long enough and the same twice', async () => {
  const save = page.getByRole('button', { name: 'Save and go on' });
  await page.getByLabel('New password').fill('short');
  await page.getByLabel('The same once more').fill('short');
  expect(await save.isDisabled()).toBe(true);
  await page.getByLabel('New password').fill(OWN);
  await page.getByText('The two are not the same.').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await page.getByLabel('The same once more').fill(OWN);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Assets' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Assets' }).waitFor();
});

test('from then on only the new one opens', async () => {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await enter(first);
  await page.getByRole('alert').waitFor();
  await enter(OWN);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
});

test('nothing was asked of another origin, and no error was written', () => {
  expect(seen.foreign).toEqual([]);
  expect(seen.errors).toEqual([]);
});
