import type { Actions } from "./controls.ts";
import type { Media } from "./media.ts";

const SEEK_S = 5;
const VOLUME_STEP = 0.1;

/** Make the player obey the keyboard while the focus is inside it; fields keep their own keys. */
export function listen(frame: HTMLElement, media: Media, actions: Actions): void {
  const deeds = deedsOf(media, actions);
  frame.addEventListener("keydown", (event) => {
    const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!deed || event.altKey || event.ctrlKey || event.metaKey || isSpokenFor(event)) return;
    event.preventDefault();
    deed();
  });
}

function deedsOf(media: Media, actions: Actions): Readonly<Record<string, () => void>> {
  const { video } = media;
  const skip = (seconds: number) => {
    video.currentTime = Math.max(0, video.currentTime + seconds);
  };
  const louder = (by: number) => {
    video.muted = false;
    video.volume = Math.min(1, Math.max(0, video.volume + by));
  };
  return {
    " ": actions.toggle,
    k: actions.toggle,
    m: actions.mute,
    c: actions.captions,
    f: actions.enlarge,
    ArrowLeft: () => skip(-SEEK_S),
    ArrowRight: () => skip(SEEK_S),
    ArrowUp: () => louder(VOLUME_STEP),
    ArrowDown: () => louder(-VOLUME_STEP),
    "<": () => media.stepRate(-1),
    ">": () => media.stepRate(1),
  };
}

function isSpokenFor({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return true;
  if (target.matches("select, input, textarea")) return true;
  return key === " " && target.matches("button, a");
}
