import { object } from "./wire.ts";

const CHANNEL = "yanxiu-player";
const STORED = "yanxiu-player";
const ANSWER_MS = 120;

/** Knows this tab's player id and what the other tabs of this browser are playing. */
export class Presence {
  player = name();
  readonly #channel = new BroadcastChannel(CHANNEL);
  #isPlaying = false;
  #hears = false;

  constructor(readonly taken: () => void) {
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(object(data));
  }

  /** Ask whether another tab plays now; takes an eighth of a second. */
  async isElsewhere(): Promise<boolean> {
    this.#hears = false;
    this.#say("who");
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    return this.#hears;
  }

  /** Tell the other tabs that this one plays now, or no longer. */
  playing(isPlaying: boolean): void {
    this.#isPlaying = isPlaying;
    if (isPlaying) this.#say("mine");
  }

  #say(what: string): void {
    this.#channel.postMessage({ what, player: this.player, isPlaying: this.#isPlaying });
  }

  #hear({ what, player, isPlaying }: Readonly<Record<string, unknown>>): void {
    if (what === "who") this.#say("here");
    // A duplicated tab inherits the id of its model; whoever hears its own name takes a new one.
    if (what === "here" && player === this.player) this.player = renew();
    if (what === "here" && isPlaying === true) this.#hears = true;
    if (what === "mine" && player !== this.player && this.#isPlaying) this.taken();
  }
}

/** Name this tab as a player. */
export function name(): string {
  return sessionStorage.getItem(STORED) ?? renew();
}

function renew(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  sessionStorage.setItem(STORED, id);
  return id;
}
