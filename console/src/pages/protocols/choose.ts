import type { ProtocolRow } from '../../api/client';
import type { Order } from '../../lib/params';
import { TECHNIQUES_ZH } from '../../i18n/techniques.zh';
import { TECHNIQUES } from './techniques';

export type Column = 'name' | 'depth' | 'operations' | 'messages' | 'packets' | 'standard' | 'techniques';

interface Wanted {
  filter?: string;
  seen?: string;
  industrial?: string;
}

/** Lists sort by their length. */
const sortable = (value: string | number | readonly string[]) =>
  typeof value === 'object' ? value.length : value;

/** Rows that pass, in order; equal ones by name. */
export function chosen(all: readonly ProtocolRow[], wanted: Wanted, by: Order): ProtocolRow[] {
  const word = wanted.filter?.trim().toLowerCase() ?? '';
  const passes = (row: ProtocolRow) =>
    (word === '' || [row.id, row.name, row.standard, ...row.techniques.flatMap((id) => [id, TECHNIQUES[id] ?? '', TECHNIQUES_ZH[id] ?? ''])].some((text) => text.toLowerCase().includes(word))) &&
    (wanted.seen === undefined || row.packets > 0 || row.messages > 0) &&
    (wanted.industrial === undefined || row.industrial);
  const column = by.column as Column;
  const compare = (a: ProtocolRow, b: ProtocolRow) => {
    const [x, y] = [sortable(a[column]), sortable(b[column])];
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
    return (by.reverse ? -order : order) || a.name.localeCompare(b.name);
  };
  return all.filter(passes).sort(compare);
}
