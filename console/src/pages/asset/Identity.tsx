import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Asset, Choice } from '../../api/client';
import { useWords } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { Sure } from '../../ui/Sure';
import { EvidenceTable } from './EvidenceTable';
import type { FileOf } from './files';
import cards from '../../ui/cards.module.css';
import css from './asset.module.css';

/** What an asset is known by; what is not stated is listed as such. */
const WANTED = ['vendor', 'product', 'model', 'order_number', 'serial', 'firmware', 'hardware', 'name', 'os'];

interface IdentityProps {
  data: Asset;
  file: FileOf;
  open: string | undefined;
  toggle: (open: string | undefined) => void;
}

interface RowProps extends Omit<IdentityProps, 'toggle' | 'open'> {
  choice: Choice;
  isOpen: boolean;
  toggle: () => void;
}

/** Values that gave way to others, each with the frame that states it. */
function Changes({ data, choice, file }: { data: Asset; choice: Choice; file: FileOf }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!choice.changes?.length) return null;
  const frame = (at: number) => {
    const from = data.evidence[at];
    return from ? t('asset.frameOf', { frame: format.number(from.frame), file: file(from.file) }) : '';
  };
  const when = (time: string | null | undefined) => (time ? format.time(time) : t('app.unknown'));
  return (
    <ol className={css.changes} aria-label={t('change.title')} title={t('change.hint')}>
      {choice.changes.map((change) => (
        <li key={`${change.from_evidence} ${change.to_evidence}`}>
          <Status kind="warn">{t('change.title')}</Status>{' '}
          <bdi className={css.value}>{shown(change.from)}</bdi>{' '}
          <span className="muted">{t('change.from', { when: when(change.last), frame: frame(change.from_evidence) })}</span>
          {' → '}
          <bdi className={css.value}>{shown(change.to)}</bdi>{' '}
          <span className="muted">{t('change.to', { when: when(change.first), frame: frame(change.to_evidence) })}</span>
        </li>
      ))}
    </ol>
  );
}

function Why({ data, choice, file }: { data: Asset; choice: Choice; file: FileOf }) {
  const { t } = useTranslation();
  const words = useWords();
  const rows = data.evidence.filter((one) => one.attribute === choice.attribute && !one.part);
  return (
    <>
      <h3>{t('asset.why')}</h3>
      <ul className={css.why}>
        {choice.why.map((reason, at) => (
          <li key={at}>{words.reason(reason)}</li>
        ))}
      </ul>
      {choice.others && choice.others.length > 0 && (
        <p>
          <Status kind="warn">{t('asset.contradicted')}</Status>{' '}
          <bdi>{t('asset.others', { values: choice.others.map(shown).join(' · ') })}</bdi>
        </p>
      )}
      <div className={css.scroll}>
        <EvidenceTable rows={rows} file={file} />
      </div>
    </>
  );
}

function Row({ data, choice, file, isOpen, toggle }: RowProps) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const attribute = words.attribute(choice.attribute);
  const strongest = data.evidence[choice.evidence];
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr>
        <td>
          <button
            type="button"
            className={css.toggle}
            aria-expanded={isOpen}
            onClick={toggle}
            title={t(isOpen ? 'asset.closeEvidence' : 'asset.openEvidence', { attribute })}
          >
            <Icon size={15} aria-hidden="true" />
            {attribute}
          </button>
        </td>
        <td>
          <bdi className={css.value}>{shown(choice.value)}</bdi>
          {choice.others && choice.others.length > 0 && (
            <div>
              <Status kind="warn">{t('asset.contradicted')}</Status>
            </div>
          )}
          <Changes data={data} choice={choice} file={file} />
        </td>
        <td>
          {strongest && (
            <>
              {shown(strongest.protocol)} <span className="muted">{shown(words.place(strongest.source))}</span>
              {strongest.frame > 0 && (
                <div className="muted">
                  {t('asset.frameOf', { frame: format.number(strongest.frame), file: file(strongest.file) })}
                </div>
              )}
            </>
          )}
        </td>
        <td>
          <Sure part={choice.confidence} />
        </td>
      </tr>
      {isOpen && (
        <tr className={css.open}>
          <td colSpan={4}>
            <Why data={data} choice={choice} file={file} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Every attribute with its value, its strongest evidence, and on demand all of it. */
export function Identity({ data, file, open, toggle }: IdentityProps) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const known = new Set(data.choices.map((choice) => choice.attribute));
  const missing = WANTED.filter((attribute) => !known.has(attribute)).map(words.attribute);
  return (
    <Panel title={t('asset.identity')} hint={t('asset.identityHint')} flush>
      {data.choices.length === 0 ? (
        <p className={css.note}>{t('asset.noEvidence')}</p>
      ) : (
        <table className={cards.cards}>
          <thead>
            <tr>
              <th>{t('asset.attribute')}</th>
              <th>{t('asset.value')}</th>
              <th>{t('asset.source')}</th>
              <th>{t('asset.sure')}</th>
            </tr>
          </thead>
          <tbody>
            {data.choices.map((choice) => {
              const isOpen = open === choice.attribute;
              return (
                <Row
                  key={choice.attribute}
                  data={data}
                  choice={choice}
                  file={file}
                  isOpen={isOpen}
                  toggle={() => toggle(isOpen ? undefined : choice.attribute)}
                />
              );
            })}
          </tbody>
        </table>
      )}
      {missing.length > 0 && <p className={css.note}>{t('asset.notStated', { attributes: format.list(missing) })}</p>}
    </Panel>
  );
}
