import { useWords } from '../i18n/words';

/** An operation: in words of the language, the protocol's own name beside the pointer. */
export function OperationName({ name }: { name: string }) {
  const words = useWords();
  const said = words.operation(name);
  return said === name ? <code>{name}</code> : <span title={name}>{said}</span>;
}
