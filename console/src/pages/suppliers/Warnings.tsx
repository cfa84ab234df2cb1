import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../api/client';
import { warnings } from '../../api/queries';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import css from './suppliers.module.css';

const CHANGES = ['new', 'worse', 'better', 'gone'] as const;
const CAUSES = ['pack', 'document'] as const;
/** The latest ones. */
const SHOWN = 20;

function Text({ row }: { row: Warning }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const change = CHANGES.find((one) => one === row.change);
  if (!change) return shown(row.text);
  return t(`warning.${change}`, {
    advisory: shown(row.advisory),
    devices: format.number(row.devices),
    zones: format.list(row.zones.map(words.zone)),
  });
}

/** What changed for the plant when facts changed. */
export function Warnings() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(warnings);
  if (!data) return null;
  return (
    <Panel title={t('warning.title')} hint={t('warning.hint')}>
      {data.length === 0 && <p className="muted">{t('warning.none')}</p>}
      <ul className={css.list}>
        {data.slice(0, SHOWN).map((row) => {
          const cause = CAUSES.find((one) => one === row.cause);
          const isBad = row.change === 'new' || row.change === 'worse';
          return (
            <li key={row.id}>
              <Status kind={isBad ? 'warn' : 'ok'}>
                <Link to="/vulnerabilities" search={{ search: row.advisory, state: 'all' }}>
                  <Text row={row} />
                </Link>
              </Status>
              <div className="muted">
                {format.time(row.at)}
                {cause && ` · ${t(`warning.${cause}`)}`}
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
