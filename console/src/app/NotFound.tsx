import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/Empty';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty title={t('app.notFound')}>
      <Link to="/">{t('app.toOverview')}</Link>
    </Empty>
  );
}
