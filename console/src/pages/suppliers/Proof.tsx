import { useTranslation } from 'react-i18next';
import type { Origin } from '../../api/client';
import { shown } from '../../lib/text';

/** The document that proves an attested fact, with its hash for who wants to compare. */
export function Proof({ proof }: { proof: Origin['proof'] }) {
  const { t } = useTranslation();
  if (!proof) return null;
  return (
    <span title={proof.sha256 ? `SHA-256 ${proof.sha256}` : undefined}>
      {' · '}
      {t('passport.proof')}
      {t('app.colon')}
      <bdi>{shown(proof.name)}</bdi>
      {proof.sha256 && <code> {proof.sha256.slice(0, 12)}</code>}
    </span>
  );
}
