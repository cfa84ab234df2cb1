import { Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconFilter } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProtocolRow } from '../../api/client';
import { protocols } from '../../api/queries';
import { useKeys } from '../../app/keys';
import { useWords } from '../../i18n/words';
import { term } from '../../lib/filter';
import { useFormat } from '../../lib/format';
import { order, without } from '../../lib/params';
import { Loading } from '../../ui/Loading';
import { Page } from '../../ui/Page';
import { Panel } from '../../ui/Panel';
import { SortHead } from '../../ui/SortHead';
import { Trouble } from '../../ui/Trouble';
import { type Column, chosen } from './choose';
import css from './protocols.module.css';

const DEPTHS = [1, 2, 3, 4] as const;
const COLUMNS: { column: Column; number?: boolean }[] = [
  { column: 'name' },
  { column: 'depth' },
  { column: 'operations', number: true },
  { column: 'messages', number: true },
  { column: 'packets', number: true },
  { column: 'techniques' },
  { column: 'standard' },
];

function Depth({ depth }: { depth: number }) {
  const { t } = useTranslation();
  const known = DEPTHS.find((one) => one === depth);
  const what = known ? t(`protocols.depth_${known}`) : t('app.unknown');
  return (
    <span className={css.depth} title={t('protocols.depthOf', { depth, what })}>
      <span className={css.steps} aria-hidden="true">
        {DEPTHS.map((one) => (
          <span key={one} className={`${css.step} ${one <= depth ? css.reached : ''}`} />
        ))}
      </span>
      {depth} · {what}
    </span>
  );
}

/** What attackers use its operations for. */
function Techniques({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const words = useWords();
  if (ids.length === 0) return <span className="muted">{t('protocols.noTechniques')}</span>;
  return (
    <span className={css.techniques}>
      {ids.map((id) => (
        <abbr key={id} title={words.technique(id)}>
          {id}
        </abbr>
      ))}
    </span>
  );
}

function Row({ row }: { row: ProtocolRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isSeen = row.packets > 0 || row.messages > 0;
  return (
    <tr className={isSeen ? undefined : css.quiet}>
      <td>
        {isSeen ? (
          <Link className={css.name} to="/assets" search={{ filter: term('protocol', row.id) }}>
            {row.name}
          </Link>
        ) : (
          <span className={css.name}>{row.name}</span>
        )}{' '}
        <code className="muted">{row.id}</code>
        {row.industrial && <span className="muted"> · {t('protocols.industrial')}</span>}
      </td>
      <td>
        <Depth depth={row.depth} />
      </td>
      <td className="number">{format.number(row.operations)}</td>
      <td className="number">{format.number(row.messages)}</td>
      <td className="number">{format.number(row.packets)}</td>
      <td>
        <Techniques ids={row.techniques} />
      </td>
      <td className={css.standard}>{row.standard}</td>
    </tr>
  );
}

/** All protocols with the depth they are understood to. */
export function ProtocolsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/protocols' });
  const navigate = useNavigate({ from: '/protocols' });
  const { data, error, refetch } = useQuery(protocols);
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus() });
  const now = order(search.sort, '-messages');
  const change = (wanted: Partial<typeof search>) => {
    void navigate({ search: without({ ...search, ...wanted }), replace: true });
  };
  const rows = data && chosen(data, search, now);
  const seen = data?.filter((row) => row.packets > 0 || row.messages > 0).length ?? 0;
  return (
    <Page title={t('page.protocols')} lead={data && t('protocols.intro', { seen, count: data.length })}>
      <div className={css.bar}>
        <TextInput
          ref={field}
          className={css.filter}
          aria-label={t('protocols.filter')}
          placeholder={t('protocols.filter')}
          leftSection={<IconFilter size={16} aria-hidden="true" />}
          value={search.filter ?? ''}
          onChange={(event) => change({ filter: event.currentTarget.value })}
        />
        <Checkbox
          label={t('protocols.seenOnly')}
          checked={search.seen !== undefined}
          onChange={(event) => change({ seen: event.currentTarget.checked ? '1' : '' })}
        />
        <Checkbox
          label={t('protocols.industrialOnly')}
          checked={search.industrial !== undefined}
          onChange={(event) => change({ industrial: event.currentTarget.checked ? '1' : '' })}
        />
      </div>
      {error && <Trouble error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {rows && (
        <Panel title={t('page.protocols')} hint={t('protocols.depthHint')} flush>
          <table>
            <thead>
              <tr>
                {COLUMNS.map(({ column, number }) => (
                  <SortHead
                    key={column}
                    column={column}
                    name={t(`protocols.${column}`)}
                    now={now}
                    number={number}
                    sort={(sort) => change({ sort })}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
              {rows.length === 0 && (
                <tr>
                  <td colSpan={COLUMNS.length}>{t('protocols.none')}</td>
                </tr>
              )}
            </tbody>
          </table>
        </Panel>
      )}
    </Page>
  );
}
