interface PhoneVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

interface TurnableScreen {
  readonly lock?: (orientation: "landscape") => Promise<void>;
}

const IDLE_AFTER_MS = 3_000;

/** Fill the screen with the frame, or go back; an iPhone shows the bare video instead. */
export function toggle(frame: HTMLElement, video: PhoneVideo): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (frame.requestFullscreen) void frame.requestFullscreen().then(turn, () => {});
  else video.webkitEnterFullscreen?.();
}

/** Turn a phone's picture wide where the browser can; elsewhere nothing happens. */
function turn(): void {
  const orientation: TurnableScreen | undefined = screen.orientation;
  void orientation?.lock?.("landscape").catch(() => {});
}

/** Hide the controls of a full screen while somebody only watches. */
export function hideWhenIdle(frame: HTMLElement, video: HTMLVideoElement): void {
  let timer = 0;
  const rest = () => frame.classList.toggle("yx-idle", !video.paused);
  const stir = () => {
    frame.classList.remove("yx-idle");
    clearTimeout(timer);
    if (document.fullscreenElement === frame) timer = window.setTimeout(rest, IDLE_AFTER_MS);
  };
  for (const event of ["pointermove", "pointerdown", "keydown", "focusin", "fullscreenchange"]) {
    frame.addEventListener(event, stir);
  }
  video.addEventListener("pause", stir);
  video.addEventListener("play", stir);
}
