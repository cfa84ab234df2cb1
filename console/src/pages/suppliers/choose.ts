import type { SupplierRow } from '../../api/client';
import type { Order } from '../../lib/params';

export const COLUMNS = [
  'name', 'score', 'devices', 'zones', 'advisories', 'without_fix', 'end_of_life', 'with_sbom', 'unattested_remote',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Suppliers that pass, in order; equal ones by name. */
export function chosen(all: readonly SupplierRow[], filter: string, by: Order): SupplierRow[] {
  const word = filter.trim().toLowerCase();
  const column = COLUMNS.find((one) => one === by.column) ?? 'score';
  const compare = (a: SupplierRow, b: SupplierRow) => {
    const [x, y] = [a[column], b[column]];
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
    return (by.reverse ? -order : order) || a.name.localeCompare(b.name);
  };
  const passes = (row: SupplierRow) => `${row.name} ${row.key} ${row.country ?? ''}`.toLowerCase().includes(word);
  return all.filter(passes).sort(compare);
}
