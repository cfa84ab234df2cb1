import { describe, expect, test } from 'vitest';
import type { Finding, IntelPage, SupplierRow } from '../api/client';
import { apartable, bondsHolding, holding } from './asset/holding';
import { ageOf, isOld } from './data/age';
import { alike } from './overview/alike';
import { line } from './overview/line';
import { chosen } from './suppliers/choose';

describe('the age of facts', () => {
  const source = (table: string, version: string, age_days?: number) => ({
    table, version, name: '', licence: '', records: 1, hash: '', ...(age_days !== undefined && { age_days }),
  });
  const page = (...sources: IntelPage['sources']): IntelPage => ({
    sequence: 1, made: '2026-05-01', age_days: 3, today: '2026-05-04', built_in: true, sources,
  });

  test('is that of the advisories, not of the day they were packed', () => {
    const of = ageOf(page(source('techniques', '18.1'), source('advisories', '2024-10-24', 557)));
    expect(of).toEqual({ date: '2024-10-24', days: 557 });
  });

  test('is that of the pack where no advisory has a date', () => {
    expect(ageOf(page(source('advisories', '')))).toEqual({ date: '2026-05-01', days: 3 });
  });

  test('unknown is not young', () => {
    expect([isOld(undefined), isOld(31), isOld(30), isOld(0)]).toEqual([true, true, false, false]);
  });
});

test('a trend is as wide as its days are apart, and stays in its box', () => {
  const days = [
    { day: '2026-01-01', score: 0 },
    { day: '2026-01-02', score: 100 },
    { day: '2026-01-05', score: 250 },
  ];
  expect(line(days, 100, 42)).toBe('0.0,41.0 25.0,1.0 100.0,1.0');
  expect(line(days.slice(0, 1), 100, 42)).toBe('0.0,41.0');
});

test('suppliers are chosen by name and seat, and ordered; equal ones by name', () => {
  const row = (name: string, score: number, country: string): SupplierRow => ({
    key: name.toLowerCase(), name, score, country, devices: 1, zones: 1, advisories: 0, without_fix: 0,
    end_of_life: 0, with_sbom: 0, unattested_remote: 0,
  });
  const all = [row('Siemens', 40, 'DE'), row('Hirschmann', 40, 'DE'), row('Rockwell', 70, 'US')];
  const names = (filter: string, column: string, reverse: boolean) =>
    chosen(all, filter, { column, reverse }).map(({ name }) => name);
  expect(names('', 'score', true)).toEqual(['Rockwell', 'Hirschmann', 'Siemens']);
  expect(names('de', 'name', true)).toEqual(['Siemens', 'Hirschmann']);
  expect(names('', 'no such column', true)).toEqual(['Rockwell', 'Hirschmann', 'Siemens']);
});

test('findings of one rule about one device stand together, in their order', () => {
  const row = (id: string, rule: string, asset: string) =>
    ({ id, rule, severity: 'high', assets: [asset] }) as unknown as Finding;
  const groups = alike([row('1', 'a', 'x'), row('2', 'b', 'x'), row('3', 'a', 'x'), row('4', 'a', 'y')]);
  expect(groups.map(({ first, others }) => [first.id, ...others.map(({ id }) => id)])).toEqual([['1', '3'], ['2'], ['4']]);
});

test('of what people said the latest holds, unless it was taken back', () => {
  const said = (attribute: string, value?: string) => ({
    attribute, reason: '', who: '', when: '', ...(value !== undefined && { value }),
  });
  const rows = [said('role', 'plc'), said('firmware'), said('role', 'rtu'), said('firmware', 'V2'), said('name', 'P-1')];
  expect([...holding(rows)]).toEqual([0, 4]);
});

test('the latest word on addresses holds; an address of its own is one, whatever it was apart from', () => {
  const row = (kind: 'same' | 'own', one: string, others: string[], said = true) => ({
    kind, one, others, said, reason: 'why', who: 'link', when: '2026-05-01T00:00:00Z',
  });
  const rows = [
    row('same', 'a', ['b'], false), row('same', 'a', ['c']), row('same', 'a', ['b']),
    row('own', 'a', ['d']), row('own', 'a', ['d', 'e']),
  ];
  expect([...bondsHolding(rows)]).toEqual([1, 3]);
});

test('the only MAC of a device cannot leave it', () => {
  expect(apartable({ macs: ['m'], ips: ['i', 'j'] })).toEqual(['i', 'j']);
  expect(apartable({ macs: ['m', 'n'], ips: [] })).toEqual(['m', 'n']);
  expect(apartable({ ips: ['i'] })).toEqual([]);
  expect(apartable({ macs: ['m'] })).toEqual([]);
});
