import { useTranslation } from 'react-i18next';
import css from './ui.module.css';

export function Loading() {
  const { t } = useTranslation();
  return (
    <div className={css.loading} role="status">
      {t('app.loading')}
    </div>
  );
}
