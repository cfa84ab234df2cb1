import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, client, document } from '../../api/client';
import { session } from '../../api/queries';
import { Trouble } from '../../ui/Trouble';
import { Card } from './Card';
import css from './access.module.css';

/** Asks for the password where there is one; else says how to come in. */
export function SignIn({ password, error }: { password: boolean; error: Problem | undefined }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [given, setGiven] = useState('');
  const enter = useMutation({
    mutationFn: () => document(client.POST('/api/v1/session', { body: { password: given } })),
    onSuccess: (opened) => cache.setQueryData(session.queryKey, opened),
    onError: () => setGiven(''),
  });
  const problem = enter.error ?? (enter.isIdle ? error : undefined);
  return (
    <Card>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <h1>{t('access.title')}</h1>
        {problem && <Trouble error={problem} />}
        <p>{t(password ? 'access.byPassword' : 'access.byLink')}</p>
        {password && (
          <>
            <PasswordInput
              label={t('access.password')}
              description={t('access.firstPassword')}
              autoComplete="current-password"
              value={given}
              onChange={(event) => setGiven(event.currentTarget.value)}
              data-autofocus
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-hidden': true }}
            />
            <Button type="submit" loading={enter.isPending}>
              {t('access.enter')}
            </Button>
          </>
        )}
      </form>
    </Card>
  );
}
