import { useTranslation } from 'react-i18next';
import type { Origin } from '../../api/client';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Proof } from './Proof';
import { usePassportWords } from './words';
import css from './suppliers.module.css';

/** The kind says so already, in the language of the page. */
const SAID = /^headquarters, not place of manufacture: /;

/** Countries, and whether somebody attests them. */
export function Origins({ rows }: { rows: readonly Origin[] }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  return (
    <Panel title={t('passport.origins')}>
      {rows.length === 0 && <p className="muted">{t('passport.noOrigins')}</p>}
      <ul className={css.list}>
        {rows.map((row, at) => (
          <li key={at}>
            <b>{words.country(row.country)}</b> <span>{words.said(row.kind)}</span>
            <div className="muted">
              {t(row.attested ? 'passport.attested' : 'passport.ownTable')} · {shown(row.source.replace(SAID, ''))}
              <Proof proof={row.proof} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
