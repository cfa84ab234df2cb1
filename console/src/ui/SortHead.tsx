import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Order, next } from '../lib/params';
import css from './ui.module.css';

interface SortHeadProps {
  column: string;
  name: string;
  now: Order;
  number?: boolean | undefined;
  className?: string | undefined;
  sort: (by: string) => void;
}

/** A column's head that sorts by it. */
export function SortHead({ column, name, now, number, className = '', sort }: SortHeadProps) {
  const { t } = useTranslation();
  const own = now.column === column;
  const Icon = now.reverse ? IconArrowDown : IconArrowUp;
  const said = own ? (now.reverse ? 'descending' : 'ascending') : 'none';
  return (
    <th className={`${number ? 'number' : ''} ${className}`} aria-sort={said} role="columnheader">
      <button
        type="button"
        className={css.sortHead}
        onClick={() => sort(next(now, column))}
        title={t('assets.sortBy', { column: name })}
      >
        {name}
        {own && <Icon size={13} aria-hidden="true" />}
      </button>
    </th>
  );
}
