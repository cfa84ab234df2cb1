import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { launch, settled } from './browser';
import { serve } from './server';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'shots' },
    /** Every page in both languages, colours and widths, not only the pictures of the README. */
    all: { type: 'boolean', default: false },
    /** A capture instead of the virtual plant. */
    open: { type: 'string' },
  },
});

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } };
type Size = keyof typeof SIZES;
interface Look {
  size: Size;
  colours: 'light' | 'dark';
  language: 'en' | 'zh-CN';
}

interface Weak {
  asset: string;
  vulnerability: { cve: string; advisory: string };
}

/** Pages that the README may show. */
const SHOWN = new Set(['overview', 'assets', 'asset', 'map', 'vulnerabilities']);
const README: Look[] = [
  { size: 'wide', colours: 'light', language: 'en' },
  { size: 'wide', colours: 'dark', language: 'en' },
];
const ALL: Look[] = (['wide', 'narrow'] as const).flatMap((size) =>
  (['light', 'dark'] as const).flatMap((colours) =>
    (['en', 'zh-CN'] as const).map((language) => ({ size, colours, language })),
  ),
);

const served = await serve(values.open ? ['open', values.open] : ['demo']);
const browser = await launch();
try {
  mkdirSync(values.out, { recursive: true });
  const context = await browser.newContext({ deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.goto(served.base + served.entry);
  await settled(page);
  const answer = await page.request.get(`${served.base}/api/v1/assets?filter=role:plc&limit=1`);
  const { rows } = (await answer.json()) as { rows: { id: string }[] };
  const id = rows[0]?.id;
  const known = await page.request.get(`${served.base}/api/v1/vulnerabilities?limit=1`);
  const [weak] = ((await known.json()) as { rows: Weak[] }).rows;
  const sel = weak && encodeURIComponent(`${weak.vulnerability.cve} ${weak.vulnerability.advisory} ${weak.asset}`);
  const pages: Record<string, string> = {
    overview: '/',
    assets: '/assets',
    ...(id && {
      asset: `/assets/${encodeURIComponent(id)}?open=firmware`,
      reasons: `/assets/${encodeURIComponent(id)}?tab=reasoning`,
      weak: `/assets/${encodeURIComponent(id)}?tab=vulnerabilities`,
      passport: `/assets/${encodeURIComponent(id)}?tab=passport`,
      traffic: `/assets/${encodeURIComponent(id)}?tab=traffic`,
      peers: `/map?asset=${encodeURIComponent(id)}&sel=${encodeURIComponent(id)}`,
    }),
    map: '/map',
    table: '/map?view=table',
    protocols: '/protocols',
    vulnerabilities: `/vulnerabilities${sel ? `?sel=${sel}` : ''}`,
    'all-vulnerabilities': '/vulnerabilities',
    suppliers: '/suppliers',
    data: '/data',
  };
  for (const look of values.all ? ALL : README) {
    await page.setViewportSize(SIZES[look.size]);
    await page.emulateMedia({ colorScheme: look.colours });
    await page.evaluate((language) => localStorage.setItem('ferrite-language', language), look.language);
    for (const [name, path] of Object.entries(pages)) {
      if (!values.all && !SHOWN.has(name)) continue;
      await page.goto(served.base + path);
      await settled(page);
      const parts = [name, look.colours, look.language.slice(0, 2), ...(values.all ? [look.size] : [])];
      await page.screenshot({ path: `${values.out}/${parts.join('-')}.png` });
    }
  }
} finally {
  await browser.close();
  await served.stop();
}
