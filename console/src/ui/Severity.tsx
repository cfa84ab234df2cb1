import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { en } from '../i18n/en';
import css from './ui.module.css';

const LOOKS = {
  critical: { icon: IconAlertOctagon, colour: css.program },
  high: { icon: IconAlertOctagon, colour: css.program },
  medium: { icon: IconAlertTriangle, colour: css.control },
  low: { icon: IconAlertTriangle, colour: css.write },
  info: { icon: IconInfoCircle, colour: css.observe },
} as const;

const isKnown = (name: string): name is keyof typeof LOOKS => Object.hasOwn(en.severity, name);

/** How grave a finding is: icon, word and colour. */
export function Severity({ name }: { name: string }) {
  const { t } = useTranslation();
  const known = isKnown(name) ? name : 'info';
  const { icon: Icon, colour } = LOOKS[known];
  return (
    <span className={`${css.effect} ${colour}`}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {t(`severity.${known}`)}
    </span>
  );
}
