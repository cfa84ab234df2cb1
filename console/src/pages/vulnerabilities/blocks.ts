import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { VulnerabilityRow } from '../../api/client';
import { BLOCK, type VulnerabilitiesAsked, vulnerabilities } from '../../api/queries';

export type Asked = Omit<VulnerabilitiesAsked, 'offset' | 'limit'>;

/** The blocks of rows that hold `first` to `last`. */
export function blocksOf(first: number, last: number): number[] {
  const [from, to] = [Math.max(0, Math.floor(first / BLOCK)), Math.max(0, Math.floor(last / BLOCK))];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Rows come in blocks, those in sight only: a plant may have a hundred thousand. */
export function useRows(asked: Asked, first: number, last: number): (row: number) => VulnerabilityRow | undefined {
  const blocks = blocksOf(first, last);
  const answers = useQueries({
    queries: blocks.map((block) => vulnerabilities({ ...asked, offset: block * BLOCK, limit: BLOCK })),
  });
  const pages = answers.map((answer) => answer.data);
  return useMemo(() => {
    const held = new Map(blocks.map((block, at) => [block, pages[at]?.rows]));
    return (row) => held.get(Math.floor(row / BLOCK))?.[row % BLOCK];
    // The blocks' numbers and answers are what counts, not the lists around them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [blocks.join(), ...pages]);
}
