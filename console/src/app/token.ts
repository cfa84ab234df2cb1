/** The one-time token of an address: `#token=…`. */
export function tokenOf(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || undefined;
}

/** The address without the token: it must not stay in the history. */
export function withoutToken(href: string): string {
  const url = new URL(href);
  url.hash = '';
  return url.pathname + url.search;
}
