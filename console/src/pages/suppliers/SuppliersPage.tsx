import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconDownload, IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SupplierRow } from '../../api/client';
import { suppliers } from '../../api/queries';
import { term } from '../../lib/filter';
import { useFormat } from '../../lib/format';
import { order, without } from '../../lib/params';
import { shown } from '../../lib/text';
import { Empty } from '../../ui/Empty';
import { FactsAge } from '../../ui/FactsAge';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { Score } from '../../ui/Score';
import { SearchField } from '../../ui/SearchField';
import { SortHead } from '../../ui/SortHead';
import { Status } from '../../ui/Status';
import { Trouble } from '../../ui/Trouble';
import { Warnings } from './Warnings';
import { COLUMNS, chosen } from './choose';
import { usePassportWords } from './words';
import cards from '../../ui/cards.module.css';
import css from './suppliers.module.css';

const HEADS: Partial<Record<(typeof COLUMNS)[number], 'remoteShort'>> = { unattested_remote: 'remoteShort' };

function Row({ row }: { row: SupplierRow }) {
  const { t } = useTranslation();
  const words = usePassportWords();
  const format = useFormat();
  return (
    <tr>
      <td>
        <Link className={css.name} to="/suppliers/$key" params={{ key: row.key }}>
          <bdi>{shown(row.name)}</bdi>
        </Link>
        {row.country && (
          <div className="muted" title={t('supplier.countryHint')}>
            {t('supplier.seat', { country: words.country(row.country) })}
          </div>
        )}
      </td>
      <td data-label={t('supplier.score')}>
        <Score value={row.score} />
      </td>
      <td className="number" data-label={t('supplier.devices')}>
        <Link to="/assets" search={{ filter: term('vendor', row.name) }}>
          {format.number(row.devices)}
        </Link>
      </td>
      <td className="number" data-label={t('supplier.zones')}>{format.number(row.zones)}</td>
      <td className="number" data-label={t('supplier.advisories')}>{format.number(row.advisories)}</td>
      <td className="number" data-label={t('supplier.without_fix')}>{format.number(row.without_fix)}</td>
      <td className="number" data-label={t('supplier.end_of_life')}>{format.number(row.end_of_life)}</td>
      <td className="number" data-label={t('supplier.with_sbom')}>{format.number(row.with_sbom)}</td>
      <td className="number" data-label={t('supplier.unattested_remote')}>
        {row.unattested_remote > 0 ? (
          <Status kind="bad">{format.number(row.unattested_remote)}</Status>
        ) : (
          format.number(row.unattested_remote)
        )}
      </td>
    </tr>
  );
}

/** Whom the devices come from, and how much hangs on each. */
export function SuppliersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const search = useSearch({ from: '/suppliers' });
  const navigate = useNavigate({ from: '/suppliers' });
  const { data, error, refetch } = useQuery(suppliers);
  const change = (wanted: Partial<typeof search>) => {
    void navigate({ search: without({ ...search, ...wanted }), replace: true });
  };
  const now = order(search.sort, '-score');
  const rows = data && chosen(data.suppliers, search.filter ?? '', now);
  const lead = data && {
    count: data.suppliers.length,
    devices: format.number(data.suppliers.reduce((sum, row) => sum + row.devices, 0)),
    unknown: format.number(data.unknown),
  };
  const inventory = (
    <Button
      component="a"
      href="/api/v1/inventory/export?format=cyclonedx"
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden="true" />}
    >
      {t('supplier.inventory')}
    </Button>
  );
  const said = lead && (
    <>
      {t('supplier.lead', lead)} · <FactsAge />
    </>
  );
  return (
    <Page title={t('page.suppliers')} lead={said} actions={inventory}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && data.suppliers.length === 0 && (
        <Empty title={t('supplier.none')}>
          <p>{t('supplier.noneHint')}</p>
        </Empty>
      )}
      {rows && data.suppliers.length > 0 && (
        <>
          <div className={css.bar}>
            <SearchField
              label={t('supplier.filter')}
              icon={<IconFilter size={16} aria-hidden="true" />}
              text={search.filter ?? ''}
              change={(filter) => change({ filter })}
              slash
            />
          </div>
          <Panel title={t('page.suppliers')} hint={t('supplier.scoreHint')} flush>
            <table className={`${cards.cards} ${cards.counts}`}>
              <thead>
                <tr>
                  {COLUMNS.map((column) => (
                    <SortHead
                      key={column}
                      column={column}
                      name={t(`supplier.${HEADS[column] ?? column}`)}
                      now={now}
                      number={column !== 'name' && column !== 'score'}
                      sort={(by) => change({ sort: by !== 'name' && by === column && now.column !== by ? `-${by}` : by })}
                    />
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row key={row.key} row={row} />
                ))}
                {rows.length === 0 && (
                  <tr>
                    <td colSpan={COLUMNS.length}>{t('supplier.noFit')}</td>
                  </tr>
                )}
              </tbody>
            </table>
          </Panel>
        </>
      )}
      {data && <Warnings />}
    </Page>
  );
}
