const ZONE = "Asia/Shanghai";
const MEGABYTE = 1_000_000;

/** Say how large something is: 「12.5 MB」, 「1.20 GB」. */
export function size(bytes: number): string {
  if (bytes >= 1000 * MEGABYTE) return `${(bytes / MEGABYTE / 1000).toFixed(2)} GB`;
  const megabytes = bytes / MEGABYTE;
  if (megabytes >= 100) return `${Math.round(megabytes)} MB`;
  return bytes > 0 && megabytes < 0.1 ? "不到 0.1 MB" : `${megabytes.toFixed(1)} MB`;
}

/** Say an instant as an end: 「9 月 30 日 24:00」, never 「10 月 1 日 00:00」. */
export function until(ms: number): string {
  return moment(ms, "00:00") ?? `${moment(ms - 1)?.replace(/\d\d:\d\d$/, "24:00")}`;
}

/** Say when something was: 「9 月 30 日 20:15」. */
export function at(ms: number): string {
  return moment(ms) ?? "";
}

function moment(ms: number, except = ""): string | null {
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
  return clock === except ? null : `${parts.get("month")} 月 ${parts.get("day")} 日 ${clock}`;
}
