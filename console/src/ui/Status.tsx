import { IconAlertTriangle, IconCircleCheck, IconLoader } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import css from './ui.module.css';

const ICONS = { ok: IconCircleCheck, warn: IconAlertTriangle, bad: IconAlertTriangle, busy: IconLoader };

/** A state: icon, word and colour. */
export function Status({ kind, children }: { kind: keyof typeof ICONS; children: ReactNode }) {
  const Icon = ICONS[kind];
  return (
    <span className={`${css.status} ${kind === 'busy' ? '' : css[kind]}`}>
      <Icon size={15} aria-hidden="true" />
      {children}
    </span>
  );
}
