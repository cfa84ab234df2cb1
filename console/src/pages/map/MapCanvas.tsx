import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapNode, PlantMap } from '../../api/client';
import { type Labels, draw, palette } from './draw';
import { type Direction, type View, fit, held, neighbour, reveal, zoomed } from './geometry';
import css from './map.module.css';

interface MapCanvasProps {
  map: PlantMap;
  labels: Labels;
  selected: string | undefined;
  select: (id: string | undefined) => void;
  open: (node: MapNode) => void;
}

const STEP = 1.3;
const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
const isArrow = (key: string): key is Direction => ARROWS.includes(key);
/** A press that moves less is a click. */
const DRAG_PX = 4;

/** The window onto the map: what part is seen, and how it is moved. */
function useView(map: PlantMap) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const window = useMemo(() => ({ width, height }), [width, height]);
  const [moved, setMoved] = useState<View>();
  // Another map begins whole; a newer picture of the same one stays where it is.
  const shape = map.columns.map((column) => column.zone).join('|') + map.bands.length;
  useEffect(() => setMoved(undefined), [shape]);
  const whole = useMemo(() => fit(map, window), [map, window]);
  const view = moved ?? whole;
  const move = useCallback((next: View) => setMoved(held(next, map, window)), [map, window]);
  return { ref, window, view, move, reset: () => setMoved(undefined) };
}

function useDrag(view: View, move: (view: View) => void) {
  const start = useRef<{ x: number; y: number; view: View; far: boolean }>(undefined);
  return {
    wasDrag: () => start.current?.far ?? false,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        start.current = { x: event.clientX, y: event.clientY, view, far: false };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const from = start.current;
        if (!from || event.buttons === 0) return;
        const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
        if (Math.hypot(dx, dy) > DRAG_PX && !from.far) {
          from.far = true;
          event.currentTarget.setPointerCapture(event.pointerId);
        }
        if (from.far) move({ ...from.view, x: from.view.x + dx, y: from.view.y + dy });
      },
    },
  };
}

/** The picture on a canvas; over it one button per node, for keyboard, pointer and screen reader. */
export function MapCanvas({ map, labels, selected, select, open }: MapCanvasProps) {
  const { t } = useTranslation();
  const { ref, window, view, move, reset } = useView(map);
  const canvas = useRef<HTMLCanvasElement>(null);
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  const [hovered, setHovered] = useState<string>();
  const scheme = useComputedColorScheme('light');
  const drag = useDrag(view, move);
  useEffect(() => {
    const element = canvas.current;
    if (!element || window.width === 0) return;
    const frame = requestAnimationFrame(() =>
      draw(element, { map, view, window, selected, hovered, labels, colours: palette(element) }),
    );
    return () => cancelAnimationFrame(frame);
  }, [map, view, window, selected, hovered, labels, scheme]);
  const wheel = useRef({ view, move });
  wheel.current = { view, move };
  useEffect(() => {
    const element = canvas.current?.parentElement;
    const onWheel = (event: WheelEvent) => {
      if (!element) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      wheel.current.move(zoomed(wheel.current.view, Math.exp(-event.deltaY / 500), at));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);
  const middle = { x: window.width / 2, y: window.height / 2 };
  const zoom = (by: number) => move(zoomed(view, by, middle));
  const onKey = (event: KeyboardEvent) => {
    const from = map.nodes.find((node) => buttons.current.get(node.id) === document.activeElement);
    const commands: Record<string, () => void> = { '+': () => zoom(STEP), '-': () => zoom(1 / STEP), 0: reset };
    if (isArrow(event.key) && from) {
      const next = neighbour(map.nodes, from, event.key);
      if (next) {
        move(reveal(view, next, window));
        select(next.id);
        buttons.current.get(next.id)?.focus({ preventScroll: true });
      }
      event.preventDefault();
    } else if (event.key === 'Escape') {
      select(undefined);
    } else if (commands[event.key]) {
      commands[event.key]?.();
      event.preventDefault();
    }
  };
  const aside = (event: MouseEvent) => {
    if (event.target instanceof HTMLElement && !event.target.closest('button') && !drag.wasDrag()) select(undefined);
  };
  const first = map.nodes.some((node) => node.id === selected) ? selected : map.nodes[0]?.id;
  const transform = `translate(${view.x}px, ${view.y}px) scale(${view.k})`;
  return (
    <div className={css.window} ref={ref} {...drag.handlers} onKeyDown={onKey} onClick={aside}>
      <canvas ref={canvas} className={css.canvas} aria-hidden="true" />
      <div className={css.overlay} style={{ transform }} role="group" aria-label={t('map.label')} aria-describedby="map-keys">
        {map.nodes.map((node) => (
          <button
            key={node.id}
            type="button"
            className={css.node}
            ref={(element) => {
              if (element) buttons.current.set(node.id, element);
              else buttons.current.delete(node.id);
            }}
            style={{ left: node.x, top: node.y, width: node.width, height: node.height }}
            tabIndex={node.id === first ? 0 : -1}
            aria-pressed={node.id === selected}
            aria-label={`${labels.node(node).join(', ')}, ${labels.level(node.level)}, ${labels.zone(node.zone)}`}
            onClick={() => {
              if (drag.wasDrag()) return;
              if (node.id === selected) open(node);
              else select(node.id);
            }}
            onMouseEnter={() => setHovered(node.id)}
            onMouseLeave={() => setHovered(undefined)}
          />
        ))}
      </div>
      <p id="map-keys" className="hidden">
        {t('map.keys')}
      </p>
      <div className={css.zoom}>
        <ActionIcon variant="default" size={30} aria-label={t('map.zoomIn')} onClick={() => zoom(STEP)}>
          <IconPlus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size={30} aria-label={t('map.zoomOut')} onClick={() => zoom(1 / STEP)}>
          <IconMinus size={16} />
        </ActionIcon>
        <ActionIcon variant="default" size={30} aria-label={t('map.fit')} onClick={reset}>
          <IconArrowsMaximize size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}
