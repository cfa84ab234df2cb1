import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** The console of a real binary. */
export interface Served {
  /** Its address, without the token. */
  base: string;
  /** The path that signs in, once. */
  entry: string;
  /** Its standard input, where it was asked for. */
  input: Writable | null;
  /** Everything it printed. */
  output: () => string;
  stop: () => Promise<void>;
}

/** The first start analyses the plant, in a debug build on a busy machine. */
const START_MS_MAX = 180_000;

export const binary = (): string => {
  const path = process.env.FERRITE_BIN;
  if (!path) throw new Error('FERRITE_BIN names the binary to test');
  return path;
};

/**
 * Starts `ferrite ARGS…` and waits for the address with its one-time token; `first` goes to its
 * standard input, which then stays open.
 */
export async function serve(args: readonly string[], first?: Buffer): Promise<Served> {
  const child: ChildProcess = spawn(binary(), [...args, '--listen', '127.0.0.1:0'], {
    stdio: [first ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (first) child.stdin?.write(first);
  let text = '';
  const address = await new Promise<URL>((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`no address was printed:\n${text}`)), START_MS_MAX);
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const printed = /https?:\/\/\S+/.exec(text)?.[0];
      if (printed === undefined) return;
      clearTimeout(timer);
      found(new URL(printed));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('exit', (code) => failed(new Error(`${args.join(' ')} ended with ${code}:\n${text}`)));
  });
  const stop = () =>
    new Promise<void>((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done();
      child.on('exit', () => done());
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    });
  return { base: address.origin, entry: address.pathname + address.hash, input: child.stdin, output: () => text, stop };
}
