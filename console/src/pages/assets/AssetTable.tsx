import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetPage, AssetRow } from '../../api/client';
import { type AssetsAsked, assets } from '../../api/queries';
import { useKeys } from '../../app/keys';
import { useWords } from '../../i18n/words';
import { useBlocks } from '../../lib/blocks';
import { useFormat } from '../../lib/format';
import type { Order } from '../../lib/params';
import { shown } from '../../lib/text';
import { Device } from '../../ui/Device';
import { Level } from '../../ui/Level';
import { RoleIcon } from '../../ui/RoleIcon';
import { SortHead } from '../../ui/SortHead';
import { Sure } from '../../ui/Sure';
import css from './assets.module.css';

/** As the style sheet has it. */
const ROW_PX = 40;
/** Protocols named in a row. */
const PROTOCOLS = 2;

const COLUMNS = [
  { column: 'name', key: 'name' },
  { column: 'address', key: 'address' },
  { column: 'vendor', key: 'vendor' },
  { column: 'product', key: 'product' },
  { column: 'firmware', key: 'firmware' },
  { column: 'level', key: 'level' },
  { column: 'zone', key: 'zone' },
  { column: '', key: 'protocols' },
  { column: 'packets', key: 'packets', number: true },
  { column: 'confidence', key: 'confidence' },
] as const;

function Unknown({ text }: { text: string | null | undefined }) {
  const { t } = useTranslation();
  if (!text) return <span className="muted">{t('app.unknown')}</span>;
  return (
    <bdi title={shown(text)}>{shown(text)}</bdi>
  );
}

function Cells({ row }: { row: AssetRow }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const more = row.protocols.length - PROTOCOLS;
  const silent = row.silent ? ` · ${t('assets.silent')}` : '';
  return (
    <>
      <td>
        <span className={css.device}>
          <RoleIcon role={row.role} size={18} />
          <span>
            <Device id={row.id} name={row.name ?? row.address} />
            <small title={row.silent ? t('assets.silentHint') : undefined}>{words.role(row.role) + silent}</small>
          </span>
        </span>
      </td>
      <td className="mono" title={row.ips.concat(row.macs).join('\n')}>
        {row.address}
      </td>
      <td>
        <Unknown text={row.vendor} />
      </td>
      <td>
        <Unknown text={row.product} />
      </td>
      <td>
        <Unknown text={row.firmware} />
      </td>
      <td>
        <Level level={row.level} />
      </td>
      <td>{words.zone(row.zone)}</td>
      <td title={row.protocols.join(', ')}>
        {row.protocols.slice(0, PROTOCOLS).join(', ')}
        {more > 0 && <span className="muted"> {t('assets.moreProtocols', { n: more })}</span>}
      </td>
      <td className="number">{format.short(row.packets)}</td>
      <td>
        <Sure part={row.confidence} />
      </td>
    </>
  );
}

interface TableProps {
  asked: Omit<AssetsAsked, 'offset' | 'limit'>;
  /** The count of all that passed. */
  page: Pick<AssetPage, 'matched'>;
  sort: Order;
  change: (by: string) => void;
}

/** Only the rows in sight are drawn and asked for. */
export function AssetTable({ asked, page, sort, change }: TableProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(-1);
  const seen = useVirtualizer({
    count: page.matched,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const lines = seen.getVirtualItems();
  const rowAt = useBlocks(
    (offset, limit) => assets({ ...asked, offset, limit }),
    lines[0]?.index ?? 0,
    lines[lines.length - 1]?.index ?? 0,
  );
  const open = (row: AssetRow | undefined) => {
    if (row) void navigate({ to: '/assets/$id', params: { id: row.id } });
  };
  const step = (by: number) => {
    const next = Math.min(page.matched - 1, Math.max(0, at + by));
    setAt(next);
    seen.scrollToIndex(next);
  };
  const down = () => step(1);
  const up = () => step(at < 0 ? 1 : -1);
  const enter = () => open(rowAt(at));
  useKeys({ j: down, k: up, ArrowDown: down, ArrowUp: up, o: enter, ...(at >= 0 && { Enter: enter }) });
  return (
    <div className={css.scroll} ref={box} tabIndex={0} role="region" aria-label={t('assets.table')}>
      <table className={css.table} role="table" aria-rowcount={page.matched + 1} aria-label={t('assets.table')}>
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {COLUMNS.map((one) =>
              one.column === '' ? (
                <th key={one.key} role="columnheader">
                  {t(`assets.${one.key}`)}
                </th>
              ) : (
                <SortHead
                  key={one.key}
                  column={one.column}
                  name={t(`assets.${one.key}`)}
                  now={sort}
                  number={'number' in one}
                  sort={change}
                />
              ),
            )}
          </tr>
        </thead>
        <tbody role="rowgroup" style={{ height: seen.getTotalSize() }}>
          {lines.map(({ index, start }) => {
            const row = rowAt(index);
            return (
              <tr
                key={index}
                role="row"
                aria-rowindex={index + 2}
                aria-current={index === at || undefined}
                data-chosen={index === at || undefined}
                className={css.row}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => open(row)}
              >
                {row ? <Cells row={row} /> : <td className="muted">{t('app.loading')}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
