import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reason } from '../api/client';
import { shown } from '../lib/text';
import { techniqueName } from '../pages/protocols/techniques';
import { en } from './en';
import { useNames } from './names';
import { TECHNIQUES_ZH } from './techniques.zh';

/** Effects of operations, the weakest first. */
export const CLASSES = ['observe', 'read', 'write', 'control', 'program', 'admin'] as const;
export type Class = (typeof CLASSES)[number];
export const asClass = (name: string | null | undefined): Class | undefined =>
  CLASSES.find((known) => known === name);

type RoleKey = keyof typeof en.role;
const LEVELS = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'] as const;

const isKey = <T extends object>(of: T, key: string): key is string & keyof T => Object.hasOwn(of, key);

/** Codes of the server in words; what has no word is shown as it came. */
export interface Words {
  role: (role: string | null | undefined) => string;
  level: (level: number | null | undefined) => string;
  levelName: (level: number | null | undefined) => string;
  levelShort: (level: number | null | undefined) => string;
  zone: (zone: string) => string;
  attribute: (key: string) => string;
  loss: (key: string) => string;
  reason: (reason: Reason) => string;
  effect: (name: string) => string;
  direction: (name: string) => string;
  problem: (error: unknown) => string;
  fault: (code: string) => string;
  /** The name of an operation. */
  operation: (name: string) => string;
  /** Where in a protocol something is stated. */
  place: (source: string) => string;
  /** A technique of ATT&CK for ICS. */
  technique: (id: string) => string | undefined;
}

const isProblem = (error: unknown): error is { code: string; message: string } =>
  typeof error === 'object' && error !== null && 'code' in error && 'message' in error;

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const isChinese = i18n.language === 'zh-CN';
  const names = useNames();
  return useMemo(() => {
    const place = (source: string) => names?.placeName(source) ?? source;
    const levelName = (level: number | null | undefined) => {
      const key = typeof level === 'number' ? LEVELS[level] : undefined;
      return key ? t(`level.${key}`) : t('level.unknown');
    };
    return {
      role: (role) => (role && isKey(en.role, role) ? t(`role.${role as RoleKey}`) : t('role.unknown')),
      levelName,
      level: (level) =>
        typeof level === 'number'
          ? t('level.full', { level, name: levelName(level) })
          : t('level.unknown'),
      levelShort: (level) =>
        typeof level === 'number' ? t('level.short', { level }) : t('level.shortUnknown'),
      zone: (zone) => {
        const vlan = /^vlan-(\d+)$/.exec(zone)?.[1];
        if (vlan !== undefined) return t('zone.vlan', { vlan });
        if (zone === 'internet' || zone === 'loopback') return t(`zone.${zone}`);
        return zone === 'layer-2' ? t('zone.layer2') : shown(zone);
      },
      attribute: (key) => (isKey(en.attribute, key) ? t(`attribute.${key}`) : key),
      loss: (key) => (isKey(en.loss, key) ? t(`loss.${key}`) : key),
      effect: (name) => (isKey(en.class, name) ? t(`class.${name}`) : name),
      direction: (name) => (isKey(en.direction, name) ? t(`direction.${name}`) : name),
      reason: ({ code, args = {}, text }) => {
        const safe = Object.fromEntries(Object.entries(args).map(([k, v]) => [k, shown(v)]));
        if (code === 'best_value') {
          const { protocol = '', source = '' } = safe;
          return t('reason.best_value', { protocol, source: place(source), count: Number(args.count) || 0 });
        }
        if (safe.source !== undefined) safe.source = place(safe.source);
        return isKey(en.reason, code) ? t(`reason.${code}` as 'reason.states', safe as Record<'protocol' | 'source', string>) : text;
      },
      problem: (error) => {
        if (!isProblem(error)) return t('problem.system', { message: String(error) });
        const { code, message } = error;
        return isKey(en.problem, code)
          ? t(`problem.${code}` as 'problem.system', { message })
          : t('problem.system', { message });
      },
      fault: (code) => code.replaceAll('_', ' '),
      operation: (name) => names?.operationName(name) ?? name,
      place,
      technique: (id) => (isChinese && TECHNIQUES_ZH[id]) || techniqueName(id),
    };
  }, [t, isChinese, names]);
}

