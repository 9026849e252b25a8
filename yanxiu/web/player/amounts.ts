const ZONE = "Asia/Shanghai";
const MEGABYTE = 1_000_000;

/** Say how large something is: 「12.5 MB」, 「1.20 GB」. */
export function size(bytes: number): string {
  if (bytes >= 1000 * MEGABYTE) return `${(bytes / MEGABYTE / 1000).toFixed(2)} GB`;
  const megabytes = bytes / MEGABYTE;
  if (megabytes >= 100) return `${Math.round(megabytes)} MB`;
  return bytes > 0 && megabytes < 0.1 ? "< 0.1 MB" : `${megabytes.toFixed(1)} MB`;
}

/** Take an instant apart as a calendar in Shanghai shows it. */
export function moment(ms: number): { month: number; day: number; clock: string } {
  const format = new Intl.DateTimeFormat("zh-CN", {
    timeZone: ZONE,
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  const clock = `${parts.get("hour")}:${parts.get("minute")}`;
  return { month: Number(parts.get("month")), day: Number(parts.get("day")), clock };
}
