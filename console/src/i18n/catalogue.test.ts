import { describe, expect, test } from 'vitest';
import { firstLanguage } from '.';
import { en } from './en';
import { zh } from './zh';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, at = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[at + key, value] as [string, string]] : leaves(value, `${at}${key}.`),
  );
}

const english = new Map(leaves(en as unknown as Tree));
const chinese = new Map(leaves(zh as unknown as Tree));
const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();

describe('catalogues', () => {
  test('both languages have every key; Chinese has one plural form', () => {
    const wanted = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...chinese.keys()].sort()).toEqual(wanted.sort());
  });

  test('both languages use the same arguments', () => {
    for (const [key, text] of chinese) expect(names(text), key).toEqual(names(english.get(key) ?? ''));
  });

  test('no text is empty, and Chinese text is Chinese', () => {
    const same = new Set(['app.name']);
    for (const [key, text] of chinese) {
      expect(text.trim(), key).not.toBe('');
      const plain = text.replace(/\{\{\w+\}\}/g, '');
      if (/[a-z]{4}/.test(plain) && !same.has(key)) {
        const english_ = english.get(key) ?? '';
        expect(/[\u4e00-\u9fff]/.test(plain) || plain === english_.replace(/\{\{\w+\}\}/g, ''), key).toBe(true);
      }
    }
  });

  test('the language chosen before wins, then the browser’s', () => {
    expect(firstLanguage('zh-CN', ['en'])).toBe('zh-CN');
    expect(firstLanguage(null, ['fr', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(firstLanguage('xx', ['fr'])).toBe('en');
  });
});
