import type { IntelPage } from '../../api/client';

/** Facts about vulnerabilities of this age miss what matters now: new ones come every day. */
const OLD_DAYS = 30;

export const isOld = (days: number | null | undefined): boolean => typeof days !== 'number' || days > OLD_DAYS;

export interface Age {
  date: string;
  days: number | undefined;
}

/** The age of what verdicts rest on most: the advisories, not the day the pack was put together. */
export function ageOf(page: IntelPage): Age {
  const advisories = page.sources.find(({ table, age_days }) => table === 'advisories' && typeof age_days === 'number');
  const { version: date, age_days } = advisories ?? { version: page.made, age_days: page.age_days };
  return { date, days: age_days ?? undefined };
}
