import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api/client';
import { overview } from '../../api/queries';
import { millis, useFormat } from '../../lib/format';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Trouble } from '../../ui/Trouble';
import { Changes } from './Changes';
import { Counts } from './Counts';
import { Findings } from './Findings';
import { NoTraffic } from './NoTraffic';
import { Risk } from './Risk';
import { Sensor } from './Sensor';
import { Tiles } from './Tiles';

function useLead(data: Overview | undefined): string | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const { first, last } = data?.capture ?? {};
  if (!first || !last) return undefined;
  const duration = format.duration(millis(last) - millis(first));
  return t('overview.span', { first: format.time(first), last: format.time(last), duration });
}

/** What is there, what changes it, and what was not understood. */
export function OverviewPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(overview);
  const lead = useLead(data);
  return (
    <Page title={t('page.overview')} lead={lead}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && data.capture.packets === 0 && <NoTraffic live={data.live} />}
      {data && data.capture.packets > 0 && (
        <>
          <Tiles data={data} />
          <Findings data={data} />
          <Risk />
          <Changes data={data} />
          <Counts data={data} />
        </>
      )}
      {data && data.capture.files.length > 0 && <Sensor data={data} />}
    </Page>
  );
}
