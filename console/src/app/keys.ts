import { useEffect, useRef } from 'react';

const KEPT = 'ferrite-single-keys';

/** Single keys can be turned off: they get in the way of speech input. WCAG 2.1.4. */
export const singleKeys = {
  on: () => localStorage.getItem(KEPT) !== 'off',
  set: (on: boolean) => localStorage.setItem(KEPT, on ? 'on' : 'off'),
};

/** Text is being typed: single keys belong to it. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** What has the focus does something of its own on Enter. */
const takesEnter = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, summary, [role=menuitem]') !== null;

/** The time within which the second key of two must come. */
const PAIR_MS = 1200;

export type Commands = Record<string, () => void>;

/** Finds the command of a key press: `/`, `?`, `g a`, `mod+k`. */
export function matcher(): (event: KeyboardEvent, commands: Commands) => (() => void) | undefined {
  let before: { key: string; at: number } | undefined;
  return (event, commands) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      return commands[`mod+${event.key.toLowerCase()}`];
    }
    const hasRest = event.altKey || event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && takesEnter(event.target)) return undefined;
    if (hasRest || isTyping(event.target) || !singleKeys.on()) return undefined;
    const pair = before && event.timeStamp - before.at < PAIR_MS && `${before.key} ${event.key}`;
    before = { key: event.key, at: event.timeStamp };
    return (pair && commands[pair]) || commands[event.key];
  };
}

/** Listens to keys for as long as the component is there. */
export function useKeys(commands: Commands): void {
  const newest = useRef(commands);
  newest.current = commands;
  useEffect(() => {
    const find = matcher();
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const command = find(event, newest.current);
      if (!command) return;
      event.preventDefault();
      command();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
