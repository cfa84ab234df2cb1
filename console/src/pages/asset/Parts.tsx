import { useTranslation } from 'react-i18next';
import type { Asset } from '../../api/client';
import { useFormat } from '../../lib/format';
import { Panel } from '../../ui/Panel';
import { EvidenceTable } from './EvidenceTable';
import type { FileOf } from './files';
import css from './asset.module.css';

/** Most rows drawn; devices with many modules state thousands of values. */
const ROWS_MAX = 300;

/** Statements that no attribute shows: of modules, units behind the device, further texts. */
export function Parts({ data, file }: { data: Asset; file: FileOf }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shownAbove = new Set(data.choices.map((choice) => choice.attribute));
  const rows = data.evidence.filter((one) => one.part || !shownAbove.has(one.attribute));
  if (rows.length === 0) return null;
  return (
    <Panel title={t('asset.parts')} hint={t('asset.partsHint')} className={css.below} flush wide>
      <EvidenceTable rows={rows.slice(0, ROWS_MAX)} file={file} full />
      {rows.length > ROWS_MAX && (
        <p className={css.note}>
          {t('overview.changesCut', { shown: format.number(ROWS_MAX), total: format.number(rows.length) })}
        </p>
      )}
    </Panel>
  );
}
