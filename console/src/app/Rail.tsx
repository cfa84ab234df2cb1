import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconBinaryTree2, IconBug, IconKeyboard, IconLayoutDashboard, IconMessages, IconTopologyStar3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { session } from '../api/queries';
import { Brand } from '../ui/Brand';
import css from './shell.module.css';

const PAGES = [
  { to: '/', key: 'overview', icon: IconLayoutDashboard, exact: true },
  { to: '/assets', key: 'assets', icon: IconBinaryTree2, exact: false },
  { to: '/map', key: 'map', icon: IconTopologyStar3, exact: false },
  { to: '/vulnerabilities', key: 'vulnerabilities', icon: IconBug, exact: false },
  { to: '/protocols', key: 'protocols', icon: IconMessages, exact: false },
] as const;

/** The pages: at the left, at the bottom of narrow screens. */
export function Rail({ help }: { help: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(session);
  return (
    <nav className={css.rail} aria-label={t('app.navigation')}>
      <div className={css.railBrand}>
        <Brand />
      </div>
      <ul className={css.railList}>
        {PAGES.map(({ to, key, icon: Icon, exact }) => (
          <li key={key}>
            <Link className={css.railLink} to={to} activeOptions={{ exact, includeSearch: false }}>
              <Icon size={18} stroke={1.7} aria-hidden="true" />
              {t(`page.${key}`)}
            </Link>
          </li>
        ))}
      </ul>
      <div className={css.railFoot}>
        <button type="button" className={css.railLink} onClick={help}>
          <IconKeyboard size={18} stroke={1.7} aria-hidden="true" />
          {t('app.help')}
        </button>
        {data && <p>{t('app.version', { version: data.version })}</p>}
      </div>
    </nav>
  );
}
