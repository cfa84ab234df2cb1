import { useTranslation } from 'react-i18next';
import type { RiskPage } from '../../api/client';
import { useFormat } from '../../lib/format';
import { line } from './line';
import css from './risk.module.css';

const [WIDTH, HEIGHT] = [200, 36];
/** Days that are drawn. */
const DAYS = 90;

/** The site's risk by day. */
export function Trend({ days }: { days: RiskPage['trend'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const drawn = days.slice(-DAYS);
  const [first, last] = [drawn[0], drawn[drawn.length - 1]];
  if (!first || !last || drawn.length < 2) return <p className={css.trendText}>{t('risk.noTrend')}</p>;
  const text = t('risk.trendText', {
    count: drawn.length,
    first: format.score(first.score),
    from: format.day(first.day),
    last: format.score(last.score),
    to: format.day(last.day),
  });
  return (
    <figure className={css.trend}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <polyline points={line(drawn, WIDTH, HEIGHT)} />
      </svg>
      <figcaption>{text}</figcaption>
    </figure>
  );
}
