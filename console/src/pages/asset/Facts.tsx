import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Asset } from '../../api/client';
import { useWords } from '../../i18n/words';
import { term } from '../../lib/filter';
import { useFormat } from '../../lib/format';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { Sure } from '../../ui/Sure';
import css from './asset.module.css';

function Addresses({ name, all }: { name: string; all: readonly string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="mono">
        {all.map((one) => (
          <div key={one}>{one}</div>
        ))}
      </dd>
    </div>
  );
}

function Merges({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const words = useWords();
  if (!data.merges?.length) return null;
  return (
    <details>
      <summary>{t('asset.merged')}</summary>
      <ul className={css.why}>
        {data.merges.map((merge) => (
          <li key={`${merge.one} ${merge.other}`}>
            {t('asset.merge', { one: merge.one, other: merge.other, why: words.reason(merge.why) })}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Addresses, zone, times: what is known without asking the device. */
export function Facts({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const lists = [
    { name: t('asset.ips'), all: data.ips },
    { name: t('asset.macs'), all: data.macs },
    { name: t('asset.vlans'), all: data.vlans?.map(String) },
    { name: t('asset.via'), all: data.via },
    { name: t('asset.forwards'), all: data.forwards },
  ];
  const sent = { packets: format.number(data.packets), bytes: format.bytes(data.bytes) };
  const uses = data.protocols.map((use) => ({ ...use, side: use.as === 'server' ? 'asServer' : 'asClient' }) as const);
  return (
    <Panel title={t('asset.addresses')}>
      <dl className={css.facts}>
        {lists.map(({ name, all }) => all && all.length > 0 && <Addresses key={name} name={name} all={all} />)}
        <div>
          <dt>{t('asset.zone')}</dt>
          <dd>
            <Link to="/map" search={{ zone: data.zone }}>
              {words.zone(data.zone)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{t('asset.confidence')}</dt>
          <dd>
            <Sure part={data.confidence} />
          </dd>
        </div>
        <div>
          <dt>{t('asset.sent')}</dt>
          <dd>
            {data.silent ? <Status kind="warn">{t('asset.silent')}</Status> : t('asset.sentValue', sent)}
            {data.silent && <div className="muted">{t('asset.silentText')}</div>}
          </dd>
        </div>
        {data.first && data.last && (
          <div>
            <dt>{t('asset.seen')}</dt>
            <dd>{t('asset.seenValue', { first: format.time(data.first), last: format.time(data.last) })}</dd>
          </div>
        )}
        {uses.length > 0 && (
          <div>
            <dt>{t('asset.speaks')}</dt>
            <dd className={css.chips}>
              {uses.map((use) => (
                <Link key={`${use.id} ${use.as}`} className={css.chip} to="/assets" search={{ filter: term('protocol', use.id) }}>
                  {use.id} · {t(`asset.${use.side}`)}
                </Link>
              ))}
            </dd>
          </div>
        )}
      </dl>
      <Merges data={data} />
    </Panel>
  );
}
