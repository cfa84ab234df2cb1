import type { MapNode } from '../../api/client';

/** Where the map's corner is in the window, and how large the map is drawn. */
export interface View {
  x: number;
  y: number;
  k: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Smaller, and nodes could not be hit any more; larger shows nothing new. */
export const ZOOM_MIN = 0.32;
export const ZOOM_MAX = 2.5;
/** Room for the zones' names above and the levels' names at the left; they do not scroll away. */
export const HEAD = 30;
/** Narrow windows have room for the levels' short names only. */
export const isNarrow = (window: Size): boolean => window.width < 600;
export const side = (window: Size): number => (isNarrow(window) ? 46 : 124);
/** Where the map itself begins: before it the layout leaves room for names. */
const LEFT = 108;
const TOP = 48;

const clamped = (k: number) => Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, k));

/** The whole map in the window, never larger than life. */
export function fit(map: Size, window: Size): View {
  const [width, height] = [map.width - LEFT, map.height - TOP];
  const room = { width: window.width - side(window) - 8, height: window.height - HEAD - 16 };
  const k = clamped(Math.min(1.2, room.width / width, room.height / height));
  const aside = Math.max(0, (room.width - width * k) / 2);
  return { x: side(window) + aside - LEFT * k, y: HEAD + 10 - TOP * k, k };
}

/** Zooms so that a point of the window stays where it is. */
export function zoomed(view: View, by: number, at: { x: number; y: number }): View {
  const k = clamped(view.k * by);
  const ratio = k / view.k;
  return { k, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** Keeps a part of the map in the window. */
export function held(view: View, map: Size, window: Size): View {
  const left = 80 - map.width * view.k;
  const top = 80 - map.height * view.k;
  return {
    k: view.k,
    x: Math.min(window.width - 80, Math.max(left, view.x)),
    y: Math.min(window.height - 80, Math.max(top, view.y)),
  };
}

/** Moves so that the node is inside the window. */
export function reveal(view: View, node: MapNode, window: Size): View {
  const edge = 12;
  const left = view.x + node.x * view.k;
  const top = view.y + node.y * view.k;
  const right = left + node.width * view.k;
  const bottom = top + node.height * view.k;
  let { x, y } = view;
  if (right > window.width - edge) x -= right - window.width + edge;
  if (left < side(window) + edge) x += side(window) + edge - left;
  if (bottom > window.height - edge) y -= bottom - window.height + edge;
  if (top < HEAD + edge) y += HEAD + edge - top;
  return { ...view, x, y };
}

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** The nearest node in a direction; what lies straight ahead comes before what is aside. */
export function neighbour(nodes: readonly MapNode[], from: MapNode, to: Direction): MapNode | undefined {
  const middle = (node: MapNode) => ({ x: node.x + node.width / 2, y: node.y + node.height / 2 });
  const start = middle(from);
  let best: MapNode | undefined;
  let least = Infinity;
  for (const node of nodes) {
    const end = middle(node);
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const isSideways = to === 'ArrowLeft' || to === 'ArrowRight';
    const ahead = { ArrowLeft: -dx, ArrowRight: dx, ArrowUp: -dy, ArrowDown: dy }[to];
    const aside = Math.abs(isSideways ? dy : dx);
    const cost = ahead + aside * 2;
    if (ahead > 1 && cost < least) [best, least] = [node, cost];
  }
  return best;
}
