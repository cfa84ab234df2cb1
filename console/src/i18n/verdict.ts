import type { TFunction } from 'i18next';
import { shown } from '../lib/text';
import { en } from './en';

/** A verdict's reason: a code with arguments, among them how well the device is named, and English words. */
export interface VerdictWhy {
  code: string;
  args?: Record<string, string> | undefined;
  why: string;
}

const isKey = <T extends object>(of: T, key: string): key is string & keyof T => Object.hasOwn(of, key);
const GRADES = ['I1', 'I2', 'I3', 'I4', 'I5'] as const;

/** Says why a verdict is what it is; what has no word is shown as it came. */
export const verdictWords =
  (t: TFunction) =>
  ({ code, args = {}, why }: VerdictWhy): string => {
    if (!isKey(en.verdict, code)) return shown(why);
    const version = args.version === undefined ? t('verdict.itsVersion') : shown(args.version);
    const range = args.range === undefined ? t('verdict.noRange') : shown(args.range);
    const text = t(`verdict.${code}` as 'verdict.in_range', { version, range });
    if (args.by === 'name') return t('verdict.byName', { why: text });
    const grade = GRADES.find((one) => one === args.grade);
    return grade ? t('verdict.named', { by: t(`verdict.${grade}`), why: text }) : text;
  };
