import { QueryClient, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { Problem, client, document } from './client';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // News come over the event stream; without it nothing gets old by itself.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retry: (tries, error) =>
        error instanceof Problem &&
        // Facts about vulnerabilities are read while the first pages are looked at.
        ((error.code === 'network' && tries < 3) || (error.code === 'not_ready' && tries < 60)),
      retryDelay: 1000,
    },
  },
});

/** Everything under this key is of one picture of the model and is asked for anew with the next. */
export const PICTURE = 'picture';

export const session = queryOptions({
  queryKey: ['session'],
  queryFn: () => document(client.GET('/api/v1/session')),
});

export const overview = queryOptions({
  queryKey: [PICTURE, 'overview'],
  queryFn: () => document(client.GET('/api/v1/overview')),
});

export const protocols = queryOptions({
  queryKey: [PICTURE, 'protocols'],
  queryFn: () => document(client.GET('/api/v1/protocols')),
});

export interface AssetsAsked {
  filter: string;
  sort: string;
  offset: number;
  limit: number;
}

export const assets = (asked: AssetsAsked) =>
  queryOptions({
    queryKey: [PICTURE, 'assets', asked],
    queryFn: () => document(client.GET('/api/v1/assets', { params: { query: asked } })),
    placeholderData: keepPreviousData,
  });

export const asset = (id: string) =>
  queryOptions({
    queryKey: [PICTURE, 'asset', id],
    queryFn: () => document(client.GET('/api/v1/assets/{id}', { params: { path: { id } } })),
  });

/** Conversations on one page of a device. */
export const CONVERSATIONS = 100;

export const conversations = (id: string, offset: number) =>
  queryOptions({
    queryKey: [PICTURE, 'conversations', id, offset],
    queryFn: () =>
      document(
        client.GET('/api/v1/assets/{id}/conversations', {
          params: { path: { id }, query: { offset, limit: CONVERSATIONS } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

export interface VulnerabilitiesAsked {
  filter: string;
  search: string;
  decision: string;
  state: string;
  sort: string;
  offset: number;
  limit: number;
}

export const vulnerabilities = (asked: VulnerabilitiesAsked) =>
  queryOptions({
    queryKey: [PICTURE, 'vulnerabilities', asked],
    queryFn: () => document(client.GET('/api/v1/vulnerabilities', { params: { query: asked } })),
    placeholderData: keepPreviousData,
  });

export const assetVulnerabilities = (id: string) =>
  queryOptions({
    queryKey: [PICTURE, 'asset vulnerabilities', id],
    queryFn: () => document(client.GET('/api/v1/assets/{id}/vulnerabilities', { params: { path: { id } } })),
  });

export const decisions = (id: string, cve: string) =>
  queryOptions({
    queryKey: [PICTURE, 'decisions', id, cve],
    queryFn: () =>
      document(
        client.GET('/api/v1/assets/{id}/vulnerabilities/{cve}/history', { params: { path: { id, cve } } }),
      ),
  });

export const risk = queryOptions({
  queryKey: [PICTURE, 'risk'],
  queryFn: () => document(client.GET('/api/v1/risk')),
});

export const findings = (limit: number) =>
  queryOptions({
    queryKey: [PICTURE, 'findings', limit],
    queryFn: () => document(client.GET('/api/v1/findings', { params: { query: { limit } } })),
  });

export const intel = queryOptions({
  queryKey: ['intel'],
  queryFn: () => document(client.GET('/api/v1/intel')),
  // Facts change with a restart; their age changes with the day.
  staleTime: 3_600_000,
});

export const suppliers = queryOptions({
  queryKey: [PICTURE, 'suppliers'],
  queryFn: () => document(client.GET('/api/v1/suppliers')),
});

export const supplier = (key: string) =>
  queryOptions({
    queryKey: [PICTURE, 'supplier', key],
    queryFn: () => document(client.GET('/api/v1/suppliers/{key}', { params: { path: { key } } })),
  });

export const passport = (id: string) =>
  queryOptions({
    queryKey: [PICTURE, 'passport', id],
    queryFn: () => document(client.GET('/api/v1/assets/{id}/passport', { params: { path: { id } } })),
  });

export const warnings = queryOptions({
  queryKey: [PICTURE, 'warnings'],
  queryFn: () => document(client.GET('/api/v1/warnings')),
});

export interface MapAsked {
  zone?: string | undefined;
  asset?: string | undefined;
}

export const map = ({ zone, asset }: MapAsked) =>
  queryOptions({
    queryKey: [PICTURE, 'map', zone ?? '', asset ?? ''],
    queryFn: () => {
      const query = { ...(zone !== undefined && { zone }), ...(asset !== undefined && { asset }) };
      return document(client.GET('/api/v1/map', { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });
