"""Lay out what is offered: a training, its rules, its courses down to lessons and videos."""

from datetime import timedelta

from django.db import models

from yanxiu.foundation import ids


class Season(models.Model):
    """Be what the portal shows: the trainings of one season, one a branch of education."""

    slug = models.SlugField(primary_key=True, max_length=40)
    title = models.CharField(max_length=60)
    summary = models.CharField(max_length=200)
    line = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    art = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.title


class Training(models.Model):
    """Be a season's training; open in [opens_at, closes_at)."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    season = models.ForeignKey(
        Season, on_delete=models.PROTECT, related_name="trainings", null=True, blank=True
    )
    slug = models.SlugField(unique=True, max_length=40)
    title = models.CharField(max_length=60)
    summary = models.CharField(max_length=200)
    number_prefix = models.CharField(max_length=8)
    authority = models.CharField(max_length=40)
    serves = models.CharField(max_length=10)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    certificates_from = models.DateTimeField()
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    art = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.title


class Extension(models.Model):
    """Say that a training ends later, by as long as the platform was out of reach, and why."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="extensions")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    sentence = models.CharField(max_length=100)
    declared_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.training_id} {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def length(self) -> timedelta:
        """Return how long it was out of reach, and by how much the training ends later."""
        return self.ended_at - self.began_at

    @property
    def lasted_ms(self) -> int:
        """Return the same in milliseconds."""
        return self.length // timedelta(milliseconds=1)


class Rulebook(models.Model):
    """Hold a season's numbers; one row a version, the newest one counts from `valid_from`.

    `lowered` says of which courses this version lowered the cap: {course: [before, after]}, in s;
    `sentence` why.
    """

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="rulebooks")
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()
    seconds_per_credit_hour = models.PositiveIntegerField()
    required_s = models.PositiveIntegerField()
    max_rate_milli = models.PositiveIntegerField()
    beat_every_s = models.PositiveSmallIntegerField()
    grace_ms = models.PositiveIntegerField()
    open_for_s = models.PositiveIntegerField()
    offline_allowance_s = models.PositiveIntegerField()
    late_s = models.PositiveIntegerField()
    tolerance_ms = models.PositiveIntegerField()
    lowered = models.JSONField(default=dict)
    sentence = models.CharField(max_length=200, blank=True, default="")
    # One question for so much of a lesson, and how long one stands; null: lessons ask nothing.
    question_every_s = models.PositiveIntegerField(null=True, blank=True)
    question_answer_s = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training", "version"], name="catalogue_rulebook_version"
            ),
            # Rarer than every half minute, and two minutes for whoever reads or types slowly.
            models.CheckConstraint(
                condition=models.Q(question_every_s=None, question_answer_s=None)
                | models.Q(question_every_s__gte=30, question_answer_s__gte=120),
                name="catalogue_rulebook_questions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_id} {self.version}"


class Course(models.Model):
    """Be a course of one training: what it asks for and how much it may count, in seconds."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="courses")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    summary = models.CharField(max_length=200)
    required_s = models.PositiveIntegerField()
    cap_s = models.PositiveIntegerField()
    art = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training", "position"], name="catalogue_course_position"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """Be a part of a course's outline."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "position"], name="catalogue_section_position"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Recording(models.Model):
    """Be a video, whatever version of media shows it; seasons may share it."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    title = models.CharField(max_length=120)
    version = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.title


class MediaVersion(models.Model):
    """Hold the files of a recording as published once; `duration_ms` was measured from them.

    `renditions`: [{"src": media key, "type", "width", "height"}];
    `captions`: [{"src", "lang", "label"}].
    `kept`: what it still shows of the version before, [[old_start, old_end, new_start]] in ms;
    `sentence` why it took that one's place.
    """

    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="media")
    version = models.PositiveSmallIntegerField()
    duration_ms = models.PositiveIntegerField()
    renditions = models.JSONField()
    captions = models.JSONField(default=list)
    poster = models.CharField(max_length=200, blank=True)
    kept = models.JSONField(default=list)
    sentence = models.CharField(max_length=200, blank=True, default="")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "version"], name="catalogue_media"),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id} {self.version}"


class Lesson(models.Model):
    """Be one item of an outline: it shows one recording and is watched completely or not."""

    id = models.UUIDField(primary_key=True, default=ids.uuid7)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="lessons")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["section", "position"], name="catalogue_lesson_position"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Withdrawal(models.Model):
    """Say that a lesson is offered no more, since when and why; what was earned by it stays."""

    lesson = models.OneToOneField(Lesson, on_delete=models.PROTECT, primary_key=True)
    withdrawn_at = models.DateTimeField()
    sentence = models.CharField(max_length=100)

    def __str__(self) -> str:
        return str(self.lesson_id)


class Slide(models.Model):
    """Be one picture of the carousel; leads to its training."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="slides")
    position = models.PositiveSmallIntegerField(unique=True)
    headline = models.CharField(max_length=40)
    line = models.CharField(max_length=80)
    art = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.headline
