import { recall, remember } from "./preferences.ts";

/** Name the captions that are shown, or null. */
export function shown(video: HTMLVideoElement): TextTrack | null {
  return tracks(video).find((track) => track.mode === "showing") ?? null;
}

/** Show the next captions; after the last none, after none the first. */
export function step(video: HTMLVideoElement): void {
  const all = tracks(video);
  const current = shown(video);
  const next = all[current ? all.indexOf(current) + 1 : 0];
  show(video, next ?? null);
  remember("captions", next?.language ?? "");
}

/** Show the captions this device chose before. */
export function restore(video: HTMLVideoElement): void {
  const language = recall("captions");
  show(video, tracks(video).find((track) => track.language === language) ?? null);
}

function show(video: HTMLVideoElement, chosen: TextTrack | null): void {
  for (const track of tracks(video)) track.mode = track === chosen ? "showing" : "disabled";
}

function tracks(video: HTMLVideoElement): TextTrack[] {
  return Array.from(video.textTracks);
}
