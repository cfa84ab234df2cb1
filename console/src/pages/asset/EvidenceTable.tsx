import { useTranslation } from 'react-i18next';
import type { Evidence } from '../../api/client';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Sure } from '../../ui/Sure';
import type { FileOf } from './files';

interface EvidenceTableProps {
  rows: readonly Evidence[];
  file: FileOf;
  /** Attribute and part have columns of their own. */
  full?: boolean;
}

function Row({ row, file, full }: { row: Evidence; file: FileOf; full: boolean }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const { offset, part } = row;
  const bytes =
    typeof offset === 'number' && row.length > 0
      ? t('asset.byteRange', { from: offset, to: offset + row.length - 1 })
      : t('asset.severalFrames');
  const where = part ? t('asset.part', { kind: shown(part.kind), number: part.number }) : t('asset.itself');
  return (
    <tr>
      {full && <td>{words.attribute(row.attribute)}</td>}
      {full && <td>{where}</td>}
      <td>
        <bdi className="mono">{shown(row.value)}</bdi>
      </td>
      <td>{shown(row.protocol)}</td>
      <td>{shown(words.place(row.source))}</td>
      <td>{row.frame > 0 ? file(row.file) : <span className="muted">{t('asset.derived')}</span>}</td>
      <td className="number">{row.frame > 0 && format.number(row.frame)}</td>
      <td>{row.frame > 0 && bytes}</td>
      <td className="mono">{shown(row.address)}</td>
      <td>
        {t('overview.times', { count: row.count })}
        {row.first && <div className="muted">{format.time(row.first)}</div>}
      </td>
      <td>
        <Sure part={row.confidence} />
      </td>
    </tr>
  );
}

/** Evidence: what was sent, by whom, in which frame. */
export function EvidenceTable({ rows, file, full = false }: EvidenceTableProps) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          {full && <th>{t('asset.attribute')}</th>}
          {full && <th>{t('asset.about')}</th>}
          <th>{t('asset.asSent')}</th>
          <th>{t('asset.protocol')}</th>
          <th>{t('asset.where')}</th>
          <th>{t('asset.file')}</th>
          <th className="number">{t('asset.frame')}</th>
          <th>{t('asset.bytes')}</th>
          <th>{t('asset.address')}</th>
          <th>{t('asset.stated')}</th>
          <th>{t('asset.sure')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Row key={at} row={row} file={file} full={full} />
        ))}
      </tbody>
    </table>
  );
}
