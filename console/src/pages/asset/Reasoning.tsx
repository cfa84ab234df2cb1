import { useTranslation } from 'react-i18next';
import type { Asset } from '../../api/client';
import { useWords } from '../../i18n/words';
import { Level } from '../../ui/Level';
import { Panel } from '../../ui/Panel';
import { RoleIcon } from '../../ui/RoleIcon';
import { Status } from '../../ui/Status';
import { Sure } from '../../ui/Sure';
import css from './asset.module.css';

/** Why this role and this level. */
export function Reasoning({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <div className={css.columns}>
      <Panel title={t('asset.role')}>
        {data.roles.length === 0 && <p>{t('asset.noRole')}</p>}
        <div className={css.candidates}>
          {data.roles.map((role) => {
            const isChosen = role.role === data.role;
            return (
              <div key={role.role} className={css.candidate}>
                <div className={css.candidateHead}>
                  <RoleIcon role={role.role} />
                  <b>{words.role(role.role)}</b>
                  <Sure part={role.confidence} />
                  {isChosen ? (
                    <Status kind="ok">{t('asset.chosen')}</Status>
                  ) : (
                    <span className="muted">{t('asset.alternative')}</span>
                  )}
                </div>
                <ul className={css.why}>
                  {role.why.map((reason, at) => (
                    <li key={at}>{words.reason(reason)}</li>
                  ))}
                </ul>
              </div>
            );
          })}
        </div>
      </Panel>
      <Panel title={t('asset.purdue')}>
        <div className={css.candidateHead}>
          <Level level={data.purdue} />
          <b>{words.level(data.purdue)}</b>
        </div>
        {data.purdue_why ? (
          <ul className={css.why}>
            <li>{words.reason(data.purdue_why)}</li>
          </ul>
        ) : (
          <p>{t('asset.noPurdue')}</p>
        )}
      </Panel>
    </div>
  );
}
