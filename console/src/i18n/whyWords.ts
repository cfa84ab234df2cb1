import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../api/client';
import { shown } from '../lib/text';
import { en } from './en';
import { useRiskWords } from './riskWords';
import { verdictWords } from './verdict';
import { useWords } from './words';

type RuleId = keyof typeof en.rule;
interface FactorWhy {
  code: string;
  args?: Record<string, number> | undefined;
  why: string;
}

/** What was found, in words. */
export interface FindingText {
  title: string;
  explanation: string;
  advice: string;
  /** The words are those of the server, in English. */
  asItCame: boolean;
}

/** Findings and reasons of suppliers' numbers in words; what has no word is shown as it came. */
export interface WhyWords {
  finding: (row: Finding) => FindingText;
  supplier: (factor: FactorWhy) => string;
  verdict: ReturnType<typeof verdictWords>;
}

const isKey = <T extends object>(of: T, key: string): key is string & keyof T => Object.hasOwn(of, key);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function useWhyWords(): WhyWords {
  const { t } = useTranslation();
  const risk = useRiskWords();
  const words = useWords();
  return useMemo(() => {
    const verdict = verdictWords(t);
    /** Arguments of findings that are words themselves. */
    const said: Record<string, (code: string, args: Record<string, string>, text: string) => string> = {
      confidence: (code) => risk.sureness(code),
      decision: (code) => risk.decision(code),
      what: (code) => words.attribute(code),
      reason: (code, args, why) => verdict({ code, args, why }),
      reach: (code, args, why) => capital(risk.cause({ code, args, why })),
      fix: (code, args, text) =>
        isKey(en.helps, code) ? t(`helps.${code}` as 'helps.update', safe(args) as { version: string }) : shown(text),
    };
    return {
      verdict,
      supplier: ({ code, args = {}, why }) =>
        isKey(en.supplierWhy, code) ? (t as TFunction)(`supplierWhy.${code}` as 'supplierWhy.missing_sbom', args as { part: number; whole: number }) : shown(why),
      finding: (row) => {
        const { rule, title, explanation, advice } = row;
        if (!isKey(en.rule, rule)) {
          return { title: shown(title), explanation: shown(explanation), advice: shown(advice), asItCame: true };
        }
        const values = safe(row.args ?? {});
        if (values.due !== undefined) values.due = risk.due(values.due);
        if (values.firmware === 'not known') values.firmware = t('verdict.notKnown');
        for (const [name, { code, args = {}, text }] of Object.entries(row.said ?? {})) {
          values[name] = said[name]?.(code, args, text) ?? shown(text);
        }
        const say = (part: 'title' | 'explanation' | 'advice') =>
          (t as unknown as (key: string, values: Record<string, string>) => string)(`rule.${rule satisfies RuleId}.${part}`, values);
        return { title: say('title'), explanation: say('explanation'), advice: say('advice'), asItCame: false };
      },
    };
  }, [t, risk, words]);
}

function safe(args: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, shown(value)]));
}
