import { queryOptions } from '@tanstack/react-query';
import { type Correct, type Correction, client, document } from './client';
import { PICTURE } from './queries';

const at = '/api/v1/assets/{id}/corrections';

export const corrections = (id: string) =>
  queryOptions({
    queryKey: [PICTURE, 'corrections', id],
    queryFn: (): Promise<Correction[]> => document(client.GET(at, { params: { path: { id } } })),
  });

export const correct = (id: string, body: Correct) => document(client.PUT(at, { params: { path: { id } }, body }));

export const takeBack = (id: string, attribute: string, reason: string) =>
  document(client.DELETE(at, { params: { path: { id }, query: { attribute, reason } } }));
