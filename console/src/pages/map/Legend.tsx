import { useTranslation } from 'react-i18next';
import { Effect } from '../../ui/Effect';
import css from './map.module.css';

const EFFECTS = ['write', 'control', 'program', 'admin'] as const;

/** What lines mean. */
export function Legend() {
  const { t } = useTranslation();
  return (
    <div className={css.legend} role="group" aria-label={t('map.legend')}>
      <span className={css.legendItem}>
        <span className={css.line} style={{ borderColor: 'var(--line-strong)' }} aria-hidden="true" />
        {t('map.legendQuiet')}
      </span>
      {EFFECTS.map((name) => (
        <span key={name} className={css.legendItem}>
          <span className={css.line} style={{ borderColor: `var(--${name})` }} aria-hidden="true" />
          <Effect name={name} />
        </span>
      ))}
      <span className={css.legendItem}>
        <span className={`${css.line} ${css.dashed}`} aria-hidden="true" />
        {t('map.legendCross')}
      </span>
      <span>{t('map.legendWidth')}</span>
      <span>{t('map.pick')}</span>
    </div>
  );
}
