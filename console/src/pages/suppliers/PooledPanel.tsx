import { useTranslation } from 'react-i18next';
import type { Pooled } from '../../api/client';
import { shown } from '../../lib/text';
import { Handled } from '../../ui/Handled';
import { Panel } from '../../ui/Panel';
import cards from '../../ui/cards.module.css';

/** What other plants decided about the same model; nothing where nobody shared. */
export function PooledPanel({ rows }: { rows: readonly Pooled[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Panel title={t('passport.pooled')} flush>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('weak.what')}</th>
            <th>{t('weak.device')}</th>
            <th>{t('weak.state')}</th>
            <th>{t('triage.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              <td className="mono">{shown(row.cve)}</td>
              <td>
                <bdi>{shown(row.model)}</bdi> {row.firmware && <span className="mono">{shown(row.firmware)}</span>}
              </td>
              <td>
                <Handled state={row.state} />
                <div className="muted">{t('passport.plants', { count: row.plants, devices: row.devices })}</div>
              </td>
              <td>
                <bdi>{[...row.controls, ...(row.reasons ?? [])].map(shown).join(' · ')}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
