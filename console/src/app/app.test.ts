import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseNews } from '../api/live';
import { chosen } from '../pages/protocols/choose';
import { TECHNIQUES } from '../pages/protocols/techniques';
import { matcher, singleKeys } from './keys';
import { tokenOf, withoutToken } from './token';

describe('the token', () => {
  test('is read from the address and taken out of it', () => {
    expect(tokenOf('#token=abc')).toBe('abc');
    expect(tokenOf('#other')).toBeUndefined();
    expect(withoutToken('http://h:1/assets?filter=a#token=abc')).toBe('/assets?filter=a');
  });
});

describe('keys', () => {
  afterEach(() => singleKeys.set(true));
  const said: string[] = [];
  const commands = { 'g a': () => said.push('assets'), '/': () => said.push('filter'), 'mod+k': () => said.push('search') };
  const press = (find: ReturnType<typeof matcher>, key: string, more: KeyboardEventInit = {}) =>
    find(new KeyboardEvent('keydown', { key, ...more }), commands)?.();

  test('single ones, pairs and with control', () => {
    said.length = 0;
    const find = matcher();
    for (const key of ['a', 'g', 'a', '/']) press(find, key);
    press(find, 'k', { ctrlKey: true });
    expect(said).toEqual(['assets', 'filter', 'search']);
  });

  test('single ones can be turned off', () => {
    said.length = 0;
    singleKeys.set(false);
    const find = matcher();
    press(find, '/');
    press(find, 'k', { ctrlKey: true });
    expect(said).toEqual(['search']);
  });
});

describe('events', () => {
  test('what is not news is left alone', () => {
    expect(parseNews('{"revision":2,"live":true,"packets":1,"assets":1,"conversations":0}')?.revision).toBe(2);
    expect(parseNews('{"a":1}')).toBeUndefined();
    expect(parseNews('<html>')).toBeUndefined();
  });
});

test('techniques are those of the program, with their names', () => {
  const source = readFileSync(resolve('../crates/vocab/src/technique.rs'), 'utf8');
  const table = source.slice(source.indexOf('techniques! {'));
  const rows = [...table.matchAll(/[A-Z_]+ (\d+) "([^"]+)"/g)].map(([, id = '', name = '']) => [`T${id.padStart(4, '0')}`, name]);
  expect(rows.length).toBeGreaterThan(20);
  expect(TECHNIQUES).toEqual(Object.fromEntries(rows));
});

describe('protocols', () => {
  const row = (id: string, messages: number, industrial: boolean) => ({
    id, name: id.toUpperCase(), industrial, depth: 3, standard: 's', operations: 1, techniques: id === 's7comm' ? ['T0843', 'T0858'] : [], packets: messages, messages,
  });
  const all = [row('arp', 9, false), row('modbus', 5, true), row('s7comm', 0, true)];
  const ids = (wanted: Parameters<typeof chosen>[1], column = 'messages', reverse = true) =>
    chosen(all, wanted, { column, reverse }).map((one) => one.id);

  test('are chosen and ordered', () => {
    expect(ids({})).toEqual(['arp', 'modbus', 's7comm']);
    expect(ids({ industrial: '1' })).toEqual(['modbus', 's7comm']);
    expect(ids({ seen: '1', industrial: '1' })).toEqual(['modbus']);
    expect(ids({ filter: 'S7' })).toEqual(['s7comm']);
    expect(ids({ filter: 'program download' })).toEqual(['s7comm']);
    expect(ids({}, 'techniques', true)[0]).toBe('s7comm');
    expect(ids({}, 'name', true)).toEqual(['s7comm', 'modbus', 'arp']);
  });
});
