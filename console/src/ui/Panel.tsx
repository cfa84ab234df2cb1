import { type ReactNode, useId } from 'react';
import css from './ui.module.css';

interface PanelProps {
  title: ReactNode;
  hint?: ReactNode;
  /** The content reaches the panel's edges: tables. */
  flush?: boolean;
  /** Its table may be wider than the panel and holds nothing that takes the focus: the keyboard scrolls it. */
  wide?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** A part of a page with its heading. */
export function Panel({ title, hint, flush, wide, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={`${css.panel} ${className ?? ''}`} aria-labelledby={id}>
      <header className={css.panelHead}>
        <h2 id={id}>{title}</h2>
        {hint && <p>{hint}</p>}
      </header>
      <div
        className={flush ? css.flush : css.panelBody}
        {...(wide && { tabIndex: 0, role: 'group', 'aria-labelledby': id })}
      >
        {children}
      </div>
    </section>
  );
}
