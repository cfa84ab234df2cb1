import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  IconBinaryTree2,
  IconBug,
  IconDatabaseImport,
  IconDots,
  IconKeyboard,
  IconLayoutDashboard,
  IconMessages,
  IconTopologyStar3,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { session } from '../api/queries';
import { Brand } from '../ui/Brand';
import css from './shell.module.css';

/** The first four stand at the bottom of narrow screens, the others behind a button. */
const PAGES = [
  { to: '/', key: 'overview', icon: IconLayoutDashboard, exact: true },
  { to: '/assets', key: 'assets', icon: IconBinaryTree2, exact: false },
  { to: '/vulnerabilities', key: 'vulnerabilities', icon: IconBug, exact: false },
  { to: '/map', key: 'map', icon: IconTopologyStar3, exact: false },
  { to: '/suppliers', key: 'suppliers', icon: IconTruckDelivery, exact: false },
  { to: '/protocols', key: 'protocols', icon: IconMessages, exact: false },
  { to: '/data', key: 'data', icon: IconDatabaseImport, exact: false },
] as const;
const FIRST = 4;

/** The pages that have no room at the bottom of narrow screens. */
function More({ help }: { help: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="top-end" withinPortal={false} width={200}>
      <Menu.Target>
        <button type="button" className={css.railLink}>
          <IconDots size={18} stroke={1.7} aria-hidden="true" />
          {t('page.more')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {PAGES.slice(FIRST).map(({ to, key, icon: Icon }) => (
          <Menu.Item
            key={key}
            leftSection={<Icon size={16} aria-hidden="true" />}
            renderRoot={(props) => <Link to={to} {...props} />}
          >
            {t(`page.${key}`)}
          </Menu.Item>
        ))}
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden="true" />} onClick={help}>
          {t('app.help')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

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
        {PAGES.map(({ to, key, icon: Icon, exact }, at) => (
          <li key={key} className={at < FIRST ? undefined : css.railRest}>
            <Link className={css.railLink} to={to} activeOptions={{ exact, includeSearch: false }}>
              <Icon size={18} stroke={1.7} aria-hidden="true" />
              {t(`page.${key}`)}
            </Link>
          </li>
        ))}
        <li className={css.railMore}>
          <More help={help} />
        </li>
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
