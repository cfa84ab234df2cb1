import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconArrowLeft, IconArrowRight, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Asset, Conversation, ConversationPage } from '../../api/client';
import { CONVERSATIONS } from '../../api/queries';
import { CLASSES, asClass } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { Effect } from '../../ui/Effect';
import { Panel } from '../../ui/Panel';
import { Status } from '../../ui/Status';
import { Operations } from './Operations';
import type { FileOf } from './files';
import css from './asset.module.css';

interface TrafficProps {
  asset: Asset;
  page: ConversationPage;
  file: FileOf;
  open: string | undefined;
  toggle: (open: string | undefined) => void;
  /** Conversations before these. */
  offset: number;
  turn: (offset: number) => void;
}

/** Names a conversation in an address. */
const keyOf = (c: Conversation) =>
  [c.client, c.server, c.transport, c.port, c.protocol ?? '', c.vlan ?? ''].join('_');

/** The most dangerous thing done in it. */
function strongest(c: Conversation): string | undefined {
  const ranks = c.operations.map((op) => CLASSES.indexOf(asClass(op.class) ?? 'observe'));
  return ranks.length === 0 ? undefined : CLASSES[Math.max(...ranks)];
}

interface RowProps {
  conversation: Conversation;
  own: ReadonlySet<string>;
  file: FileOf;
  isOpen: boolean;
  toggle: () => void;
}

function Row({ conversation: c, own, file, isOpen, toggle }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const asks = own.has(c.client);
  const peer = asks ? c.server : c.client;
  const effect = strongest(c);
  const errors = c.operations.reduce((sum, op) => sum + op.errors, 0);
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  const Arrow = asks ? IconArrowRight : IconArrowLeft;
  return (
    <>
      <tr>
        <td>
          <button
            type="button"
            className={css.toggle}
            aria-expanded={isOpen}
            onClick={toggle}
            title={t(isOpen ? 'asset.hideDetails' : 'asset.showDetails')}
          >
            <Icon size={15} aria-hidden="true" />
            {c.protocol ?? t('asset.unknownProtocol')}
          </button>
        </td>
        <td>
          <span className={css.title}>
            <Arrow size={15} aria-hidden="true" />
            <span className="muted">{t(asks ? 'asset.asClient' : 'asset.asServer')}</span>
            <Link className="mono" to="/assets/$id" params={{ id: peer }}>
              {peer}
            </Link>
          </span>
        </td>
        <td>
          {c.transport} {c.port > 0 && c.port}
          {typeof c.vlan === 'number' && <span className="muted"> · {t('asset.vlan', { vlan: c.vlan })}</span>}
        </td>
        <td>
          {effect && <Effect name={effect} />}
          {errors > 0 && (
            <div>
              <Status kind="warn">{t('asset.operationErrors', { count: errors })}</Status>
            </div>
          )}
        </td>
        <td className="number">{format.number(c.packets)}</td>
        <td className="number">{format.bytes(c.bytes)}</td>
        <td>{c.last && format.time(c.last)}</td>
      </tr>
      {isOpen && (
        <tr className={css.open}>
          <td colSpan={7}>
            <Operations conversation={c} file={file} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Conversations of the device, with operations and targets on demand. */
export function Traffic({ asset, page, file, open, toggle, offset, turn }: TrafficProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = new Set([...(asset.ips ?? []), ...(asset.macs ?? [])]);
  if (page.rows.length === 0) return <p>{t('asset.noTraffic')}</p>;
  const [from, to] = [format.number(offset + 1), format.number(offset + page.rows.length)];
  return (
    <Panel title={t('asset.traffic')} flush>
      <table>
        <thead>
          <tr>
            <th>{t('asset.protocol')}</th>
            <th>{t('asset.peer')}</th>
            <th>{t('asset.transport')}</th>
            <th>{t('map.effect')}</th>
            <th className="number">{t('overview.packets')}</th>
            <th className="number">{t('overview.bytes')}</th>
            <th>{t('asset.last')}</th>
          </tr>
        </thead>
        <tbody>
          {page.rows.map((c) => {
            const key = keyOf(c);
            const isOpen = open === key;
            return (
              <Row
                key={key}
                conversation={c}
                own={own}
                file={file}
                isOpen={isOpen}
                toggle={() => toggle(isOpen ? undefined : key)}
              />
            );
          })}
        </tbody>
      </table>
      {page.total > page.rows.length && (
        <div className={css.pager}>
          <span>{t('pager.conversations', { from, to, total: format.number(page.total) })}</span>
          <Button variant="default" size="xs" disabled={offset === 0} onClick={() => turn(offset - CONVERSATIONS)}>
            {t('pager.previous')}
          </Button>
          <Button
            variant="default"
            size="xs"
            disabled={offset + page.rows.length >= page.total}
            onClick={() => turn(offset + CONVERSATIONS)}
          >
            {t('pager.next')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
