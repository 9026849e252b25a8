/** Note for how long a student watches: every 15 seconds, at a pause, and when the page is left. */

const EVERY_MS = 15_000;
// A jump along the time line is no watching.
const STEP_MOST_S = 4;

function notice(video: HTMLVideoElement, url: string, lesson: string, token: string): void {
  let watched = 0;
  let last = video.currentTime;

  const send = () => {
    const seconds = Math.floor(watched);
    if (seconds < 1) return;
    watched -= seconds;
    const body = new URLSearchParams({
      lesson,
      seconds: String(seconds),
      csrfmiddlewaretoken: token,
    });
    fetch(url, { method: "POST", body, keepalive: true }).catch(() => {
      watched += seconds;
    });
  };

  video.addEventListener("timeupdate", () => {
    const step = video.currentTime - last;
    last = video.currentTime;
    if (step > 0 && step < STEP_MOST_S) watched += step;
  });
  video.addEventListener("pause", send);
  window.addEventListener("pagehide", send);
  window.setInterval(send, EVERY_MS);
}

const video = document.querySelector<HTMLVideoElement>("video[data-viewing]");
const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
const { viewing, lesson } = video?.dataset ?? {};
if (video && viewing && lesson && token) notice(video, viewing, lesson, token);

export {};
