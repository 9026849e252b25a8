import type { Copy, File } from "./copies.ts";
import * as store from "./store.ts";
import { type Captions, object, type Rendition } from "./wire.ts";

/** A file with its size. */
type Weighed<Of> = Of & File;

/** A lesson as its course's list of files names it. */
export interface LessonFiles {
  readonly id: string;
  readonly title: string;
  readonly duration_ms: number;
  readonly hours: string;
  readonly renditions: readonly Weighed<Rendition>[];
  readonly captions: readonly Weighed<Captions>[];
  readonly poster: File | null;
}

/** A course's lessons with their files, and until when watching counts. */
export interface CourseFiles {
  readonly training: string;
  readonly course: string;
  readonly address: string;
  readonly closes_at: string;
  readonly late_until: string;
  readonly offline_allowance_s: number;
  readonly lessons: readonly LessonFiles[];
}

/** Why there is no list. */
export type Failure = "away" | "signed_out" | "refused";

/** Ask for the list of a course's files. */
export async function read(address: string): Promise<CourseFiles | Failure> {
  const headers = { Accept: "application/json" };
  const response = await fetch(address, { headers }).catch(() => null);
  if (!response || response.status >= 500) return "away";
  if (response.status === 401) return "signed_out";
  const body: unknown = response.ok ? await response.json() : null;
  // The list comes from the same version of the platform as this script.
  return Array.isArray(object(body).lessons) ? (body as CourseFiles) : "refused";
}

/** Name the heights that some of these lessons have, the largest first. */
export function heights(lessons: readonly LessonFiles[]): readonly number[] {
  const all = lessons.flatMap(playable).map(({ height }) => height);
  return [...new Set(all)].sort((a, b) => b - a);
}

/** Choose the rendition of a height, or the largest below it, or the smallest of all. */
export function chosen(lesson: LessonFiles, height: number): Weighed<Rendition> | null {
  const falling = [...playable(lesson)].sort((a, b) => b.height - a.height);
  return falling.find((one) => one.height <= height) ?? falling[falling.length - 1] ?? null;
}

function playable(lesson: LessonFiles): readonly Weighed<Rendition>[] {
  return lesson.renditions.filter(({ bytes }) => bytes > 0);
}

/** Add up what lessons take on the device at a height. */
export function weight(lessons: readonly LessonFiles[], height: number): number {
  return lessons
    .flatMap((lesson) => files(lesson, height))
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

function files(lesson: LessonFiles, height: number): readonly File[] {
  const rendition = chosen(lesson, height);
  if (!rendition) return [];
  const all = [rendition, ...lesson.captions, ...(lesson.poster ? [lesson.poster] : [])];
  return all.filter(({ bytes }) => bytes > 0).map(({ src, bytes }) => ({ src, bytes }));
}

/** Make the copy of a lesson that is still to be saved; null when nothing of it can be. */
export function begun(
  owner: string,
  course: CourseFiles,
  lesson: LessonFiles,
  height: number,
  nowMs: number,
): Copy | null {
  const rendition = chosen(lesson, height);
  if (!rendition) return null;
  return {
    key: store.key(owner, lesson.id),
    owner,
    lesson: lesson.id,
    title: lesson.title,
    hours: lesson.hours,
    course: course.course,
    training: course.training,
    address: course.address,
    durationMs: lesson.duration_ms,
    closesAtMs: Date.parse(course.closes_at),
    lateUntilMs: Date.parse(course.late_until),
    offlineAllowanceS: course.offline_allowance_s,
    rendition,
    captions: lesson.captions,
    poster: lesson.poster?.src ?? "",
    files: files(lesson, height),
    keptBytes: 0,
    state: "waiting",
    why: "",
    savedAtMs: nowMs,
    lease: null,
    covered: [],
    positionMs: 0,
    isDone: false,
  };
}
