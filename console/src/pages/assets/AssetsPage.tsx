import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assets, overview } from '../../api/queries';
import { useKeys } from '../../app/keys';
import { BLOCK } from '../../lib/blocks';
import { order, without } from '../../lib/params';
import { toggled } from '../../lib/filter';
import { Empty } from '../../ui/Empty';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Trouble } from '../../ui/Trouble';
import { AssetTable } from './AssetTable';
import { Facets } from './Facets';
import css from './assets.module.css';

/** A pause in typing after which the filter is used. */
const PAUSE_MS = 250;

interface FilterProps {
  filter: string;
  change: (filter: string) => void;
}

function FilterField({ filter, change }: FilterProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(filter);
  const field = useRef<HTMLInputElement>(null);
  const later = useDebouncedCallback(change, PAUSE_MS);
  useEffect(() => setText(filter), [filter]);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <TextInput
      ref={field}
      className={css.filter}
      aria-label={t('assets.filter')}
      placeholder={t('assets.filterHint')}
      leftSection={<IconFilter size={16} aria-hidden="true" />}
      spellCheck={false}
      autoComplete="off"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') field.current?.blur();
      }}
    />
  );
}

/** All devices: filter, facets, table. */
export function AssetsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/assets' });
  const navigate = useNavigate({ from: '/assets' });
  const filter = search.filter ?? '';
  const sort = search.sort ?? '';
  const { data, error } = useQuery(assets({ filter, sort, offset: 0, limit: BLOCK }));
  const counts = useQuery(overview);
  const change = (wanted: { filter?: string; sort?: string }) => {
    void navigate({ search: without({ filter, sort, ...wanted }), replace: true });
  };
  const facets = counts.data && (
    <Facets data={counts.data} filter={filter} toggle={(term) => change({ filter: toggled(filter, term) })} />
  );
  const said = data && { matched: data.matched, count: data.total };
  return (
    <Page title={t('page.assets')} lead={said && t(filter ? 'assets.matched' : 'assets.all', said)}>
      <div className={css.bar}>
        <FilterField filter={filter} change={(next) => change({ filter: next })} />
        {filter !== '' && (
          <Button variant="default" size="sm" onClick={() => change({ filter: '' })}>
            {t('assets.clear')}
          </Button>
        )}
        <details>
          <summary>{t('assets.language')}</summary>
          <p className={css.hint}>{t('assets.languageText')}</p>
        </details>
      </div>
      {error && <Trouble error={error} />}
      <details className={css.narrowFacets}>
        <summary>{t('assets.facets')}</summary>
        {facets}
      </details>
      <div className={css.layout}>
        {facets}
        {!data && !error && <Loading />}
        {data && data.rows.length > 0 && (
          <AssetTable
            asked={{ filter, sort }}
            page={data}
            sort={order(sort || undefined, 'address')}
            change={(by) => change({ sort: by })}
          />
        )}
        {data && data.total === 0 && <Empty>{t('assets.empty')}</Empty>}
        {data && data.total > 0 && data.matched === 0 && !error && (
          <Empty title={t('assets.none', { total: data.total })}>
            <p>{t('assets.noneHint')}</p>
            <Button variant="default" onClick={() => change({ filter: '' })}>
              {t('assets.clear')}
            </Button>
          </Empty>
        )}
      </div>
    </Page>
  );
}
