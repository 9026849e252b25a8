"""Hold what the certificates of benches say: one invented holder for all."""

from yanxiu.training.certificates.snapshots import Snapshot

SAID = Snapshot(
    holder_name="欧阳晓试",
    document_kind="居民身份证",
    document_number="110101199003070134",
    identity_version=1,
    training_title="2025 年暑期教师研修",
    authority="全国教师研修管理中心（演示）",
    school_name="听涛实验小学",
    enrolled_at="2025-07-21T09:00:00+08:00",
    completed_at="2025-09-03T20:00:00+08:00",
    hours="10.00",
    courses=[["大力弘扬教育家精神", "2.00"], ["数字素养提升", "2.00"]],
    rulebook_version=1,
    school_path="000000/330000/330100/330106/3301060001",
)
