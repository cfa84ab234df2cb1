/** Points of a line of scores from 0 to 100, days apart as the calendar has them. */
export function line(days: readonly { day: string; score: number }[], width: number, height: number): string {
  const at = days.map(({ day }) => Date.parse(day));
  const [first, last] = [at[0] ?? 0, at[at.length - 1] ?? 0];
  const span = Math.max(1, last - first);
  return days
    .map(({ score }, i) => {
      const x = (((at[i] ?? first) - first) / span) * width;
      const y = height - 1 - (Math.min(100, Math.max(0, score)) / 100) * (height - 2);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');
}
