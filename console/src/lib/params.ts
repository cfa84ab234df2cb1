/** A column to sort by, as the address has it: `-` in front for the reverse. */
export interface Order {
  column: string;
  reverse: boolean;
}

export function order(sort: string | undefined, usual: string): Order {
  const text = sort ?? usual;
  return text.startsWith('-') ? { column: text.slice(1), reverse: true } : { column: text, reverse: false };
}

/** The order after a click on a column's head: the column, then its reverse. */
export function next(now: Order, column: string): string {
  return now.column === column && !now.reverse ? `-${column}` : column;
}

/** Only what is set: an address does not name what it leaves open. */
export function without<K extends string>(all: Partial<Record<K, string | undefined>>): Partial<Record<K, string>> {
  const set = Object.entries<string | undefined>(all).filter(([, value]) => value);
  return Object.fromEntries(set) as Partial<Record<K, string>>;
}
