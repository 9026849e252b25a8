import { moment, size } from "./amounts.ts";
import type { SavedWords } from "./saved-words-zh.ts";
import { ENGLISH } from "./words-en.ts";

const { length } = ENGLISH;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Say an instant as an end: 「30 Sep 24:00」, never 「1 Oct 00:00」. */
export function until(ms: number): string {
  const { month, day, clock } = moment(ms);
  if (clock !== "00:00") return `${day} ${MONTHS[month - 1]} ${clock}`;
  const before = moment(ms - 1);
  return `${before.day} ${MONTHS[before.month - 1]} 24:00`;
}

function at(ms: number): string {
  const { month, day, clock } = moment(ms);
  return `${day} ${MONTHS[month - 1]} ${clock}`;
}

/** Every sentence about lessons that are saved on a device, in English. */
export const SAVED_ENGLISH: SavedWords = {
  reading: "Reading…",
  scope: "What to save",
  one: (title) => `This lesson: ${title}`,
  all: (count) => `The whole course, ${count} lessons`,
  rendition: "Quality",
  lines: (height, bytes) => `${height}p, ${size(bytes)}`,
  save: (bytes) => `Save ${size(bytes)}`,
  free: (bytes) => `This device has room for about ${size(bytes)}.`,
  tooLarge: (bytes) =>
    `There is not enough room: ${size(bytes)} are missing. Choose a lower quality, or remove something first.`,
  wifi: "Better on Wi-Fi. Once saved, it plays without a network, and what you watch counts all the same.",
  counting: (hours, closes, late) =>
    `Of what you watch offline, at most ${hours} hours of video count at once when the network is back; the rest follows by and by, and nothing is lost. Only what you watch before ${until(closes)} counts; it must be uploaded by ${until(late)}.`,
  away: "No network: saving goes on when it is back. What is saved already stays.",
  signedOut: "You have been signed out. Please sign in again to save.",
  unfit: "This browser cannot save videos. Please use a recent Chrome, Edge or Safari.",
  refused: "This cannot be saved now. Please try again later.",

  list: "Go to saved videos",
  saving: (kept, whole) => `Saving, ${size(kept)} of ${size(whole)}`,
  paused: (kept, whole) => `Paused, ${size(kept)} of ${size(whole)}`,
  whole: (height, bytes) => `Saved, ${height}p, ${size(bytes)}`,
  progress: (title) => `How much of ${title} is saved`,
  pause: "Pause",
  resume: "Continue",
  play: "Play",
  remove: "Remove",
  removeOf: (title) => `Remove ${title}`,
  reallyRemove: (title) =>
    `Remove ${title} from this device? You can save it again; what you have watched and what waits to be uploaded is kept.`,
  full: "This device is full, so not all of it is saved. Remove something, then press Continue.",
  old: "This lesson’s video has been updated. Please save it again.",

  watched: (seen, whole) => `${seen} of ${whole} watched`,
  fresh: (whole) => `Not watched yet, ${whole}`,
  pending: (ms) => `${length(ms)} to upload`,
  done: (hours) => `${hours} credit hours counted`,
  closed: "The training is over; watching no longer earns credit hours",

  nothing: "No videos are saved on this device",
  nothingWhy:
    "Open any lesson and press “Save on this device” under the player to watch it without a network.",
  nobody: "Sign in to see your saved videos",
  nobodyWhy:
    "Once you are signed in with a network, the videos you have saved show here. Other people’s do not.",
  usage: (mine, free) =>
    `Your videos take ${size(mine)}; this device has room for about ${size(free)}.`,
  fickle:
    "When room runs short the browser may clear these videos. Installing the platform as an app makes that less likely.",
  others: (count, bytes) =>
    `Other accounts have saved ${count} videos on this device; they take ${size(bytes)}.`,
  removeOthers: "Remove the other accounts’ videos",
  reallyRemoveOthers:
    "Remove the videos that other accounts have saved on this device? What they have watched and not uploaded is kept.",
  waits: (ms) => `${length(ms)} to upload`,
  waitsWhy:
    "This happens by itself once there is a network, and the page need not stay open. Then it says here that it counts.",
  waitsMuch: (hours) =>
    `${hours} hours count at once when the network is back; the rest is uploaded by and by, without watching it again.`,
  settled: "Nothing waits to be uploaded",
  settledWhy: "The platform has received all that was watched on this device.",
  deadline: (training, closes, late) =>
    `${training}: only what you watch before ${until(closes)} counts; upload it by ${until(late)}.`,
  late: (training) =>
    `${training}: the time for uploading is over. You can still watch, but it no longer counts.`,
  week: "Go online within 7 days and it is uploaded without signing in; later, you have to sign in once.",

  missing: "This lesson is not saved on this device",
  missingWhy: "With a network you can watch it, or save it on this device.",
  isSaved: "Saved",
  seenAt: (ms) => `No network. This is what you saw on ${at(ms)}; later changes are not shown.`,
  seen: "Last seen",
  saved: (count) => `Saved videos (${count})`,
};
