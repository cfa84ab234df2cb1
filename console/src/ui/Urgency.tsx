import { IconAlertOctagon, IconCalendarEvent, IconClockExclamation, IconPlayerPause } from '@tabler/icons-react';
import { type Decision, asDecision, useRiskWords } from '../i18n/riskWords';
import css from './ui.module.css';

const ICONS: Record<Decision, typeof IconAlertOctagon> = {
  immediate: IconAlertOctagon,
  'out-of-cycle': IconClockExclamation,
  scheduled: IconCalendarEvent,
  defer: IconPlayerPause,
};
const COLOURS: Record<Decision, string | undefined> = {
  immediate: css.program,
  'out-of-cycle': css.control,
  scheduled: css.write,
  defer: css.observe,
};

/** What to do about a vulnerability: icon, word and colour. */
export function Urgency({ decision }: { decision: string }) {
  const words = useRiskWords();
  const known = asDecision(decision) ?? 'defer';
  const Icon = ICONS[known];
  return (
    <span className={`${css.effect} ${COLOURS[known]}`}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {words.decision(decision)}
    </span>
  );
}
