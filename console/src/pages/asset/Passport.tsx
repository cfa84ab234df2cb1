import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Life, Passport as PassportData, Remote } from '../../api/client';
import { passport } from '../../api/queries';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { FactsAge } from '../../ui/FactsAge';
import { Loading } from '../../ui/Loading';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { Trouble } from '../../ui/Trouble';
import { Documents } from '../suppliers/Documents';
import { Origins } from '../suppliers/Origins';
import { PooledPanel } from '../suppliers/PooledPanel';
import { Proof } from '../suppliers/Proof';
import { Statements } from '../suppliers/Statements';
import { Ties } from '../suppliers/Ties';
import { usePassportWords } from '../suppliers/words';
import { Components } from './Components';
import { Services } from './Services';
import type { FileOf } from './files';
import css from '../suppliers/suppliers.module.css';

const LIVES: Record<string, 'ok' | 'warn' | 'bad'> = { supported: 'ok', ending: 'warn', ended: 'bad' };

function Summary({ data }: { data: PassportData }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  const command = `ferrite supply import FILE --asset ${data.asset}`;
  return (
    <Panel title={t('passport.tab')} hint={<>{t('passport.hint')} <FactsAge /></>}>
      <dl className={css.facts}>
        <div>
          <dt>{t('passport.supplier')}</dt>
          <dd>
            {data.supplier ? (
              <Link to="/suppliers/$key" params={{ key: data.supplier }}>
                <bdi>{shown(data.vendor ?? data.supplier)}</bdi>
              </Link>
            ) : (
              (data.vendor && <bdi>{shown(data.vendor)}</bdi>) || <span className="muted">{t('passport.noSupplier')}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('passport.missing')}</dt>
          <dd>
            {data.missing.length === 0 && <Status kind="ok">{t('passport.complete')}</Status>}
            {data.missing.map((code) => (
              <div key={code}>
                <Status kind="warn">{words.said(`lacks_${code}`)}</Status>
              </div>
            ))}
          </dd>
        </div>
        {data.missing.length > 0 && (
          <div>
            <dt>{t('passport.importHint')}</dt>
            <dd>
              <code>{command}</code>
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}

function Lives({ rows }: { rows: readonly Life[] }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  const format = useFormat();
  const days = (row: Life) =>
    [
      { name: t('passport.released'), day: row.released },
      { name: t('passport.endOfSale'), day: row.end_of_sale },
      { name: t('passport.endOfSupport'), day: row.end_of_support },
      { name: t('passport.endOfSecurity'), day: row.end_of_security },
    ].filter((one) => one.day);
  return (
    <Panel title={t('passport.lives')}>
      {rows.length === 0 && <p className="muted">{t('passport.noLives')}</p>}
      <ul className={css.list}>
        {rows.map((row, at) => (
          <li key={at}>
            <Status kind={LIVES[row.state] ?? 'warn'}>{words.said(row.state)}</Status> <b>{shown(row.product)}</b>{' '}
            <span className="muted">{shown(row.subject)}</span>
            {days(row).map(({ name, day }) => (
              <div key={name}>
                {name}
                {t('app.colon')}
                {format.day(day ?? '')}
              </div>
            ))}
            <div className="muted">
              {t(row.attested ? 'passport.attested' : 'passport.ownTable')} · {shown(row.source)}
              <Proof proof={row.proof} />
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Access({ rows }: { rows: readonly Remote[] }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  const plain = useWords();
  const format = useFormat();
  return (
    <Panel title={t('passport.remote')}>
      {rows.length === 0 && <p className="muted">{t('passport.noRemote')}</p>}
      <ul className={css.list}>
        {rows.map((row) => (
          <li key={`${row.peer} ${row.verdict}`}>
            <Status kind={row.verdict === 'as_attested' ? 'ok' : 'bad'}>{words.said(row.verdict)}</Status>{' '}
            <b className="mono">{shown(row.peer)}</b> {row.peer_name && <bdi>{shown(row.peer_name)}</bdi>}
            <div className="muted">
              {plain.zone(row.zone)} · {row.protocols.join(', ')}
              {row.first && row.last && (
                <> · {t('asset.seenValue', { first: format.time(row.first), last: format.time(row.last) })}</>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Where a device comes from, what is in it, who may touch it. */
export function Passport({ id, file }: { id: string; file: FileOf }) {
  const { data, error, refetch } = useQuery(passport(id));
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <div className={css.stack}>
      <Summary data={data} />
      <div className={css.columns}>
        <Origins rows={data.origins} />
        <Lives rows={data.lives} />
      </div>
      <Access rows={data.remote} />
      <Ties rows={data.ties} />
      <Components rows={data.components} total={data.components_total} documents={data.documents} />
      <Services rows={data.services} documents={data.documents} file={file} />
      <Statements rows={data.statements} />
      <PooledPanel rows={data.pooled} />
      <Documents rows={data.documents} />
    </div>
  );
}
