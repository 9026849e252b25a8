import assert from "node:assert/strict";
import { test } from "node:test";
import {
  begun,
  type CourseFiles,
  chosen,
  heights,
  type LessonFiles,
  weight,
} from "../course-files.ts";

const shown = (height: number, bytes: number) => ({
  src: `/media/${height}.mp4`,
  type: "video/mp4",
  width: height * 2,
  height,
  bytes,
});

const lesson: LessonFiles = {
  id: "one",
  title: "讲台的清晨",
  duration_ms: 20_000,
  hours: "0.66",
  renditions: [shown(360, 100), shown(540, 300), shown(1080, 0)],
  captions: [{ src: "/media/zh.vtt", lang: "zh", label: "中文", bytes: 5 }],
  poster: { src: "/media/poster.jpg", bytes: 20 },
};

const course: CourseFiles = {
  training: "体验专题",
  course: "师德",
  address: "/courses/c/",
  closes_at: "2025-10-01T00:00:00+08:00",
  late_until: "2025-10-04T00:00:00+08:00",
  offline_allowance_s: 14_400,
  lessons: [lesson],
};

test("the wanted height is taken, or the next below it that is there, or the smallest", () => {
  assert.deepEqual(heights([lesson]), [540, 360]);
  assert.equal(chosen(lesson, 540)?.height, 540);
  assert.equal(chosen(lesson, 1080)?.height, 540);
  assert.equal(chosen(lesson, 240)?.height, 360);
  assert.equal(chosen({ ...lesson, renditions: [] }, 540), null);
});

test("what is saved is the video with its captions and picture", () => {
  assert.equal(weight([lesson, lesson], 360), 250);
  const copy = begun("owner", course, lesson, 360, 1);
  assert.deepEqual(
    copy?.files.map(({ src }) => src),
    ["/media/360.mp4", "/media/zh.vtt", "/media/poster.jpg"],
  );
  assert.equal(copy?.key, "owner/one");
  assert.equal(copy?.lateUntilMs - (copy?.closesAtMs ?? 0), 72 * 3_600_000);
});
