import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../api/live';
import { useFormat } from '../lib/format';

/** News are read out at most this often. */
const PAUSE_MS = 15_000;

/** Tells who listens instead of looking that there is something new. */
export function Announcer() {
  const { t } = useTranslation();
  const format = useFormat();
  const { news } = useLive();
  const [said, setSaid] = useState({ text: '', revision: 0, at: 0 });
  useEffect(() => {
    if (!news || news.revision === said.revision) return;
    const wait = said.revision === 0 ? 0 : Math.max(0, said.at + PAUSE_MS - Date.now());
    const timer = setTimeout(() => {
      const counts = { assets: format.number(news.assets), packets: format.number(news.packets) };
      const text = said.revision === 0 ? '' : t('live.news', counts);
      setSaid({ text, revision: news.revision, at: Date.now() });
    }, wait);
    return () => clearTimeout(timer);
  }, [news, said, format, t]);
  return (
    <div className="hidden" role="status" aria-live="polite">
      {said.text}
    </div>
  );
}
