import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/Empty';
import { Panel } from '../../ui/Panel';
import css from './overview.module.css';

const COMMANDS = [
  { command: 'ferrite demo', text: 'emptyDemo' },
  { command: 'ferrite open plant.pcap', text: 'emptyOpen' },
  { command: 'ferrite watch eth0', text: 'emptyWatch' },
] as const;

/** Nothing was read yet: how to begin. */
export function NoTraffic({ live }: { live: boolean }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('overview.emptyTitle')}>
      <Empty>
        <p>{t(live ? 'overview.emptyLive' : 'overview.empty')}</p>
        {!live && (
          <dl className={css.commands}>
            {COMMANDS.map(({ command, text }) => (
              <div key={command}>
                <dt>
                  <code>{command}</code>
                </dt>
                <dd>{t(`overview.${text}`)}</dd>
              </div>
            ))}
          </dl>
        )}
      </Empty>
    </Panel>
  );
}
