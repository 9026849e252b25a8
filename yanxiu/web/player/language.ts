/** Whether the page around the scripts is English; all others are simplified Chinese. */
export const isEnglish = typeof document !== "undefined" && document.documentElement.lang === "en";
