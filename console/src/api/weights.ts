import { queryOptions } from '@tanstack/react-query';
import { client, document } from './client';
import { PICTURE } from './queries';

type Number_ =
  | 'exploited' | 'poc' | 'floor' | 'epss_poc' | 'automatable'
  | 'open' | 'controlled' | 'small'
  | 'confirmed' | 'likely' | 'possible'
  | 'total' | 'partial' | 'accepted' | 'mitigated' | 'tail_asset' | 'tail_site';

/** Weights of the risk, and what people set of zones and devices. */
export type Weights = Record<Number_, number> & {
  impact: Record<'low' | 'medium' | 'high' | 'very_high', number>;
  untrusted: string[];
  trusted: string[];
  it_level: number;
  set_impact: Record<string, string>;
};

export const weights = queryOptions({
  queryKey: [PICTURE, 'weights'],
  queryFn: async () => (await document(client.GET('/api/v1/risk/weights'))) as Weights,
});

/** Those that are left out have their defaults. */
export const keepWeights = async (given: Partial<Weights>): Promise<Weights> =>
  (await document(client.PUT('/api/v1/risk/weights', { body: given }))) as Weights;
