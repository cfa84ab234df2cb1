// Runs a TypeScript program: `node scripts/run.mjs e2e/shots.ts …`.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [, , file] = process.argv;
process.argv.splice(1, 1);
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' });
