import { renderHook } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { i18n } from '.';
import { en } from './en';
import { useRiskWords } from './riskWords';

const words = () => renderHook(() => useRiskWords()).result.current;
const cause = (code: string, args: Record<string, string>) => words().cause({ code, args, why: 'as it came' });

describe('reasons of risk', () => {
  beforeEach(async () => {
    await i18n.changeLanguage('en');
  });

  test('every code of the server has words', () => {
    const source = readFileSync(resolve('../crates/judge/src/risk/reason.rs'), 'utf8');
    const table = source.slice(source.indexOf('REASONS'), source.indexOf('];'));
    const codes = [...table.matchAll(/\(\s*"(\w+)",/g)].map((found) => found[1] ?? '');
    expect(codes.length).toBeGreaterThan(30);
    const said = new Set(Object.keys(en.cause).map((key) => key.replace(/_(one|other)$/, '')));
    expect(codes.filter((code) => !said.has(code))).toEqual([]);
  });

  test('codes among the arguments are said in words too', async () => {
    expect(cause('epss', { score: '0.936' })).toBe('exploited within 30 days with a probability of 93.6% (EPSS)');
    expect(cause('acts', { role: 'drive', impact: 'very high' })).toContain('Drive that others write to');
    expect(cause('block_class', { class: 'write', from: 'vlan-10', to: 'internet' })).toBe(
      'Block “write” operations from VLAN 10 to Internet',
    );
    await i18n.changeLanguage('zh-CN');
    expect(cause('block_class', { class: 'write', from: 'vlan-10', to: 'internet' })).toBe(
      '阻断 VLAN 10 到 互联网 的“写入”操作',
    );
  });

  test('versions are no zones, and counts have their form', () => {
    const patch = { product: 'CPU 1214C', from: 'V4.2', to: 'V4.5', count: '1' };
    expect(cause('patch', patch)).toBe('Update CPU 1214C from V4.2 to V4.5 (1 device)');
    expect(cause('more', { count: '23' })).toBe('23 further CVEs on the same device');
  });

  test('what has no word is shown as it came, harmlessly', () => {
    expect(cause('brand_new', {})).toBe('as it came');
    expect(cause('isolate', { asset: 'a\u202eb' })).not.toContain('\u202e');
    expect(words().due('tomorrow')).toBe('tomorrow');
    expect(words().decision(undefined)).toBe('Nothing open');
  });
});
