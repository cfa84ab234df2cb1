import { useTranslation } from 'react-i18next';
import type { Service, SupplyDocument } from '../../api/client';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { usePassportWords } from '../suppliers/words';
import css from '../suppliers/suppliers.module.css';
import type { FileOf } from './files';

/** What calls for attention, and what is as it should be; the rest is worth knowing. */
const KINDS: Record<string, 'ok' | 'warn'> = { as_declared: 'ok', undeclared: 'warn' };

function Verdict({ code }: { code: string }) {
  const words = usePassportWords();
  const [kind, text] = [KINDS[code], words.said(`service_${code}`)];
  return kind ? <Status kind={kind}>{text}</Status> : <span>{text}</span>;
}

interface ServicesProps {
  rows: readonly Service[];
  documents: readonly SupplyDocument[];
  file: FileOf;
}

/** What bills of materials say it serves, compared with what was seen. */
export function Services({ rows, documents, file }: ServicesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = new Map(documents.map((one) => [one.id, one.name]));
  const from = (row: Service) =>
    [
      row.provider && t('passport.by', { supplier: shown(row.provider) }),
      row.crosses_trust && t('passport.crossesTrust'),
      row.document != null && shown(name.get(row.document) ?? ''),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <Panel title={t('passport.services')} hint={t('passport.servicesHint')}>
      {rows.length === 0 && <p className="muted">{t('passport.noServices')}</p>}
      <ul className={css.list}>
        {rows.map((row, at) => (
          <li key={at}>
            <Verdict code={row.verdict} />{' '}
            {row.name && (
              <b>
                <bdi>{shown(row.name)}</bdi>
              </b>
            )}{' '}
            <span className="mono">{row.port != null ? `${row.port}/${row.transport}` : shown(row.endpoint ?? '')}</span>
            {from(row) && <div className="muted">{from(row)}</div>}
            {row.seen && (
              <div className="muted">
                {[
                  row.seen.protocols.join(', '),
                  t('asset.frameOf', { frame: format.number(row.seen.frame), file: file(row.seen.file) }),
                  row.seen.first &&
                    row.seen.last &&
                    t('asset.seenValue', { first: format.time(row.seen.first), last: format.time(row.seen.last) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
