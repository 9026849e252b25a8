import { clock, parts } from "./clock.ts";
import { type Spans, total } from "./spans.ts";

/** Every sentence the player says, in simplified Chinese; the other languages have its shape. */
const WORDS = {
  player: (title: string) => `视频播放器：${title}`,
  play: "播放",
  pause: "暂停",
  replay: "重新播放",
  mute: "静音",
  unmute: "取消静音",
  volume: "音量",
  rate: "播放速度",
  captions: "字幕",
  rendition: "清晰度",
  lines: (height: number) => `${height}P`,
  enlarge: "全屏",
  shrink: "退出全屏",
  timeline: "播放进度",
  of: (position: string, duration: string) => `${position}，共 ${duration}`,
  buffering: "正在缓冲…",
  opening: "正在打开…",
  controls: "播放控制",

  legend: "进度条的图例",
  kinds: {
    seen: "已看并记录",
    waiting: "待补传",
    later: "暂未计入",
    never: "没有计入",
    missing: "没看过",
  },
  parted: (kind: string, length: string) => `${kind} ${length}`,
  parts: "逐段说明",
  part: (what: string, where: string, why: string) =>
    `${what}${where ? `（${where}）` : ""}${why ? `：${why}` : ""}`,
  whyMore: "为什么",
  waitingWhy: "保存在本机，正在报给服务器。",
  missingWhy: "看过就计入，可以只看没看过的部分。",
  laterAt: (at: string) => `服务器还没有答复，${at} 再传。`,
  coverage: (seen: string, pending: string, missing: string) =>
    `已看 ${seen}，待补传 ${pending}，还差 ${missing}`,

  question: "课堂提问",
  questionWhy: "回答后接着计学时；已看的部分都保留，答错也不扣。",
  questionTime: (minutes: number) => `这道题会保留 ${minutes} 分钟，到时可以再换一道。`,
  questionMore: "需要更多时间",
  questionExtended: "时间已重新计算，不用着急。",
  questionAnswer: "回答",
  questionLater: "稍后回答",
  questionAnother: "换一道题",
  questionOver: "这道题的时间到了，什么也没有扣。请换一道题。",
  questionWrong: "这道题没有选对，什么也没有扣。稍等几秒，马上换一道。",
  questionAway: "网络不通，联网后再回答；看过的部分都保存在本机。",
  questionWaits: "有一道课堂提问待回答，回答后接着计学时。",
  questionAhead: "后面看过的部分要等一道课堂提问：请先看完前面没看过的部分，到时会提问。",
  questionOpen: "回答提问",

  missing: (length: string) => `还差 ${length}`,
  notBegun: "这一讲还没有看过。",
  where: (places: string) => `${places}没有看过。`,
  worth: (hours: string) => `看完即计入 ${hours} 学时。`,
  allSeen: "都看过了，正在记录",
  allSeenWhy: (length: string) => `最后 ${length}补传成功后即计入。`,
  done: "这一讲已学完",
  doneWhy: "学时已经记录，重看不会减少。",
  doneWorth: (hours: string) => `已计入 ${hours} 学时，重看不会减少。`,
  unearned: "现在观看不计学时",
  tour: "只看没看过的部分",
  tourStop: "停止跳看，正常播放",
  tourAt: (from: string, to: string) => `正在播放没看过的 ${from}–${to}。`,
  tourDone: "没看过的部分都看完了。",
  resume: (position: string) => `从 ${position} 继续`,
  resumeLabel: (position: string) => `从 ${position} 继续播放`,

  elsewhere: "已在另一处播放，在此继续？",
  elsewhereWhy: "同一时间只在一处计学时，已看的部分不会丢失。",
  here: "在此继续",
  signedOut: "登录已过期，学习记录已保存在本机，重新登录后自动补传。",
  signIn: "重新登录",
  away: "网络不通，正在重试…",
  again: "再试一次",
  broken: "视频暂时放不出来",
  brokenWhy: "可能是网络不稳，已看的部分不会丢失。",
  unplayable: "这台设备放不了这个视频，请换一个浏览器。",
  delayed: "网络不通，已看的部分保存在本机，联网后自动补传。",
  busy: "正在排队记录，已看的部分保存在本机，稍后自动补传。",
  resting: (length: string, why: string) => `有 ${length}暂未计入：${why}`,
  unkept: "这个浏览器不能在本机保存学习记录，离开前请等“待补传”变为 0。",
  others: (count: number) => `另有 ${count} 讲的学习记录正在自动补传。`,
  refused: (length: string, why: string) => `有 ${length}没有计入：${why}`,
  refusedFallback: "服务器没有接受这一段。",

  complete: "已学完",
  begun: (percent: number) => `已学 ${percent}%，未完成`,
  fresh: "未开始",
};

/** Why a stretch was refused for ever, by the server's reason. */
const REASONS: Readonly<Record<string, string>> = {
  faster_than_time: "看得比实际时间快。",
  question_waiting: "有一道课堂提问待回答。",
  window_closed: "培训已经结束，补传期限也过了。",
  past_end: "超出了视频结尾。",
  old_version: "视频已更新，看过的部分正转到新版本。",
  withdrawn: "这一讲已下线，下线前的学时已保留。",
  too_fragmented: "片段太碎，请连续观看。",
};

/** What happens next to a stretch that was refused for now, by the server's reason. */
const LATER: Readonly<Record<string, (at: string) => string>> = {
  faster_than_time: (at) => `报得比实际时间快，${at} 自动补传，不用重看。`,
  question_waiting: () => "有一道课堂提问待回答，回答后马上计入，不用重看。",
  too_fragmented: (at) => `片段太碎，${at} 再传；补看中间的空隙后就能记下。`,
  window_closed: (at) => `正在核对学习时间是否顺延，${at} 再传。`,
};

/** Chinese is what the server itself answers a beat with. */
const FAULTS: Readonly<Record<string, string>> = {};

/** Say a length as people do: 「3 分 05 秒」; part seconds count as whole ones. */
function length(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [hours, minutes, rest] = parts(seconds);
  const last = `${String(rest).padStart(minutes + hours > 0 ? 2 : 1, "0")} 秒`;
  if (hours > 0) return `${hours} 小时 ${String(minutes).padStart(2, "0")} 分 ${last}`;
  return minutes > 0 ? `${minutes} 分 ${last}` : last;
}

/** Say where something is missing: 「16:53–18:13 与 40:12–结尾」; gaps under a second stay unsaid. */
function places(missing: Spans, durationMs: number): string {
  const told = missing.filter((gap) => total([gap]) >= 1000);
  const said = told.slice(0, 3).map(([from, to]) => {
    const start = from < 1000 ? "开头" : clock(from);
    return `${start}–${to > durationMs - 1000 ? "结尾" : clock(to + 999)}`;
  });
  if (told.length > 3) return `${said.join("、")}等 ${told.length} 处`;
  return said.length > 1
    ? `${said.slice(0, -1).join("、")} 与 ${said[said.length - 1]}`
    : said.join("");
}

/** What a language has to say. */
export interface Language {
  readonly WORDS: Readonly<typeof WORDS>;
  readonly REASONS: typeof REASONS;
  readonly LATER: typeof LATER;
  readonly FAULTS: typeof FAULTS;
  readonly length: typeof length;
  readonly places: typeof places;
}

export const CHINESE: Language = { WORDS, REASONS, LATER, FAULTS, length, places };
