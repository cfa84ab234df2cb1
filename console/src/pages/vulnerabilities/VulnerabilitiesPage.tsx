import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { risk, vulnerabilities } from '../../api/queries';
import { STATES, asDecision, asState } from '../../i18n/riskWords';
import { without } from '../../lib/params';
import { FactsAge } from '../../ui/FactsAge';
import { Empty } from '../../ui/Empty';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { SearchField } from '../../ui/SearchField';
import { Trouble } from '../../ui/Trouble';
import { Exports } from './Exports';
import { Side } from './Side';
import { Tiles } from './Tiles';
import { VulnerabilityTable } from './VulnerabilityTable';
import { chosenOf, nameOf } from './layout';
import css from './vulnerabilities.module.css';

/** A state of the address that no row has: all of them. */
const ALL = 'all';

/** What is known against the devices, by what to do about it. */
export function VulnerabilitiesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/vulnerabilities' });
  const navigate = useNavigate({ from: '/vulnerabilities' });
  const change = (wanted: Partial<Record<keyof typeof search, string | undefined>>) => {
    void navigate({ search: without({ ...search, ...wanted }), replace: true, resetScroll: false });
  };
  const state = search.state === ALL ? '' : (asState(search.state) ?? 'open');
  const decision = asDecision(search.decision);
  const asked = { filter: search.filter ?? '', search: search.search ?? '', state, sort: search.sort ?? '' };
  // Counts of all decisions stay in sight while one is chosen.
  const counts = useQuery(vulnerabilities({ ...asked, sort: '', decision: '', offset: 0, limit: 0 }));
  const summary = useQuery(risk);
  const chosen = chosenOf(search.sel);
  const { data, error } = counts;
  const matched = data && (decision ? (data.decisions[decision] ?? 0) : data.matched);
  const one = data && decision ? { [decision]: matched ?? 0 } : data?.decisions;
  const lead = summary.data && {
    count: summary.data.summary.states.open ?? 0,
    devices: summary.data.summary.zones.reduce((sum, zone) => sum + zone.assets, 0),
  };
  const pageLead = lead && (
    <>
      {t('weak.lead', lead)} · <FactsAge />
    </>
  );
  const clear = () => change({ filter: '', search: '', state: '', decision: '' });
  return (
    <Page title={t('page.vulnerabilities')} lead={pageLead} actions={<Exports />}>
      <Tiles counts={data?.decisions} chosen={decision} choose={(next) => change({ decision: next })} />
      <div className={css.bar}>
        <SearchField
          label={t('weak.searchBy')}
          icon={<IconSearch size={16} aria-hidden="true" />}
          text={asked.search}
          change={(text) => change({ search: text })}
          slash
        />
        <SearchField
          label={t('weak.filterBy')}
          icon={<IconFilter size={16} aria-hidden="true" />}
          text={asked.filter}
          change={(text) => change({ filter: text })}
        />
        <NativeSelect
          aria-label={t('weak.state')}
          value={search.state === ALL ? ALL : state}
          data={[
            ...STATES.map((value) => ({ value, label: t(`triage.${value}`) })),
            { value: ALL, label: t('triage.all') },
          ]}
          onChange={(event) => {
            const value = event.currentTarget.value;
            change({ state: value === 'open' ? '' : value });
          }}
        />
        {matched !== undefined && (
          <span className="muted" title={t('weak.unit')}>
            {t('weak.matched', { count: matched })}
          </span>
        )}
      </div>
      {error && <Trouble error={error} retry={() => void counts.refetch()} />}
      {!data && !error && <Loading />}
      {data && data.total === 0 && (
        <Empty title={t('weak.nothing')}>
          <p>{t('weak.nothingHint')}</p>
        </Empty>
      )}
      {data && data.total > 0 && matched === 0 && (
        <Empty title={t('weak.noMatch')}>
          <p>{t('weak.noMatchHint')}</p>
          <Button variant="default" onClick={clear}>
            {t('weak.clear')}
          </Button>
        </Empty>
      )}
      {data && matched !== undefined && (
        <div className={css.layout} data-beside={chosen !== undefined || undefined}>
          {matched > 0 && one && (
            <VulnerabilityTable
              asked={{ ...asked, decision: decision ?? '' }}
              page={{ matched, decisions: one }}
              chosen={chosen}
              choose={(row) => change({ sel: row && nameOf(row) })}
              sort={(sort) => change({ sort })}
              key={JSON.stringify([asked, decision])}
            />
          )}
          {chosen && <Side chosen={chosen} close={() => change({ sel: '' })} />}
        </div>
      )}
    </Page>
  );
}
