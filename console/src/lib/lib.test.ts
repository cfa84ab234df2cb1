import { describe, expect, test } from 'vitest';
import { has, term, terms, toggled } from './filter';
import { formatter, millis } from './format';
import { next, order, without } from './params';
import { fileName, shown } from './text';

describe('filter terms', () => {
  test('are split at blanks outside quotes', () => {
    expect(terms('level:1  vendor:="Rockwell Automation" -zone:dmz')).toEqual([
      'level:1',
      'vendor:="Rockwell Automation"',
      '-zone:dmz',
    ]);
  });

  test('want whole values; unknown ones have a sign of their own', () => {
    expect(term('vendor', 'Rockwell Automation')).toBe('vendor:="Rockwell Automation"');
    expect(term('zone', 'vlan-1')).toBe('zone:=vlan-1');
    expect(term('level', '2')).toBe('level:2');
    expect(term('role', null)).toBe('role:?');
    expect(term('vendor', 'a "b" c')).toBe('vendor:"a b c"');
  });

  test('are added, replaced and taken out', () => {
    expect(toggled('pump', 'level:1')).toBe('pump level:1');
    expect(toggled('pump level:1', 'level:2')).toBe('pump level:2');
    expect(toggled('pump level:2', 'level:2')).toBe('pump');
    expect(has('pump level:2', 'level:2')).toBe(true);
  });
});

describe('text from the network', () => {
  test('shows what cannot be seen', () => {
    expect(shown('a\u0000b\u202ec')).toBe('a\u2400b\\u{202e}c');
    expect(shown('x'.repeat(1000))).toHaveLength(401);
    expect(shown('普渡')).toBe('普渡');
  });

  test('paths are named by their last part', () => {
    expect(fileName('/a/b/c.pcap')).toBe('c.pcap');
    expect(fileName('eth0')).toBe('eth0');
  });
});

describe('numbers and times', () => {
  const english = formatter('en');
  test('bytes, durations, shares', () => {
    expect(english.bytes(720)).toBe('720B');
    expect(english.bytes(2_700_000)).toBe('2.7 MB');
    expect(english.duration(600_000)).toBe('10 min');
    expect(english.percent(0.0058)).toBe('0.6%');
    expect(english.short(9_999)).toBe('9,999');
    expect(english.short(33_656)).toBe('33.7K');
  });

  test('times have nanoseconds, are shown in UTC, and stay as they are when unreadable', () => {
    expect(millis('2026-03-02T07:30:00.123456789Z')).toBe(Date.UTC(2026, 2, 2, 7, 30, 0, 123));
    expect(english.time('2026-03-02T07:30:00.123456789Z')).toBe('Mar 2, 2026, 07:30:00 UTC');
    expect(english.time('soon')).toBe('soon');
  });
});

describe('addresses', () => {
  test('name only what is set', () => {
    expect(without({ filter: '', sort: 'name', at: undefined })).toEqual({ sort: 'name' });
  });

  test('a second click on a column turns its order around', () => {
    expect(next(order(undefined, 'address'), 'name')).toBe('name');
    expect(next(order('name', 'address'), 'name')).toBe('-name');
    expect(next(order('-name', 'address'), 'name')).toBe('name');
  });
});
