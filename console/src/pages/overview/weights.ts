import type { Weights } from '../../api/weights';

/** Weights as the server has them, by what they weigh. */
export const GROUPS = [
  { group: 'likelihood', names: ['exploited', 'poc', 'floor', 'epss_poc', 'automatable'] },
  { group: 'exposure', names: ['open', 'controlled', 'small'] },
  { group: 'certainty', names: ['confirmed', 'likely', 'possible'] },
  { group: 'consequence', names: ['low', 'medium', 'high', 'very_high'] },
  { group: 'gain', names: ['total', 'partial'] },
  { group: 'decided', names: ['accepted', 'mitigated'] },
  { group: 'sum', names: ['tail_asset', 'tail_site'] },
] as const;

export type Name = (typeof GROUPS)[number]['names'][number];
type Degree = keyof Weights['impact'];
type Plain = Exclude<Name, Degree>;

const isDegree = (name: Name): name is Degree => (['low', 'medium', 'high', 'very_high'] as const).includes(name as Degree);

/** Where a weight is kept: the second part only for degrees of impact. */
export const pathOf = (name: Name): [Plain, Degree?] => (isDegree(name) ? ['total', name] : [name]);

export const read = (all: Weights, name: Name): number => (isDegree(name) ? all.impact[name] : all[name]);

/** A weight that may be kept; `undefined` where it is none. */
export function taken(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && value >= 0 && value <= 1 ? value : undefined;
}
