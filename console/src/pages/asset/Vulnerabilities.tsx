import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetVulnerabilities, Vulnerability } from '../../api/client';
import { assetVulnerabilities } from '../../api/queries';
import { DECISIONS, useRiskWords } from '../../i18n/riskWords';
import { useFormat } from '../../lib/format';
import { shown } from '../../lib/text';
import { FactsAge } from '../../ui/FactsAge';
import { Handled } from '../../ui/Handled';
import { Loading } from '../../ui/Loading';
import { Panel } from '../../ui/Panel';
import { Score } from '../../ui/Score';
import { Status } from '../../ui/Status';
import { Trouble } from '../../ui/Trouble';
import { Urgency } from '../../ui/Urgency';
import { Details } from '../vulnerabilities/Details';
import { Factors } from '../vulnerabilities/Factors';
import cards from '../../ui/cards.module.css';
import css from './asset.module.css';

/** Rows of a group before somebody asks for more. */
const FEW = 40;

interface Opening {
  open: string | undefined;
  toggle: (open: string | undefined) => void;
}

interface RowProps {
  asset: string;
  row: Vulnerability;
  isOpen: boolean;
  toggle: () => void;
}

const keyOf = (row: Vulnerability) => `${row.cve} ${row.advisory}`;

function Row({ asset, row, isOpen, toggle }: RowProps) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const affected = row.verdict === 'affected';
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      <tr>
        <td>
          <button type="button" className={css.toggle} aria-expanded={isOpen} onClick={toggle}>
            <Icon size={15} aria-hidden="true" />
            <span className="mono">{shown(row.cve)}</span>
          </button>
          <div className={`muted ${css.under}`}>{shown(row.advisory)}</div>
        </td>
        <td>
          <Status kind={affected ? 'bad' : 'warn'}>{t(affected ? 'weak.affected' : 'weak.undetermined')}</Status>
          <div className="muted">{words.sureness(row.confidence)}</div>
        </td>
        <td className="number" data-label={t('weak.score')}>{row.cvss?.toFixed(1)}</td>
        <td>
          {row.fixed ? t('weak.update', { version: shown(row.fixed) }) : <span className="muted">{t('weak.noUpdate')}</span>}
          {row.workaround && <div className="muted">{t('weak.workaround')}</div>}
        </td>
        <td data-label={t('weak.due')}>
          {words.due(row.due)}
          {row.kev && (
            <div>
              <Status kind="bad">{t('weak.exploited')}</Status>
            </div>
          )}
        </td>
        <td data-label={t('weak.state')}>
          <Handled state={row.state} />
        </td>
        <td data-label={t('weak.number')}>
          <Score value={row.score} />
        </td>
      </tr>
      {isOpen && (
        <tr className={css.open}>
          <td colSpan={7}>
            <div className={css.weakness}>
              <Details asset={asset} row={row} />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

function Group({ asset, decision, rows, open, toggle }: Opening & { asset: string; decision: string; rows: Vulnerability[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const wanted = rows.findIndex((row) => keyOf(row) === open);
  const drawn = all || wanted >= FEW ? rows : rows.slice(0, FEW);
  return (
    <Panel
      className={css.below}
      title={
        <span className={css.title}>
          <Urgency decision={decision} /> {format.number(rows.length)}
        </span>
      }
      flush
    >
      <table className={cards.cards}>
        <thead>
          <tr>
            <th>{t('weak.what')}</th>
            <th>{t('weak.verdict')}</th>
            <th className="number">{t('weak.score')}</th>
            <th>{t('weak.fix')}</th>
            <th>{t('weak.due')}</th>
            <th>{t('weak.state')}</th>
            <th>{t('weak.number')}</th>
          </tr>
        </thead>
        <tbody>
          {drawn.map((row) => {
            const isOpen = keyOf(row) === open;
            return (
              <Row
                key={keyOf(row)}
                asset={asset}
                row={row}
                isOpen={isOpen}
                toggle={() => toggle(isOpen ? undefined : keyOf(row))}
              />
            );
          })}
        </tbody>
      </table>
      {rows.length > drawn.length && (
        <div className={css.note}>
          <Button size="xs" variant="default" onClick={() => setAll(true)}>
            {t('weak.more', { n: rows.length - drawn.length })}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function OfDevice({ data }: { data: AssetVulnerabilities }) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const { risk } = data;
  if (!risk) return null;
  return (
    <Panel title={t('weak.ofDevice')} hint={<>{t('weak.hint')} <FactsAge /></>}>
      <dl className={css.facts}>
        <div>
          <dt>{t('weak.number')}</dt>
          <dd>
            <Score value={risk.score} />
          </dd>
        </div>
        <div>
          <dt>{t('weak.decision')}</dt>
          <dd>{risk.decision ? <Urgency decision={risk.decision} /> : words.decision(undefined)}</dd>
        </div>
        <div>
          <dt>{t('weak.exposure')}</dt>
          <dd>{words.exposure(risk.exposure)}</dd>
        </div>
        <div>
          <dt>{t('factor.consequence')}</dt>
          <dd>{words.impact(risk.impact)}</dd>
        </div>
      </dl>
      <details className={css.below}>
        <summary>{t('factor.title')}</summary>
        <Factors factors={risk.factors} score={risk.score} ofAsset />
      </details>
    </Panel>
  );
}

/** What is known against a device, by what to do about it. */
export function Vulnerabilities({ id, open, toggle }: Opening & { id: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(assetVulnerabilities(id));
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.rows.length === 0) {
    return (
      <Panel title={t('asset.vulnerabilities')} hint={t('weak.none')}>
        <p className="muted">
          {t('weak.noneHint')} <FactsAge />
        </p>
      </Panel>
    );
  }
  const groups = DECISIONS.map((decision) => ({
    decision,
    rows: data.rows.filter((row) => row.decision === decision),
  })).filter(({ rows }) => rows.length > 0);
  return (
    <>
      <OfDevice data={data} />
      {groups.map(({ decision, rows }) => (
        <Group key={decision} asset={id} decision={decision} rows={rows} open={open} toggle={toggle} />
      ))}
    </>
  );
}
