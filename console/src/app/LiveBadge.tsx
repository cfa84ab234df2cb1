import { IconActivity, IconCircleCheck, IconLoader, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../api/live';
import css from './shell.module.css';

const ICONS = {
  connecting: IconLoader,
  live: IconActivity,
  ended: IconCircleCheck,
  lost: IconPlugConnectedX,
} as const;

/** Whether what the pages show is the newest. */
export function LiveBadge() {
  const { t } = useTranslation();
  const { state } = useLive();
  const Icon = ICONS[state];
  return (
    <span className={`${css.live} ${css[`live_${state}`]}`} title={t(`live.hint_${state}`)} data-live={state}>
      <Icon size={16} aria-hidden="true" />
      {t(`live.${state}`)}
    </span>
  );
}
