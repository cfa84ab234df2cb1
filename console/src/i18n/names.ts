import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

type Names = typeof import('./names.zh');

let loaded: Names | undefined;
const listeners = new Set<() => void>();
const listen = (changed: () => void) => {
  listeners.add(changed);
  return () => listeners.delete(changed);
};

/** The Chinese names of operations and places. The table is large: it comes when it is needed. */
export function useNames(): Names | undefined {
  const { i18n } = useTranslation();
  const isChinese = i18n.language === 'zh-CN';
  const names = useSyncExternalStore(listen, () => loaded);
  useEffect(() => {
    if (!isChinese || loaded) return;
    void import('./names.zh').then((all) => {
      loaded = all;
      listeners.forEach((changed) => changed());
    });
  }, [isChinese]);
  return isChinese ? names : undefined;
}
