import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { shown } from '../lib/text';
import { en } from './en';
import { verdictWords } from './verdict';
import { useWords } from './words';

/** What to do about a vulnerability, the most urgent first. */
export const DECISIONS = ['immediate', 'out-of-cycle', 'scheduled', 'defer'] as const;
export type Decision = (typeof DECISIONS)[number];
/** What people decided about it. */
export const STATES = ['open', 'accepted', 'mitigated', 'fixed', 'false_positive'] as const;
export type State = (typeof STATES)[number];

export const asDecision = (name: string | null | undefined): Decision | undefined =>
  DECISIONS.find((known) => known === name);
export const asState = (name: string | null | undefined): State | undefined => STATES.find((known) => known === name);

/** A reason of the server: a code with arguments, and its English words. */
export interface Cause {
  code: string;
  args?: Record<string, string> | undefined;
  why: string;
}

/** Codes about risk in words; what has no word is shown as it came. */
export interface RiskWords {
  decision: (name: string | null | undefined) => string;
  state: (name: string) => string;
  due: (name: string) => string;
  sureness: (name: string) => string;
  exposure: (name: string) => string;
  impact: (name: string) => string;
  factor: (name: string) => string;
  who: (name: string) => string;
  cause: (cause: Cause) => string;
}

const isKey = <T extends object>(of: T, key: string): key is string & keyof T => Object.hasOwn(of, key);
type Plain = keyof typeof en.cause & 'own_zone';

export function useRiskWords(): RiskWords {
  const { t, i18n } = useTranslation();
  const words = useWords();
  return useMemo(() => {
    const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
    const impact = (name: string) => {
      const key = name.replaceAll(' ', '_');
      return isKey(en.impact, key) ? t(`impact.${key}`) : name;
    };
    const who = (name: string) => {
      if (name === 'administrator') return t('who.administrator');
      return name === 'one-time link' ? t('who.link') : shown(name);
    };
    const state = (name: string) => (isKey(en.triage, name) ? t(`triage.${name as State}`) : name);
    /** Arguments whose values are codes themselves. */
    const said = (code: string, name: string, value: string): string => {
      const isVersion = code === 'patch';
      if (name === 'role') return words.role(value);
      if (name === 'impact') return impact(value);
      if (name === 'protocol' && value === 'unknown') return t('asset.unknownProtocol');
      if (name === 'class') return words.effect(value);
      if (name === 'who') return who(value);
      if (name === 'state') return state(value);
      if (name === 'zone' || ((name === 'from' || name === 'to') && !isVersion)) return words.zone(value);
      if (name === 'answer' || name === 'automatable') return isKey(en.answer, value) ? t(`answer.${value}`) : value;
      if (name === 'exploitation') {
        const key = value.replaceAll(' ', '_');
        return isKey(en.exploitation, key) ? t(`exploitation.${key}`) : value;
      }
      if (name === 'score' && Number.isFinite(Number(value))) return percent.format(Number(value));
      return shown(value);
    };
    return {
      decision: (name) => (name && isKey(en.decision, name) ? t(`decision.${name}`) : t('decision.none')),
      state,
      due: (name) => (isKey(en.due, name) ? t(`due.${name}`) : shown(name)),
      sureness: (name) => (isKey(en.sureness, name) ? t(`sureness.${name}`) : name),
      exposure: (name) => (isKey(en.exposure, name) ? t(`exposure.${name}`) : name),
      factor: (name) => (isKey(en.factor, name) ? t(`factor.${name}` as 'factor.exposure') : name),
      impact,
      who,
      cause: ({ code, args = {}, why }) => {
        const isPlural = isKey(en.cause, `${code}_other`);
        if (!isPlural && !isKey(en.cause, code)) return shown(why);
        if (code === 'possible' && args.code !== undefined) {
          const reason = verdictWords(t)({ code: args.code, args, why: args.reason ?? '' });
          return t('cause.possible', { reason });
        }
        const safe = Object.entries(args).map(([name, value]) => [name, said(code, name, value)] as const);
        const values = { ...Object.fromEntries(safe), ...(isPlural && { count: Number(args.count) || 0 }) };
        return t(`cause.${code}` as `cause.${Plain}`, values);
      },
    };
  }, [t, i18n.language, words]);
}
