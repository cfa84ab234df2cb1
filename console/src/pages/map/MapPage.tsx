import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapNode, PlantMap } from '../../api/client';
import { map as mapQuery } from '../../api/queries';
import { useWords } from '../../i18n/words';
import { without } from '../../lib/params';
import { shown } from '../../lib/text';
import { Empty } from '../../ui/Empty';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Trouble } from '../../ui/Trouble';
import { Legend } from './Legend';
import { MapCanvas } from './MapCanvas';
import { MapTable } from './MapTable';
import { Selected } from './Selected';
import type { Labels } from './draw';
import css from './map.module.css';

function useLabels(): Labels {
  const { t } = useTranslation();
  const words = useWords();
  return useMemo(
    () => ({
      level: words.level,
      short: words.levelShort,
      zone: words.zone,
      node: (node: MapNode) => {
        if (node.role === undefined && Object.keys(node.roles ?? {}).length > 0) {
          const most = Object.entries(node.roles ?? {}).sort((a, b) => b[1] - a[1]);
          const said = most.slice(0, 3).map(([role, count]) => `${count} ${words.role(role)}`);
          return [t('map.device', { count: node.count }), said.join(', ')];
        }
        const role = words.role(node.role);
        return [shown(node.label), node.address ? `${role} · ${node.address}` : role];
      },
    }),
    [t, words],
  );
}

interface BodyProps {
  data: PlantMap;
  labels: Labels;
}

function Body({ data, labels }: BodyProps) {
  const search = useSearch({ from: '/map' });
  const navigate = useNavigate({ from: '/map' });
  const select = (id: string | undefined) => {
    void navigate({ search: without({ ...search, sel: id }), replace: true });
  };
  const open = (node: MapNode) => {
    if (node.count > 1 || node.id.includes('/')) void navigate({ search: { zone: node.zone } });
    else void navigate({ to: '/assets/$id', params: { id: node.id } });
  };
  const node = data.nodes.find((one) => one.id === search.sel);
  if (search.view === 'table') return <MapTable data={data} labels={labels} />;
  return (
    <>
      <div className={css.layout}>
        <MapCanvas map={data} labels={labels} selected={node?.id} select={select} open={open} />
        {node && <Selected data={data} node={node} labels={labels} />}
      </div>
      <Legend />
    </>
  );
}

/** The plant by Purdue level and zone, as a picture and as tables of the same. */
export function MapPage() {
  const { t } = useTranslation();
  const words = useWords();
  const search = useSearch({ from: '/map' });
  const navigate = useNavigate({ from: '/map' });
  const { data, error, refetch } = useQuery(mapQuery(search));
  const labels = useLabels();
  const part = search.asset
    ? t('map.ofAsset', { asset: shown(data?.nodes.find((node) => node.id === search.asset)?.label ?? search.asset) })
    : search.zone
      ? t('map.ofZone', { zone: words.zone(search.zone) })
      : undefined;
  const lead = part && (
    <>
      <Link to="/map" search={search.view ? { view: search.view } : {}}>
        {t('map.whole')}
      </Link>{' '}
      › {part}
    </>
  );
  const change = (view: string) => {
    const next = { ...search, view: view === 'table' ? view : undefined };
    void navigate({ search: without(next), replace: true });
  };
  const views = [
    { value: 'map', label: t('map.asMap') },
    { value: 'table', label: t('map.asTable') },
  ];
  const control = (
    <SegmentedControl
      aria-label={t('map.view')}
      data={views}
      value={search.view === 'table' ? 'table' : 'map'}
      onChange={change}
    />
  );
  return (
    <Page title={t('page.map')} lead={lead ?? t('map.whole')} actions={control}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && data.boxed > 0 && <p className={css.notice}>{t('map.boxed', { count: data.boxed })}</p>}
      {data && data.nodes.length === 0 && <Empty>{t('map.empty')}</Empty>}
      {data && data.nodes.length > 0 && <Body data={data} labels={labels} />}
    </Page>
  );
}
