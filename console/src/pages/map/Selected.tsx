import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MapLink, MapNode, PlantMap } from '../../api/client';
import { CLASSES, asClass } from '../../i18n/words';
import { useFormat } from '../../lib/format';
import { Effect } from '../../ui/Effect';
import { Level } from '../../ui/Level';
import { Panel } from '../../ui/Panel';
import type { Labels } from './draw';
import css from './map.module.css';

/** Links named beside the map; the table has all. */
const LINKS = 8;

const rank = (link: MapLink) => CLASSES.indexOf(asClass(link.class) ?? 'observe');

interface SelectedProps {
  data: PlantMap;
  node: MapNode;
  labels: Labels;
}

function Links({ data, node, labels }: SelectedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = data.links.filter((link) => link.from === node.id || link.to === node.id);
  own.sort((a, b) => rank(b) - rank(a) || b.packets - a.packets);
  const name = (id: string) => {
    const found = data.nodes.find((one) => one.id === id);
    if (!found) return id;
    return found.count > 1 ? `${labels.zone(found.zone)} · ${labels.level(found.level)}` : labels.node(found)[0];
  };
  return (
    <>
      <h3>{t('map.linksOf', { count: own.length })}</h3>
      <ul className={css.links}>
        {own.slice(0, LINKS).map((link) => {
          const asks = link.from === node.id;
          const Arrow = asks ? IconArrowRight : IconArrowLeft;
          return (
            <li key={`${link.from} ${link.to}`}>
              <span className={css.linkHead}>
                <Arrow size={14} aria-hidden="true" />
                <bdi>{t(asks ? 'asset.talksTo' : 'asset.talksFrom', { peer: name(asks ? link.to : link.from) })}</bdi>
              </span>
              <span className={css.linkMore}>
                {link.class && <Effect name={link.class} />}
                {[...link.protocols, t('asset.packets', { packets: format.short(link.packets) })].join(' · ')}
              </span>
            </li>
          );
        })}
      </ul>
      {own.length > LINKS && <p className="muted">{t('map.moreLinks', { n: own.length - LINKS })}</p>}
    </>
  );
}

/** What is chosen on the map, and where to go from it. */
export function Selected({ data, node, labels }: SelectedProps) {
  const { t } = useTranslation();
  const [name, what] = labels.node(node);
  const isBox = node.count > 1 || node.id.includes('/');
  return (
    <Panel title={<bdi>{name}</bdi>} hint={what} className={css.side}>
      <div className={css.about}>
        <Level level={node.level} /> {labels.zone(node.zone)}
      </div>
      <div className={css.buttons}>
        {!isBox && (
          <Button size="xs" renderRoot={(props) => <Link to="/assets/$id" params={{ id: node.id }} {...props} />}>
            {t('map.openAsset')}
          </Button>
        )}
        {!isBox && (
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => <Link to="/map" search={{ asset: node.id, sel: node.id }} {...props} />}
          >
            {t('map.openPeers')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => <Link to="/map" search={{ zone: node.zone }} {...props} />}
        >
          {t('map.openZone')}
        </Button>
      </div>
      <Links data={data} node={node} labels={labels} />
    </Panel>
  );
}
