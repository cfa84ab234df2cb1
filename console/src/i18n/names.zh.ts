import { KEPT, PHRASES, PLACES, WHOLE, WORDS } from './words.zh';

const table = (text: string): ReadonlyMap<string, string> =>
  new Map(text.trim().split(/\s+/).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1)];
  }));

const words = table(WORDS);
const phrases = table(PHRASES);
const whole = table(WHOLE);
const places = table(PLACES);
const kept: ReadonlySet<string> = new Set(KEPT.trim().split(/\s+/));

/** The longest phrase, in words. */
const PHRASE_MAX = 4;

/** Services of CIP: what stands before them is the object that they are asked of. */
const SERVICE =
  /^(.+)_((?:get|set)_attributes?_(?:all|single|list)|get_all_instances|(?:get|find_next)_(?:member|object_instance))(_response)?$/;

/** Words after which something stands that Chinese says before. */
const BEFORE: Readonly<Record<string, string>> = { by: '按', from: '从', in: '在', on: '在' };

/** Joins words: a blank only beside Latin letters and digits. */
const join = (parts: readonly string[]) =>
  parts.filter(Boolean).reduce((text, part) => {
    const latin = /[\w/&]$/.test(text) || /^[\w/&]/.test(part);
    return text === '' ? part : `${text}${latin ? ' ' : ''}${part}`;
  }, '');

/** One word; a number at its end stands apart. `undefined` where it has no translation. */
function one(word: string): string | undefined {
  const known = words.get(word);
  if (known !== undefined) return known;
  if (kept.has(word) || /^\d/.test(word) || /^[\da-f]{2}$/.test(word)) return word.toUpperCase();
  const [, name, number] = /^([a-z]+)(\d+)$/.exec(word) ?? [];
  const said = name === undefined ? undefined : words.get(name);
  return said === undefined ? undefined : `${said} ${number}`;
}

/** Words in a row, phrases first; `undefined` where one is not known. */
function row(parts: readonly string[]): string | undefined {
  const said: string[] = [];
  for (let at = 0; at < parts.length;) {
    let length = Math.min(PHRASE_MAX, parts.length - at);
    while (length > 1 && !phrases.has(parts.slice(at, at + length).join('_'))) length -= 1;
    const text = length > 1 ? phrases.get(parts.slice(at, at + length).join('_')) : one(parts[at] ?? '');
    if (text === undefined) return undefined;
    said.push(text);
    at += length;
  }
  return join(said);
}

/** `set_a_of_b` is 设置 b 的 a, `read_a_by_b` is 按 b 读取 a. */
function clause(parts: readonly string[]): string | undefined {
  const isTurn = (part: string, at: number) =>
    at > 0 && at < parts.length - 1 && part in BEFORE && !phrases.has(`${parts[at - 1]}_${part}`);
  const turn = parts.findIndex(isTurn);
  if (turn > 0) {
    const [main, rest] = [clause(parts.slice(0, turn)), clause(parts.slice(turn + 1))];
    const word = BEFORE[parts[turn] ?? ''] ?? '';
    if (main === undefined || rest === undefined) return undefined;
    return word === '在' ? join([word, rest, '时', main]) : join([word, rest, main]);
  }
  const of = parts.indexOf('of');
  if (of > 0 && of < parts.length - 1 && !phrases.has(parts.slice(of - 1, of + 2).join('_'))) {
    // What stands first is done to what follows.
    const verb = of > 1 ? parts.slice(0, 1) : [];
    const [does, what, whose] = [row(verb), row(parts.slice(verb.length, of)), clause(parts.slice(of + 1))];
    return what === undefined || whose === undefined ? undefined : join([does ?? '', whose, '的', what]);
  }
  return row(parts);
}

/** The name of an operation in Chinese; `undefined` where a word of it has none. */
export function operationName(name: string): string | undefined {
  const known = whole.get(name);
  if (known !== undefined) return known;
  const [, object, service, answer] = SERVICE.exec(name) ?? [];
  if (object !== undefined && service !== undefined) {
    const [of, asked] = [clause(object.split('_')), clause(service.split('_'))];
    if (of !== undefined && asked !== undefined) return `${of}：${asked}${answer ? '响应' : ''}`;
  }
  const [first, ...rest] = name.split('_');
  const listed = first === 'list' ? clause(rest) : undefined;
  return listed === undefined || phrases.has(`list_${rest[0]}`) ? clause(name.split('_')) : `列出${listed}`;
}

/** A place in a message is a term of its standard where it has capitals, digits or signs; the
 *  words around it are translated. */
const word = (text: string): string | undefined => {
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(text)) return text;
  const known = places.get(text) ?? phrases.get(text) ?? words.get(text);
  return known ?? (kept.has(text) ? text.toUpperCase() : undefined);
};

const ASIDE: Readonly<Record<string, string>> = {
  number: '（编号）',
  'number in it': '（其中的编号）',
  'own clock': '，本机时钟',
  'MAC address in it': '（其中的 MAC 地址）',
};

/** `serial number of the memory card` is 存储卡的序列号. */
function place(text: string): string | undefined {
  // Terms of the protocol stand in front of it all.
  const [, terms = '', what = '', whose] =
    /^((?:\S*[^a-z\s-]\S* )*)(.+?) (?:of|in) (?:the )?(.+)$/.exec(text) ?? [];
  if (whose !== undefined) {
    const [a, b] = [place(what), place(whose)];
    return a === undefined || b === undefined ? undefined : join([terms.trim(), b, '的', a]);
  }
  const parts = text.split(' ');
  const said: string[] = [];
  for (let at = 0; at < parts.length; at += 1) {
    const pair = phrases.get(`${parts[at]}_${parts[at + 1]}`);
    const next = pair ?? word(parts[at] ?? '');
    if (next === undefined) return undefined;
    if (pair !== undefined) at += 1;
    said.push(next);
  }
  return join(said);
}

const PLACE: Readonly<Record<string, string>> = {
  'MAC prefix': 'MAC 前缀',
  'server known to it': '其已知的服务器',
  'DCP station name that it looks for or gives': 'DCP 其查找或给出的站名称',
  'DCP station type that it looks for': 'DCP 其查找的站类型',
  'endpoint URL that a client calls': '客户端所调用的端点 URL',
};

/** Where a device states something, in Chinese; what has no word stays as it is. */
export function placeName(text: string): string {
  const known = PLACE[text];
  if (known !== undefined) return known;
  return text
    .split(/, | ?: /)
    .map((part, at) => {
      const aside = at > 0 ? ASIDE[part] : undefined;
      if (aside !== undefined) return aside;
      return `${at > 0 ? '，' : ''}${place(part) ?? part}`;
    })
    .join('');
}
