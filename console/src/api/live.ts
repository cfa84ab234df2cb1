import { useSyncExternalStore } from 'react';
import { PICTURE, queryClient, session } from './queries';

/** What the event stream says of the newest picture. */
export interface News {
  revision: number;
  live: boolean;
  packets: number;
  assets: number;
  conversations: number;
}

export interface LiveState {
  /** `ended`: nothing more will come; `lost`: the server does not answer. */
  state: 'connecting' | 'live' | 'ended' | 'lost';
  news: News | undefined;
}

/** Pages are asked for anew at most this often. */
const PAUSE_MS = 1000;

let current: LiveState = { state: 'connecting', news: undefined };
const watchers = new Set<() => void>();

function set(next: LiveState) {
  current = next;
  for (const watcher of watchers) watcher();
}

const isNews = (value: unknown): value is News =>
  typeof value === 'object' && value !== null && 'revision' in value && 'live' in value;

export function parseNews(data: string): News | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return isNews(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Listens to the server until the returned function is called. */
export function listen(): () => void {
  let shown = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    void queryClient.invalidateQueries({ queryKey: [PICTURE] });
  };
  const source = new EventSource('/api/v1/events');
  source.addEventListener('picture', (event: MessageEvent<string>) => {
    const news = parseNews(event.data);
    if (news === undefined) return;
    set({ state: news.live ? 'live' : 'ended', news });
    // The first event says where the server is: what was asked for just now is of that picture.
    if (shown !== 0 && news.revision !== shown) timer ??= setTimeout(refresh, PAUSE_MS);
    shown = news.revision;
  });
  source.addEventListener('error', () => {
    set({ ...current, state: 'lost' });
    // The server may have ended the session, or may be gone.
    void queryClient.invalidateQueries({ queryKey: session.queryKey });
  });
  return () => {
    source.close();
    clearTimeout(timer);
    set({ state: 'connecting', news: undefined });
  };
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const useLive = (): LiveState => useSyncExternalStore(subscribe, () => current);
