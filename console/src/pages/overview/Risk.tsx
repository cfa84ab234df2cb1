import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconArrowRight, IconShieldHalf, IconUpload, IconWall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RiskPage, RiskStep } from '../../api/client';
import { risk as riskQuery } from '../../api/queries';
import { DECISIONS, useRiskWords } from '../../i18n/riskWords';
import { useWords } from '../../i18n/words';
import { term } from '../../lib/filter';
import { useFormat } from '../../lib/format';
import { FactsAge } from '../../ui/FactsAge';
import { Panel } from '../../ui/Panel';
import { Score } from '../../ui/Score';
import { Trouble } from '../../ui/Trouble';
import { Urgency } from '../../ui/Urgency';
import { Trend } from './Trend';
import { Weights } from './Weights';
import css from './risk.module.css';

/** Zones named here; the table of vulnerabilities has all. */
const ZONES = 5;
const ICONS: Record<string, typeof IconWall> = { patch: IconUpload, block: IconWall, isolate: IconShieldHalf };

function Site({ data }: { data: RiskPage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { summary, trend } = data;
  return (
    <div>
      <div className={css.siteHead}>
        <h3>{t('risk.site')}</h3>
        <Weights />
      </div>
      <p className={css.score}>
        <b>{format.score(summary.score)}</b> <span className="muted">{t('risk.ofHundred')}</span>
      </p>
      {summary.inherent > summary.score && (
        <p className="muted">{t('risk.decided', { score: format.score(summary.inherent) })}</p>
      )}
      <Trend days={trend} />
      <ul className={css.counts} aria-label={t('risk.open')}>
        {DECISIONS.map((decision) => (
          <li key={decision}>
            <Link to="/vulnerabilities" search={{ decision }} className={css.count}>
              <Urgency decision={decision} />
              <b>{format.number(summary.decisions[decision] ?? 0)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Zones({ data }: { data: RiskPage }) {
  const { t } = useTranslation();
  const words = useWords();
  const more = data.summary.zones.length - ZONES;
  return (
    <div>
      <h3>{t('risk.zones')}</h3>
      <ul className={css.zones}>
        {data.summary.zones.slice(0, ZONES).map((zone) => (
          <li key={zone.zone}>
            <div className={css.zoneName}>
              <Link to="/vulnerabilities" search={{ filter: term('zone', zone.zone) }}>
                {words.zone(zone.zone)}
              </Link>
              <span className="muted">{t('risk.zoneDevices', { count: zone.assets })}</span>
            </div>
            <Score value={zone.score} wide />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="muted">{t('overview.others', { n: more })}</p>}
    </div>
  );
}

function Step({ step }: { step: RiskStep }) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const format = useFormat();
  const Icon = ICONS[step.kind] ?? IconArrowRight;
  const drop = { before: format.score(step.before), after: format.score(step.after) };
  const [only] = step.assets.length === 1 ? step.assets : [];
  const text = <bdi>{words.cause({ code: step.code, args: step.args, why: step.what })}</bdi>;
  return (
    <li className={css.step}>
      <Icon size={17} stroke={1.7} aria-hidden="true" />
      <div>
        {only === undefined ? (
          text
        ) : (
          <Link to="/assets/$id" params={{ id: only }} search={{ tab: 'vulnerabilities' }}>
            {text}
          </Link>
        )}
        <div className="muted">
          <span title={t('risk.dropText', drop)}>{t('risk.drop', drop)}</span>
          {step.unpatchable > 0 && ` · ${t('risk.unpatchable', { count: step.unpatchable })}`}
        </div>
      </div>
    </li>
  );
}

/** The site's risk, where it lies, and what lowers it most. */
export function Risk() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(riskQuery);
  const hint = (
    <>
      {t('risk.hint')} <FactsAge />
    </>
  );
  return (
    <Panel title={t('risk.title')} hint={hint}>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <p className="muted">{t('risk.wait')}</p>}
      {data && data.summary.zones.length === 0 && <p>{t('weak.nothing')} {t('weak.nothingHint')}</p>}
      {data && data.summary.zones.length > 0 && (
        <div className={css.columns}>
          <Site data={data} />
          <Zones data={data} />
          <div>
            <h3 title={t('risk.stepsHint')}>{t('risk.steps')}</h3>
            {data.summary.steps.length === 0 && <p className="muted">{t('risk.noSteps')}</p>}
            <ol className={css.steps}>
              {data.summary.steps.map((step) => (
                <Step key={`${step.code} ${JSON.stringify(step.args)}`} step={step} />
              ))}
            </ol>
          </div>
        </div>
      )}
    </Panel>
  );
}
