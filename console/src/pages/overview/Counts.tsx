import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Count, Overview } from '../../api/client';
import { useWords } from '../../i18n/words';
import { term } from '../../lib/filter';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { type BarRow, Bars } from '../../ui/Bars';
import { Panel } from '../../ui/Panel';
import css from './overview.module.css';

const ROWS = 8;

function rows(counts: readonly Count[], field: string, name: (key: string | null) => string): BarRow[] {
  return counts.map(({ key = null, count }) => ({
    key: key ?? '?',
    name: name(key),
    count,
    filter: term(field, key),
    unknown: key === null,
  }));
}

const byLevel = (a: Count, b: Count) => Number(b.key ?? -1) - Number(a.key ?? -1);

/** Devices by level, zone, role and maker; protocols. */
export function Counts({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const level = (key: string | null) => words.level(key === null ? null : Number(key));
  const vendor = (key: string | null) => (key === null ? t('app.unknown') : shown(key));
  const spoken = data.protocols.map((row) => ({
    key: row.id,
    name: row.name,
    count: row.messages,
    filter: term('protocol', row.id),
  }));
  return (
    <div className={css.columns}>
      <Panel title={t('overview.levels')}>
        <Bars rows={rows([...data.levels].sort(byLevel), 'level', level)} max={ROWS} />
        <div className={css.block} style={{ marginTop: 18 }}>
          <h2>{t('overview.zones')}</h2>
          <Bars rows={rows(data.zones, 'zone', (key) => words.zone(key ?? ''))} max={ROWS} />
        </div>
      </Panel>
      <Panel title={t('overview.roles')}>
        <Bars rows={rows(data.roles, 'role', (key) => words.role(key))} max={14} />
      </Panel>
      <Panel title={t('overview.vendors')}>
        <Bars rows={rows(data.vendors, 'vendor', vendor)} max={10} />
      </Panel>
      <Panel title={t('overview.protocols')} hint={t('overview.messagesHint')}>
        <Bars rows={spoken} max={12} />
        <p className={css.list}>
          <Link to="/protocols" search={{ seen: '1' }}>
            {t('overview.allProtocols', { n: format.number(data.protocols.length) })}
          </Link>
        </p>
      </Panel>
    </div>
  );
}
