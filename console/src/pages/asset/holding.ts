import type { Asset, Bond, Correction } from '../../api/client';

/** Positions of the rows that hold: the latest of each, where it does not take an earlier one back. */
function latest<Row>(rows: readonly Row[], about: (row: Row) => string, holds: (row: Row) => boolean): Set<number> {
  const seen = new Set<string>();
  const held = new Set<number>();
  rows.forEach((row, at) => {
    if (seen.has(about(row))) return;
    seen.add(about(row));
    if (holds(row)) held.add(at);
  });
  return held;
}

/** Positions of the corrections that hold. */
export function holding(rows: readonly Correction[]): Set<number> {
  return latest(
    rows,
    (row) => row.attribute,
    (row) => row.value !== undefined,
  );
}

/** Positions of what holds of addresses; an address of its own is one, whatever it was apart from. */
export function bondsHolding(rows: readonly Bond[]): Set<number> {
  const about = ({ kind, one, others }: Bond) => [kind, one, ...(kind === 'same' ? others : [])].join(' ');
  return latest(rows, about, (row) => row.said);
}

/** Addresses that can be devices of their own: the only MAC keeps the others, so it cannot. */
export function apartable({ macs = [], ips = [] }: Pick<Asset, 'macs' | 'ips'>): string[] {
  return [...(macs.length > 1 ? macs : []), ...(macs.length + ips.length > 1 ? ips : [])];
}
