/** Lessons on the device: save them, list them, play them, and show what was seen without network. */

import * as device from "./device.ts";
import { Keeper } from "./keeper.ts";
import { deskOf } from "./leasing.ts";
import * as presence from "./presence.ts";
import { SaveCard } from "./save-card.ts";
import * as lesson from "./saved-lesson.ts";
import { SavedList } from "./saved-list.ts";
import * as withoutNetwork from "./without-network.ts";

const { kept, owner: signedIn = "" } =
  document.querySelector<HTMLElement>("[data-update]")?.dataset ?? {};
// A page of the device itself knows nobody: then it is whoever was signed in last.
const owner = kept === undefined ? signedIn : device.owner();

function parts(selector: string): readonly HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>(selector));
}

const told: (() => void)[] = [];
const desk = deskOf({ owner }, presence.name);
const keeper = new Keeper(desk, () => {
  for (const tell of told) tell();
});

for (const host of parts("yx-save")) {
  const card = new SaveCard(host, owner, keeper);
  told.push(() => void card.refresh());
  card.start();
}
for (const host of parts("yx-saved")) {
  const list = new SavedList(host, owner, keeper);
  told.push(() => void list.refresh());
  list.start();
}
for (const host of parts("yx-saved-lesson")) {
  void lesson.show(host, owner, new URLSearchParams(location.search).get("lesson") ?? "");
}
for (const main of parts("main[data-offline]")) void withoutNetwork.show(main, owner);

if (owner !== "" && device.isSaving() && "locks" in navigator) void keeper.start();
