import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../lib/format';
import css from './ui.module.css';

export interface BarRow {
  key: string;
  name: string;
  count: number;
  /** The devices' filter that this row stands for. */
  filter?: string;
  unknown?: boolean;
}

/** Counts as bars; every row leads to its devices. */
export function Bars({ rows, max }: { rows: readonly BarRow[]; max: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const top = Math.max(1, ...rows.map((row) => row.count));
  const more = rows.length - max;
  return (
    <>
      <ul className={css.bars}>
        {rows.slice(0, max).map((row) => {
          const content = (
            <>
              <span className={css.barName}>{row.name}</span>
              <span>{format.number(row.count)}</span>
              <span className={css.barTrack} aria-hidden="true">
                <span
                  className={`${css.barFill} ${row.unknown ? css.barUnknown : ''}`}
                  style={{ width: `${Math.max(1, (row.count / top) * 100)}%` }}
                />
              </span>
            </>
          );
          return (
            <li key={row.key}>
              {row.filter === undefined ? (
                <div className={css.bar}>{content}</div>
              ) : (
                <Link className={css.bar} to="/assets" search={{ filter: row.filter }}>
                  {content}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className={css.barMore}>{t('overview.others', { n: format.number(more) })}</p>}
    </>
  );
}
