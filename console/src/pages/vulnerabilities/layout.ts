import { DECISIONS, type Decision } from '../../i18n/riskWords';

/** A line of the table: the head of a group, or the row at a position. */
export type Line = { head: Decision; count: number } | { row: number };

export interface Layout {
  /** How many lines there are. */
  count: number;
  line: (at: number) => Line | undefined;
  /** The line of a row. */
  of: (row: number) => number;
}

/** Lines of a table without groups. */
export function flat(rows: number): Layout {
  return { count: rows, line: (at) => (at >= 0 && at < rows ? { row: at } : undefined), of: (row) => row };
}

/** Lines of a table whose rows come group by group, the most urgent first. */
export function grouped(counts: Readonly<Record<string, number>>): Layout {
  const groups: { head: Decision; count: number; first: number; line: number }[] = [];
  let [rows, lines] = [0, 0];
  for (const head of DECISIONS) {
    const count = counts[head] ?? 0;
    if (count === 0) continue;
    groups.push({ head, count, first: rows, line: lines });
    rows += count;
    lines += count + 1;
  }
  return {
    count: lines,
    line: (at) => {
      const group = groups.findLast((one) => one.line <= at);
      if (!group || at >= lines) return undefined;
      const { head, count } = group;
      return at === group.line ? { head, count } : { row: group.first + at - group.line - 1 };
    },
    of: (row) => {
      const group = groups.findLast((one) => one.first <= row);
      return group ? group.line + 1 + row - group.first : 0;
    },
  };
}

/** A row's name in the address. */
export interface Chosen {
  cve: string;
  advisory: string;
  asset: string;
}

export const nameOf = ({ cve, advisory, asset }: Chosen): string => `${cve} ${advisory} ${asset}`;

/** Identifiers of devices may have blanks, those of CVEs and advisories have none. */
export function chosenOf(name: string | undefined): Chosen | undefined {
  const [, cve, advisory, asset] = /^(\S*) (\S*) (.+)$/.exec(name ?? '') ?? [];
  return cve !== undefined && advisory !== undefined && asset ? { cve, advisory, asset } : undefined;
}

/** Columns of which people want the largest first. */
const LARGEST_FIRST = new Set(['decision', 'cvss', 'score', 'confidence']);

/** The order after a click on a column's head, where a plain table would order `by`. */
export const orderAfter = (by: string, column: string): string =>
  LARGEST_FIRST.has(by) && by !== column ? `-${by}` : by;
