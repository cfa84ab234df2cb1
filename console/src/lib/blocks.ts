import { type DefaultError, type QueryKey, type UseQueryOptions, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';

/** Rows of one request of a long table. */
export const BLOCK = 200;

/** The blocks of rows that hold `first` to `last`. */
export function blocksOf(first: number, last: number): number[] {
  const [from, to] = [Math.max(0, Math.floor(first / BLOCK)), Math.max(0, Math.floor(last / BLOCK))];
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** What an answer with rows has. */
interface Paged {
  rows: readonly unknown[];
}

/** Rows come in blocks, those in sight only: a plant may have a hundred thousand. */
export function useBlocks<P extends Paged, K extends QueryKey>(
  asked: (offset: number, limit: number) => UseQueryOptions<P, DefaultError, P, K>,
  first: number,
  last: number,
): (row: number) => P['rows'][number] | undefined {
  const blocks = blocksOf(first, last);
  const pages = useQueries({
    queries: blocks.map((block) => asked(block * BLOCK, BLOCK)),
    combine: (answers) => answers.map((answer) => answer.data),
  });
  return useMemo(() => {
    const held = new Map(blocks.map((block, at) => [block, pages[at]?.rows]));
    return (row) => held.get(Math.floor(row / BLOCK))?.[row % BLOCK];
    // The blocks' numbers and answers are what counts, not the lists around them.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [blocks.join(), ...pages]);
}
