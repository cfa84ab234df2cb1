import type { ReactNode } from 'react';
import { Brand } from '../../ui/Brand';
import { Settings } from '../../app/Settings';
import css from './access.module.css';

/** A page of its own, before the console. */
export function Card({ children }: { children: ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.card}>
        <header className={css.head}>
          <Brand />
          <Settings />
        </header>
        {children}
      </div>
    </main>
  );
}
