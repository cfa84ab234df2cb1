import { IconCircleCheck, IconCircleDot, IconEyeOff, IconHandStop, IconShieldCheck } from '@tabler/icons-react';
import { type State, asState, useRiskWords } from '../i18n/riskWords';
import css from './ui.module.css';

const ICONS: Record<State, typeof IconCircleDot> = {
  open: IconCircleDot,
  accepted: IconHandStop,
  mitigated: IconShieldCheck,
  fixed: IconCircleCheck,
  false_positive: IconEyeOff,
};

/** What people decided: icon and word. */
export function Handled({ state }: { state: string }) {
  const words = useRiskWords();
  const known = asState(state) ?? 'open';
  const Icon = ICONS[known];
  return (
    <span className={`${css.status} ${known === 'open' ? '' : css.ok}`}>
      <Icon size={15} aria-hidden="true" />
      {words.state(state)}
    </span>
  );
}
