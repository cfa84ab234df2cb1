import { renderHook } from '@testing-library/react';
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { i18n } from '.';
import type { Finding } from '../api/client';
import { en } from './en';
import { useRiskWords } from './riskWords';
import { useWhyWords } from './whyWords';

const words = () => renderHook(() => useWhyWords()).result.current;
const source = (path: string) => readFileSync(resolve('../crates', path), 'utf8');
const gaps = (text: string) => [...text.matchAll(/\{+(\w+)\}+/g)].map((found) => found[1]).sort();

const found: Finding = {
  id: 'x',
  rule: 'known-exploited-vulnerability',
  severity: 'high',
  title: 'as it came',
  techniques: [],
  assets: ['a'],
  count: 1,
  evidence: [],
  explanation: '',
  advice: '',
  args: {
    cve: 'CVE-2024-0001', device: 'pump', advisory: 'TEST-1', product: 'Acme P1', firmware: 'not known',
    confidence: 'likely', reason: 'English', added: '2024-01-02', reach: 'English', decision: 'scheduled',
    due: '14 days', fix: 'English',
  },
  said: {
    confidence: { code: 'likely', text: 'likely' },
    reason: { code: 'in_range', args: { version: '1.0', range: '< 2.0', grade: 'I4' }, text: 'English' },
    reach: { code: 'own_zone', text: 'English' },
    decision: { code: 'scheduled', text: 'scheduled' },
    fix: { code: 'update', args: { version: '2.0' }, text: 'English' },
  },
};

describe('reasons of verdicts, findings and numbers', () => {
  beforeEach(async () => {
    await i18n.changeLanguage('en');
  });

  test('every code of the server has words', () => {
    const text = source('knowledge/src/matching/explain.rs');
    const arms = [...text.matchAll(/^ +"(\w+)"(?: if .*)? =>/gm)].map((one) => one[1] ?? '');
    const parts = [...source('knowledge/src/supply/weak.rs').matchAll(/"(part_\w+)"/g)].map((one) => one[1] ?? '');
    expect(arms.length).toBeGreaterThan(18);
    expect(parts.length).toBeGreaterThan(6);
    expect([...arms, ...parts].filter((code) => !Object.hasOwn(en.verdict, code))).toEqual([]);
    const factors = [...source('judge/src/supply/supplier.rs').matchAll(/^ +"([a-z_]+)",$/gm)].map((one) => one[1] ?? '');
    expect(factors.length).toBeGreaterThan(3);
    expect(factors.filter((code) => !Object.hasOwn(en.supplierWhy, code))).toEqual([]);
  });

  test('every rule of the server has words with the same gaps', () => {
    const folder = 'judge/src/review';
    const files = readdirSync(resolve('../crates', folder)).map((name) => source(`${folder}/${name}`));
    const rules = files.flatMap((text) =>
      [...text.matchAll(/static \w+: Rule = Rule \{\s+id: "([\w-]+)",\s+title: "([^;]*?)",\s+explanation: "([^]*?)",\s+advice: "([^]*?)",\s+tech/g)],
    );
    const ids = rules.map(([, id]) => id).filter((id) => id !== 'test');
    expect(ids.sort()).toEqual(Object.keys(en.rule).sort());
    for (const [, id = '', title = '', explanation = '', advice = ''] of rules) {
      if (id === 'test') continue;
      const own = en.rule[id as keyof typeof en.rule];
      expect(gaps(own.title), id).toEqual(gaps(title));
      expect(gaps(own.explanation), id).toEqual(gaps(explanation));
      expect(gaps(own.advice), id).toEqual(gaps(advice));
    }
  });

  test('a finding is said with all that it names, in Chinese without English words', async () => {
    const said = words().finding(found);
    expect(said.explanation).toBe(
      'TEST-1 names Acme P1, firmware not known, as affected by CVE-2024-0001 (likely: the order number is named; ' +
        '1.0 is among < 2.0). CISA lists CVE-2024-0001 as exploited since 2024-01-02. Only devices of its own zone ' +
        'were seen to reach it. SSVC for deployers: Scheduled; BOD 26-04: within 14 days.',
    );
    expect(said.advice).toMatch(/^Update to 2\.0\. Until then/);
    await i18n.changeLanguage('zh-CN');
    const { title, explanation, advice } = words().finding(found);
    const left = `${title} ${explanation} ${advice}`.match(/[A-Za-z]{4,}/g) ?? [];
    expect([...new Set(left)].sort()).toEqual(['Acme', 'CISA', 'SSVC', 'TEST', 'pump']);
    expect(words().finding({ ...found, rule: 'other' })).toMatchObject({ title: 'as it came', asItCame: true });
  });

  test('a verdict that is left open says why inside the reason of the risk', async () => {
    await i18n.changeLanguage('zh-CN');
    const { cause } = renderHook(() => useRiskWords()).result.current;
    const args = { reason: 'English', code: 'no_version', grade: 'I3', range: '< 2.0' };
    expect(cause({ code: 'possible', args, why: 'English' })).toBe(
      '无法排除：点名厂商与型号；固件版本未知；受影响的是 < 2.0',
    );
    expect(words().verdict({ code: 'in_range', args: { range: '< 2' }, why: '' })).toBe('其版本 属于 < 2');
    expect(words().verdict({ code: 'unheard_of', why: 'as it came' })).toBe('as it came');
  });

  test('a factor of a supplier says its counts', () => {
    expect(words().supplier({ code: 'missing_sbom', args: { part: 2, whole: 3 }, why: '' })).toBe(
      '2 of 3 devices have no bill of materials',
    );
  });
});
