import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import css from './shell.module.css';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
export const SHORTCUT = isMac ? '⌘ K' : 'Ctrl K';

export function SearchButton({ open }: { open: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className={css.search} onClick={open} aria-keyshortcuts="Control+K Meta+K">
      <IconSearch size={16} aria-hidden="true" />
      <span className={css.searchText}>{t('app.search')}</span>
      <kbd className={css.kbd} aria-hidden="true">{SHORTCUT}</kbd>
    </button>
  );
}
