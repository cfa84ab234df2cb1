import { type ReactNode, useId } from 'react';
import css from './ui.module.css';

interface PanelProps {
  title: ReactNode;
  hint?: ReactNode;
  /** The content reaches the panel's edges: tables. */
  flush?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A part of a page with its heading. */
export function Panel({ title, hint, flush, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={`${css.panel} ${className ?? ''}`} aria-labelledby={id}>
      <header className={css.panelHead}>
        <h2 id={id}>{title}</h2>
        {hint && <p>{hint}</p>}
      </header>
      <div className={flush ? css.flush : css.panelBody}>{children}</div>
    </section>
  );
}
