import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, document } from '../api/client';
import { session } from '../api/queries';
import { Brand } from '../ui/Brand';
import { Announcer } from './Announcer';
import { Help } from './Help';
import { LiveBadge } from './LiveBadge';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { SearchButton } from './SearchButton';
import { Settings } from './Settings';
import { useKeys } from './keys';
import css from './shell.module.css';

/** What surrounds every page. */
export function Shell() {
  const { t } = useTranslation();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const leave = useMutation({
    mutationFn: () => document(client.DELETE('/api/v1/session')),
    onSettled: () => cache.resetQueries({ queryKey: session.queryKey }),
  });
  useKeys({
    'mod+k': () => setPalette(true),
    '?': () => setHelp(true),
    'g o': () => void navigate({ to: '/' }),
    'g a': () => void navigate({ to: '/assets' }),
    'g m': () => void navigate({ to: '/map' }),
    'g v': () => void navigate({ to: '/vulnerabilities' }),
    'g s': () => void navigate({ to: '/suppliers' }),
    'g d': () => void navigate({ to: '/data' }),
    'g p': () => void navigate({ to: '/protocols' }),
  });
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {t('app.skip')}
      </a>
      <Rail help={() => setHelp(true)} />
      <header className={css.top}>
        <span className={css.topBrand}>
          <Brand />
        </span>
        <SearchButton open={() => setPalette(true)} />
        <LiveBadge />
        <Settings leave={() => leave.mutate()} />
      </header>
      <main id="content" className={css.main} tabIndex={-1}>
        <Outlet />
      </main>
      <Announcer />
      <Palette opened={palette} close={() => setPalette(false)} />
      <Help opened={help} close={() => setHelp(false)} />
    </div>
  );
}
