import { useFormat } from '../lib/format';
import css from './ui.module.css';

/** A risk of 0 to 100: number and bar. */
export function Score({ value, wide = false }: { value: number; wide?: boolean }) {
  const format = useFormat();
  return (
    <span className={`${css.sure} ${wide ? css.scoreWide : ''}`}>
      <span className={css.sureTrack} aria-hidden="true">
        <span className={css.sureFill} style={{ width: `${Math.min(100, Math.max(0, value))}%` }} />
      </span>
      <span className={css.scoreValue}>{format.score(value)}</span>
    </span>
  );
}
