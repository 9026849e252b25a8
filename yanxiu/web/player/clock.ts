/** Show a place in the video as a clock: 「16:53」, with hours from one hour on. */
export function clock(ms: number): string {
  const [hours, minutes, rest] = parts(Math.floor(ms / 1000));
  const two = (figure: number) => String(figure).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}

/** Take seconds apart into hours, minutes and seconds. */
export function parts(seconds: number): [number, number, number] {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
}
