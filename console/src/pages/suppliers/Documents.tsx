import { useTranslation } from 'react-i18next';
import type { SupplyDocument } from '../../api/client';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import cards from '../../ui/cards.module.css';
import css from './suppliers.module.css';

function Row({ row }: { row: SupplyDocument }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = { components: format.number(row.components), statements: format.number(row.statements) };
  const complaints = row.complaints ?? [];
  return (
    <tr>
      <td>
        <bdi>{shown(row.name)}</bdi>
        <div className="muted">
          {row.format} · <code title={row.sha256}>{row.sha256.slice(0, 12)}</code>
        </div>
      </td>
      <td data-label={t('passport.author')}>
        {row.author && <bdi>{shown(row.author)}</bdi>}
        {row.made && <div className="muted">{format.day(row.made)}</div>}
      </td>
      <td data-label={t('passport.imported')}>{format.day(row.imported)}</td>
      <td>
        {t('passport.contents', counts)}
        {complaints.length > 0 && (
          <details>
            <summary>
              <Status kind="warn">{t('passport.complaints', { count: complaints.length })}</Status>
            </summary>
            <ul className={css.complaints}>
              {complaints.map((text, at) => (
                <li key={at} lang="en">
                  <bdi>{shown(text)}</bdi>
                </li>
              ))}
            </ul>
          </details>
        )}
        {row.dropped > 0 && <Status kind="warn">{t('passport.dropped', { n: format.number(row.dropped) })}</Status>}
      </td>
    </tr>
  );
}

/** Documents that were imported, with what could not be read of them. */
export function Documents({ rows }: { rows: readonly SupplyDocument[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Panel title={t('passport.documents')} flush>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('passport.document')}</th>
            <th>{t('passport.author')}</th>
            <th>{t('passport.imported')}</th>
            <th>{t('passport.holds')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
