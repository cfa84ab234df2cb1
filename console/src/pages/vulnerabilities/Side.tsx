import { ActionIcon, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { assetVulnerabilities, asset as assetQuery } from '../../api/queries';
import { useRiskWords } from '../../i18n/riskWords';
import { useWords } from '../../i18n/words';
import { nameOfAsset } from '../../lib/named';
import { shown } from '../../lib/text';
import { Empty } from '../../ui/Empty';
import { Loading } from '../../ui/Loading';
import { Trouble } from '../../ui/Trouble';
import { Details } from './Details';
import { type Chosen, nameOf } from './layout';
import css from './vulnerabilities.module.css';

function Head({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const words = useWords();
  const risk = useRiskWords();
  const asset = useQuery(assetQuery(chosen.asset));
  const known = useQuery(assetVulnerabilities(chosen.asset));
  // As the table has it.
  const name = asset.data ? nameOfAsset(asset.data) : chosen.asset;
  const [address] = asset.data?.name ? (asset.data.ips ?? []) : [];
  const of = known.data?.risk;
  return (
    <div>
      <h2 className={css.cve}>{shown(chosen.cve)}</h2>
      <p className="muted">{shown(chosen.advisory)}</p>
      <p>
        <Link to="/assets/$id" params={{ id: chosen.asset }} search={{ tab: 'vulnerabilities' }}>
          <bdi>{shown(name)}</bdi>
        </Link>
        {asset.data && (
          <span className="muted">
            {address && ` · ${address}`}
            {' · '}
            {words.role(asset.data.role)} · {words.zone(asset.data.zone)}
          </span>
        )}
      </p>
      {of && (
        <p className="muted">
          {t('weak.exposure')}
          {t('app.colon')}
          {risk.exposure(of.exposure)}
        </p>
      )}
    </div>
  );
}

function Body({ chosen }: { chosen: Chosen }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(assetVulnerabilities(chosen.asset));
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const row = data.rows.find((one) => one.cve === chosen.cve && one.advisory === chosen.advisory);
  if (!row) return (
      <Empty>
        <p>{t('weak.notThere')}</p>
      </Empty>
    );
  return <Details asset={chosen.asset} row={row} key={nameOf(chosen)} />;
}

/** What is known of the chosen row: beside the table, over it in narrow windows. */
export function Side({ chosen, close }: { chosen: Chosen; close: () => void }) {
  const { t } = useTranslation();
  const isWide = useMediaQuery('(min-width: 1200px)', true, { getInitialValueInEffect: false });
  const label = t('weak.details', { cve: shown(chosen.cve) });
  if (!isWide) {
    return (
      <Drawer.Root opened onClose={close} position="right" size="min(560px, 100%)">
        <Drawer.Overlay />
        <Drawer.Content aria-label={label} className={css.drawer}>
          <Drawer.Header className={css.sideHead}>
            <Head chosen={chosen} />
            <Drawer.CloseButton aria-label={t('weak.close')} />
          </Drawer.Header>
          <Drawer.Body>
            <Body chosen={chosen} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    );
  }
  return (
    <aside
      className={css.side}
      aria-label={label}
      tabIndex={0}
      onKeyDown={(event) => {
        // In here arrows scroll; outside they choose rows.
        if (event.key.startsWith('Arrow')) event.stopPropagation();
      }}
    >
      <div className={css.sideHead}>
        <Head chosen={chosen} />
        <ActionIcon variant="subtle" color="gray" c="inherit" onClick={close} aria-label={t('weak.close')}>
          <IconX size={18} aria-hidden="true" />
        </ActionIcon>
      </div>
      <Body chosen={chosen} />
    </aside>
  );
}
