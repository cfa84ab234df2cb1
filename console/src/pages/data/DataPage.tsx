import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { IntelPage, IntelSource } from '../../api/client';
import { intel } from '../../api/queries';
import { en } from '../../i18n/en';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { Trouble } from '../../ui/Trouble';
import { ageOf, isOld } from './age';
import cards from '../../ui/cards.module.css';
import css from './data.module.css';

const COMMANDS = ['update', 'status'] as const;

function Age({ days }: { days: number | null | undefined }) {
  const { t } = useTranslation();
  if (typeof days !== 'number') return <span className="muted">{t('data.noDate')}</span>;
  return <Status kind={isOld(days) ? 'warn' : 'ok'}>{t('data.days', { count: days })}</Status>;
}

function Row({ row }: { row: IntelSource }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isKnown = Object.hasOwn(en.table, row.table);
  return (
    <tr>
      <td>
        <b className={css.name}>{isKnown ? t(`table.${row.table as 'advisories'}`) : shown(row.table)}</b>
        <div className="muted">{shown(row.name)}</div>
      </td>
      <td className="number" data-label={t('data.records')}>{format.number(row.records)}</td>
      <td data-label={t('data.version')}>
        {row.version ? shown(format.day(row.version)) : <span className="muted">{t('data.noVersion')}</span>}
      </td>
      <td data-label={t('data.ageHead')}>
        <Age days={row.age_days} />
      </td>
      <td data-label={t('data.licence')}>{shown(row.licence)}</td>
      <td data-label={t('data.hash')}>
        <code title={row.hash}>{row.hash.slice(0, 12)}</code>
      </td>
    </tr>
  );
}

function Pack({ data }: { data: IntelPage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const total = data.sources.reduce((sum, source) => sum + source.records, 0);
  const facts = [
    { name: t('data.pack'), value: t('data.packNumber', { n: data.sequence }) },
    { name: t('data.made'), value: format.day(data.made) },
    { name: t('data.ageHead'), value: <Age days={data.age_days} /> },
    { name: t('data.records'), value: format.number(total) },
    { name: t('data.from'), value: t(data.built_in ? 'data.builtIn' : 'data.updated') },
  ];
  return (
    <Panel title={t('data.inUse')} hint={isOld(ageOf(data).days) && t('data.oldHint')}>
      <dl className={css.facts}>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <dl className={css.commands}>
        {COMMANDS.map((command) => (
          <div key={command}>
            <dt>
              <code>{command === 'update' ? 'ferrite intel update --from FILE' : 'ferrite intel status'}</code>
            </dt>
            <dd>{t(`data.${command}Text`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** The facts from outside that verdicts rest on: whose they are, how old, under which licence. */
export function DataPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(intel);
  return (
    <Page title={t('page.data')} lead={
        <>
          {t('data.lead')} {t('data.usedBy')}{' '}
          <Link to="/vulnerabilities">{t('page.vulnerabilities')}</Link>
          {' · '}
          <Link to="/suppliers">{t('page.suppliers')}</Link>
        </>
      }
    >
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && <Pack data={data} />}
      {data && (
        <Panel title={t('data.sources')} hint={t('data.sourcesHint')} flush>
          <table className={cards.cards}>
            <thead>
              <tr>
                <th>{t('data.source')}</th>
                <th className="number">{t('data.records')}</th>
                <th>{t('data.version')}</th>
                <th>{t('data.ageHead')}</th>
                <th>{t('data.licence')}</th>
                <th title={t('data.hashHint')}>{t('data.hash')}</th>
              </tr>
            </thead>
            <tbody>
              {data.sources.map((row) => (
                <Row key={`${row.table} ${row.name}`} row={row} />
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </Page>
  );
}
