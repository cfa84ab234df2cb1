import { useTranslation } from 'react-i18next';
import type { Asset, Vulnerability } from '../../api/client';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';

const GRADES = ['I2', 'I3', 'I4', 'I5'] as const;

function Row({ row }: { row: Vulnerability }) {
  const { t } = useTranslation();
  const affected = row.verdict === 'affected';
  const grade = GRADES.find((one) => one === row.grade) ?? 'I2';
  return (
    <tr>
      <td>
        <Status kind={affected ? 'bad' : 'warn'}>{t(affected ? 'weak.affected' : 'weak.undetermined')}</Status>
        {row.kev && <div>{t('weak.exploited')}</div>}
      </td>
      <td className="mono">
        {shown(row.cve)}
        <div className="muted">{shown(row.advisory)}</div>
      </td>
      <td className="number">{row.cvss?.toFixed(1)}</td>
      <td>
        <bdi>{shown(row.leaf)}</bdi>
        <div className="muted" lang="en">
          {shown(row.reason)}
        </div>
      </td>
      <td className="mono">{row.fixed ? shown(row.fixed) : <span className="muted">{t('weak.noFix')}</span>}</td>
      <td>{t(`weak.grade${grade}`)}</td>
    </tr>
  );
}

/** What advisories say of a device: what affects it, and what cannot be excluded. */
export function Vulnerabilities({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const rows = data.vulnerabilities ?? [];
  if (rows.length === 0) {
    return (
      <Panel title={t('asset.vulnerabilities')} hint={t('weak.none')}>
        <p className="muted">{t('weak.noneHint')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('asset.vulnerabilities')} hint={t('weak.hint')} flush>
      <table>
        <thead>
          <tr>
            <th>{t('weak.verdict')}</th>
            <th>{t('weak.what')}</th>
            <th className="number">{t('weak.score')}</th>
            <th>{t('weak.leaf')}</th>
            <th>{t('weak.fixed')}</th>
            <th>{t('weak.namedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.advisory} ${row.cve}`} row={row} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
