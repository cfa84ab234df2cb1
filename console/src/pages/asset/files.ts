import { useCallback } from 'react';
import type { Overview } from '../../api/client';
import { fileName, shown } from '../../lib/text';

/** Names an input by its position. */
export type FileOf = (at: number) => string;

export function useFiles(data: Overview | undefined): FileOf {
  return useCallback((at) => shown(fileName(data?.capture.files[at]?.path ?? `#${at}`)), [data]);
}
