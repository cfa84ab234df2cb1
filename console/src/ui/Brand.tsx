import { useTranslation } from 'react-i18next';
import css from './ui.module.css';

/** Name and mark. */
export function Brand() {
  const { t } = useTranslation();
  return (
    <span className={css.brand}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <path d="M16 3.5 27 9.8v12.4L16 28.5 5 22.2V9.8z" fill="none" stroke="#f08a4b" strokeWidth="2.6" strokeLinejoin="round" />
        <circle cx="16" cy="16" r="4" fill="#f08a4b" />
      </svg>
      {t('app.name')}
    </span>
  );
}
