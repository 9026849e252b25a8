import { clock, parts } from "./clock.ts";
import { type Spans, total } from "./spans.ts";
import type { Language } from "./words-zh.ts";

/** Every sentence the player says, in English. */
const WORDS: Language["WORDS"] = {
  player: (title) => `Video player: ${title}`,
  play: "Play",
  pause: "Pause",
  replay: "Play again",
  mute: "Mute",
  unmute: "Unmute",
  volume: "Volume",
  rate: "Playback speed",
  captions: "Captions",
  rendition: "Quality",
  lines: (height) => `${height}p`,
  enlarge: "Full screen",
  shrink: "Leave full screen",
  timeline: "Playback position",
  of: (position, duration) => `${position} of ${duration}`,
  buffering: "Buffering…",
  opening: "Opening…",
  controls: "Playback controls",

  legend: "Key to the time line",
  kinds: {
    seen: "Watched and recorded",
    waiting: "To be sent",
    later: "Not counted yet",
    never: "Not counted",
    missing: "Not watched",
  },
  parted: (kind, length) => `${kind}: ${length}`,
  parts: "Part by part",
  part: (what, where, why) => `${what}${where ? ` (${where})` : ""}${why ? ` – ${why}` : ""}`,
  whyMore: "Why?",
  waitingWhy: "kept on this device and being sent.",
  missingWhy: "it counts once you have watched it; you can play only what is missing.",
  laterAt: (at) => `the server has not answered yet; it is sent again at ${at}.`,
  coverage: (seen, pending, missing) =>
    `${seen} watched, ${pending} to be sent, ${missing} missing`,

  question: "A question",
  questionWhy:
    "Once you answer, watching counts on. What you have watched is kept, and a wrong answer costs nothing.",
  questionTime: (minutes) =>
    minutes === 1
      ? "This question stays for 1 minute; you can take another one then."
      : `This question stays for ${minutes} minutes; you can take another one then.`,
  questionMore: "I need more time",
  questionExtended: "The time starts again. There is no hurry.",
  questionAnswer: "Answer",
  questionLater: "Answer later",
  questionAnother: "Take another question",
  questionOver: "The time of this question is over; nothing is lost. Please take another one.",
  questionWrong: "That was not the right one; nothing is lost. Another one comes in a few seconds.",
  questionAway:
    "No network. Answer once you are online; what you have watched is kept on this device.",
  questionWaits: "A question waits for your answer; then watching counts on.",
  questionAhead:
    "What you watched further on waits for a question. Please watch what is missing before it; you are asked then.",
  questionOpen: "Answer the question",

  missing: (length) => `${length} missing`,
  notBegun: "You have not watched this lesson yet.",
  where: (places) => `Not watched: ${places}.`,
  worth: (hours) => ` Watch it all to earn ${hours} credit hours.`,
  allSeen: "All watched, being recorded",
  allSeenWhy: (length) => `It counts as soon as the last ${length} have been sent.`,
  done: "Lesson complete",
  doneWhy: "Your credit hours are recorded; watching again takes nothing away.",
  doneWorth: (hours) => `${hours} credit hours recorded; watching again takes nothing away.`,
  unearned: "Watching now earns no credit hours",
  tour: "Play only what is missing",
  tourStop: "Stop skipping, play normally",
  tourAt: (from, to) => `Playing what is missing: ${from}–${to}.`,
  tourDone: "You have watched all that was missing.",
  resume: (position) => `Resume at ${position}`,
  resumeLabel: (position) => `Resume playing at ${position}`,

  elsewhere: "Already playing elsewhere. Continue here?",
  elsewhereWhy: "Only one place earns credit at a time. What you have watched is kept.",
  here: "Continue here",
  signedOut:
    "Your sign-in has expired. Your progress is kept on this device and is sent once you sign in.",
  signIn: "Sign in again",
  away: "No network, trying again…",
  again: "Try again",
  broken: "The video cannot be played right now",
  brokenWhy: "The network may be unstable. What you have watched is kept.",
  unplayable: "This device cannot play the video. Please use another browser.",
  delayed:
    "No network. What you have watched is kept on this device and is sent once you are online.",
  busy: "Recording takes its turn. What you have watched is kept on this device and is sent soon.",
  resting: (length, why) => `${length} not counted yet: ${why}`,
  unkept:
    "This browser cannot keep your progress on this device. Wait until nothing is left to be sent before you leave.",
  others: (count) =>
    count === 1
      ? "The progress of 1 other lesson is being sent."
      : `The progress of ${count} other lessons is being sent.`,
  refused: (length, why) => `${length} did not count: ${why}`,
  refusedFallback: "the server did not accept this part.",

  complete: "Complete",
  begun: (percent) => `${percent}% watched, not complete`,
  fresh: "Not started",
};

/** Why a stretch was refused for ever, by the server's reason. */
const REASONS: Language["REASONS"] = {
  faster_than_time: "it was watched faster than real time.",
  question_waiting: "a question in the lesson is still unanswered.",
  window_closed: "the training is over, and so is the time for late reports.",
  past_end: "it lies beyond the end of the video.",
  old_version: "the video has been updated; what you watched moves to the new version.",
  withdrawn: "the lesson has been withdrawn; credit earned before is kept.",
  too_fragmented: "the pieces are too small; please watch without skipping.",
};

/** What happens next to a stretch that was refused for now, by the server's reason. */
const LATER: Language["LATER"] = {
  faster_than_time: (at) =>
    `it was reported faster than real time; it is sent at ${at}. No need to watch again.`,
  question_waiting: () =>
    "a question waits for your answer; it counts at once then. No need to watch again.",
  too_fragmented: (at) =>
    `the pieces are too small; it is sent again at ${at} and counts once the gaps are watched.`,
  window_closed: (at) => `whether the training was extended is being checked; sent again at ${at}.`,
};

/** What the server answers a beat with, by its code: it speaks Chinese alone. */
const FAULTS: Language["FAULTS"] = {
  method_not_allowed: "This address only takes learning records; nothing was changed.",
  unsupported_type: "This did not count; your progress is kept on this device.",
  beat_too_large: "Too much was sent at once; it is sent in parts.",
  too_many_spans: "Too much was sent at once; it is sent in parts.",
  beat_malformed: "This did not count; your progress is kept on this device.",
  unforeseen: "This could not be recorded; your progress is kept on this device and is sent again.",
};

/** Say a length as people do: 「3 min 05 s」; part seconds count as whole ones. */
function length(ms: number): string {
  const [hours, minutes, rest] = parts(Math.ceil(ms / 1000));
  const last = `${String(rest).padStart(minutes + hours > 0 ? 2 : 1, "0")} s`;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, "0")} min ${last}`;
  return minutes > 0 ? `${minutes} min ${last}` : last;
}

/** Say where something is missing: 「16:53–18:13 and 40:12–end」; gaps under a second stay unsaid. */
function places(missing: Spans, durationMs: number): string {
  const told = missing.filter((gap) => total([gap]) >= 1000);
  const said = told.slice(0, 3).map(([from, to]) => {
    const start = from < 1000 ? "start" : clock(from);
    return `${start}–${to > durationMs - 1000 ? "end" : clock(to + 999)}`;
  });
  if (told.length > 3) return `${said.join(", ")} and ${told.length - 3} more`;
  return said.length > 1
    ? `${said.slice(0, -1).join(", ")} and ${said[said.length - 1]}`
    : said.join("");
}

export const ENGLISH: Language = { WORDS, REASONS, LATER, FAULTS, length, places };
