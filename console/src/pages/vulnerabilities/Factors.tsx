import { useTranslation } from 'react-i18next';
import type { Factor } from '../../api/client';
import { useRiskWords } from '../../i18n/riskWords';
import { useFormat } from '../../lib/format';
import css from './vulnerabilities.module.css';

interface FactorsProps {
  factors: readonly Factor[];
  score: number;
  /** They are those of a device, not of one vulnerability. */
  ofAsset?: boolean;
}

function Parts({ factor }: { factor: Factor }) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const format = useFormat();
  if (!factor.parts?.length) return null;
  return (
    <ul className={css.parts}>
      {factor.parts.map((part) => (
        <li key={part.name}>
          {words.factor(part.name)} {format.number(part.value)}
          {t('app.colon')}
          {words.cause(part)}
        </li>
      ))}
    </ul>
  );
}

/** Every factor of a number, with its reason. */
export function Factors({ factors, score, ofAsset = false }: FactorsProps) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const format = useFormat();
  return (
    <>
      <p className="muted">{t(ofAsset ? 'factor.hintAsset' : 'factor.hint', { score: format.score(score) })}</p>
      <table className={css.factors}>
        <thead>
          <tr>
            <th>{t('factor.name')}</th>
            <th className="number">{t('factor.value')}</th>
            <th>{t('factor.why')}</th>
          </tr>
        </thead>
        <tbody>
          {factors.map((factor, at) => (
            <tr key={factor.name}>
              <td>{words.factor(factor.name)}</td>
              <td className="number">
                {at > 0 && <span className="muted">× </span>}
                {format.number(factor.value)}
              </td>
              <td>
                <bdi>{words.cause(factor)}</bdi>
                <Parts factor={factor} />
              </td>
            </tr>
          ))}
          <tr className={css.product}>
            <td>{t('factor.product')}</td>
            <td className="number">{format.score(score)}</td>
            <td />
          </tr>
        </tbody>
      </table>
    </>
  );
}
