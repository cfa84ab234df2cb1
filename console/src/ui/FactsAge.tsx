import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { intel } from '../api/queries';
import { useFormat } from '../lib/format';
import { ageOf, isOld } from '../pages/data/age';
import css from './ui.module.css';

/** How old the facts are that a page rests on; leads to where they come from. */
export function FactsAge() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(intel);
  if (!data) return null;
  const { days, date } = ageOf(data);
  const said = format.day(date);
  return (
    <Link to="/data" className={isOld(days) ? css.warn : undefined}>
      {days === undefined ? t('data.ageUnknown', { date: said }) : t('data.age', { count: days, date: said })}
    </Link>
  );
}
