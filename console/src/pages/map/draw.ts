import type { MapLink, MapNode, PlantMap } from '../../api/client';
import { HEAD, type Size, type View, isNarrow, side } from './geometry';

/** Words that the picture needs, in the reader's language. */
export interface Labels {
  level: (level: number | null | undefined) => string;
  short: (level: number | null | undefined) => string;
  zone: (zone: string) => string;
  /** The lines of a node: its name, and what it is. */
  node: (node: MapNode) => [string, string];
}

export type Palette = Record<string, string>;

const NAMES = ['page', 'surface', 'sunken', 'line', 'line-strong', 'text', 'muted', 'accent', 'accent-soft'];
const EFFECTS = ['write', 'control', 'program', 'admin'];

/** Colours of the page, for the canvas. */
export function palette(of: Element): Palette {
  const style = getComputedStyle(of);
  const all = [...NAMES, ...EFFECTS].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return { ...Object.fromEntries(all), font: style.fontFamily };
}

/** The colour that a link's effect has; quiet ones are grey. */
function linkColour(link: MapLink, colours: Palette): string {
  const own = link.class && EFFECTS.includes(link.class) ? colours[link.class] : undefined;
  return own ?? colours['line-strong'] ?? 'gray';
}

const isChanging = (link: MapLink) => EFFECTS.includes(link.class ?? '');

interface Point {
  x: number;
  y: number;
}

/** A link's curve: from edge to edge, upright between levels, sideways within one. */
export function curve(a: MapNode, b: MapNode): [Point, Point, Point, Point] {
  const [ax, bx] = [a.x + a.width / 2, b.x + b.width / 2];
  const gap = b.y - (a.y + a.height);
  const back = a.y - (b.y + b.height);
  if (gap > 0) {
    const [from, to] = [{ x: ax, y: a.y + a.height }, { x: bx, y: b.y }];
    const bend = Math.max(20, gap / 2);
    return [from, { x: ax, y: from.y + bend }, { x: bx, y: to.y - bend }, to];
  }
  if (back > 0) {
    const [from, to] = [{ x: ax, y: a.y }, { x: bx, y: b.y + b.height }];
    const bend = Math.max(20, back / 2);
    return [from, { x: ax, y: from.y - bend }, { x: bx, y: to.y + bend }, to];
  }
  const lift = 14 + Math.min(26, Math.abs(bx - ax) / 20);
  const [from, to] = [{ x: ax, y: a.y }, { x: bx, y: b.y }];
  return [from, { x: ax, y: from.y - lift }, { x: bx, y: to.y - lift }, to];
}

/** The text, or as much of it as fits: of an address its end, which tells it from others. */
function cut(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const isAddress = /^[\da-f]+([.:][\da-f]*)+$/i.test(text);
  const part = (length: number) => (isAddress ? `…${text.slice(text.length - length).replace(/^[.:]/, '')}` : `${text.slice(0, length)}…`);
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(part(middle)).width <= width) low = middle;
    else high = middle - 1;
  }
  return part(low);
}

export interface Scene {
  map: PlantMap;
  view: View;
  window: Size;
  selected: string | undefined;
  hovered: string | undefined;
  colours: Palette;
  labels: Labels;
}

function background(context: CanvasRenderingContext2D, { map, colours }: Scene) {
  const last = map.columns[map.columns.length - 1];
  const [left, right] = [100, last ? last.x + last.width : map.width];
  map.bands.forEach((band) => {
    context.fillStyle = colours.surface ?? '';
    context.beginPath();
    context.roundRect(left, band.y, right - left, band.height, 8);
    context.fill();
    context.strokeStyle = colours.line ?? '';
    context.lineWidth = 1;
    context.stroke();
  });
  context.strokeStyle = colours.line ?? '';
  context.setLineDash([3, 4]);
  for (const column of map.columns.slice(1)) {
    context.beginPath();
    context.moveTo(column.x - 12, map.bands[0]?.y ?? 0);
    context.lineTo(column.x - 12, map.height);
    context.stroke();
  }
  context.setLineDash([]);
}

function links(context: CanvasRenderingContext2D, scene: Scene) {
  const { map, selected, hovered, colours } = scene;
  const nodes = new Map(map.nodes.map((node) => [node.id, node]));
  const focus = hovered ?? selected;
  const rank = (link: MapLink) => (isChanging(link) ? 1 : 0) + (link.from === focus || link.to === focus ? 2 : 0);
  for (const link of [...map.links].sort((a, b) => rank(a) - rank(b))) {
    const [a, b] = [nodes.get(link.from), nodes.get(link.to)];
    if (!a || !b) continue;
    const isOwn = link.from === focus || link.to === focus;
    const [from, c1, c2, to] = curve(a, b);
    context.globalAlpha = isOwn ? 1 : focus ? 0.12 : isChanging(link) ? 0.75 : 0.6;
    context.strokeStyle = linkColour(link, colours);
    if (isOwn && !isChanging(link)) context.strokeStyle = colours.accent ?? '';
    context.lineWidth = Math.min(4, 1 + Math.log10(1 + link.packets) / 2);
    context.setLineDash(link.crosses ? [7, 4] : []);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.bezierCurveTo(c1.x, c1.y, c2.x, c2.y, to.x, to.y);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function nodes(context: CanvasRenderingContext2D, scene: Scene) {
  const { map, view, selected, hovered, colours, labels } = scene;
  const focus = hovered ?? selected;
  const near = new Set([focus]);
  for (const link of map.links) {
    if (link.from === focus) near.add(link.to);
    if (link.to === focus) near.add(link.from);
  }
  for (const node of map.nodes) {
    const [name, what] = labels.node(node);
    const isChosen = node.id === selected;
    context.globalAlpha = focus && !near.has(node.id) ? 0.45 : 1;
    context.fillStyle = (isChosen ? colours['accent-soft'] : colours.page) ?? '';
    context.strokeStyle = (isChosen || node.id === hovered ? colours.accent : colours['line-strong']) ?? '';
    context.lineWidth = isChosen ? 2 : 1;
    if (node.count > 1) {
      context.strokeRect(node.x + 4, node.y - 4, node.width, node.height);
      context.clearRect(node.x, node.y, node.width, node.height);
    }
    context.beginPath();
    context.roundRect(node.x, node.y, node.width, node.height, 5);
    context.fill();
    context.stroke();
    const small = view.k < 0.72;
    // Names are written as large as they are read.
    const nameSize = Math.min(24, Math.max(13, 12 / view.k));
    context.fillStyle = colours.text ?? '';
    context.font = `600 ${nameSize}px ${colours.font}`;
    const width = node.width - 20;
    const middle = node.y + node.height / 2;
    context.fillText(cut(context, name, width), node.x + 10, small ? middle + nameSize * 0.35 : middle - 4);
    if (!small) {
      context.fillStyle = colours.muted ?? '';
      context.font = `12px ${colours.font}`;
      context.fillText(cut(context, what, width), node.x + 10, middle + 15);
    }
  }
  context.globalAlpha = 1;
}

/** Names of zones and levels stay at the window's edge. */
function heads(context: CanvasRenderingContext2D, scene: Scene, ratio: number) {
  const { map, view, window, colours, labels } = scene;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.font = `600 12px ${colours.font}`;
  const edge = side(window);
  const level = isNarrow(window) ? labels.short : labels.level;
  context.fillStyle = colours.sunken ?? '';
  context.fillRect(0, 0, edge, window.height);
  for (const band of map.bands) {
    const top = view.y + band.y * view.k;
    const bottom = top + band.height * view.k;
    context.fillStyle = colours.surface ?? '';
    context.beginPath();
    context.roundRect(8, top, edge - 8, bottom - top, [8, 0, 0, 8]);
    context.fill();
    const y = Math.max(top, HEAD) + 20;
    if (y > bottom - 2) continue;
    const lines = broken(context, level(band.level), edge - 28);
    context.fillStyle = colours.muted ?? '';
    lines.forEach((line, i) => y + i * 16 < bottom && context.fillText(line, 18, y + i * 16));
  }
  context.fillStyle = colours.page ?? '';
  context.fillRect(0, 0, window.width, HEAD);
  context.fillStyle = colours.line ?? '';
  context.fillRect(0, HEAD - 1, window.width, 1);
  for (const column of map.columns) {
    const left = view.x + column.x * view.k;
    const right = left + column.width * view.k;
    const x = Math.max(edge + 4, left + 20 * view.k);
    if (right < x + 20) continue;
    context.fillStyle = colours.text ?? '';
    context.fillText(cut(context, labels.zone(column.zone), right - x), x, 20);
  }
}

/** A text in lines that fit; broken after words, Chinese anywhere. */
function broken(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines = [''];
  for (const part of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const last = lines.length - 1;
    const joined = (lines[last] ?? '') + part;
    if (lines[last] === '' || context.measureText(joined.trimEnd()).width <= width) lines[last] = joined;
    else lines.push(part);
  }
  return lines.map((line) => line.trim());
}

/** Draws the whole picture. */
export function draw(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = globalThis.devicePixelRatio || 1;
  const { view, window } = scene;
  const [width, height] = [Math.round(window.width * ratio), Math.round(window.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(ratio * view.k, 0, 0, ratio * view.k, ratio * view.x, ratio * view.y);
  background(context, scene);
  links(context, scene);
  nodes(context, scene);
  heads(context, scene, ratio);
}
