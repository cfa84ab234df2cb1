import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { VulnerabilityRow } from '../../api/client';
import { useRiskWords } from '../../i18n/riskWords';
import { useWords } from '../../i18n/words';
import { shown } from '../../lib/text';
import { Handled } from '../../ui/Handled';
import { Score } from '../../ui/Score';
import { Status } from '../../ui/Status';
import { Urgency } from '../../ui/Urgency';
import css from './vulnerabilities.module.css';

/** Columns in the order of the cells; `column` is what the server sorts by. */
export const COLUMNS = [
  { key: 'what', column: 'cve' },
  { key: 'device', column: 'asset', fold: 'narrow' },
  { key: 'zone', column: 'zone', fold: 'beside' },
  { key: 'decision', column: 'decision', fold: 'narrow' },
  { key: 'sure', column: 'confidence', fold: 'beside' },
  { key: 'score', column: 'cvss', number: true, fold: 'beside' },
  { key: 'fix', column: '', fold: 'beside' },
  { key: 'due', column: '', fold: 'beside' },
  { key: 'state', column: 'state', fold: 'narrow' },
  { key: 'number', column: 'score' },
] as const;

/** When a column gives way: beside open details, or in a narrow window. */
export const foldOf = (at: number): string | undefined => {
  const column = COLUMNS[at];
  if (!column || !('fold' in column)) return undefined;
  const fold = column.fold === 'beside' ? css.foldBeside : css.foldNarrow;
  return column.key === 'decision' ? `${fold} ${css.decision}` : fold;
};

interface CellsProps {
  row: VulnerabilityRow;
  isOpen: boolean;
}

/**
 * Cells of a row; a click anywhere in it opens it, on its button too. Kept while the table is scrolled: only rows
 * that come into sight are made.
 */
export const Cells = memo(function Cells({ row, isOpen }: CellsProps) {
  const { t } = useTranslation();
  const words = useWords();
  const risk = useRiskWords();
  const { vulnerability: one } = row;
  const name = shown(row.name);
  return (
    <>
      <td>
        <button type="button" className={css.open} aria-expanded={isOpen}>
          {shown(one.cve)}
        </button>
        <small>
          <span className={css.onlyNarrow}>{name} · </span>
          {shown(one.advisory)}
        </small>
      </td>
      <td className={foldOf(1)}>
        <Link to="/assets/$id" params={{ id: row.asset }} search={{ tab: 'vulnerabilities' }} title={name}>
          <bdi>{name}</bdi>
        </Link>
      </td>
      <td className={foldOf(2)}>{words.zone(row.zone)}</td>
      <td className={foldOf(3)}>
        <Urgency decision={one.decision} />
      </td>
      <td className={foldOf(4)}>
        {risk.sureness(one.confidence)}
        {one.verdict !== 'affected' && <small>{t('weak.undetermined')}</small>}
      </td>
      <td className={`number ${foldOf(5)}`}>{typeof one.cvss === 'number' ? one.cvss.toFixed(1) : '–'}</td>
      <td className={foldOf(6)}>
        {one.fixed ? t('weak.update', { version: shown(one.fixed) }) : <span className="muted">{t('weak.noUpdate')}</span>}
        {one.workaround && <small>{t('weak.workaroundShort')}</small>}
      </td>
      <td className={foldOf(7)}>
        {risk.due(one.due)}
        {one.kev && (
          <small>
            <Status kind="bad">{t('weak.exploited')}</Status>
          </small>
        )}
      </td>
      <td className={foldOf(8)}>
        <Handled state={one.state} />
      </td>
      <td>
        <Score value={one.score} />
      </td>
    </>
  );
});
