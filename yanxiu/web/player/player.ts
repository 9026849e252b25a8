import * as outline from "./outline.ts";
import { Playback } from "./playback.ts";

/** `<yx-player>`: plays one lesson, and reports and explains how far it is watched. */
class PlayerElement extends HTMLElement {
  #playback: Playback | null = null;

  connectedCallback(): void {
    this.#playback = new Playback(this);
    void this.#playback.open();
  }

  disconnectedCallback(): void {
    this.#playback?.close();
  }
}

outline.follow();
customElements.define("yx-player", PlayerElement);
