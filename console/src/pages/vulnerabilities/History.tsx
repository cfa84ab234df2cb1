import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { decisions } from '../../api/queries';
import { useRiskWords } from '../../i18n/riskWords';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Handled } from '../../ui/Handled';
import { Loading } from '../../ui/Loading';
import { Trouble } from '../../ui/Trouble';
import css from './vulnerabilities.module.css';

/** All decisions about a CVE on a device, the latest first. */
export function History({ asset, cve }: { asset: string; cve: string }) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const format = useFormat();
  const { data, error } = useQuery(decisions(asset, cve));
  if (error) return <Trouble error={error} />;
  if (!data) return <Loading />;
  if (data.length === 0) return <p className="muted">{t('triage.noHistory')}</p>;
  return (
    <ol className={css.history}>
      {data.map((one, at) => (
        <li key={at}>
          <div className={css.historyHead}>
            <Handled state={one.state} />
            {one.until && <span>{t('triage.untilDay', { day: format.day(one.until) })}</span>}
          </div>
          {one.reason && <bdi className={css.reason}>{shown(one.reason)}</bdi>}
          {one.device && <div className="muted">{t('triage.ofDevice', { device: shown(one.device) })}</div>}
          <div className="muted">{t('triage.by', { when: format.time(one.when), who: words.who(one.who) })}</div>
        </li>
      ))}
    </ol>
  );
}
