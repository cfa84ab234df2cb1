import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Watched, launch, settled, watch } from './browser';
import { type Served, serve } from './server';

/** A browser that is signed in to a console of its own. */
export interface Signed {
  served: Served;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  seen: Watched;
  /** Opens a page and waits until it is drawn. */
  go: (path: string) => Promise<void>;
  /** The interface's answer. */
  get: <T>(path: string) => Promise<T>;
  /** A parameter of the address. */
  search: (name: string) => string | null;
  stop: () => Promise<void>;
}

export async function signed(args: readonly string[], first?: Buffer): Promise<Signed> {
  const served = await serve(args, first);
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  const seen = watch(page, served.base);
  await page.goto(served.base + served.entry);
  return {
    served,
    browser,
    context,
    page,
    seen,
    go: async (path) => {
      await page.goto(served.base + path);
      await settled(page);
    },
    get: async <T>(path: string) => (await (await page.request.get(`${served.base}/api/v1${path}`)).json()) as T,
    search: (name) => new URL(page.url()).searchParams.get(name),
    stop: async () => {
      await browser.close();
      await served.stop();
    },
  };
}
