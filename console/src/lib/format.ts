import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export interface Format {
  number: (n: number) => string;
  short: (n: number) => string;
  bytes: (n: number) => string;
  percent: (part: number) => string;
  /** A risk of 0 to 100. */
  score: (n: number) => string;
  /** A day, `YYYY-MM-DD` or `YYYY.MM.DD`; other text as it is. */
  day: (day: string) => string;
  /** Date and time in UTC, as the capture has it. */
  time: (at: string) => string;
  duration: (ms: number) => string;
  list: (parts: readonly string[]) => string;
}

/** Milliseconds of a time with nanoseconds. */
export function millis(at: string): number {
  return Date.parse(at.replace(/(\.\d{3})\d+/, '$1'));
}

export function formatter(language: string): Format {
  const plain = new Intl.NumberFormat(language);
  const short = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const score = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  const unit = (n: number, unit: string, digits: number, unitDisplay: 'short' | 'narrow' = 'short') =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit,
      unitDisplay,
      maximumFractionDigits: digits,
    }).format(n);
  return {
    number: (n) => plain.format(n),
    short: (n) => (n < 10_000 ? plain.format(n) : short.format(n)),
    percent: (part) => percent.format(part),
    score: (n) => score.format(n),
    day: (text) => {
      const at = /^\d{4}[-.]\d{2}[-.]\d{2}/.test(text) ? Date.parse(text.slice(0, 10).replaceAll('.', '-')) : NaN;
      return Number.isNaN(at) ? text : day.format(at);
    },
    bytes: (n) => {
      const step = n < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(n) / 3));
      if (step === 0) return unit(n, 'byte', 0, 'narrow');
      return unit(n / 1000 ** step, UNITS[step] ?? 'byte', 1);
    },
    time: (at) => (Number.isNaN(millis(at)) ? at : `${time.format(millis(at))} UTC`),
    duration: (ms) => {
      const s = ms / 1000;
      if (s < 120) return unit(s, 'second', s < 10 ? 1 : 0);
      if (s < 7200) return unit(s / 60, 'minute', 0);
      if (s < 172_800) return unit(s / 3600, 'hour', 1);
      return unit(s / 86_400, 'day', 1);
    },
    list: (parts) => list.format(parts),
  };
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => formatter(i18n.language), [i18n.language]);
}
