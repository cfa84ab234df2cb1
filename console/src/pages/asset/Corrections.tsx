import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asset, Correction } from '../../api/client';
import { correct, corrections, takeBack } from '../../api/corrections';
import { PICTURE } from '../../api/queries';
import { en } from '../../i18n/en';
import { useWords } from '../../i18n/words';
import { shown } from '../../lib/text';
import { Panel } from '../../ui/Panel';
import { Trouble } from '../../ui/Trouble';
import css from './asset.module.css';
import { holding } from './holding';
import { Said } from './Said';

/** As the server has it. */
const ATTRIBUTES = [
  'vendor', 'product', 'model', 'order_number', 'serial', 'firmware', 'hardware', 'name', 'os', 'role', 'location', 'contact',
] as const;
const ROLES = Object.keys(en.role).filter((role) => role !== 'unknown');
const VALUE_CHARS_MAX = 200;

function Form({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const words = useWords();
  const cache = useQueryClient();
  const [attribute, setAttribute] = useState<string>('firmware');
  const [value, setValue] = useState('');
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => correct(data.id, { attribute, value: value.trim(), reason: reason.trim() }),
    onSuccess: () => {
      setValue('');
      setReason('');
      return cache.invalidateQueries({ queryKey: [PICTURE] });
    },
  });
  const ready = value.trim() !== '' && reason.trim() !== '';
  const now = data.choices.find((choice) => choice.attribute === attribute)?.value;
  return (
    <form
      className={css.correct}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <NativeSelect
        label={t('asset.attribute')}
        value={attribute}
        data={ATTRIBUTES.map((key) => ({ value: key, label: words.attribute(key) }))}
        onChange={(event) => {
          setAttribute(event.currentTarget.value);
          setValue('');
        }}
      />
      {attribute === 'role' ? (
        <NativeSelect
          label={t('correction.value')}
          value={value}
          data={[{ value: '', label: '' }, ...ROLES.map((role) => ({ value: role, label: words.role(role) }))]}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          label={t('correction.value')}
          placeholder={now === undefined ? undefined : shown(now)}
          maxLength={VALUE_CHARS_MAX}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <TextInput label={t('triage.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Button type="submit" disabled={!ready} loading={save.isPending}>
        {t('correction.save')}
      </Button>
      {save.error && <Trouble error={save.error} />}
    </form>
  );
}

function Row({ id, row, holds }: { id: string; row: Correction; holds: boolean }) {
  const { t } = useTranslation();
  const words = useWords();
  const value = row.attribute === 'role' ? words.role(row.value) : shown(row.value ?? '');
  const attribute = words.attribute(row.attribute);
  const back = t('correction.takeBack', { attribute });
  return (
    <Said row={row} holds={holds} back={back} takeBack={() => takeBack(id, row.attribute, '')}>
      {row.value == null ? (
        t('correction.tookBack', { attribute })
      ) : (
        <>
          <b>{attribute}</b> <bdi>{value}</bdi>
        </>
      )}
    </Said>
  );
}

/** What people know better than the wire. */
export function Corrections({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const { data: rows, error, refetch } = useQuery(corrections(data.id));
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!rows) return null;
  const held = holding(rows);
  return (
    <Panel title={t('correction.title')} hint={t('correction.hint')} className={css.below}>
      {rows.length > 0 && (
        <ol className={css.corrections}>
          {rows.map((row, at) => (
            <Row key={`${row.when} ${row.attribute}`} id={data.id} row={row} holds={held.has(at)} />
          ))}
        </ol>
      )}
      <Form data={data} />
    </Panel>
  );
}
