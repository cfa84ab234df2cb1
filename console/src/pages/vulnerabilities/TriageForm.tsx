import { Button, Checkbox, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Decide, type Triage, client, document } from '../../api/client';
import { PICTURE, vulnerabilities } from '../../api/queries';
import { STATES, type State, asState } from '../../i18n/riskWords';
import { Trouble } from '../../ui/Trouble';
import css from './vulnerabilities.module.css';

/** As the server has it. */
const REASON_CHARS_MAX = 2000;
/** Rows of one answer. */
const ROWS_MAX = 1000;

interface TriageFormProps {
  asset: string;
  cve: string;
  /** As it holds today. */
  state: string;
  triage: Triage | undefined;
}

const today = () => new Date().toISOString().slice(0, 10);
const needsReason = (state: State) => state !== 'open' && state !== 'fixed';

/** Whether the server would take it. */
export function isWhole({ state, reason, until }: { state: State; reason: string; until: string }): boolean {
  if (needsReason(state) && reason.trim() === '') return false;
  return state !== 'accepted' || until >= today();
}

/** How many other devices have the CVE. */
function useOthers(asset: string, cve: string): number {
  const asked = { filter: '', search: cve, decision: '', state: '', sort: '', offset: 0, limit: ROWS_MAX };
  const { data } = useQuery(vulnerabilities(asked));
  const same = data?.rows.filter((row) => row.vulnerability.cve === cve && row.asset !== asset);
  return new Set(same?.map((row) => row.asset)).size;
}

/** What somebody decides about a CVE on a device. */
export function TriageForm({ asset, cve, state: now, triage }: TriageFormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [state, setState] = useState<State>(asState(now) ?? 'open');
  const [reason, setReason] = useState(triage?.reason ?? '');
  const [until, setUntil] = useState(triage?.until ?? '');
  const others = useOthers(asset, cve);
  const [also, setAlso] = useState(false);
  const save = useMutation({
    mutationFn: async (body: Decide) => {
      if (also) {
        await document(client.PUT('/api/v1/vulnerabilities/{cve}', { params: { path: { cve } }, body }));
        return;
      }
      const path = { id: asset, cve };
      await document(client.PUT('/api/v1/assets/{id}/vulnerabilities/{cve}', { params: { path }, body }));
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: [PICTURE] }),
  });
  const ready = isWhole({ state, reason, until });
  const change = (act: () => void) => {
    act();
    if (!save.isIdle) save.reset();
  };
  const choose = (next: State) => {
    setState(next);
    // The reason of the last decision is none for another one.
    if (reason === (triage?.reason ?? '')) setReason('');
    if (reason === '' && next === asState(triage?.state)) setReason(triage?.reason ?? '');
  };
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate({ state, reason, ...(state === 'accepted' && { until }) });
      }}
    >
      <NativeSelect
        label={t('triage.state')}
        description={t(`triage.${state}_text`)}
        inputWrapperOrder={['label', 'input', 'description']}
        value={state}
        data={STATES.map((value) => ({ value, label: t(`triage.${value}`) }))}
        onChange={(event) => change(() => choose(asState(event.currentTarget.value) ?? 'open'))}
      />
      {state === 'accepted' && (
        <TextInput
          type="date"
          label={t('triage.until')}
          description={t('triage.untilHint')}
          inputWrapperOrder={['label', 'input', 'description']}
          min={today()}
          required
          withAsterisk={false}
          value={until}
          onChange={(event) => change(() => setUntil(event.currentTarget.value))}
        />
      )}
      <Textarea
        label={t(state === 'mitigated' ? 'triage.control' : 'triage.reason')}
        description={t(needsReason(state) ? 'triage.reasonHint' : 'triage.optional')}
        inputWrapperOrder={['label', 'input', 'description']}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={REASON_CHARS_MAX}
        required={needsReason(state)}
        withAsterisk={false}
        value={reason}
        onChange={(event) => change(() => setReason(event.currentTarget.value))}
      />
      {others > 0 && (
        <Checkbox
          label={t('triage.also', { count: others })}
          checked={also}
          onChange={(event) => change(() => setAlso(event.currentTarget.checked))}
        />
      )}
      {save.error && <Trouble error={save.error} />}
      <div className={css.formEnd}>
        <Button type="submit" size="sm" disabled={!ready} loading={save.isPending}>
          {t('triage.save')}
        </Button>
        <span aria-live="polite" className={css.saved}>
          {save.isSuccess && t('triage.saved')}
        </span>
      </div>
    </form>
  );
}
