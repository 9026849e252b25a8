/** A stretch of a file in bytes, its end exclusive. */
export type Range = readonly [from: number, to: number];

/** Read a Range header of a file of `whole` bytes: everything without one, null if unsatisfiable. */
export function readRange(header: string | null, whole: number): Range | null {
  if (header === null) return [0, whole];
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (first === "") return last === "" || last === "0" ? null : [Math.max(0, whole - +last), whole];
  const to = last === "" ? whole : Math.min(whole, +last + 1);
  return +first < to ? [+first, to] : null;
}

/** Name the pieces of `size` bytes that a stretch touches, and the part of each that it wants. */
export function cut([from, to]: Range, size: number): readonly [piece: number, part: Range][] {
  const parts: [number, Range][] = [];
  for (let piece = Math.floor(from / size); piece * size < to; piece += 1) {
    const begins = piece * size;
    parts.push([piece, [Math.max(0, from - begins), Math.min(size, to - begins)]]);
  }
  return parts;
}
