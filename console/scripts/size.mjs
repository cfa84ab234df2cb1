// The first page must come quickly over a slow line: what it loads has a limit.
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT = 300 * 1024;
const html = readFileSync('dist/index.html', 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/(static\/[^"]+)"/g)].map((found) => found[1]);
const size = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
const total = named.reduce((sum, file) => sum + size(file), 0);
const files = readdirSync('dist/static').length;
console.log(`first page: ${(total / 1024).toFixed(0)} kB of ${LIMIT / 1024} kB, ${files} files in all`);
if (total > LIMIT) process.exit(1);
