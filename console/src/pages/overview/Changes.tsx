import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Change, Overview, Party } from '../../api/client';
import { asClass, useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { fileName, shown } from '../../lib/text';
import { Device } from '../../ui/Device';
import { Effect } from '../../ui/Effect';
import { OperationName } from '../../ui/OperationName';
import { Level } from '../../ui/Level';
import { Panel } from '../../ui/Panel';
import css from './overview.module.css';

/** Rows shown before somebody asks for more. */
const FEW = 7;

function Who({ party, address }: { party: Party | null | undefined; address: string }) {
  const words = useWords();
  if (!party) return <span className="mono">{address}</span>;
  return (
    <span className={css.who}>
      <Device id={party.id} name={party.name ?? address} />
      <span className="muted">{words.role(party.role)}</span>
      <Level level={party.level} />
    </span>
  );
}

function Row({ change, file }: { change: Change; file: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr>
      <td>
        <Effect name={change.class} />
      </td>
      <td>
        <Who party={change.client_asset} address={change.client} />
      </td>
      <td>
        <Who party={change.server_asset} address={change.server} />
      </td>
      <td>
        <OperationName name={change.operation} /> <span className="muted">{change.protocol}</span>
      </td>
      <td className="number">{t('overview.times', { count: change.count })}</td>
      <td className={css.when}>
        {format.time(change.first)}
        <br />
        <span className="muted">{t('asset.frameOf', { frame: format.number(change.frame), file })}</span>
      </td>
    </tr>
  );
}

const isChange = (change: Change) => asClass(change.class) !== undefined;

/** Who changes the plant: the first thing to look at. */
export function Changes({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const all = data.changes.filter(isChange);
  const isOpen = search.changes === 'all';
  const rows = isOpen ? all : all.slice(0, FEW);
  const file = (at: number) => shown(fileName(data.capture.files[at]?.path ?? String(at)));
  const toggle = () =>
    void navigate({ search: isOpen ? {} : { changes: 'all' }, replace: true, resetScroll: false });
  if (all.length === 0) {
    return <Panel title={t('overview.changes')}>{t('overview.noChanges')}</Panel>;
  }
  return (
    <Panel title={t('overview.changes')} hint={t('overview.changesHint')} flush>
      <table className={css.changes}>
        <thead>
          <tr>
            <th>{t('asset.class')}</th>
            <th>{t('map.from')}</th>
            <th>{t('map.to')}</th>
            <th>{t('asset.operation')}</th>
            <th className="number">{t('asset.count')}</th>
            <th>{t('asset.first')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((change) => (
            <Row
              key={`${change.protocol} ${change.operation} ${change.client} ${change.server} ${change.file} ${change.frame}`}
              change={change}
              file={file(change.file)}
            />
          ))}
        </tbody>
      </table>
      {all.length > FEW && (
        <div className={css.more}>
          <Button size="xs" variant="default" onClick={toggle} aria-expanded={isOpen}>
            {isOpen ? t('overview.fewerChanges') : t('overview.moreChanges', { n: all.length - FEW })}
          </Button>
          {isOpen && data.changes_total > all.length && (
            <span className="muted">
              {t('overview.changesCut', {
                shown: format.number(all.length),
                total: format.number(data.changes_total),
              })}
            </span>
          )}
        </div>
      )}
    </Panel>
  );
}
