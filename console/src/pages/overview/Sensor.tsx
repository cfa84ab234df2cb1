import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api/client';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { fileName, shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import css from './overview.module.css';

function Files({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table>
      <thead>
        <tr>
          <th>{t('overview.file')}</th>
          <th className="number">{t('overview.packets')}</th>
          <th className="number">{t('overview.bytes')}</th>
          <th>{t('overview.state')}</th>
        </tr>
      </thead>
      <tbody>
        {data.capture.files.map((file, at) => (
          <tr key={at}>
            <td title={shown(file.path)}>
              <bdi>{shown(fileName(file.path))}</bdi>
            </td>
            <td className="number">{format.number(file.packets)}</td>
            <td className="number">{format.bytes(file.bytes)}</td>
            <td>
              {file.error ? (
                <Status kind="bad">{`${t('overview.broken')}: ${shown(file.error)}`}</Status>
              ) : (
                <Status kind={data.live ? 'busy' : 'ok'}>
                  {t(data.live ? 'overview.reading' : 'overview.ok')}
                </Status>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Faults({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const { faults, files } = data.capture;
  return (
    <div className={css.block}>
      <h3>{t('overview.faults')}</h3>
      {faults.length === 0 && <Status kind="ok">{t('overview.noFaults')}</Status>}
      {faults.length > 0 && <p className="muted">{t('overview.faultsHint')}</p>}
      <ul className={css.list}>
        {faults.map((fault) => (
          <li key={`${fault.layer} ${fault.fault}`}>
            <b>{format.number(fault.count)}</b>
            <Status kind="warn">{`${fault.layer}: ${words.fault(fault.fault)}`}</Status>
            <span className="muted">
              {t('overview.faultAt', {
                frame: format.number(fault.frame),
                file: shown(fileName(files[fault.file]?.path ?? String(fault.file))),
              })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What was read, what was not, and what was lost: how far the rest can be trusted. */
export function Sensor({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const dropped = Object.entries(data.capture.dropped).filter(([, count]) => count > 0);
  return (
    <div id="sensor">
      <Panel title={t('overview.sensor')}>
        <div className={css.sensor}>
          <div style={{ overflowX: 'auto' }}>
            <Files data={data} />
          </div>
          <div>
            <Faults data={data} />
            <div className={css.block}>
              <h3>{t('overview.dropped')}</h3>
              {dropped.length === 0 && <Status kind="ok">{t('overview.noDropped')}</Status>}
              <ul className={css.list}>
                {dropped.map(([key, count]) => (
                  <li key={key}>
                    <b>{format.number(count)}</b>
                    <Status kind="warn">{words.loss(key)}</Status>
                  </li>
                ))}
              </ul>
            </div>
            <div className={css.block}>
              <h3>{t('overview.unread')}</h3>
              <ul className={css.list}>
                <li>
                  <b>{format.number(data.unknown_packets)}</b>
                  <span className="muted">{t('overview.unreadHint')}</span>
                </li>
              </ul>
            </div>
          </div>
        </div>
      </Panel>
    </div>
  );
}
