import { type ChildProcess, spawn } from 'node:child_process';

/** The console of a real binary. */
export interface Served {
  /** Its address, without the token. */
  base: string;
  /** The path that signs in, once. */
  entry: string;
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

/** Starts `ferrite ARGS…` and waits for the address with its one-time token. */
export async function serve(args: readonly string[]): Promise<Served> {
  const child: ChildProcess = spawn(binary(), [...args, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
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
      child.on('exit', () => done());
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    });
  return { base: address.origin, entry: address.pathname + address.hash, output: () => text, stop };
}
