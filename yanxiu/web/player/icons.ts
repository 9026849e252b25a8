import { draw } from "./dom.ts";

const FILLED = { fill: "currentColor" };
const LINED = {
  fill: "none",
  stroke: "currentColor",
  "stroke-width": "1.7",
  "stroke-linecap": "round",
  "stroke-linejoin": "round",
};

const SHAPES = {
  play: [
    {
      ...FILLED,
      d: "M5.5 3.6v12.8c0 .7.8 1.1 1.4.7l9.4-6.4c.5-.3.5-1 0-1.4L6.9 2.9c-.6-.4-1.4 0-1.4.7z",
    },
  ],
  pause: [{ ...FILLED, d: "M5 3.5h3.4v13H5zM11.6 3.5H15v13h-3.4z" }],
  replay: [{ ...LINED, d: "M4.2 10a5.8 5.8 0 1 0 2-4.4M4 3.2v3.6h3.6" }],
  sound: [
    { ...FILLED, d: "M2.8 7.6h2.7L9.4 4v12l-3.9-3.6H2.8z" },
    { ...LINED, d: "M12 7.4a3.6 3.6 0 0 1 0 5.2M14.2 5a7 7 0 0 1 0 10" },
  ],
  silence: [
    { ...FILLED, d: "M2.8 7.6h2.7L9.4 4v12l-3.9-3.6H2.8z" },
    { ...LINED, d: "m12.4 8 4.2 4m0-4-4.2 4" },
  ],
  captions: [
    { ...LINED, d: "M2.6 4.4h14.8v11.2H2.6z" },
    { ...LINED, d: "M5.6 9.2h5M13 9.2h1.4M5.6 12.4h1.8M9.8 12.4h4.6" },
  ],
  enlarge: [
    { ...LINED, d: "M3.2 7.4V3.2h4.2M12.6 3.2h4.2v4.2M16.8 12.6v4.2h-4.2M7.4 16.8H3.2v-4.2" },
  ],
  shrink: [
    { ...LINED, d: "M7.4 3.2v4.2H3.2M16.8 7.4h-4.2V3.2M12.6 16.8v-4.2h4.2M3.2 12.6h4.2v4.2" },
  ],
} as const;

export type IconName = keyof typeof SHAPES;

/** Draw one of the player's own signs; words beside it or a label must name it. */
export function icon(name: IconName): SVGElement {
  const paths = SHAPES[name].map((shape) => draw("path", shape));
  return draw(
    "svg",
    { viewBox: "0 0 20 20", width: "20", height: "20", "aria-hidden": "true" },
    ...paths,
  );
}
