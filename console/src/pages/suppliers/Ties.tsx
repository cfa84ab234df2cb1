import { useTranslation } from 'react-i18next';
import type { Tie } from '../../api/client';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { Proof } from './Proof';
import { usePassportWords } from './words';
import cards from '../../ui/cards.module.css';

function Row({ row }: { row: Tie }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  const format = useFormat();
  const day = (text: string | null | undefined) => (text ? format.day(text) : t('passport.openEnd'));
  return (
    <tr>
      <td data-label={t('passport.kind')}>
        {words.said(row.kind)}
        <div className="muted">{shown(row.supplier)}</div>
      </td>
      <td data-label={t('passport.what')}>
        <bdi>{shown(row.what)}</bdi>
        <div className="muted">
          {row.addresses && row.addresses.length > 0 && t('passport.addresses', { addresses: row.addresses.map(shown).join(', ') })}
          <Proof proof={row.proof} />
        </div>
      </td>
      <td data-label={t('passport.period')}>
        {t('passport.periodOf', { from: day(row.from), until: day(row.until) })}
        <div>
          <Status kind={row.state === 'current' ? 'ok' : 'warn'}>{words.said(row.state)}</Status>
        </div>
      </td>
      <td data-label={t('passport.observed')}>
        {typeof row.observed === 'boolean' && t(row.observed ? 'passport.seen' : 'passport.notSeen')}
      </td>
    </tr>
  );
}

/** Contracts and permissions to come in from outside. */
export function Ties({ rows }: { rows: readonly Tie[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) {
    return (
      <Panel title={t('passport.ties')}>
        <p className="muted">{t('passport.noTies')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('passport.ties')} flush>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('passport.kind')}</th>
            <th>{t('passport.what')}</th>
            <th>{t('passport.period')}</th>
            <th>{t('passport.observed')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Row key={at} row={row} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
