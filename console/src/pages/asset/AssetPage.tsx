import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconTopologyStar3 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asset } from '../../api/client';
import { asset, conversations, overview } from '../../api/queries';
import { useWords } from '../../i18n/words';
import { nameOfAsset } from '../../lib/named';
import { without } from '../../lib/params';
import { shown } from '../../lib/text';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Trouble } from '../../ui/Trouble';
import { Bonds } from './Bonds';
import { Corrections } from './Corrections';
import { Facts } from './Facts';
import { Identity } from './Identity';
import { Parts } from './Parts';
import { Passport } from './Passport';
import { Reasoning } from './Reasoning';
import { Traffic } from './Traffic';
import { Vulnerabilities } from './Vulnerabilities';
import { useFiles } from './files';

const TABS = ['identity', 'vulnerabilities', 'passport', 'reasoning', 'traffic'] as const;

/** One line that says what the device is. */
function useSentence(data: Asset): string {
  const { t } = useTranslation();
  const words = useWords();
  const { vendor } = data;
  const role = words.role(data.role);
  const what = !data.role
    ? t('asset.unknownDevice')
    : vendor
      ? t('asset.sentenceRole', { role, vendor: shown(vendor) })
      : t('asset.sentenceUnknownVendor', { role });
  return [what, words.level(data.purdue), words.zone(data.zone)].join(' · ');
}

function Loaded({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const search = useSearch({ from: '/assets/$id' });
  const navigate = useNavigate({ from: '/assets/$id' });
  const [offset, turn] = useState(0);
  const traffic = useQuery(conversations(data.id, offset));
  const capture = useQuery(overview);
  const file = useFiles(capture.data);
  const sentence = useSentence(data);
  const tab = TABS.find((one) => one === search.tab) ?? 'identity';
  const go = (wanted: { tab?: string; open?: string | undefined }) => {
    void navigate({ search: without({ ...search, ...wanted }), replace: true, resetScroll: false });
  };
  const toMap = (
    <Button
      variant="default"
      leftSection={<IconTopologyStar3 size={16} aria-hidden="true" />}
      renderRoot={(props) => <Link to="/map" search={{ asset: data.id }} {...props} />}
    >
      {t('asset.onMap')}
    </Button>
  );
  const name = shown(nameOfAsset(data));
  return (
    <Page title={name} lead={sentence} actions={toMap}>
      <Facts data={data} />
      <Tabs value={tab} onChange={(next) => next && go({ tab: next, open: undefined })} keepMounted={false}>
        <Tabs.List aria-label={t('asset.tabs')}>
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`asset.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="identity" pt="md">
          <Identity data={data} file={file} open={search.open} toggle={(open) => go({ open })} />
          <Corrections data={data} />
          <Bonds data={data} />
          <Parts data={data} file={file} />
        </Tabs.Panel>
        <Tabs.Panel value="vulnerabilities" pt="md">
          <Vulnerabilities id={data.id} open={search.open} toggle={(open) => go({ open })} />
        </Tabs.Panel>
        <Tabs.Panel value="passport" pt="md">
          <Passport id={data.id} file={file} />
        </Tabs.Panel>
        <Tabs.Panel value="reasoning" pt="md">
          <Reasoning data={data} />
        </Tabs.Panel>
        <Tabs.Panel value="traffic" pt="md">
          {traffic.error && <Trouble error={traffic.error} retry={() => void traffic.refetch()} />}
          {traffic.isPending && <Loading />}
          {traffic.data && (
            <Traffic
              asset={data}
              page={traffic.data}
              file={file}
              open={search.open}
              toggle={(open) => go({ open })}
              offset={offset}
              turn={turn}
            />
          )}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

/** One device: what it is, why that is thought, and what it talks about. */
export function AssetPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/assets/$id' });
  const { data, error, refetch } = useQuery(asset(id));
  if (data) return <Loaded data={data} key={data.id} />;
  return (
    <Page title={t('page.asset')}>
      {error ? <Trouble error={error} retry={() => void refetch()} /> : <Loading />}
      <p>
        <Link to="/assets">{t('page.assets')}</Link>
      </p>
    </Page>
  );
}
