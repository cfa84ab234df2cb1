import { useWords } from '../i18n/words';
import css from './ui.module.css';

/** A Purdue level, short; its whole name for who hovers or listens. */
export function Level({ level }: { level: number | null | undefined }) {
  const words = useWords();
  const unknown = typeof level !== 'number';
  return (
    <span className={`${css.level} ${unknown ? css.levelUnknown : ''}`} title={words.level(level)}>
      <span aria-hidden="true">{words.levelShort(level)}</span>
      <span className="hidden">{words.level(level)}</span>
    </span>
  );
}
