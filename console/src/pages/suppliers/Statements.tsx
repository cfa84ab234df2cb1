import { useTranslation } from 'react-i18next';
import type { Statement } from '../../api/client';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { usePassportWords } from './words';
import cards from '../../ui/cards.module.css';
import css from './suppliers.module.css';

/** Rows drawn at once. */
const ROWS_MAX = 200;
const KINDS: Record<string, 'ok' | 'bad' | 'warn'> = { affected: 'bad', not_affected: 'ok', fixed: 'ok' };

/** What others say of whether a vulnerability can be exploited. */
export function Statements({ rows }: { rows: readonly Statement[] }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  const format = useFormat();
  if (rows.length === 0) {
    return (
      <Panel title={t('passport.statements')}>
        <p className="muted">{t('passport.noStatements')}</p>
      </Panel>
    );
  }
  const cut = { shown: format.number(ROWS_MAX), total: format.number(rows.length) };
  return (
    <Panel title={t('passport.statements')} flush>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('weak.what')}</th>
            <th>{t('passport.status')}</th>
            <th>{t('passport.author')}</th>
            <th>{t('passport.at')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_MAX).map((row, at) => (
            <tr key={at}>
              <td className="mono">{shown(row.cve)}</td>
              <td>
                <Status kind={KINDS[row.status] ?? 'warn'}>{words.said(row.status)}</Status>
                {row.disputed && (
                  <div>
                    <Status kind="warn">{t('passport.disputed')}</Status>
                  </div>
                )}
                {[row.justification, row.detail, row.action].map(
                  (text, i) =>
                    text && (
                      <div className="muted" key={i}>
                        <bdi>{shown(text)}</bdi>
                      </div>
                    ),
                )}
              </td>
              <td data-label={t('passport.author')}>
                <bdi>{shown(row.author)}</bdi>
              </td>
              <td data-label={t('passport.at')}>{row.at && format.day(row.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_MAX && <p className={css.note}>{t('supplier.cut', cut)}</p>}
    </Panel>
  );
}
