import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Finding, Overview } from '../../api/client';
import { findings } from '../../api/queries';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { useWhyWords } from '../../i18n/whyWords';
import { fileName, shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Severity } from '../../ui/Severity';
import { type Alike, alike } from './alike';
import css from './risk.module.css';

/** The gravest ones. */
const SHOWN = 5;
/** Findings asked for: many may be about one device. */
const ASKED = 200;

/** Frames named of one finding: what is now, and what was. */
const FRAMES = 8;

/** The title of a finding of which there are many alike. */
function Title({ row }: { row: Finding }) {
  const said = useWhyWords().finding(row);
  return <bdi lang={said.asItCame ? 'en' : undefined}>{said.title}</bdi>;
}

function Row({ group, file }: { group: Alike; file: (at: number) => string }) {
  const { first: row, others } = group;
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const [asset] = row.assets.slice(-1);
  const frames = [
    ...new Set(
      row.evidence.map((one) => t('asset.frameOf', { frame: format.number(one.frame), file: file(one.file) })),
    ),
  ].slice(0, FRAMES);
  const said = useWhyWords().finding(row);
  const lang = said.asItCame ? 'en' : undefined;
  const title = <Title row={row} />;
  return (
    <li className={css.finding}>
      <Severity name={row.severity} />
      <div>
        {asset === undefined ? (
          title
        ) : (
          <Link to="/assets/$id" params={{ id: asset }} search={{ tab: 'vulnerabilities' }}>
            {title}
          </Link>
        )}
        <div className="muted">
          {[
            frames[0],
            ...row.techniques.map((id) => `${id} ${words.technique(id) ?? ''}`.trim()),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
        <details>
          <summary>{t('finding.more')}</summary>
          <p lang={lang}>
            <bdi>{said.explanation}</bdi>
          </p>
          <p lang={lang}>
            <bdi>{said.advice}</bdi>
          </p>
          {frames.length > 1 && <p className="muted">{frames.join(' · ')}</p>}
        </details>
        {others.length > 0 && (
          <details>
            <summary>{t('finding.alike', { count: others.length })}</summary>
            <ul className={css.alike}>
              {others.map((other) => (
                <li key={other.id}>
                  <Title row={other} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}

/** What somebody should look at first; nothing where there is nothing. */
export function Findings({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useQuery(findings(ASKED)).data;
  if (!answer || answer.total === 0) return null;
  const file = (at: number) => shown(fileName(data.capture.files[at]?.path ?? String(at)));
  const shownGroups = alike(answer.rows).slice(0, SHOWN);
  const more = answer.total - shownGroups.reduce((sum, group) => sum + 1 + group.others.length, 0);
  return (
    <Panel title={t('finding.title')} hint={t('finding.hint')}>
      <ul className={css.findings}>
        {shownGroups.map((group) => (
          <Row key={group.first.id} group={group} file={file} />
        ))}
      </ul>
      {more > 0 && <p className="muted">{t('overview.others', { n: format.number(more) })}</p>}
    </Panel>
  );
}
