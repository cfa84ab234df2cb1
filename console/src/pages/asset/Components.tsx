import { useTranslation } from 'react-i18next';
import type { Component, SupplyDocument } from '../../api/client';
import { useFormat } from '../../lib/format';
import { useWhyWords } from '../../i18n/whyWords';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { usePassportWords } from '../suppliers/words';
import cards from '../../ui/cards.module.css';
import css from '../suppliers/suppliers.module.css';

/** Rows drawn at once; those with vulnerabilities come first. */
const ROWS_MAX = 200;

function Against({ row }: { row: Component }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  const { verdict } = useWhyWords();
  const known = row.vulnerabilities ?? [];
  if (known.length === 0) return <span className="muted">{t('passport.nothingKnown')}</span>;
  return (
    <ul className={css.list}>
      {known.map((one) => {
        const settled = one.stated === 'not_affected' || one.stated === 'fixed';
        const affected = one.verdict === 'affected' && !settled;
        return (
          <li key={`${one.cve} ${one.source}`} title={verdict({ code: one.code, args: one.args, why: one.reason })}>
            <Status kind={settled ? 'ok' : affected ? 'bad' : 'warn'}>
              <span className="mono">{shown(one.cve)}</span>
            </Status>{' '}
            {typeof one.cvss === 'number' && one.cvss.toFixed(1)}
            <div className="muted">
              {[
                t(one.verdict === 'affected' ? 'weak.affected' : 'weak.undetermined'),
                one.fixed && t('passport.fixedIn', { version: shown(one.fixed) }),
                one.stated && t('passport.statedAs', { stated: words.said(one.stated) }),
                shown(one.source),
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

interface ComponentsProps {
  rows: readonly Component[];
  total: number;
  documents: readonly SupplyDocument[];
}

/** What a device is made of, as bills of materials say. */
export function Components({ rows, total, documents }: ComponentsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (rows.length === 0) {
    return (
      <Panel title={t('passport.components')}>
        <p className="muted">{t('passport.noComponents')}</p>
      </Panel>
    );
  }
  const name = new Map(documents.map((one) => [one.id, one.name]));
  const drawn = rows.slice(0, ROWS_MAX);
  const cut = { shown: format.number(drawn.length), total: format.number(total) };
  return (
    <Panel title={t('passport.components')} hint={t('passport.componentsHint')} flush>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('passport.component')}</th>
            <th>{t('passport.version')}</th>
            <th>{t('passport.against')}</th>
            <th>{t('passport.licences')}</th>
            <th>{t('passport.document')}</th>
          </tr>
        </thead>
        <tbody>
          {drawn.map((row, at) => (
            <tr key={at}>
              <td title={row.purl ?? row.cpe ?? undefined}>
                <b>
                  <bdi>{shown(row.name)}</bdi>
                </b>
                <div className="muted">
                  {row.path && <div className={css.path}>{t('passport.path', { path: row.path.map(shown).join(' → ') })}</div>}
                  {[row.kind, row.supplier && t('passport.by', { supplier: shown(row.supplier) })].filter(Boolean).join(' · ')}
                </div>
              </td>
              <td className="mono" data-label={t('passport.version')}>{row.version && shown(row.version)}</td>
              <td data-label={t('passport.against')}>
                <Against row={row} />
              </td>
              <td data-label={t('passport.licences')}>{row.licences?.map(shown).join(', ')}</td>
              <td className="muted" data-label={t('passport.document')}>
                <bdi>{shown(name.get(row.document) ?? '')}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > drawn.length && <p className={css.note}>{t('passport.cut', cut)}</p>}
    </Panel>
  );
}
