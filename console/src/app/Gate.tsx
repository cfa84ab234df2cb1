import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, client, document } from '../api/client';
import { listen } from '../api/live';
import { session } from '../api/queries';
import { ChangePassword } from '../pages/access/ChangePassword';
import { SignIn } from '../pages/access/SignIn';
import { Card } from '../pages/access/Card';
import { Trouble } from '../ui/Trouble';
import { router } from './router';
import { tokenOf, withoutToken } from './token';

/** A token is used once, however often React mounts. */
let entering: Promise<unknown> | undefined;

function useToken(): { busy: boolean; error: Problem | undefined } {
  const cache = useQueryClient();
  const [busy, setBusy] = useState(() => tokenOf(location.hash) !== undefined);
  const [error, setError] = useState<Problem>();
  useEffect(() => {
    const token = tokenOf(location.hash);
    if (token !== undefined) {
      history.replaceState(null, '', withoutToken(location.href));
      entering = document(client.POST('/api/v1/session', { body: { token } }));
    }
    entering
      ?.then(
        (opened) => cache.setQueryData(session.queryKey, opened as never),
        (problem: unknown) => {
          const isWrong = problem instanceof Problem && problem.code === 'wrong_password';
          setError(isWrong ? new Problem('used_token', problem.message) : (problem as Problem));
        },
      )
      .finally(() => setBusy(false));
  }, [cache]);
  return { busy, error };
}

function Console() {
  useEffect(listen, []);
  return <RouterProvider router={router} />;
}

/** Lets in whoever has a session. */
export function Gate() {
  const { t } = useTranslation();
  const { busy, error } = useToken();
  const state = useQuery({ ...session, enabled: !busy });
  if (busy || state.isPending) return <Card>{t(busy ? 'access.opening' : 'app.loading')}</Card>;
  if (state.data === undefined) {
    return (
      <Card>
        <Trouble error={state.error} retry={() => void state.refetch()} />
      </Card>
    );
  }
  if (!state.data.open) return <SignIn password={state.data.password} error={error} />;
  if (state.data.must_change) return <ChangePassword />;
  return <Console />;
}
