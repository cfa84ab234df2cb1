import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../api/client';
import { useFormat } from '../../lib/format';
import css from './overview.module.css';

/** The four numbers of the plant. */
export function Tiles({ data }: { data: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { capture } = data;
  const industrial = data.protocols.filter((row) => row.industrial).length;
  const share = data.unknown_packets / Math.max(1, capture.packets);
  const known = { known: format.number(data.identified), all: format.number(data.assets) };
  const isAll = data.identified === data.assets;
  return (
    <div className={css.tiles}>
      <Link className={css.tile} to="/assets">
        <span className={css.tileName}>{t('overview.devices')}</span>
        <span className={css.tileValue}>{format.number(data.assets)}</span>
        <span className={css.tileMore}>
          {isAll ? t('overview.allIdentified') : t('overview.identified', known)}
        </span>
      </Link>
      <Link className={css.tile} to="/map">
        <span className={css.tileName}>{t('overview.conversations')}</span>
        <span className={css.tileValue}>{format.short(data.conversations)}</span>
        <span className={css.tileMore}>{t('overview.industrial', { count: industrial })}</span>
      </Link>
      <a className={css.tile} href="#sensor">
        <span className={css.tileName}>{t('overview.read')}</span>
        <span className={css.tileValue}>{format.short(capture.packets)}</span>
        <span className={css.tileMore}>
          {t('overview.inFiles', { count: capture.files.length, bytes: format.bytes(capture.bytes) })}
        </span>
      </a>
      <a className={css.tile} href="#sensor">
        <span className={css.tileName}>{t('overview.notUnderstood')}</span>
        <span className={css.tileValue}>{format.short(data.unknown_packets)}</span>
        <span className={css.tileMore}>{t('overview.ofPackets', { share: format.percent(share) })}</span>
      </a>
    </div>
  );
}
