import type { Asset } from '../api/client';

/** What people call a device, as the server does: its name; without one, what it is and its address. */
export function nameOfAsset(asset: Pick<Asset, 'id' | 'name' | 'model' | 'product' | 'order_number' | 'ips'>): string {
  if (asset.name) return asset.name;
  const address = asset.ips?.[0] ?? asset.id;
  const what = asset.model ?? asset.product ?? asset.order_number;
  return what ? `${what} (${address})` : address;
}
