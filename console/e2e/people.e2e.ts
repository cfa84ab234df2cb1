import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settled, violations } from './browser';
import { binary } from './server';
import { type Signed, signed } from './signed';

interface Correction {
  attribute: string;
  value?: string;
  reason: string;
}
interface Bond {
  kind: string;
  one: string;
  others: string[];
  said: boolean;
  reason: string;
}
interface Asset {
  id: string;
  macs?: string[];
  ips?: string[];
  choices: { attribute: string; value: string; evidence: number; changes?: object[] }[];
  evidence: { attribute: string; value: string; frame: number }[];
}
interface Risk {
  summary: { score: number };
}
type Weights = Record<string, number> & { set_impact: Record<string, string> };

/** By the standard, CycloneDX 1.5: a program with two libraries, and a weakness it admits. */
const SBOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: {
    supplier: { name: 'Siemens' },
    component: { type: 'firmware', 'bom-ref': 'fw', name: 'CPU 1214C', version: '4.2.1' },
  },
  components: [
    { type: 'library', 'bom-ref': 'tls', name: 'tlslib', version: '1.0.2', licenses: [{ license: { id: 'MIT' } }] },
    { type: 'library', 'bom-ref': 'zip', name: 'ziplib', version: '2.0.0' },
  ],
  dependencies: [
    { ref: 'fw', dependsOn: ['zip'] },
    { ref: 'zip', dependsOn: ['tls'] },
  ],
  services: [
    { 'bom-ref': 'web', name: 'configuration page', endpoints: ['https://0.0.0.0:8443/'] },
    { 'bom-ref': 'cloud', name: 'updates', endpoints: ['https://updates.example.com/'] },
  ],
  vulnerabilities: [{ id: 'CVE-2026-0001', analysis: { state: 'exploitable' }, affects: [{ ref: 'tls' }] }],
};

let on: Signed;
let plc = '';
/** What people say is kept in a data folder. */
const data = mkdtempSync(join(tmpdir(), 'ferrite-people-'));
const path = () => `/assets/${encodeURIComponent(plc)}`;

beforeAll(async () => {
  const capture = join(data, 'plant.pcap');
  execFileSync(binary(), ['range', 'capture', '--minutes', '10', '--out', capture]);
  execFileSync(binary(), ['analyze', capture, '--data', join(data, 'site')], { stdio: 'ignore' });
  on = await signed(['serve', '--data', join(data, 'site')]);
  await settled(on.page);
  plc = (await on.get<{ rows: { id: string }[] }>('/assets?filter=name:plc-intake&limit=1')).rows[0]?.id ?? '';
  expect(plc).not.toBe('');
});

afterAll(async () => {
  await on?.stop();
  rmSync(data, { recursive: true });
});

describe('corrections', () => {
  const panel = () => on.page.getByRole('region', { name: 'Corrections' });
  const firmware = async () =>
    (await on.get<Asset>(path())).choices.find(({ attribute }) => attribute === 'firmware')?.value;

  test('a value that a person knows goes before what the wire says, with who and why', async () => {
    const before = await firmware();
    await on.go(path());
    await panel().getByLabel('Attribute').selectOption('firmware');
    const save = panel().getByRole('button', { name: 'Correct', exact: true });
    await panel().getByLabel('Right value').fill('V9.9.9');
    expect(await save.isDisabled()).toBe(true);
    await panel().getByLabel('Reason').fill('read from the label');
    await save.click();
    const row = panel().getByRole('listitem').filter({ hasText: 'read from the label' });
    await row.waitFor();
    expect(await row.innerText()).toContain('V9.9.9');
    expect(await row.innerText()).toContain('one-time link');
    const [kept] = await on.get<Correction[]>(`${path()}/corrections`);
    expect(kept).toMatchObject({ attribute: 'firmware', value: 'V9.9.9', reason: 'read from the label' });
    await expect.poll(firmware).toBe('V9.9.9');
    const identity = on.page.getByRole('region', { name: 'Identity', exact: true });
    await identity.getByText('V9.9.9').waitFor();
    expect(before).not.toBe('V9.9.9');
  });

  test('it can be taken back; both are kept', async () => {
    await panel().getByRole('button', { name: /^Take back/ }).click();
    await panel().getByText('taken back').waitFor();
    expect((await on.get<Correction[]>(`${path()}/corrections`)).length).toBe(2);
    await expect.poll(firmware).not.toBe('V9.9.9');
    expect(await panel().getByRole('button', { name: /^Take back/ }).count()).toBe(0);
  });
});

describe('which addresses are one device', () => {
  const panel = () => on.page.getByRole('region', { name: 'One device or several' });
  const device = (address: string) => on.get<Asset>(`/assets/${encodeURIComponent(address)}`);
  const say = async (kind: string, address: string, reason: string) => {
    await panel().getByLabel('What is so').selectOption(kind);
    if (kind === 'own') await panel().getByLabel('Address').selectOption(address);
    else await panel().getByLabel('Other device').fill(address);
    await panel().getByLabel('Reason').fill(reason);
    await panel().getByRole('button', { name: 'Say so' }).click();
  };
  let ip = '';
  let other: Asset;

  test('two devices become one, with who and why', async () => {
    const own = await device(plc);
    ip = own.ips?.[0] ?? '';
    const rows = await on.get<{ rows: { id: string }[] }>('/assets?filter=role:plc&limit=50');
    other = await device(rows.rows.find(({ id }) => id !== own.id)?.id ?? '');
    const [theirs = ''] = other.ips ?? [];
    expect([own.ips?.length, theirs]).toEqual([1, expect.stringMatching(/^10\./)]);
    await on.go(path());
    await say('same', theirs, 'two cards in one rack');
    const row = panel().getByRole('listitem').filter({ hasText: 'two cards in one rack' });
    await row.waitFor();
    expect(await row.innerText()).toContain('are one device');
    expect(await row.innerText()).toContain('one-time link');
    await expect.poll(async () => (await device(theirs)).ips).toEqual(expect.arrayContaining([ip, theirs]));
    await on.page.getByText('Why these are one device').click();
    await on.page.getByText('a person said so').waitFor();
    expect(await violations(on.page)).toEqual([]);
  });

  test('what contradicts it is refused with what is in the way', async () => {
    const mac = other.macs?.[0] ?? '';
    await say('own', mac, 'no, a neighbour');
    const refused = await panel().getByRole('alert').innerText();
    expect(refused).toContain('are one device; take that back first');
    expect((await on.get<Bond[]>(`${path()}/bonds`)).length).toBe(1);
  });

  test('it can be taken back; both devices keep the history', async () => {
    await panel().getByRole('button', { name: 'Take back' }).click();
    await panel().getByText('taken back').waitFor();
    await expect.poll(async () => (await device(plc)).ips).toEqual([ip]);
    for (const id of [plc, other.id]) {
      const said = await on.get<Bond[]>(`/assets/${encodeURIComponent(id)}/bonds`);
      expect(said.map((one) => one.said)).toEqual([false, true]);
    }
  });

  test('an address becomes a device of its own, with a page of its own', async () => {
    await on.go(path());
    await say('own', ip, 'another box behind a switch');
    const link = panel().getByRole('link', { name: ip, exact: true }).first();
    await link.click();
    await panel().getByText('is a device of its own', { exact: true }).waitFor();
    const apart = await device(ip);
    expect([apart.id, apart.ips, apart.macs ?? []]).toEqual([ip, [ip], []]);
    await panel().getByRole('button', { name: 'Take back' }).click();
    await expect.poll(async () => (await device(ip)).id).toBe(plc);
  });
});

test('a value that gave way to another one stands with both, and the frame of each', async () => {
  const pattern = `**/api/v1${path()}`;
  await on.page.route(pattern, async (route) => {
    const asset = (await (await route.fetch()).json()) as Asset;
    const firmware = asset.choices.find(({ attribute }) => attribute === 'firmware');
    const [old] = asset.evidence.filter((one) => one.attribute === 'vendor');
    if (!firmware || !old) throw new Error('it states maker and firmware');
    const from_evidence = asset.evidence.push({ ...old, attribute: 'firmware', value: 'V4.0.0', frame: 77 }) - 1;
    const [last, first] = ['2026-03-02T07:31:00Z', '2026-03-02T07:33:00Z'];
    firmware.changes = [{ from: 'V4.0.0', to: firmware.value, from_evidence, to_evidence: firmware.evidence, last, first }];
    await route.fulfill({ json: asset });
  });
  await on.go(path());
  const changes = on.page.getByRole('list', { name: 'Changed' });
  const [text, asset] = [await changes.innerText(), await on.get<Asset>(path())];
  const firmware = asset.choices.find(({ attribute }) => attribute === 'firmware');
  expect(text).toContain('V4.0.0');
  expect(text).toContain(firmware?.value);
  expect(text).toContain('frame 77 of');
  expect(text).toContain(`frame ${asset.evidence[firmware?.evidence ?? 0]?.frame.toLocaleString('en')} of`);
  await on.page.unroute(pattern);
});

describe('a passport with documents', () => {
  test('an SBOM fills it: components, what is known against them, the document itself', async () => {
    const query = `name=intake.cdx.json&asset=${encodeURIComponent(plc)}`;
    const answer = await on.page.request.post(`${on.served.base}/api/v1/documents?${query}`, { data: SBOM });
    expect(answer.status(), await answer.text()).toBeLessThan(300);
    await on.go(`${path()}?tab=passport`);
    const region = (name: string) => on.page.getByRole('region', { name, exact: true });
    const parts = await region('Components').innerText();
    for (const text of ['tlslib', '1.0.2', 'MIT', 'ziplib', '2.0.0', 'CVE-2026-0001', 'intake.cdx.json']) {
      expect(parts).toContain(text);
    }
    // Those with something known against them come first.
    expect(parts.indexOf('tlslib')).toBeLessThan(parts.indexOf('ziplib'));
    const reason = region('Components').getByTitle('the document lists it');
    expect(await reason.count()).toBe(1);
    expect(parts).toContain('through CPU 1214C 4.2.1 → ziplib 2.0.0 → tlslib 1.0.2');
    expect(await region('Documents').innerText()).toContain('intake.cdx.json');
    expect(await region('Passport').innerText()).not.toContain('SBOM');
    expect(await violations(on.page)).toEqual([]);
  });

  test('services it declares are compared with those that were seen, with the frame', async () => {
    const rows = on.page.getByRole('region', { name: 'Services', exact: true }).getByRole('listitem');
    const row = (text: string) => rows.filter({ hasText: text }).first().innerText();
    expect(await row('seen, but not declared')).toMatch(/\d+\/tcp[^]*frame [\d,]+ of/);
    expect(await row('declared, not seen')).toContain('8443/tcp');
    expect(await row('not at a port of this device')).toContain('updates.example.com');
  });

  test('in Chinese nothing of it is English but names', async () => {
    await on.page.evaluate(() => localStorage.setItem('ferrite-language', 'zh-CN'));
    await on.go(`${path()}?tab=passport`);
    expect(await on.page.getByTitle('文档列出了它').count()).toBe(1);
    await on.go('/suppliers/siemens');
    const factors = await on.page.getByRole('region', { name: '风险值的构成' }).innerText();
    expect(factors).toMatch(/没有物料清单/);
    expect(factors).not.toMatch(/[a-z]{4}/);
    await on.page.evaluate(() => localStorage.setItem('ferrite-language', 'en'));
  });
});

describe('weights of the risk', () => {
  const dialog = () => on.page.getByRole('dialog', { name: 'Weights of the risk' });

  test('each is shown; another one changes the number, the defaults bring it back', async () => {
    const before = (await on.get<Risk>('/risk')).summary.score;
    const kept = await on.get<Weights>('/risk/weights');
    await on.go('/');
    await on.page.getByRole('button', { name: 'Weights' }).click();
    await dialog().getByLabel('from another zone').waitFor();
    expect(await dialog().locator('input').count()).toBe(21);
    const open = dialog().getByLabel('from where nobody is trusted');
    expect(await open.inputValue()).toBe(String(kept.open));
    await open.fill('7');
    expect(await dialog().getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await open.fill('0.6');
    await dialog().getByLabel('very high').fill('0.9');
    expect(await violations(on.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText(/^Saved/).waitFor();
    expect(await on.get<Weights>('/risk/weights')).toMatchObject({ open: 0.6, impact: { very_high: 0.9 } });
    expect((await on.get<Risk>('/risk')).summary.score).toBeLessThan(before);
    await open.fill('0.1');
    await dialog().getByRole('button', { name: 'Save' }).click();
    expect(await dialog().getByRole('alert').innerText()).toContain('a wider exposure weighs no less');
    await dialog().getByRole('button', { name: 'Back to the defaults' }).click();
    await dialog().getByText(/^Saved/).waitFor();
    expect(await on.get<Weights>('/risk/weights')).toEqual(kept);
    expect((await on.get<Risk>('/risk')).summary.score).toBe(before);
    await dialog().getByRole('button', { name: 'Close' }).click();
    await dialog().waitFor({ state: 'detached' });
  });
});

test('nothing was asked of another origin', () => {
  expect(on.seen.foreign).toEqual([]);
});
