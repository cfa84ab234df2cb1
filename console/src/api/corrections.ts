import { queryOptions } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import { document } from './client';
import { PICTURE } from './queries';

/** What a person said of a device, or took back. */
export interface Correction {
  attribute: string;
  /** Left out where an earlier one was taken back. */
  value?: string;
  reason: string;
  who: string;
  when: string;
}

type Id = { path: { id: string } };
interface Answer<T> {
  responses: { 200: { content: { 'application/json': T } } };
}
/** Addresses that a server may have: an older one knows no corrections. */
interface Paths {
  '/api/v1/assets/{id}/corrections': {
    parameters: Id;
    get: Answer<Correction[]> & { parameters: Id };
    put: Answer<Correction> & {
      parameters: Id;
      requestBody: { content: { 'application/json': { attribute: string; value: string; reason: string } } };
    };
    delete: Answer<Correction> & { parameters: Id & { query: { attribute: string; reason: string } } };
  };
}

const client = createClient<Paths>({ baseUrl: '/', fetch: (request) => fetch(request) });
const at = '/api/v1/assets/{id}/corrections';

export const corrections = (id: string) =>
  queryOptions({
    queryKey: [PICTURE, 'corrections', id],
    queryFn: () => document(client.GET(at, { params: { path: { id } } })),
    retry: false,
  });

export const correct = (id: string, body: { attribute: string; value: string; reason: string }) =>
  document(client.PUT(at, { params: { path: { id } }, body }));

export const takeBack = (id: string, attribute: string, reason: string) =>
  document(client.DELETE(at, { params: { path: { id }, query: { attribute, reason } } }));
