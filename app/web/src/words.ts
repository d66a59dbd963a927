/** Moments and words: finding the word being spoken, reading and spelling times in milliseconds. */

export interface Timed {
  start: number;
  end: number;
}

/** The index of the last item that starts at or before `ms` and has not ended, or -1. */
export function spokenAt(items: readonly Timed[], ms: number): number {
  let low = 0;
  let high = items.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item && item.start <= ms) {
      found = middle;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  const candidate = items[found];
  return candidate && ms < candidate.end ? found : -1;
}

/** Read a Media Fragment (`#t=12.5,17`) as milliseconds, or null. */
export function fragmentOf(hash: string): Timed | null {
  const found = /t=(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?/.exec(hash);
  if (!found) return null;
  const start = Math.round(Number(found[1]) * 1000);
  const end = found[2] === undefined ? start : Math.round(Number(found[2]) * 1000);
  return end >= start ? { start, end } : null;
}

/** Spell a moment as the pages do: `1:02.5`. */
export function timecode(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const clock = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours}:${String(minutes % 60).padStart(2, "0")}:${clock}` : `${minutes}:${clock}`;
}
