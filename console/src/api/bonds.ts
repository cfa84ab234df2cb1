import { queryOptions } from '@tanstack/react-query';
import { type Bond, type SayBond, client, document } from './client';
import { PICTURE } from './queries';

const at = '/api/v1/assets/{id}/bonds';

export const bonds = (id: string) =>
  queryOptions({
    queryKey: [PICTURE, 'bonds', id],
    queryFn: (): Promise<Bond[]> => document(client.GET(at, { params: { path: { id } } })),
  });

export const sayBond = (id: string, body: SayBond) => document(client.PUT(at, { params: { path: { id } }, body }));

export const takeBondBack = (id: string, { kind, one, others }: Bond) => {
  const [other] = kind === 'same' ? others : [];
  const query = { kind, one, ...(other !== undefined && { other }) };
  return document(client.DELETE(at, { params: { path: { id }, query } }));
};
