import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PICTURE } from '../../api/queries';
import { useRiskWords } from '../../i18n/riskWords';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Trouble } from '../../ui/Trouble';
import css from './asset.module.css';

interface SaidProps {
  /** What was said: why, when and by whom. */
  row: { reason?: string | null; when: string; who: string };
  /** It holds still, and can be taken back. */
  holds: boolean;
  /** Words of the button that takes it back. */
  back: string;
  takeBack: () => Promise<unknown>;
  children: ReactNode;
}

/** A word of a person on a device, in its history. */
export function Said({ row, holds, back, takeBack, children }: SaidProps) {
  const { t } = useTranslation();
  const { who } = useRiskWords();
  const format = useFormat();
  const cache = useQueryClient();
  const undo = useMutation({
    mutationFn: takeBack,
    onSuccess: () => cache.invalidateQueries({ queryKey: [PICTURE] }),
  });
  return (
    <li className={holds ? undefined : 'muted'}>
      {children}
      {row.reason && <bdi className={css.reason}>{shown(row.reason)}</bdi>}
      <span className="muted">{t('triage.by', { when: format.time(row.when), who: who(row.who) })}</span>
      {holds && (
        <Button size="compact-xs" variant="default" onClick={() => undo.mutate()} loading={undo.isPending}>
          {back}
        </Button>
      )}
      {undo.error && <Trouble error={undo.error} />}
    </li>
  );
}
