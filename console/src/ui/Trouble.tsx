import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../i18n/words';
import css from './ui.module.css';

/** What went wrong, in words, and what to do. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <div className={css.trouble} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <div>
        <p>{words.problem(error)}</p>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t('app.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
