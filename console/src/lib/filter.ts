/** Terms of the filter language: `level:1 vendor:="Rockwell Automation" -zone:dmz`. */

/** Splits at blanks outside quotes, quotes kept. */
export function terms(filter: string): string[] {
  return filter.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

/** A term that wants the whole value, or devices without one. */
export function term(field: string, value: string | null | undefined): string {
  if (value === null || value === undefined) return `${field}:?`;
  // The language has no escape: a quote in the value is looked for around.
  const plain = value.replaceAll('"', '');
  if (field === 'level') return `level:${plain}`;
  const whole = plain === value ? '=' : '';
  return /[\s]/.test(plain) ? `${field}:${whole}"${plain}"` : `${field}:${whole}${plain}`;
}

/** Adds the term, or takes it out where it is there; one value of a field at a time. */
export function toggled(filter: string, wanted: string): string {
  const all = terms(filter);
  if (all.includes(wanted)) return all.filter((one) => one !== wanted).join(' ');
  const field = wanted.slice(0, wanted.indexOf(':') + 1);
  return [...all.filter((one) => !one.startsWith(field)), wanted].join(' ');
}

export const has = (filter: string, wanted: string): boolean => terms(filter).includes(wanted);
