import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../lib/blocks';
import { isWhole } from './TriageForm';
import { chosenOf, flat, grouped, nameOf, orderAfter } from './layout';

describe('lines of the table', () => {
  const layout = grouped({ scheduled: 3, immediate: 2, 'out-of-cycle': 0, defer: 1 });

  test('a head stands before the rows of each group, the most urgent first', () => {
    expect(layout.count).toBe(9);
    const lines = Array.from({ length: 9 }, (_, at) => layout.line(at));
    expect(lines).toEqual([
      { head: 'immediate', count: 2 },
      { row: 0 },
      { row: 1 },
      { head: 'scheduled', count: 3 },
      { row: 2 },
      { row: 3 },
      { row: 4 },
      { head: 'defer', count: 1 },
      { row: 5 },
    ]);
    expect([layout.line(-1), layout.line(9)]).toEqual([undefined, undefined]);
  });

  test('a row is found at its line', () => {
    for (let row = 0; row < 6; row += 1) expect(layout.line(layout.of(row))).toEqual({ row });
  });

  test('without groups lines are rows, and nothing is nothing', () => {
    expect(flat(2).line(1)).toEqual({ row: 1 });
    expect(flat(2).line(2)).toBeUndefined();
    expect(grouped({}).count).toBe(0);
  });
});

describe('a chosen row', () => {
  test('has a name that can be read back, blanks in the device included', () => {
    const chosen = { cve: 'CVE-2021-1', advisory: 'ICSA-21-1', asset: 'PLC 7 (old)' };
    expect(chosenOf(nameOf(chosen))).toEqual(chosen);
    expect(chosenOf(nameOf({ ...chosen, cve: '' }))).toEqual({ ...chosen, cve: '' });
    expect(chosenOf('nonsense')).toBeUndefined();
    expect(chosenOf(undefined)).toBeUndefined();
  });
});

test('numbers sort by the largest first, texts from A, and a second click turns around', () => {
  expect(orderAfter('score', '')).toBe('-score');
  expect(orderAfter('score', 'score')).toBe('score');
  expect(orderAfter('cve', '')).toBe('cve');
  expect(orderAfter('-cve', 'cve')).toBe('-cve');
});

test('rows come in the blocks in sight', () => {
  expect(blocksOf(0, 30)).toEqual([0]);
  expect(blocksOf(190, 210)).toEqual([0, 1]);
  expect(blocksOf(4_999, 4_999)).toEqual([24]);
});

describe('a decision', () => {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const is = (state: Parameters<typeof isWhole>[0]['state'], reason: string, until = '') =>
    isWhole({ state, reason, until });

  test('to accept needs a reason and a day that is not over', () => {
    expect(is('accepted', 'spare unit', day(30))).toBe(true);
    expect(is('accepted', 'spare unit', day(-1))).toBe(false);
    expect(is('accepted', 'spare unit')).toBe(false);
    expect(is('accepted', '  ', day(30))).toBe(false);
  });

  test('to mitigate needs its control; to open or mend needs nothing', () => {
    expect(is('mitigated', '')).toBe(false);
    expect(is('mitigated', 'firewall rule 12')).toBe(true);
    expect(is('false_positive', '')).toBe(false);
    expect(is('fixed', '')).toBe(true);
    expect(is('open', '')).toBe(true);
  });
});
