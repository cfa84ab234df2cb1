import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, document } from '../../api/client';
import { session } from '../../api/queries';
import { Trouble } from '../../ui/Trouble';
import { Card } from './Card';
import css from './access.module.css';

/** As the server has it. */
const CHARS_MIN = 10;

/** Replaces the first password. */
export function ChangePassword() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => document(client.POST('/api/v1/session/password', { body: { password } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: session.queryKey }),
  });
  const differ = again !== '' && again !== password;
  const ready = [...password].length >= CHARS_MIN && again === password;
  return (
    <Card>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) change.mutate();
        }}
      >
        <h1>{t('access.changeTitle')}</h1>
        <p>{t('access.changeWhy')}</p>
        {change.error && <Trouble error={change.error} />}
        <PasswordInput
          label={t('access.newPassword')}
          description={t('access.length', { count: CHARS_MIN })}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-hidden': true }}
        />
        <PasswordInput
          label={t('access.repeat')}
          autoComplete="new-password"
          value={again}
          error={differ ? t('access.differ') : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-hidden': true }}
        />
        <Button type="submit" disabled={!ready} loading={change.isPending}>
          {t('access.save')}
        </Button>
      </form>
    </Card>
  );
}
