import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Vulnerability } from '../../api/client';
import { asset as assetQuery, overview } from '../../api/queries';
import { useRiskWords } from '../../i18n/riskWords';
import { useWhyWords } from '../../i18n/whyWords';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Handled } from '../../ui/Handled';
import { Status } from '../../ui/Status';
import { Urgency } from '../../ui/Urgency';
import { useFiles } from '../asset/files';
import { Factors } from './Factors';
import { History } from './History';
import { TriageForm } from './TriageForm';
import css from './vulnerabilities.module.css';

const GRADES = ['I2', 'I3', 'I4', 'I5'] as const;

interface FactProps {
  name: string;
  title?: string;
  wide?: boolean;
  children: ReactNode;
}

function Fact({ name, title, wide = false, children }: FactProps) {
  return (
    <div title={title} className={wide ? css.wide : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The version the device runs, and the frame that states it. */
function Firmware({ id }: { id: string }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const { data } = useQuery(assetQuery(id));
  const capture = useQuery(overview);
  const file = useFiles(capture.data);
  if (!data) return null;
  const choice = data.choices.find((one) => one.attribute === 'firmware');
  if (!choice) return <span className="muted">{t('weak.firmwareUnknown')}</span>;
  const from = data.evidence[choice.evidence];
  return (
    <>
      <bdi className="mono">{shown(choice.value)}</bdi>
      {from && (
        <div className="muted">
          {shown(from.protocol)} {shown(words.place(from.source))}
          {from.frame > 0 && (
            <>
              {', '}
              {t('asset.frameOf', { frame: format.number(from.frame), file: file(from.file) })}
            </>
          )}
        </div>
      )}
      <Link to="/assets/$id" params={{ id }} search={{ open: 'firmware' }}>
        {t('weak.allEvidence')}
      </Link>
    </>
  );
}

function Helps({ row }: { row: Vulnerability }) {
  const { t } = useTranslation();
  return (
    <>
      <div>
        {row.fixed ? t('weak.update', { version: shown(row.fixed) }) : <span className="muted">{t('weak.noUpdate')}</span>}
      </div>
      <div className={row.workaround ? undefined : 'muted'}>
        {t(row.workaround ? 'weak.workaround' : 'weak.noWorkaround')}
      </div>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.section}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Everything about a vulnerability of a device: why, what helps, what was decided. */
export function Details({ asset, row }: { asset: string; row: Vulnerability }) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const { verdict } = useWhyWords();
  const format = useFormat();
  const affected = row.verdict === 'affected';
  const grade = GRADES.find((one) => one === row.grade) ?? 'I2';
  return (
    <div className={css.details}>
      <dl className={css.facts}>
        <Fact name={t('weak.decision')} title={t('weak.decisionHint')}>
          <Urgency decision={row.decision} />
        </Fact>
        <Fact name={t('weak.due')} title={t('weak.dueHint')}>
          {words.due(row.due)}
        </Fact>
        <Fact name={t('weak.state')}>
          <Handled state={row.state} />
        </Fact>
        <Fact name={t('weak.score')}>
          {typeof row.cvss === 'number' ? row.cvss.toFixed(1) : <span className="muted">{t('weak.cvssNone')}</span>}
        </Fact>
        <Fact name={t('weak.epss')} title={t('weak.epssHint')}>
          {typeof row.epss === 'number' ? format.percent(row.epss) : <span className="muted">{t('weak.epssNone')}</span>}
          {row.kev && (
            <div>
              <Status kind="bad">{t('weak.exploited')}</Status>
            </div>
          )}
        </Fact>
        <Fact name={t('weak.sure')}>{words.sureness(row.confidence)}</Fact>
        <Fact name={t('weak.firmware')} wide>
          <Firmware id={asset} />
        </Fact>
        <Fact name={t('weak.fix')} wide>
          <Helps row={row} />
        </Fact>
      </dl>
      <Section title={t('weak.saysAdvisory')}>
        <p>
          <Status kind={affected ? 'bad' : 'warn'}>{t(affected ? 'weak.affected' : 'weak.undetermined')}</Status>
          <span className="muted">
            {' · '}
            {t('weak.namedBy')}
            {t('app.colon')}
            {t(`weak.grade${grade}`)}
          </span>
        </p>
        <blockquote className={css.leaf} lang="en">
          <bdi>{shown(row.leaf)}</bdi>
        </blockquote>
        {row.read && (
          <p>
            {t('weak.readAs')}
            {t('app.colon')}
            <bdi lang="en">{shown(row.read)}</bdi>
          </p>
        )}
        <p className="muted">
          {verdict({ code: row.code, args: { ...row.args, grade: row.grade }, why: row.reason })}
        </p>
      </Section>
      <Section title={t('factor.title')}>
        <Factors factors={row.factors ?? []} score={row.score} />
      </Section>
      <Section title={t('triage.title')}>
        <p className="muted">{t('triage.hint')}</p>
        <TriageForm asset={asset} cve={row.cve} state={row.state} triage={row.triage ?? undefined} />
      </Section>
      <Section title={t('triage.history')}>
        <History asset={asset} cve={row.cve} />
      </Section>
    </div>
  );
}
