import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MapNode, PlantMap } from '../../api/client';
import { useFormat } from '../../lib/format';
import { Device } from '../../ui/Device';
import { Effect } from '../../ui/Effect';
import { Level } from '../../ui/Level';
import { Panel } from '../../ui/Panel';
import type { Labels } from './draw';

interface MapTableProps {
  data: PlantMap;
  labels: Labels;
}

function Name({ node, labels }: { node: MapNode; labels: Labels }) {
  const { t } = useTranslation();
  if (node.count === 1 && !node.id.includes('/')) return <Device id={node.id} name={node.label} />;
  const group = { zone: labels.zone(node.zone), level: labels.level(node.level) };
  return (
    <Link to="/map" search={{ zone: node.zone, view: 'table' }}>
      {t('map.group', group)}
    </Link>
  );
}

/** The same as the picture, to read. */
export function MapTable({ data, labels }: MapTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const name = (id: string) => {
    const node = nodes.get(id);
    return node ? <Name node={node} labels={labels} /> : id;
  };
  return (
    <>
      <Panel title={t('map.nodes')} flush>
        <table>
          <thead>
            <tr>
              <th>{t('assets.name')}</th>
              <th>{t('asset.role')}</th>
              <th>{t('assets.level')}</th>
              <th>{t('assets.zone')}</th>
              <th className="number">{t('map.devices')}</th>
            </tr>
          </thead>
          <tbody>
            {data.nodes.map((node) => (
              <tr key={node.id}>
                <td>
                  <Name node={node} labels={labels} />
                </td>
                <td>{labels.node(node)[1]}</td>
                <td>
                  <Level level={node.level} />
                </td>
                <td>{labels.zone(node.zone)}</td>
                <td className="number">{format.number(node.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={t('map.links')} flush>
        {data.links.length === 0 && <p>{t('map.noLinks')}</p>}
        <table>
          <thead>
            <tr>
              <th>{t('map.from')}</th>
              <th>{t('map.to')}</th>
              <th>{t('map.protocols')}</th>
              <th>{t('map.effect')}</th>
              <th>{t('map.crosses')}</th>
              <th className="number">{t('map.packets')}</th>
            </tr>
          </thead>
          <tbody>
            {data.links.map((link) => (
              <tr key={`${link.from} ${link.to}`}>
                <td>{name(link.from)}</td>
                <td>{name(link.to)}</td>
                <td>{link.protocols.join(', ')}</td>
                <td>{link.class && <Effect name={link.class} />}</td>
                <td>{t(link.crosses ? 'map.yes' : 'map.no')}</td>
                <td className="number">{format.number(link.packets)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
    </>
  );
}
