import type { Finding } from '../../api/client';

/** Findings of one rule about the same devices: the first says what the others are like. */
export interface Alike {
  first: Finding;
  others: Finding[];
}

/** In the order of their first ones. */
export function alike(all: readonly Finding[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const row of all) {
    const key = [row.rule, row.severity, ...row.assets].join(' ');
    const group = groups.get(key);
    if (group) group.others.push(row);
    else groups.set(key, { first: row, others: [] });
  }
  return [...groups.values()];
}
