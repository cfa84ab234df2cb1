import { useTranslation } from 'react-i18next';
import { useFormat } from '../lib/format';
import css from './ui.module.css';

/** How sure something is: a bar, a number, and words on hover. */
export function Sure({ part }: { part: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = part >= 0.85 ? 'high' : part >= 0.5 ? 'medium' : 'low';
  return (
    <span className={css.sure} title={t(`sure.${word}`)}>
      <span className={css.sureTrack} aria-hidden="true">
        <span
          className={`${css.sureFill} ${word === 'low' ? css.sureLow : ''}`}
          style={{ width: `${Math.round(part * 100)}%` }}
        />
      </span>
      {format.percent(Math.round(part * 100) / 100)}
    </span>
  );
}
