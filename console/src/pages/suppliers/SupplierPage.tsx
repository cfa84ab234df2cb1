import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem, type Supplier, type SupplierDevice } from '../../api/client';
import { supplier } from '../../api/queries';
import { en } from '../../i18n/en';
import { useWhyWords } from '../../i18n/whyWords';
import { useWords } from '../../i18n/words';
import { term } from '../../lib/filter';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Device } from '../../ui/Device';
import { FactsAge } from '../../ui/FactsAge';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { Score } from '../../ui/Score';
import { Status } from '../../ui/Status';
import { Trouble } from '../../ui/Trouble';
import { Documents } from './Documents';
import { Origins } from './Origins';
import { PooledPanel } from './PooledPanel';
import { Statements } from './Statements';
import { Ties } from './Ties';
import { usePassportWords } from './words';
import cards from '../../ui/cards.module.css';
import css from './suppliers.module.css';

/** Devices drawn at once. */
const ROWS_MAX = 300;
const LIVES: Record<string, 'ok' | 'warn' | 'bad'> = { supported: 'ok', ending: 'warn', ended: 'bad' };

function Factors({ data }: { data: Supplier }) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useWhyWords();
  const name = (key: string) =>
    Object.hasOwn(en.supplierFactor, key) ? t(`supplierFactor.${key as 'advisories'}`) : shown(key);
  return (
    <Panel title={t('supplier.factors')} hint={t('supplier.factorsHint')} flush>
      <p className={css.score}>
        <Score value={data.supplier.score} />
      </p>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('supplier.factor')}</th>
            <th className="number">{t('supplier.value')}</th>
            <th className="number">{t('supplier.weight')}</th>
            <th>{t('supplier.why')}</th>
          </tr>
        </thead>
        <tbody>
          {data.factors.map((factor) => (
            <tr key={factor.name}>
              <td>{name(factor.name)}</td>
              <td className="number" data-label={t('supplier.value')}>
                {typeof factor.value === 'number' ? (
                  format.number(factor.value)
                ) : (
                  <span className="muted">{t('supplier.notKnown')}</span>
                )}
              </td>
              <td className="number" data-label={t('supplier.weight')}>{format.number(factor.weight)}</td>
              <td>{why.supplier(factor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function DeviceRow({ row }: { row: SupplierDevice }) {
  const { t } = useTranslation();
  const words = useWords();
  const said = usePassportWords();
  const format = useFormat();
  return (
    <tr>
      <td>
        <Device id={row.asset} name={row.name} />
        <div className="muted">{words.role(row.role)}</div>
      </td>
      <td data-label={t('supplier.product')}>
        {row.product ? <bdi>{shown(row.product)}</bdi> : <span className="muted">{t('app.unknown')}</span>}
      </td>
      <td className="mono" data-label={t('weak.firmware')}>
        {row.firmware ? shown(row.firmware) : <span className="muted">{t('app.unknown')}</span>}
      </td>
      <td data-label={t('weak.zone')}>{words.zone(row.zone)}</td>
      <td className="number" data-label={t('supplier.open')}>
        <Link to="/assets/$id" params={{ id: row.asset }} search={{ tab: 'vulnerabilities' }}>
          {format.number(row.open)}
        </Link>
      </td>
      <td data-label={t('supplier.life')}>
        <Status kind={LIVES[row.life] ?? 'warn'}>{said.said(row.life)}</Status>
      </td>
      <td data-label={t('supplier.sbom')}>
        <Link to="/assets/$id" params={{ id: row.asset }} search={{ tab: 'passport' }}>
          {t(row.sbom ? 'supplier.yes' : 'supplier.no')}
        </Link>
      </td>
    </tr>
  );
}

function Devices({ rows }: { rows: readonly SupplierDevice[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cut = { shown: format.number(ROWS_MAX), total: format.number(rows.length) };
  return (
    <Panel title={t('supplier.assets')} flush>
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('weak.device')}</th>
            <th>{t('supplier.product')}</th>
            <th>{t('weak.firmware')}</th>
            <th>{t('weak.zone')}</th>
            <th className="number" title={t('supplier.openHint')}>
              {t('supplier.open')}
            </th>
            <th>{t('supplier.life')}</th>
            <th>{t('supplier.sbom')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_MAX).map((row) => (
            <DeviceRow key={row.asset} row={row} />
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_MAX && <p className={css.note}>{t('supplier.cut', cut)}</p>}
    </Panel>
  );
}

/** One supplier: its devices, what makes its number, what is agreed with it. */
export function SupplierPage() {
  const { t } = useTranslation();
  const words = useWords();
  const { key } = useParams({ from: '/suppliers/$key' });
  const { data, error, refetch } = useQuery(supplier(key));
  if (!data) {
    const isMissing = error instanceof Problem && error.code === 'not_found';
    const notFound = isMissing ? new Problem('no_supplier', error.message) : undefined;
    return (
      <Page title={t('page.supplier')}>
        {error ? <Trouble error={notFound ?? error} retry={() => void refetch()} /> : <Loading />}
        <p>
          <Link to="/suppliers">{t('page.suppliers')}</Link>
        </p>
      </Page>
    );
  }
  const { supplier: row } = data;
  const lead = (
    <>
      <Link to="/assets" search={{ filter: term('vendor', row.name) }}>
        {t('assets.all', { count: row.devices })}
      </Link>
      {' · '}
      <FactsAge />
    </>
  );
  return (
    <Page title={shown(row.name)} lead={lead}>
      <Factors data={data} />
      <Devices rows={data.assets} />
      <div className={css.columns}>
        <Origins rows={data.origins} />
        {data.single_source.length > 0 && (
          <Panel title={t('supplier.singleSource')} hint={t('supplier.singleSourceHint')}>
            <ul className={css.list}>
              {data.single_places.map(({ role, zone, devices }) => (
                <li key={`${role} ${zone}`}>
                  {t('supplierWhy.place', { role: words.role(role), zone: words.zone(zone), count: devices })}
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
      <Ties rows={data.ties} />
      <Statements rows={data.statements} />
      <PooledPanel rows={data.pooled} />
      <Documents rows={data.documents} />
    </Page>
  );
}
