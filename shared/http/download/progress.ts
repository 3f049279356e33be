/** A number of bytes for people, as disks count: 1 kB is 1000 bytes. */
export function humanSize(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return unit === 0 ? `${bytes} bytes` : `${amount.toFixed(1)} ${units[unit]}`;
}

/** How far a download has come. Sizes in bytes, time in milliseconds. */
export type Progress = {
  done: number;
  /** Undefined where the server did not say. */
  total: number | undefined;
  /** What was there before this command. */
  resumedFrom: number;
  elapsed: number;
};

const barWidth = 30;

/** One line that says how far a download has come, with a bar where the total is known. */
export function progressLine({ done, total, resumedFrom, elapsed }: Progress): string {
  const perSecond = elapsed > 0 ? ((done - resumedFrom) * 1000) / elapsed : 0;
  const speed = `${humanSize(Math.round(perSecond))}/s`;
  if (total === undefined || total === 0) return `${humanSize(done)} ${speed}`;
  const share = Math.min(done / total, 1);
  const filled = Math.round(share * barWidth);
  const bar = "#".repeat(filled) + "-".repeat(barWidth - filled);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const left = perSecond > 0 ? ` ${Math.ceil((total - done) / perSecond)} s left` : "";
  return `[${bar}] ${percent} ${humanSize(done)} of ${humanSize(total)} ${speed}${done < total ? left : ""}`;
}

/** The line at the end. */
export function summaryLine({ done, resumedFrom, elapsed }: Progress): string {
  const seconds = elapsed / 1000;
  const bytes = done - resumedFrom;
  const perSecond = humanSize(Math.round(bytes / Math.max(seconds, 0.001)));
  return `Done. ${humanSize(bytes)} in ${seconds.toFixed(2)} s (${perSecond}/s)`;
}
