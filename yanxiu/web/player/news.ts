import type { Answer } from "./wire.ts";

/** What a courier has to tell. */
export type News =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "delayed"; readonly why: "away" | "busy" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "signed_out" }
  | { readonly kind: "replaced" }
  | { readonly kind: "idle" };
