import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Count, Overview } from '../../api/client';
import { useWords } from '../../i18n/words';
import { has, term } from '../../lib/filter';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import css from './assets.module.css';

const ROWS = 9;

interface FacetProps {
  title: string;
  field: string;
  counts: readonly Count[];
  name: (key: string | null) => string;
  filter: string;
  toggle: (term: string) => void;
}

function Facet({ title, field, counts, name, filter, toggle }: FacetProps) {
  const format = useFormat();
  return (
    <section>
      <h2>{title}</h2>
      {counts.slice(0, ROWS).map(({ key = null, count }) => {
        const wanted = term(field, key);
        const pressed = has(filter, wanted);
        return (
          <button
            type="button"
            className={css.facet}
            key={key ?? '?'}
            aria-pressed={pressed}
            onClick={() => toggle(wanted)}
          >
            <span>
              {pressed && <IconCheck size={14} aria-hidden="true" />}
              {name(key)}
            </span>
            <span className="muted">{format.number(count)}</span>
          </button>
        );
      })}
    </section>
  );
}

/** Values that narrow the table down; their counts are those of the whole plant. */
export function Facets({ data, filter, toggle }: { data: Overview; filter: string; toggle: (term: string) => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const levels = [...data.levels].sort((a, b) => Number(b.key ?? -1) - Number(a.key ?? -1));
  const shared = { filter, toggle };
  const level = (key: string | null) => words.level(key === null ? null : Number(key));
  const vendor = (key: string | null) => (key === null ? t('app.unknown') : shown(key));
  return (
    <div className={css.facets} role="group" aria-label={t('assets.facets')}>
      <Facet title={t('assets.level')} field="level" counts={levels} name={level} {...shared} />
      <Facet title={t('assets.zone')} field="zone" counts={data.zones} name={(key) => words.zone(key ?? '')} {...shared} />
      <Facet title={t('assets.role')} field="role" counts={data.roles} name={(key) => words.role(key)} {...shared} />
      <Facet title={t('assets.vendor')} field="vendor" counts={data.vendors} name={vendor} {...shared} />
    </div>
  );
}
