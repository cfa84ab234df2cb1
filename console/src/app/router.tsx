import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Loading } from '../ui/Loading';
import { NotFound } from './NotFound';
import { Shell } from './Shell';

type Raw = Record<string, unknown>;

/** Texts of an address; numbers are what the router makes of digits. */
function texts<K extends string>(raw: Raw, names: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = raw[name];
    if (typeof value === 'string' && value !== '') found[name] = value;
    if (typeof value === 'number' || value === true) found[name] = String(value);
  }
  return found;
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (raw: Raw) => texts(raw, ['changes']),
  component: lazyRouteComponent(() => import('../pages/overview/OverviewPage'), 'OverviewPage'),
});

const assets = createRoute({
  getParentRoute: () => root,
  path: '/assets',
  validateSearch: (raw: Raw) => texts(raw, ['filter', 'sort']),
  component: lazyRouteComponent(() => import('../pages/assets/AssetsPage'), 'AssetsPage'),
});

const asset = createRoute({
  getParentRoute: () => root,
  path: '/assets/$id',
  validateSearch: (raw: Raw) => texts(raw, ['tab', 'open']),
  component: lazyRouteComponent(() => import('../pages/asset/AssetPage'), 'AssetPage'),
});

const map = createRoute({
  getParentRoute: () => root,
  path: '/map',
  validateSearch: (raw: Raw) => texts(raw, ['zone', 'asset', 'view', 'sel']),
  component: lazyRouteComponent(() => import('../pages/map/MapPage'), 'MapPage'),
});

const vulnerabilities = createRoute({
  getParentRoute: () => root,
  path: '/vulnerabilities',
  validateSearch: (raw: Raw) => texts(raw, ['decision', 'filter', 'search', 'state', 'sort', 'sel']),
  component: lazyRouteComponent(
    () => import('../pages/vulnerabilities/VulnerabilitiesPage'),
    'VulnerabilitiesPage',
  ),
});

const suppliers = createRoute({
  getParentRoute: () => root,
  path: '/suppliers',
  validateSearch: (raw: Raw) => texts(raw, ['filter', 'sort']),
  component: lazyRouteComponent(() => import('../pages/suppliers/SuppliersPage'), 'SuppliersPage'),
});

const supplier = createRoute({
  getParentRoute: () => root,
  path: '/suppliers/$key',
  component: lazyRouteComponent(() => import('../pages/suppliers/SupplierPage'), 'SupplierPage'),
});

const data = createRoute({
  getParentRoute: () => root,
  path: '/data',
  component: lazyRouteComponent(() => import('../pages/data/DataPage'), 'DataPage'),
});

const protocols = createRoute({
  getParentRoute: () => root,
  path: '/protocols',
  validateSearch: (raw: Raw) => texts(raw, ['filter', 'seen', 'industrial', 'sort']),
  component: lazyRouteComponent(() => import('../pages/protocols/ProtocolsPage'), 'ProtocolsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, assets, asset, map, vulnerabilities, suppliers, supplier, data, protocols]),
  defaultPreload: false,
  defaultPendingComponent: Loading,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
