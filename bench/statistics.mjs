export function median(values) {
  return percentile(values, 50);
}

/** By linear interpolation between the nearest ranks. */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = ((sorted.length - 1) * percent) / 100;
  const below = sorted[Math.floor(rank)];
  return below + (sorted[Math.ceil(rank)] - below) * (rank % 1);
}
