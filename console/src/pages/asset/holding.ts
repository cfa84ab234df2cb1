import type { Correction } from '../../api/client';

/** Positions of the corrections that hold: the latest of each attribute, where it was not taken back. */
export function holding(rows: readonly Correction[]): Set<number> {
  const seen = new Set<string>();
  const held = new Set<number>();
  rows.forEach((row, at) => {
    if (seen.has(row.attribute)) return;
    seen.add(row.attribute);
    if (row.value !== undefined) held.add(at);
  });
  return held;
}
