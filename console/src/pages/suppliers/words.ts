import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { en } from '../../i18n/en';
import { shown } from '../../lib/text';

type Key = keyof typeof en.passport;

const isKey = (key: string): key is Key => Object.hasOwn(en.passport, key);

/** Codes of passports in words; what has no word is shown as it came. */
export interface PassportWords {
  said: (code: string) => string;
  /** A country by its two letters. */
  country: (code: string) => string;
}

export function usePassportWords(): PassportWords {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region', fallback: 'code' });
    return {
      said: (code) => (isKey(code) ? t(`passport.${code}` as 'passport.affected') : shown(code)),
      country: (code) => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : shown(code)),
    };
  }, [t, i18n.language]);
}
