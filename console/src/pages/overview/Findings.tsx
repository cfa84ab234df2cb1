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
import css from './risk.module.css';

/** The gravest ones. */
const SHOWN = 7;

function Row({ row, file }: { row: Finding; file: (at: number) => string }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const [asset] = row.assets.slice(-1);
  const [place] = row.evidence;
  const said = useWhyWords().finding(row);
  const lang = said.asItCame ? 'en' : undefined;
  const title = <bdi lang={lang}>{said.title}</bdi>;
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
            place && t('asset.frameOf', { frame: format.number(place.frame), file: file(place.file) }),
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
        </details>
      </div>
    </li>
  );
}

/** What somebody should look at first; nothing where there is nothing. */
export function Findings({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useQuery(findings(SHOWN)).data;
  if (!answer || answer.total === 0) return null;
  const file = (at: number) => shown(fileName(data.capture.files[at]?.path ?? String(at)));
  const more = answer.total - answer.rows.length;
  return (
    <Panel title={t('finding.title')} hint={t('finding.hint')}>
      <ul className={css.findings}>
        {answer.rows.map((row) => (
          <Row key={row.id} row={row} file={file} />
        ))}
      </ul>
      {more > 0 && <p className="muted">{t('overview.others', { n: format.number(more) })}</p>}
    </Panel>
  );
}
