import { useTranslation } from 'react-i18next';
import { DECISIONS, type Decision } from '../../i18n/riskWords';
import { useFormat } from '../../lib/format';
import { Urgency } from '../../ui/Urgency';
import css from './vulnerabilities.module.css';

interface TilesProps {
  counts: Readonly<Record<string, number>> | undefined;
  chosen: Decision | undefined;
  choose: (decision: Decision | undefined) => void;
}

/** How many there are by decision; a click shows only these. */
export function Tiles({ counts, chosen, choose }: TilesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={css.tiles} role="group" aria-label={t('weak.decision')}>
      {DECISIONS.map((decision) => {
        const pressed = decision === chosen;
        return (
          <button
            type="button"
            key={decision}
            className={css.tile}
            aria-pressed={pressed}
            title={t('weak.decisionHint')}
            onClick={() => choose(pressed ? undefined : decision)}
          >
            <span className={css.tileValue}>{counts ? format.number(counts[decision] ?? 0) : '–'}</span>
            <Urgency decision={decision} />
            <span className={css.tileText}>{t(`decisionText.${decision}`)}</span>
          </button>
        );
      })}
    </div>
  );
}
