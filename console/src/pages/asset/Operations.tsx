import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/client';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Effect } from '../../ui/Effect';
import { OperationName } from '../../ui/OperationName';
import type { FileOf } from './files';
import css from './asset.module.css';

interface OperationsProps {
  conversation: Conversation;
  file: FileOf;
}

function Targets({ conversation, file }: OperationsProps) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  if (!conversation.targets?.length) return null;
  return (
    <>
      <h3 className={css.sub}>{t('asset.targets')}</h3>
      <table>
        <thead>
          <tr>
            <th>{t('asset.target')}</th>
            <th>{t('asset.unit')}</th>
            <th>{t('asset.operation')}</th>
            <th>{t('asset.class')}</th>
            <th>{t('asset.direction')}</th>
            <th className="number">{t('asset.count')}</th>
            <th>{t('asset.first')}</th>
          </tr>
        </thead>
        <tbody>
          {conversation.targets.map((target, at) => (
            <tr key={at}>
              <td>
                <bdi className="mono">{shown(target.target)}</bdi>
              </td>
              <td>{target.unit}</td>
              <td>
                <OperationName name={target.operation} />
              </td>
              <td>
                <Effect name={target.class} />
              </td>
              <td>{words.direction(target.direction)}</td>
              <td className="number">{format.number(target.count)}</td>
              <td className="muted">
                {t('asset.frameOf', { frame: format.number(target.frame), file: file(target.file) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** What is asked and answered in a conversation. */
export function Operations({ conversation, file }: OperationsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (conversation.operations.length === 0) return <p>{t('asset.noOperations')}</p>;
  return (
    <div className={css.scroll}>
      <table>
        <thead>
          <tr>
            <th>{t('asset.operation')}</th>
            <th className="number">{t('asset.code')}</th>
            <th>{t('asset.class')}</th>
            <th className="number">{t('asset.requests')}</th>
            <th className="number">{t('asset.responses')}</th>
            <th className="number">{t('asset.events')}</th>
            <th className="number">{t('asset.errors')}</th>
            <th className="number">{t('asset.latency')}</th>
            <th>{t('asset.first')}</th>
          </tr>
        </thead>
        <tbody>
          {conversation.operations.map((op, at) => (
            <tr key={at}>
              <td>
                <OperationName name={op.name} />
                {op.protocol && <span className="muted"> {op.protocol}</span>}
              </td>
              <td className="number">{typeof op.subcode === 'number' ? `${op.code}/${op.subcode}` : op.code}</td>
              <td>
                <Effect name={op.class} />
              </td>
              <td className="number">{format.number(op.requests)}</td>
              <td className="number">{format.number(op.responses)}</td>
              <td className="number">{format.number(op.events ?? 0)}</td>
              <td className="number">{format.number(op.errors)}</td>
              <td className="number">
                {typeof op.latency_us === 'number' && t('asset.ms', { ms: format.number(op.latency_us / 1000) })}
              </td>
              <td className="muted">
                {t('asset.frameOf', { frame: format.number(op.frame), file: file(op.file) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Targets conversation={conversation} file={file} />
    </div>
  );
}
