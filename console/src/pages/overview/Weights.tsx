import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Weights as All, keepWeights, weights } from '../../api/weights';
import { PICTURE } from '../../api/queries';
import { Loading } from '../../ui/Loading';
import { Trouble } from '../../ui/Trouble';
import css from './risk.module.css';
import { GROUPS, type Name, pathOf, read, taken } from './weights';

const STEP = 0.05;

function Field({ name, value, put }: { name: Name; value: string; put: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="number"
      min={0}
      max={1}
      step={STEP}
      size="xs"
      label={t(`weights.${name}`)}
      className={css.weight}
      value={value}
      error={taken(value) === undefined}
      onChange={(event) => put(event.currentTarget.value)}
    />
  );
}

function Form({ data }: { data: All }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [typed, setTyped] = useState<Partial<Record<Name, string>>>({});
  const save = useMutation({
    mutationFn: keepWeights,
    onSuccess: () => {
      setTyped({});
      return cache.invalidateQueries({ queryKey: [PICTURE] });
    },
  });
  const textOf = (name: Name) => typed[name] ?? String(read(data, name));
  const isRight = Object.values(typed).every((text) => taken(text) !== undefined);
  const changed = () => {
    const next = structuredClone(data);
    for (const [name, text] of Object.entries(typed)) {
      const [own, inner] = pathOf(name as Name);
      const value = taken(text) ?? 0;
      if (inner) next.impact[inner] = value;
      else next[own] = value;
    }
    return next;
  };
  // What is left out has its default; what people set for zones and devices is no weight.
  const defaults = () => {
    const { untrusted, trusted, it_level, set_impact } = data;
    return { untrusted, trusted, it_level, set_impact };
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight) save.mutate(changed());
      }}
    >
      <p className="muted">{t('weights.hint')}</p>
      <div className={css.weights}>
        {GROUPS.map(({ group, names }) => (
          <fieldset key={group}>
            <legend>{t(`weights.${group}`)}</legend>
            {names.map((name) => (
              <Field
                key={name}
                name={name}
                value={textOf(name)}
                put={(text) => setTyped({ ...typed, [name]: text })}
              />
            ))}
          </fieldset>
        ))}
      </div>
      <p className="muted">{t('weights.kept')}</p>
      {save.error && <Trouble error={save.error} />}
      <div className={css.weightsEnd}>
        <Button type="submit" disabled={!isRight || Object.keys(typed).length === 0} loading={save.isPending}>
          {t('weights.save')}
        </Button>
        <Button variant="default" onClick={() => save.mutate(defaults())} disabled={save.isPending}>
          {t('weights.defaults')}
        </Button>
        <span role="status">{save.isSuccess && Object.keys(typed).length === 0 && t('weights.saved')}</span>
      </div>
    </form>
  );
}

function Body() {
  const { data, error, refetch } = useQuery(weights);
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  return data ? <Form data={data} /> : <Loading />;
}

/** The weights of the site's number, to read and to change. */
export function Weights() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpened(true)}>
        {t('weights.button')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size="xl"
        title={t('weights.title')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Body />
      </Modal>
    </>
  );
}
