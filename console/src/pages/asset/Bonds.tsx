import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bonds, sayBond, takeBondBack } from '../../api/bonds';
import type { Asset, Bond } from '../../api/client';
import { PICTURE } from '../../api/queries';
import { Panel } from '../../ui/Panel';
import { Trouble } from '../../ui/Trouble';
import css from './asset.module.css';
import { apartable, bondsHolding } from './holding';
import { Said } from './Said';

function Form({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [kind, setKind] = useState<Bond['kind']>('same');
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => sayBond(data.id, { kind, address: address.trim(), reason: reason.trim() }),
    onSuccess: () => {
      setAddress('');
      setReason('');
      return cache.invalidateQueries({ queryKey: [PICTURE] });
    },
  });
  const ready = address.trim() !== '' && reason.trim() !== '';
  const leaving = apartable(data);
  return (
    <form
      className={`${css.correct} ${css.bond}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <NativeSelect
        label={t('bond.kind')}
        value={kind}
        data={[
          { value: 'same', label: t('bond.kindSame') },
          { value: 'own', label: t('bond.kindOwn'), disabled: leaving.length === 0 },
        ]}
        onChange={(event) => {
          setKind(event.currentTarget.value === 'own' ? 'own' : 'same');
          setAddress('');
        }}
      />
      {kind === 'own' ? (
        <NativeSelect
          label={t('bond.address')}
          value={address}
          data={[{ value: '', label: '' }, ...leaving]}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          label={t('bond.other')}
          placeholder={t('bond.otherHint')}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      )}
      <TextInput label={t('triage.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Button type="submit" disabled={!ready} loading={save.isPending}>
        {t('bond.save')}
      </Button>
      {save.error && <Trouble error={save.error} />}
    </form>
  );
}

/** An address; a link where it is of another device. */
function Address({ data, address }: { data: Asset; address: string }) {
  const here = data.ips?.includes(address) || data.macs?.includes(address);
  if (here) return <span className="mono">{address}</span>;
  return (
    <Link to="/assets/$id" params={{ id: address }} className="mono">
      {address}
    </Link>
  );
}

function Row({ data, row, holds }: { data: Asset; row: Bond; holds: boolean }) {
  const { t } = useTranslation();
  const others = row.kind === 'same' ? row.others : [];
  return (
    <Said row={row} holds={holds} back={t('bond.takeBack')} takeBack={() => takeBondBack(data.id, row)}>
      {[row.one, ...others].map((address) => (
        <Address key={address} data={data} address={address} />
      ))}
      <b>{t(row.kind === 'same' ? 'bond.same' : 'bond.own')}</b>
      {!row.said && <span>{t('bond.tookBack')}</span>}
    </Said>
  );
}

/** Which addresses are this device, as people say. */
export function Bonds({ data }: { data: Asset }) {
  const { t } = useTranslation();
  const { data: rows, error, refetch } = useQuery(bonds(data.id));
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!rows) return null;
  const held = bondsHolding(rows);
  return (
    <Panel title={t('bond.title')} hint={t('bond.hint')} className={css.below}>
      {rows.length > 0 && (
        <ol className={css.corrections}>
          {rows.map((row, at) => (
            <Row key={`${row.when} ${row.kind} ${row.one}`} data={data} row={row} holds={held.has(at)} />
          ))}
        </ol>
      )}
      <Form data={data} />
    </Panel>
  );
}
