import { cut, type Range, readRange } from "./ranges.ts";

/** Bytes of a piece: on 400 kbit/s it takes ten seconds, which is all that a break can lose. */
export const PIECE = 512 * 1024;

/** Where the worker answers with saved files; no server knows this address. */
export const PATH = "/app/saved/file/";

const CACHE = "saved-files";
const WHOLE = "X-Whole";

/** Name the address on this device of a file that the server has at `src`. */
export function local(src: string): string {
  return `${PATH}?of=${encodeURIComponent(src)}`;
}

function name(src: string, piece: number): string {
  return `${local(src)}&piece=${piece}`;
}

async function read(src: string, piece: number): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(name(src, piece));
}

/** Count the pieces of a file of so many bytes. */
export function count(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / PIECE));
}

/** Tell whether a piece is here. */
export async function has(src: string, piece: number): Promise<boolean> {
  return (await read(src, piece)) !== undefined;
}

/** Fetch one piece from the server and keep it; answers its bytes, null when there is no way now. */
export async function fetchOne(
  src: string,
  piece: number,
  signal: AbortSignal,
): Promise<number | null> {
  const from = piece * PIECE;
  const headers = { Range: `bytes=${from}-${from + PIECE - 1}` };
  const response = await fetch(src, { headers, signal }).catch(() => null);
  if (response?.status === 404) throw new DOMException("gone", "NotFoundError");
  // A server without ranges sends all at once: then this piece is cut out of the whole.
  if (!response?.ok) return null;
  const body = await response.arrayBuffer();
  const kept = response.status === 206 ? body : body.slice(from, from + PIECE);
  const whole = /\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "")?.[1];
  await put(src, piece, kept, {
    "Content-Type": response.headers.get("Content-Type") ?? "",
    [WHOLE]: whole ?? String(body.byteLength),
  });
  return kept.byteLength;
}

async function put(
  src: string,
  piece: number,
  body: ArrayBuffer,
  headers: Record<string, string>,
): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(name(src, piece), new Response(body, { headers }));
}

/** Remove all pieces of a file. */
export async function remove(src: string): Promise<void> {
  const cache = await caches.open(CACHE);
  const begins = new URL(`${local(src)}&`, location.href).href;
  const mine = (await cache.keys()).filter(({ url }) => url.startsWith(begins));
  await Promise.all(mine.map((request) => cache.delete(request)));
}

/** Answer with a saved file or the stretch that a Range header asks for, as a server would. */
export async function answer(src: string, asked: string | null): Promise<Response> {
  const first = await read(src, 0);
  if (!first) return new Response(null, { status: 404 });
  const whole = Number(first.headers.get(WHOLE));
  const range = readRange(asked, whole);
  if (!range) {
    return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${whole}` } });
  }
  const [from, to] = range;
  const headers = new Headers({
    "Content-Type": first.headers.get("Content-Type") ?? "",
    "Content-Length": String(to - from),
    "Accept-Ranges": "bytes",
  });
  if (asked !== null) headers.set("Content-Range", `bytes ${from}-${to - 1}/${whole}`);
  return new Response(stream(src, range), { status: asked === null ? 200 : 206, headers });
}

/** Hand out piece after piece, each only when the reader wants more. */
function stream(src: string, range: Range): ReadableStream<Uint8Array> {
  const parts = cut(range, PIECE)[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value } = parts.next();
      if (!value) return controller.close();
      const [piece, [from, to]] = value;
      const kept = await read(src, piece);
      if (!kept) return controller.error(new Error("a piece is missing"));
      controller.enqueue(new Uint8Array(await kept.arrayBuffer(), from, to - from));
    },
  });
}
