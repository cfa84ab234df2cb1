import type { ReactNode } from 'react';
import css from './ui.module.css';

/** Nothing is there: what to do about it. */
export function Empty({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div className={css.empty}>
      {title && <h2>{title}</h2>}
      {children}
    </div>
  );
}
