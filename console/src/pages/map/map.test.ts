import { describe, expect, test } from 'vitest';
import type { MapNode } from '../../api/client';
import { curve } from './draw';
import { HEAD, ZOOM_MAX, ZOOM_MIN, fit, held, neighbour, reveal, side, zoomed } from './geometry';

const node = (id: string, x: number, y: number): MapNode => ({
  id, x, y, width: 100, height: 40, label: id, zone: 'z', count: 1,
});
const window = { width: 1000, height: 600 };

describe('the view', () => {
  test('a map fits below and beside the names', () => {
    const map = { width: 2000, height: 900 };
    const { x, y, k } = fit(map, window);
    expect(y + 56 * k).toBeGreaterThanOrEqual(HEAD);
    expect(x + 120 * k).toBeGreaterThanOrEqual(side(window));
    expect(x + map.width * k).toBeLessThanOrEqual(window.width);
    expect(y + map.height * k).toBeLessThanOrEqual(window.height);
  });

  test('zooming keeps the point under the pointer, within limits', () => {
    const view = { x: 10, y: 20, k: 1 };
    const next = zoomed(view, 1.5, { x: 200, y: 100 });
    expect((200 - next.x) / next.k).toBeCloseTo(190);
    expect((100 - next.y) / next.k).toBeCloseTo(80);
    expect(zoomed(view, 100, { x: 0, y: 0 }).k).toBe(ZOOM_MAX);
    expect(zoomed(view, 0.001, { x: 0, y: 0 }).k).toBe(ZOOM_MIN);
  });

  test('the map cannot be lost out of the window', () => {
    const map = { width: 800, height: 400 };
    expect(held({ x: -5000, y: 9000, k: 1 }, map, window)).toEqual({ x: -720, y: 520, k: 1 });
  });

  test('a node outside is moved into the window', () => {
    const view = reveal({ x: 0, y: 0, k: 1 }, node('a', 1500, 900), window);
    expect(view.x + 1600).toBeLessThanOrEqual(window.width);
    expect(view.y + 940).toBeLessThanOrEqual(window.height);
  });
});

describe('arrows', () => {
  const [a, b, c] = [node('a', 0, 0), node('b', 200, 0), node('c', 10, 100)];
  test('go to the nearest node straight ahead', () => {
    expect(neighbour([a, b, c], a, 'ArrowRight')?.id).toBe('b');
    expect(neighbour([a, b, c], a, 'ArrowDown')?.id).toBe('c');
    expect(neighbour([a, b, c], a, 'ArrowLeft')).toBeUndefined();
  });
});

describe('links', () => {
  test('leave and reach the facing edges', () => {
    const [above, below] = [node('a', 0, 0), node('b', 300, 200)];
    expect(curve(above, below)[0].y).toBe(40);
    expect(curve(above, below)[3].y).toBe(200);
    expect(curve(below, above)[0].y).toBe(200);
    const [from, lift] = curve(node('a', 0, 0), node('c', 300, 0));
    expect(lift.y).toBeLessThan(from.y);
  });
});
