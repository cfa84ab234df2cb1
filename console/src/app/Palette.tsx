import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconArrowRight, IconFilter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assets } from '../api/queries';
import { useWords } from '../i18n/words';
import { shown } from '../lib/text';
import { RoleIcon } from '../ui/RoleIcon';
import css from './shell.module.css';

const PAGES = {
  '/': 'overview',
  '/assets': 'assets',
  '/map': 'map',
  '/vulnerabilities': 'vulnerabilities',
  '/suppliers': 'suppliers',
  '/protocols': 'protocols',
  '/data': 'data',
} as const;
const HITS_MAX = 8;

interface Hit {
  key: string;
  icon: ReactNode;
  name: string;
  more: string;
  go: () => void;
}

function useHits(text: string, opened: boolean): { hits: Hit[]; busy: boolean } {
  const { t } = useTranslation();
  const words = useWords();
  const navigate = useNavigate();
  const [wanted] = useDebouncedValue(text.trim(), 120);
  const found = useQuery({
    ...assets({ filter: wanted, sort: '', offset: 0, limit: HITS_MAX }),
    enabled: opened && wanted !== '',
    retry: false,
  });
  const low = text.trim().toLowerCase();
  const pages = (Object.keys(PAGES) as (keyof typeof PAGES)[]).map((to) => ({
    key: to,
    icon: <IconArrowRight size={16} aria-hidden="true" />,
    name: t(`page.${PAGES[to]}`),
    more: '',
    go: () => void navigate({ to }),
  }));
  const fitting: Hit[] = pages.filter((page) => page.name.toLowerCase().includes(low));
  const isShown = wanted !== '' && found.data !== undefined && !found.error;
  const devices = (isShown ? found.data.rows : []).map((row) => ({
    key: row.id,
    icon: <RoleIcon role={row.role} />,
    name: shown(row.name ?? row.address),
    more: [row.name ? row.address : '', row.vendor ? shown(row.vendor) : '', words.role(row.role)].filter(Boolean).join(' · '),
    go: () => void navigate({ to: '/assets/$id', params: { id: row.id } }),
  }));
  const rest = isShown && found.data.matched > devices.length;
  const all = {
    key: 'all',
    icon: <IconFilter size={16} aria-hidden="true" />,
    name: t('assets.matched', { matched: found.data?.matched ?? 0, count: found.data?.total ?? 0 }),
    more: t('page.assets'),
    go: () => void navigate({ to: '/assets', search: { filter: wanted } }),
  };
  return { hits: [...fitting, ...devices, ...(rest ? [all] : [])], busy: found.isFetching };
}

/** Finds pages and devices from anywhere. */
export function Palette({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { hits, busy } = useHits(text, opened);
  const chosen = Math.min(at, hits.length - 1);
  const end = () => {
    close();
    setText('');
    setAt(0);
  };
  const take = (hit: Hit | undefined) => {
    if (!hit) return;
    end();
    hit.go();
  };
  return (
    <Modal.Root opened={opened} onClose={end} padding={0} size="lg" yOffset="12vh">
      <Modal.Overlay />
      <Modal.Content aria-label={t('app.search')}>
      <input
        className={css.paletteInput}
        data-autofocus
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="hits"
        aria-activedescendant={hits[chosen] ? `hit-${chosen}` : undefined}
        aria-label={t('app.search')}
        placeholder={t('app.searchHint')}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined && hits.length > 0) {
            event.preventDefault();
            setAt((chosen + step + hits.length) % hits.length);
          }
          if (event.key === 'Enter') take(hits[chosen]);
        }}
      />
      <ul className={css.hits} id="hits" role="listbox" aria-label={t('app.search')} hidden={hits.length === 0}>
        {hits.map((hit, i) => (
          <li
            key={hit.key}
            id={`hit-${i}`}
            role="option"
            aria-selected={i === chosen}
            className={css.hit}
            onClick={() => take(hit)}
            onMouseMove={() => setAt(i)}
          >
            {hit.icon}
            <bdi className={css.hitName}>{hit.name}</bdi>
            <span className={css.hitMore}>{hit.more}</span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && !busy && <p className={css.noHits}>{t('app.noHits', { text })}</p>}
      </Modal.Content>
    </Modal.Root>
  );
}
