import { moment, size } from "./amounts.ts";
import { CHINESE } from "./words-zh.ts";

const { length } = CHINESE;

/** Say an instant as an end: 「9 月 30 日 24:00」, never 「10 月 1 日 00:00」. */
export function until(ms: number): string {
  const { month, day, clock } = moment(ms);
  if (clock !== "00:00") return `${month} 月 ${day} 日 ${clock}`;
  const before = moment(ms - 1);
  return `${before.month} 月 ${before.day} 日 24:00`;
}

function at(ms: number): string {
  const { month, day, clock } = moment(ms);
  return `${month} 月 ${day} 日 ${clock}`;
}

/** Every sentence about lessons that are saved on a device; the other languages have its shape. */
export const SAVED_CHINESE = {
  reading: "正在读取…",
  scope: "保存哪些",
  one: (title: string) => `这一讲：${title}`,
  all: (count: number) => `整门课，共 ${count} 讲`,
  rendition: "清晰度",
  lines: (height: number, bytes: number) => `${height}P，${size(bytes)}`,
  save: (bytes: number) => `保存 ${size(bytes)}`,
  free: (bytes: number) => `本机大约还能存 ${size(bytes)}。`,
  tooLarge: (bytes: number) =>
    `本机空间不够，还差 ${size(bytes)}。可以换低一档清晰度，或先删除别的。`,
  wifi: "建议连接 Wi-Fi 时保存。保存好以后，没有网络也能看，看过的照样计学时。",
  counting: (hours: string, closes: number, late: number) =>
    `离线看的，联网后一次最多计入 ${hours} 小时的视频，其余的稍后接着补传，不会丢。只有 ${until(closes)} 以前看的才计学时，最晚 ${until(late)} 以前联网补传。`,
  away: "网络不通，等联网后再保存。已经存好的部分不会丢。",
  signedOut: "登录已过期，请重新登录后再保存。",
  unfit: "这个浏览器不能保存视频，请换用最新的 Chrome、Edge 或 Safari。",
  refused: "现在不能保存，请稍后再试。",

  list: "去“已保存的视频”",
  saving: (kept: number, whole: number) => `正在保存，${size(kept)} / ${size(whole)}`,
  paused: (kept: number, whole: number) => `已暂停，${size(kept)} / ${size(whole)}`,
  whole: (height: number, bytes: number) => `已保存，${height}P，${size(bytes)}`,
  progress: (title: string) => `《${title}》的保存进度`,
  pause: "暂停",
  resume: "继续",
  play: "播放",
  remove: "删除",
  removeOf: (title: string) => `删除《${title}》`,
  reallyRemove: (title: string) =>
    `从本机删除《${title}》？视频可以以后再保存，看过的时长和待补传的记录不受影响。`,
  full: "本机空间满了，没有存完。请先删除别的，再点“继续”。",
  old: "这一讲的视频已经更新，请重新保存。",

  watched: (seen: string, whole: string) => `已看 ${seen}，共 ${whole}`,
  fresh: (whole: string) => `还没有看，共 ${whole}`,
  pending: (ms: number) => `待补传 ${length(ms)}`,
  done: (hours: string) => `已计入 ${hours} 学时`,
  closed: "学习时间已结束，现在看不计学时",

  nothing: "本机还没有保存视频",
  nothingWhy: "打开任意一讲，在播放器下面点“保存到本机”，以后没有网络也能看。",
  nobody: "没有登录，看不到已保存的视频",
  nobodyWhy: "联网登录以后，您自己保存的视频会显示在这里。别人保存的不会显示。",
  usage: (mine: number, free: number) =>
    `您的视频占用 ${size(mine)}，本机大约还能存 ${size(free)}。`,
  fickle: "空间紧张时浏览器可能清理这些视频。把平台装到桌面，就不容易被清理。",
  others: (count: number, bytes: number) =>
    `这台设备上还有其他账号保存的 ${count} 个视频，占用 ${size(bytes)}。`,
  removeOthers: "删除其他账号的视频",
  reallyRemoveOthers: "从本机删除其他账号保存的视频？他们待补传的学习记录会保留。",
  waits: (ms: number) => `待补传 ${length(ms)}`,
  waitsWhy: "联网后自动补传，这一页不用开着。补传成功后，这里会变成“已计入”。",
  waitsMuch: (hours: string) =>
    `联网后先计入 ${hours} 小时，其余的隔一段时间自动接着补传，不用重看。`,
  settled: "没有待补传的学习记录",
  settledWhy: "在本机看过的，平台都已经收到。",
  deadline: (training: string, closes: number, late: number) =>
    `《${training}》：${until(closes)} 以前看的才计学时，最晚 ${until(late)} 以前联网补传。`,
  late: (training: string) => `《${training}》：补传期限已过，仍可观看，不再计学时。`,
  week: "7 天之内联网，免登录自动补传；超过 7 天，要先登录一次。",

  missing: "这一讲没有保存在本机",
  isSaved: "已保存",
  missingWhy: "联网以后可以直接看，也可以保存到本机。",
  seenAt: (ms: number) => `没有网络。下面是 ${at(ms)} 看到的内容，之后的变化还没有显示。`,
  seen: "上次看过的",
  saved: (count: number) => `已保存的视频（${count}）`,
};

/** What a language says about saved lessons. */
export type SavedWords = Spoken<typeof SAVED_CHINESE>;

type Spoken<Words> = {
  readonly [Name in keyof Words]: Words[Name] extends string ? string : Words[Name];
};
