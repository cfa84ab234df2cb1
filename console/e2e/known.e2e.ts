import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settled, violations } from './browser';
import { type Signed, signed } from './signed';

interface Known {
  cve: string;
  advisory: string;
  leaf: string;
  read?: string;
  decision: string;
  score: number;
  state: string;
  factors?: { name: string; value: number }[];
}
interface Row {
  asset: string;
  name: string;
  vulnerability: Known;
}
interface Page {
  total: number;
  matched: number;
  decisions: Record<string, number>;
  rows: Row[];
}
interface Risk {
  summary: { score: number; inherent: number; states: Record<string, number>; decisions: Record<string, number>; steps: unknown[] };
}
interface Choices {
  choices: { attribute: string; value: string; evidence: number }[];
  evidence: { frame: number }[];
}

/** As they stand on the page. */
const DECISIONS = ['immediate', 'out-of-cycle', 'scheduled', 'defer'];

let on: Signed;
let first: Row;
let all: Page;

const region = (): Locator => on.page.getByRole('region', { name: 'Vulnerabilities' });
const table = (): Locator => region().getByRole('table');
const details = (): Locator => on.page.getByRole('complementary', { name: /^Details of/ });
const selOf = ({ asset, vulnerability: { cve, advisory } }: Row) => encodeURIComponent(`${cve} ${advisory} ${asset}`);

beforeAll(async () => {
  on = await signed(['demo']);
  await settled(on.page);
  await on.go('/vulnerabilities');
  all = await on.get<Page>('/vulnerabilities');
  first = all.rows[0] as Row;
});

afterAll(() => on?.stop());

describe('vulnerabilities', () => {
  test('are counted by decision as the interface counts them, and stand in groups', async () => {
    expect(all.total).toBeGreaterThan(20);
    const tiles = on.page.getByRole('group', { name: 'Decision' }).getByRole('button');
    const said = await tiles.allInnerTexts();
    const counts = DECISIONS.map((key) => all.decisions[key]);
    expect(said.map((text) => Number(/\d+/.exec(text)?.[0]))).toEqual(counts);
    const groups = counts.filter((count) => count !== 0).length;
    expect(await table().getAttribute('aria-rowcount')).toBe(String(all.matched + groups + 1));
    expect(await table().innerText()).toContain(first.vulnerability.cve);
  });

  test('a decision shows only its own, and the address says so', async () => {
    // By its place: two decisions may be given equally often.
    const at = DECISIONS.findIndex((key) => (all.decisions[key] ?? 0) > 0);
    const decision = DECISIONS[at] as string;
    const count = all.decisions[decision] as number;
    const tile = on.page.getByRole('group', { name: 'Decision' }).getByRole('button').nth(at);
    await tile.click();
    await expect.poll(() => on.search('decision')).toBe(decision);
    await expect.poll(() => table().getAttribute('aria-rowcount')).toBe(String(count + 2));
    await tile.click();
    await expect.poll(() => on.search('decision')).toBe(null);
  });

  test('search and filter narrow down; what fits nothing says what to do', async () => {
    await on.go('/vulnerabilities');
    await on.page.keyboard.press('/');
    await on.page.keyboard.type(first.vulnerability.cve);
    await expect.poll(() => on.search('search')).toBe(first.vulnerability.cve);
    const { matched } = await on.get<Page>(`/vulnerabilities?search=${first.vulnerability.cve}`);
    await on.page.getByText(new RegExp(`^${matched} rows?$`)).waitFor();
    await on.page.keyboard.type('no such');
    await on.page.getByText('No vulnerability fits.').waitFor();
    await on.page.getByRole('button', { name: 'Show all open ones' }).click();
    await expect.poll(() => on.search('search')).toBe(null);
    await on.go('/vulnerabilities?filter=colour:red');
    expect(await on.page.getByRole('alert').innerText()).toContain('colour');
  });

  test('columns sort as the interface does, the largest number first', async () => {
    await on.go('/vulnerabilities');
    await region().getByRole('button', { name: 'CVSS' }).click();
    await expect.poll(() => on.search('sort')).toBe('-cvss');
    const { rows } = await on.get<Page>('/vulnerabilities?sort=-cvss&limit=5');
    const cell = region().getByRole('row').nth(1);
    await expect.poll(() => cell.innerText()).toContain(rows[0]?.vulnerability.cve);
  });

  test('by keyboard: a row opens to every factor, word for word, with the frame of the firmware', async () => {
    await on.go('/vulnerabilities');
    await on.page.keyboard.press('j');
    await on.page.locator('tr[aria-current]').waitFor();
    await on.page.keyboard.press('Enter');
    await details().waitFor();
    const path = `/assets/${encodeURIComponent(first.asset)}`;
    const { rows } = await on.get<{ rows: Known[] }>(`${path}/vulnerabilities`);
    const { cve, advisory, leaf } = first.vulnerability;
    const own = rows.find((row) => row.cve === cve && row.advisory === advisory) as Known;
    await details().getByRole('table').waitFor();
    const text = await details().innerText();
    expect(text).toContain(leaf);
    expect(own.factors?.length).toBeGreaterThan(4);
    // As many rows as factors, with the head and the product.
    expect(await details().getByRole('row').count()).toBe((own.factors?.length ?? 0) + 2);
    for (const { value } of own.factors ?? []) expect(text).toContain(value.toLocaleString('en'));
    expect(text).toContain(own.score.toFixed(1));
    const asset = await on.get<Choices>(path);
    const firmware = asset.choices.find((choice) => choice.attribute === 'firmware');
    if (firmware) {
      expect(text).toContain(firmware.value);
      const frame = asset.evidence[firmware.evidence]?.frame ?? 0;
      expect(text).toContain(`frame ${frame.toLocaleString('en')} of`);
    }
    await on.page.keyboard.press('j');
    const second = all.rows[1] as Row;
    await on.page.getByRole('complementary', { name: `Details of ${second.vulnerability.cve}` }).waitFor();
    await on.page.keyboard.press('Escape');
    await details().waitFor({ state: 'detached' });
    expect(on.search('sel')).toBe(null);
  });

  test('what an analyst reads stands beside the text as published, and only where there is a reading', async () => {
    const read = all.rows.find(({ vulnerability }) => vulnerability.read) as Row;
    await on.go(`/vulnerabilities?sel=${selOf(read)}`);
    await details().getByText(read.vulnerability.leaf, { exact: true }).waitFor();
    const line = details().getByText('an analyst reads it as');
    expect(await line.innerText()).toContain(read.vulnerability.read);
    const plain = all.rows.find(({ vulnerability }) => !vulnerability.read) as Row;
    await on.go(`/vulnerabilities?sel=${selOf(plain)}`);
    await details().getByText(plain.vulnerability.leaf, { exact: true }).waitFor();
    expect(await line.count()).toBe(0);
  });

  test('a vulnerability that is not there is said so', async () => {
    await on.go(`/vulnerabilities?sel=${encodeURIComponent(`CVE-1999-1 X ${first.asset}`)}`);
    await details().getByText('is not known against the device any more').waitFor();
  });

  test('files: each has its format', async () => {
    await on.page.getByRole('button', { name: 'Export' }).click();
    const links = on.page.getByRole('menu').getByRole('menuitem');
    await links.first().waitFor();
    expect(await links.count()).toBe(4);
    const texts = new Map<string, string>();
    for (const link of await links.all()) {
      const href = (await link.getAttribute('href')) ?? '';
      const answer = await on.page.request.get(on.served.base + href);
      expect(answer.headers()['content-disposition']).toContain('attachment');
      texts.set(href.split('=')[1] ?? '', await answer.text());
    }
    expect(texts.get('csv')?.split('\n')[0]).toContain('cve');
    expect(JSON.parse(texts.get('csaf') ?? '')).toHaveProperty('document.category', 'csaf_vex');
    expect(JSON.parse(texts.get('cyclonedx') ?? '')).toHaveProperty('bomFormat', 'CycloneDX');
    expect(JSON.parse(texts.get('json') ?? '')).toBeTruthy();
    await on.page.keyboard.press('Escape');
  });
});

describe('triage', () => {
  const open = () => on.go(`/vulnerabilities?state=all&sel=${selOf(first)}`);
  const save = () => details().getByRole('button', { name: 'Save the decision' });

  test('to accept needs a reason and a day; then it leaves what is open, and the risk falls', async () => {
    const before = (await on.get<Risk>('/risk')).summary;
    await open();
    await details().getByLabel('State').selectOption('accepted');
    expect(await save().isDisabled()).toBe(true);
    await details().getByLabel('Reason').fill('spare unit is on the shelf');
    await details().getByLabel('Accepted until').fill('2099-01-31');
    await save().click();
    await details().getByText('Saved.').waitFor();
    const history = await details().getByRole('listitem').filter({ hasText: 'spare unit' }).innerText();
    expect(history).toContain('Accepted');
    expect(history).toContain('Jan 31, 2099');
    expect(history).toContain('one-time link');
    const after = (await on.get<Risk>('/risk')).summary;
    expect(after.states.accepted).toBeGreaterThan(0);
    expect(after.score).toBeLessThan(before.score);
    expect(after.inherent).toBe(before.inherent);
    await on.go('/vulnerabilities?state=accepted');
    expect(await table().innerText()).toContain(first.vulnerability.cve);
    await on.go('/vulnerabilities');
    const name = `${first.vulnerability.cve}\n${first.vulnerability.advisory}\n${first.name}`;
    expect(await table().innerText()).not.toContain(name);
  });

  test('it can be opened again', async () => {
    await open();
    await details().getByLabel('State').selectOption('open');
    await save().click();
    await details().getByText('Saved.').waitFor();
    expect((await on.get<Risk>('/risk')).summary.states.accepted).toBe(0);
  });

  test('one decision may stand for every device with the CVE', async () => {
    const shared = all.rows.find(({ asset, vulnerability: { cve } }) =>
      all.rows.some((other) => other.vulnerability.cve === cve && other.asset !== asset),
    );
    if (!shared) throw new Error('the virtual plant has two devices with the same CVE');
    const { cve } = shared.vulnerability;
    await on.go(`/vulnerabilities?state=all&sel=${selOf(shared)}`);
    await details().getByLabel('State').selectOption('mitigated');
    await details().getByLabel('Control that mitigates it').fill('firewall rule 12');
    await details().getByLabel(/^The same on/).check();
    await save().click();
    await details().getByText('Saved.').waitFor();
    const { rows } = await on.get<Page>(`/vulnerabilities?search=${cve}`);
    expect(rows.map((row) => row.vulnerability.state)).toEqual(rows.map(() => 'mitigated'));
  });

  test('keys that are typed into the form do nothing else', async () => {
    await open();
    await details().getByLabel('State').selectOption('mitigated');
    await details().getByLabel('Control that mitigates it').pressSequentially('j/k? go');
    expect(await details().getByLabel('Control that mitigates it').inputValue()).toBe('j/k? go');
    await save().focus();
    await on.page.keyboard.press('Enter');
    await details().getByText('Saved.').waitFor();
    expect((await on.get<Risk>('/risk')).summary.states.mitigated).toBeGreaterThan(0);
  });
});

describe('other pages', () => {
  test('overview: the risk is that of the interface, and its counts lead to the table', async () => {
    const { summary } = await on.get<Risk>('/risk');
    await on.go('/');
    const panel = on.page.getByRole('region', { name: 'Risk', exact: true });
    await panel.getByText('Whole site').waitFor();
    expect(await panel.innerText()).toContain(summary.score.toFixed(1));
    expect(await panel.locator('ol').getByRole('listitem').count()).toBe(summary.steps.length);
    await panel.getByRole('link', { name: /^Scheduled/ }).click();
    await on.page.waitForURL(/\/vulnerabilities\?decision=scheduled/);
  });

  test('a device: its vulnerabilities by decision, each opens where it stands', async () => {
    await on.go(`/assets/${encodeURIComponent(first.asset)}?tab=vulnerabilities`);
    const row = on.page.getByRole('button', { name: first.vulnerability.cve }).first();
    await row.click();
    await on.page.getByText('What the advisory says').waitFor();
    expect(on.search('open')).toContain(first.vulnerability.cve);
    await on.page.reload();
    await on.page.getByText('What the advisory says').waitFor();
    await on.page.getByText('What makes the number').first().click();
    await on.page.getByText('Further ones').waitFor();
  });

  test('a device: its passport says what it lacks or that nothing is', async () => {
    await on.go(`/assets/${encodeURIComponent(first.asset)}?tab=passport`);
    const { missing } = await on.get<{ missing: string[] }>(`/assets/${encodeURIComponent(first.asset)}/passport`);
    const panel = on.page.getByRole('region', { name: 'Passport' });
    const text = await panel.innerText();
    expect(text.includes('Nothing is missing.')).toBe(missing.length === 0);
    if (missing.length > 0) expect(text).toContain('ferrite supply import');
  });

  test('suppliers: those of the interface, and each has a page', async () => {
    await on.go('/suppliers');
    const { suppliers } = await on.get<{ suppliers: { name: string; key: string }[] }>('/suppliers');
    if (suppliers.length === 0) {
      await on.page.getByText('No supplier is known yet.').waitFor();
      return;
    }
    const rows = on.page.getByRole('region', { name: 'Suppliers' }).getByRole('row');
    expect(await rows.count()).toBe(suppliers.length + 1);
    await on.page.getByRole('link', { name: suppliers[0]?.name ?? '', exact: true }).click();
    await on.page.getByRole('heading', { name: suppliers[0]?.name ?? '', level: 1 }).waitFor();
    await on.page.getByRole('region', { name: 'Its devices' }).waitFor();
  });

  test('a supplier that is not there is said so', async () => {
    await on.go('/suppliers/no%20such%20maker');
    expect(await on.page.getByRole('alert').innerText()).toContain('no such supplier');
  });

  test('data: every source with its records and licence; pages that use it show its age', async () => {
    interface Source {
      name: string;
      records: number;
      licence: string;
    }
    const { sources } = await on.get<{ sources: Source[] }>('/intel');
    expect(sources.length).toBeGreaterThan(3);
    for (const path of ['/', '/vulnerabilities', '/suppliers', `/assets/${encodeURIComponent(first.asset)}?tab=vulnerabilities`]) {
      await on.go(path);
      await on.page.getByRole('link', { name: /^Advisories of .+ old$/ }).first().waitFor();
    }
    await on.page.getByRole('link', { name: /^Advisories of .+ old$/ }).first().click();
    await on.page.waitForURL(/\/data$/);
    await settled(on.page);
    const rows = await on.page.getByRole('region', { name: 'Sources' }).getByRole('row').allInnerTexts();
    for (const { name, records, licence } of sources) {
      const row = rows.find((text) => text.includes(name)) ?? '';
      expect(row).toContain(records.toLocaleString('en'));
      expect(row).toContain(licence);
    }
  });
});

describe('everywhere', () => {
  test('no page has a violation, in any colours and language', async () => {
    const id = encodeURIComponent(first.asset);
    const open = encodeURIComponent(`${first.vulnerability.cve} ${first.vulnerability.advisory}`);
    const paths = [
      '/vulnerabilities',
      `/vulnerabilities?state=all&sel=${selOf(first)}`,
      '/vulnerabilities?sort=-cvss&decision=scheduled',
      `/assets/${id}?tab=vulnerabilities&open=${open}`,
      `/assets/${id}?tab=passport`,
      '/suppliers',
      '/data',
    ];
    const found: string[] = [];
    for (const scheme of ['light', 'dark'])
      for (const language of ['en', 'zh-CN']) {
        await on.page.evaluate(
          ([scheme, language]) => {
            localStorage.setItem('mantine-color-scheme-value', scheme);
            localStorage.setItem('ferrite-language', language);
          },
          [scheme, language] as const,
        );
        for (const path of paths) {
          await on.go(path);
          found.push(...(await violations(on.page)).map((text) => `${path} ${scheme} ${language}: ${text}`));
        }
      }
    await on.page.evaluate(() => localStorage.setItem('ferrite-language', 'en'));
    expect(found).toEqual([]);
  });

  test('narrow windows: nothing is wider, details come over the page, other pages behind a button', async () => {
    await on.page.setViewportSize({ width: 390, height: 844 });
    const id = encodeURIComponent(first.asset);
    for (const path of ['/', '/vulnerabilities', `/assets/${id}?tab=vulnerabilities`, `/assets/${id}?tab=passport`, '/suppliers', '/data']) {
      await on.go(path);
      const wide = await on.page.evaluate(() => {
        const main = document.querySelector('main');
        return main ? main.scrollWidth - main.clientWidth : -1;
      });
      expect(wide, path).toBeLessThanOrEqual(0);
    }
    await on.page.getByRole('button', { name: 'More' }).click();
    await on.page.getByRole('menuitem', { name: 'Suppliers' }).click();
    await on.page.waitForURL(/\/suppliers$/);
    await on.go('/vulnerabilities');
    await table().locator('tbody').getByRole('button').first().click();
    const drawer = on.page.getByRole('dialog', { name: /^Details of/ });
    await drawer.getByText('What makes the number').waitFor();
    expect(await violations(on.page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Close the details' }).click();
    await drawer.waitFor({ state: 'detached' });
    await on.page.setViewportSize({ width: 1440, height: 900 });
  });

  test('nothing was asked of another origin, and no error was written', () => {
    expect(on.seen.foreign).toEqual([]);
    expect(on.seen.errors).toEqual([]);
  });
});
