import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Watched, launch, settled, violations, watch } from './browser';
import { type Served, serve } from './server';

interface Row {
  id: string;
  name?: string;
  address: string;
}

const KEYS = {
  a: '/assets', m: '/map', v: '/vulnerabilities', s: '/suppliers', p: '/protocols', d: '/data', o: '/',
};

let served: Served;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let seen: Watched;
let plc: Row;

const go = async (path: string) => {
  await page.goto(served.base + path);
  await settled(page);
};
const heading = () => page.locator('main h1').first().innerText();
const search = () => new URL(page.url()).searchParams;

beforeAll(async () => {
  served = await serve(['demo']);
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  page = await context.newPage();
  seen = watch(page, served.base);
});

afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

describe('sign-in', () => {
  test('without a session no page shows data', async () => {
    await page.goto(`${served.base}/assets`);
    await page.locator('main h1').waitFor();
    expect(await heading()).toBe('Sign in');
    expect(await violations(page)).toEqual([]);
  });

  test('a wrong token is refused in words', async () => {
    await page.goto(`${served.base}/#token=00`);
    expect(await page.getByRole('alert').innerText()).toContain('used already or is too old');
  });

  test('the printed address opens a session, and its token leaves the address', async () => {
    await page.goto('about:blank');
    await page.goto(served.base + served.entry);
    await settled(page);
    expect(await heading()).toBe('Overview');
    expect(page.url()).toBe(`${served.base}/`);
    const answer = await page.request.get(`${served.base}/api/v1/assets?filter=role:plc&limit=1`);
    plc = ((await answer.json()) as { rows: Row[] }).rows[0] as Row;
    expect(plc.id).toBeTruthy();
  });

  test('the token opens no second session', async () => {
    const other = await browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(served.base + served.entry);
    await stranger.getByRole('alert').waitFor();
    await other.close();
  });
});

describe('pages', () => {
  test('the overview counts what the interface counts, and links to it', async () => {
    await go('/');
    const answer = await page.request.get(`${served.base}/api/v1/overview`);
    const data = (await answer.json()) as { assets: number; capture: { packets: number } };
    const tile = page.getByRole('link', { name: /^Devices/ });
    expect(await tile.innerText()).toContain(String(data.assets));
    const sensor = page.getByRole('region', { name: 'What was read, and what was not' });
    expect(await sensor.innerText()).toContain(data.capture.packets.toLocaleString('en'));
    await tile.click();
    await page.waitForURL(/\/assets$/);
    await settled(page);
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(data.assets + 1));
  });

  test('a number of the overview leads to just these devices', async () => {
    await go('/');
    const bar = page.getByRole('region', { name: 'Roles' }).getByRole('link').first();
    const count = (await bar.innerText()).match(/\d+/)?.[0];
    await bar.click();
    await settled(page);
    expect(await page.locator('main header').innerText()).toMatch(new RegExp(`^Assets\\s+${count} of`));
  });

  test('devices: filter by typing, state in the address, no match says what to do', async () => {
    await go('/assets');
    await page.keyboard.press('/');
    await page.keyboard.type('role:plc');
    await expect.poll(() => search().get('filter')).toBe('role:plc');
    await settled(page);
    expect(await page.getByRole('table').innerText()).toContain(plc.name ?? plc.address);
    await page.keyboard.type(' nosuchdevice');
    await page.getByText('devices match this filter').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Clear the filter' }).last().click();
    await expect.poll(() => search().get('filter')).toBe(null);
  });

  test('devices: a wrong filter is explained', async () => {
    await go('/assets?filter=colour:red');
    expect(await page.getByRole('alert').innerText()).toContain('colour');
  });

  test('devices: rows by keyboard', async () => {
    await go('/assets?filter=role:plc');
    await page.keyboard.press('j');
    await page.locator('tr[aria-current]').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/assets\/[^?]+$/);
  });

  test('a device: each attribute opens to its evidence with frame and capture', async () => {
    await go(`/assets/${encodeURIComponent(plc.id)}`);
    const title = await heading();
    expect(title).toContain(plc.name ?? plc.address);
    await page.getByRole('button', { name: 'Firmware', exact: true }).click();
    await expect.poll(() => search().get('open')).toBe('firmware');
    const panel = page.getByRole('region', { name: 'Identity' });
    const text = await panel.innerText();
    expect(text).toContain('Why this value');
    expect(text).toMatch(/frame [\d,]+ of \S+/);
    await page.getByRole('tab', { name: 'Role and level' }).click();
    expect(await page.getByRole('tabpanel').innerText()).toContain('Chosen');
    await page.getByRole('tab', { name: 'Conversations' }).click();
    await page.getByRole('tabpanel').getByRole('button').first().click();
    await page.getByRole('columnheader', { name: 'Code' }).waitFor();
    await page.reload();
    await page.getByRole('columnheader', { name: 'Code' }).waitFor();
  });

  test('a device that is not there is said so', async () => {
    await go('/assets/192.0.2.77');
    expect(await page.getByRole('alert').innerText()).toContain('no such device');
  });

  test('map: arrows move, Enter opens, the table has the same nodes', async () => {
    await go('/map');
    const nodes = page.getByRole('group', { name: /^Map of the plant/ }).getByRole('button');
    const count = await nodes.count();
    expect(count).toBeGreaterThan(3);
    await nodes.first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => search().get('sel')).not.toBe(null);
    const first = search().get('sel');
    for (const key of ['ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await expect.poll(() => search().get('sel')).not.toBe(first);
    await page.getByText('Table', { exact: true }).click();
    await expect.poll(() => search().get('view')).toBe('table');
    const rows = page.getByRole('region', { name: 'Devices and boxes' }).getByRole('row');
    expect(await rows.count()).toBe(count + 1);
  });

  test('map: the canvas is drawn', async () => {
    await go('/map');
    const inks = await page.evaluate(() => {
      const canvas = document.querySelector('canvas');
      const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const found = new Set<string>();
      for (let i = 0; i < data.length; i += 404) found.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
      return found.size;
    });
    expect(inks).toBeGreaterThan(8);
  });

  test('protocols: depth, and only those seen', async () => {
    await go('/protocols');
    const rows = page.getByRole('main').getByRole('row');
    const all = await rows.count();
    await page.getByLabel('Only those seen here').check();
    await expect.poll(() => rows.count()).toBeLessThan(all);
    expect(await page.getByRole('main').innerText()).toContain('3 · values');
  });

  test('an unknown address is a page too', async () => {
    await page.goto(`${served.base}/nothing/here`);
    await page.getByText('There is no such page.').waitFor();
  });
});

describe('everywhere', () => {
  test('search by keyboard finds a device', async () => {
    await go('/');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.type(plc.address);
    await page.getByRole('option').filter({ hasText: plc.address }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/assets\/.+/);
  });

  test('pages by keyboard, and the list of keys', async () => {
    await go('/');
    for (const [key, path] of Object.entries(KEYS)) {
      await page.keyboard.press('g');
      await page.keyboard.press(key);
      await page.waitForURL(served.base + path);
    }
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Next or previous row').waitFor();
    await page.keyboard.press('Escape');
  });

  test('the live badge says that all was read', async () => {
    await go('/');
    await page.locator('[data-live=ended]').waitFor();
  });

  test('language and colours switch and stay', async () => {
    await go('/');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: '简体中文' }).click();
    await expect.poll(heading).toBe('总览');
    await page.getByRole('button', { name: '设置' }).click();
    await page.getByRole('menuitem', { name: '深色' }).click();
    await page.reload();
    await settled(page);
    expect(await heading()).toBe('总览');
    const root = page.locator('html');
    expect(await root.getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(await root.getAttribute('lang')).toBe('zh-CN');
  });
});

describe('accessible', () => {
  const colours = ['light', 'dark'] as const;
  const languages = ['en', 'zh-CN'] as const;
  const looks = colours.flatMap((scheme) => languages.map((language) => ({ scheme, language })));

  test.each(looks)('no page has a violation in $scheme and $language', async ({ scheme, language }) => {
    await page.evaluate(
      ([scheme, language]) => {
        localStorage.setItem('mantine-color-scheme-value', scheme);
        localStorage.setItem('ferrite-language', language);
      },
      [scheme, language] as const,
    );
    const id = encodeURIComponent(plc.id);
    const paths = [
      '/',
      '/?changes=all',
      '/assets',
      '/assets?filter=role:plc',
      `/assets/${id}?open=firmware`,
      `/assets/${id}?tab=reasoning`,
      `/assets/${id}?tab=vulnerabilities`,
      `/assets/${id}?tab=passport`,
      `/assets/${id}?tab=traffic`,
      '/map',
      `/map?asset=${id}&sel=${id}`,
      '/map?view=table',
      '/protocols',
    ];
    const found: string[] = [];
    for (const path of paths) {
      await go(path);
      found.push(...(await violations(page)).map((text) => `${path}: ${text}`));
    }
    expect(found).toEqual([]);
  });

  test('narrow windows: nothing is wider than the window', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of ['/', '/assets', `/assets/${encodeURIComponent(plc.id)}`, '/map', '/protocols']) {
      await go(path);
      const wide = await page.evaluate(() => {
        const main = document.querySelector('main');
        return main ? main.scrollWidth - main.clientWidth : -1;
      });
      expect(wide, path).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('at the end', () => {
  test('nothing was asked of another origin, and no error was written', () => {
    expect(seen.foreign).toEqual([]);
    expect(seen.errors).toEqual([]);
  });

  test('who signs out is out', async () => {
    await page.evaluate(() => localStorage.setItem('ferrite-language', 'en'));
    await go('/');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect((await page.request.get(`${served.base}/api/v1/overview`)).status()).toBe(401);
  });
});
