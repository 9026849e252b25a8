"""Name every address; `tests/test_access.py` says for each who may come in."""

from django.urls import URLPattern, URLResolver, path, re_path

from yanxiu.config import deed_urls
from yanxiu.web.desk import agents as desk_agents
from yanxiu.web.desk import canned, looks
from yanxiu.web.desk import numbers as desk_numbers
from yanxiu.web.desk import phone_changes as desk_phones
from yanxiu.web.desk import queue as desk_queue
from yanxiu.web.desk import ticket as desk_ticket
from yanxiu.web.desk import trail as desk_trail
from yanxiu.web.office import (
    basics,
    batches,
    granting,
    imports,
    numbers,
    officers,
    operations,
    overview,
    phone_changes,
    rosters,
    school_acts,
    schools,
    students,
    trail,
    types,
    verifications,
)
from yanxiu.web.office import certificates as office_certificates
from yanxiu.web.office import corrections as office_corrections
from yanxiu.web.office import doubts as office_doubts
from yanxiu.web.office import exports as office_exports
from yanxiu.web.office import holds as office_holds
from yanxiu.web.office import leaving as office_leaving
from yanxiu.web.office import missing as missing_schools
from yanxiu.web.office import reminders as office_reminders
from yanxiu.web.office import teachers as office_teachers
from yanxiu.web.office import trainings as office_trainings
from yanxiu.web.public import (
    clients,
    paper_files,
    papers,
    passkey,
    phone,
    phone_change,
    portal,
    second_proof,
    shown,
    sign_in,
    styleguide,
)
from yanxiu.web.public import students as student_ways
from yanxiu.web.public import views as public
from yanxiu.web.shared import languages, second_factor, second_factor_setting
from yanxiu.web.teacher import (
    account,
    certificate,
    course,
    family,
    information,
    leases,
    lesson_questions,
    me,
    notices,
    own_data,
    personas,
    proof,
    saving,
    showings,
    telling,
    tickets,
    training,
    viewings,
    watching,
    workbench,
)
from yanxiu.web.teacher import correcting as teacher_correcting
from yanxiu.web.teacher import help as help_page
from yanxiu.web.teacher import holds as teacher_holds
from yanxiu.web.teacher import leaving as teacher_leaving
from yanxiu.web.teacher import missing as teacher_missing
from yanxiu.web.teacher import phone as my_phone

# A node of the tree, as it looks in a training.
NODE = "office/trainings/<slug:slug>/nodes/<str:code>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", public.home, name="home"),
    path("channel/", public.channel, name="channel"),
    path("platforms/<slug:branch>/", public.platform, name="platform"),
    path("platforms/<slug:branch>/channel/", public.platform_channel, name="platform_channel"),
    path("app/", phone.install, name="app"),
    path("app/manifest.webmanifest", phone.manifest, name="app_manifest"),
    path("app/icon-<int:size>.png", phone.icon, name="app_icon"),
    path("app/offline/", phone.offline, name="app_offline"),
    path("app/saved/", phone.saved, name="app_saved"),
    path("app/saved/lesson/", phone.saved_lesson, name="app_saved_lesson"),
    path("worker.js", phone.worker, name="app_worker"),
    path("clients/", clients.page, name="clients"),
    path("portal/", portal.home, name="portal"),
    path("portal/<slug:slug>/", portal.season, name="portal_season"),
    path("rules/<slug:slug>/", public.rules, name="rules"),
    path("schools/", public.schools, name="schools"),
    path("styleguide/", styleguide.page, name="styleguide"),
    path("robots.txt", public.robots, name="robots"),
    path("healthz", public.healthz, name="healthz"),
    path("readyz", public.readyz, name="readyz"),
    path("sign-in/", sign_in.phone, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="sign_in_code"),
    path("sign-in/password/", sign_in.password, name="sign_in_password"),
    path("sign-in/student/", student_ways.sign_in, name="student_sign_in"),
    path("register/student/", student_ways.register, name="student_register"),
    path("sign-in/passkey/", passkey.page, name="sign_in_passkey"),
    path("sign-in/passkey/options/", passkey.options, name="sign_in_passkey_options"),
    path("sign-in/second-proof/", second_proof.page, name="second_proof"),
    path("register/", sign_in.register, name="register"),
    path("phone-change/", phone_change.ask, name="phone_change"),
    path("phone-change/<str:token>/", phone_change.way, name="phone_change_way"),
    path("phone-change/<str:token>/picture/", phone_change.picture, name="phone_change_picture"),
    path("stop/<str:token>/", phone_change.stop, name="phone_change_stop"),
    path("sign-in/second-factor/", second_factor.challenge, name="second_factor"),
    path("sign-in/second-factor/options/", second_factor.options, name="second_factor_options"),
    path("language/", languages.choose, name="language"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("verify/", papers.verify, name="verify"),
    path("verify/file/", paper_files.verify_file, name="verify_file"),
    path("verify/<str:token>/", papers.verify_token, name="verify_token"),
    path("verify/shown/<str:token>/", shown.page, name="verify_showing"),
    path("trainings/<slug:slug>.json", public.training_json, name="training_json"),
    path("trainings/<slug:slug>/", training.page, name="training"),
    path("trainings/<slug:slug>/progress/", training.progress, name="training_progress"),
    path("trainings/<slug:slug>/enrolment/", training.enrolment, name="enrolment"),
    path("trainings/<slug:slug>/certificate/", certificate.page, name="certificate"),
    re_path(r"^certificates/(?P<token>[\w-]+)/paper\.pdf$", certificate.paper, name="paper"),
    re_path(r"^certificates/(?P<token>[\w-]+)/showings/$", showings.page, name="my_showings"),
    path("certificates/showings/<uuid:showing_id>/ending/", showings.end, name="my_showing_ending"),
    path("courses/<uuid:course_id>/", course.page, name="course"),
    path("courses/<uuid:course_id>/progress/", course.progress, name="course_progress"),
    path("courses/<uuid:course_id>/files.json", saving.files, name="course_files"),
    path("learning/leases/", leases.issue, name="leases"),
    path("learning/questions/", lesson_questions.ask, name="lesson_question"),
    path("learning/questions/time/", lesson_questions.extend, name="lesson_question_time"),
    path("learning/answers/", lesson_questions.answer, name="lesson_answer"),
    path("help/", help_page.page, name="help"),
    path("help/watching/", watching.page, name="help_watching"),
    path("me/", me.page, name="me"),
    path("me/workbench/", workbench.page, name="workbench"),
    path("me/trainings/", me.trainings, name="my_trainings"),
    path("me/trainings/<slug:slug>.json", me.training_json, name="my_training_json"),
    path("me/information/", information.page, name="information"),
    path("me/information/school/", information.school, name="my_school"),
    path("me/information/correction/", teacher_correcting.page, name="correction"),
    path(
        "me/information/correction/withdrawal/",
        teacher_correcting.withdrawal,
        name="correction_withdrawal",
    ),
    path(
        "me/information/posts/<uuid:post_id>/ending/", teacher_leaving.page, name="my_post_ending"
    ),
    path("me/information/missing/", teacher_missing.page, name="my_missing"),
    path(
        "me/information/missing/<uuid:request_id>/withdrawal/",
        teacher_missing.withdrawal,
        name="my_missing_withdrawal",
    ),
    path("me/notices/", notices.page, name="my_notices"),
    path("me/notices/worker.js", telling.worker, name="notices_worker"),
    path("me/notices/settings/", telling.page, name="my_telling"),
    path("me/notices/browsers/", telling.browsers, name="my_browsers"),
    path(
        "me/notices/browsers/<uuid:subscription_id>/ending/",
        telling.browser_ending,
        name="my_browser_ending",
    ),
    path("me/holds/<uuid:hold_id>/", teacher_holds.page, name="my_hold"),
    path("me/tickets/", tickets.page, name="my_tickets"),
    path("me/tickets/new/", tickets.new, name="my_ticket_new"),
    path("me/tickets/<uuid:ticket_id>/", tickets.ticket, name="my_ticket"),
    path("me/tickets/<uuid:ticket_id>/closing/", tickets.closing, name="my_ticket_closing"),
    path("me/tickets/pictures/<uuid:attachment_id>/", tickets.picture, name="my_ticket_picture"),
    path("me/account/", account.page, name="my_account"),
    path("me/family/", family.page, name="my_family"),
    path("me/family/<uuid:link_id>/", family.child, name="my_child"),
    path(
        "me/family/<uuid:link_id>/confirmation/",
        family.confirmation,
        name="my_kinship_confirmation",
    ),
    path("me/family/<uuid:link_id>/ending/", family.ending, name="my_kinship_ending"),
    path("me/viewings/", viewings.page, name="my_viewings"),
    path("me/account/persona/", personas.page, name="my_persona"),
    path("me/account/proof/", proof.page, name="my_proof"),
    path("me/account/phone/", my_phone.page, name="my_phone"),
    path("me/account/password/", account.password, name="my_password"),
    path("me/account/sessions/", account.devices, name="my_sessions"),
    path("me/account/data/", own_data.copies, name="my_data"),
    path("me/account/data/<str:token>/", own_data.file, name="my_data_file"),
    path("me/account/departure/", own_data.departure, name="my_departure"),
    path("me/account/second-factor/", second_factor_setting.page, name="my_second_factor"),
    path("me/account/second-factor/app/", second_factor_setting.app, name="my_factor_app"),
    path("me/account/second-factor/passkey/", second_factor_setting.passkey, name="my_passkey"),
    path(
        "me/account/second-factor/passkey/options/",
        second_factor_setting.passkey_options,
        name="my_passkey_options",
    ),
    path(
        "me/account/second-factor/recovery-codes/",
        second_factor_setting.recovery_codes,
        name="my_recovery_codes",
    ),
    path("me/certificates/", me.certificates, name="my_certificates"),
    path("office/officers/", officers.listed, name="office_officers"),
    path("office/officers/new/", granting.page, name="office_grant_new"),
    path("office/officers/<uuid:grant_id>/", officers.one, name="office_officer"),
    path("office/officers/<uuid:grant_id>/ending/", officers.ending, name="office_officer_ending"),
    path(
        "office/officers/<uuid:grant_id>/deputies/",
        officers.deputies,
        name="office_officer_deputies",
    ),
    path(
        "office/officers/<uuid:grant_id>/factor-reset/",
        officers.factor_reset,
        name="office_officer_factor_reset",
    ),
    path("office/trail/", trail.page, name="office_trail"),
    path("office/schools/", schools.page, name="office_schools"),
    path("office/schools/new/", schools.new, name="office_school_new"),
    path("office/schools/<uuid:school_id>/", schools.school, name="office_school"),
    path(
        "office/schools/<uuid:school_id>/renaming/",
        school_acts.renaming,
        name="office_school_renaming",
    ),
    path(
        "office/schools/<uuid:school_id>/retyping/",
        school_acts.retyping,
        name="office_school_retyping",
    ),
    path(
        "office/schools/<uuid:school_id>/moving/", school_acts.moving, name="office_school_moving"
    ),
    path(
        "office/schools/<uuid:school_id>/merging/",
        school_acts.merging,
        name="office_school_merging",
    ),
    path(
        "office/schools/<uuid:school_id>/closing/",
        school_acts.closing,
        name="office_school_closing",
    ),
    path("office/doubts/", office_doubts.page, name="office_doubts"),
    path("office/doubts/<uuid:doubt_id>/", office_doubts.case, name="office_doubt"),
    path("office/holds/", office_holds.page, name="office_holds"),
    path("office/holds/<uuid:hold_id>/", office_holds.case, name="office_hold"),
    path("office/missing/", missing_schools.page, name="office_missing"),
    path("office/missing/<uuid:request_id>/", missing_schools.case, name="office_missing_school"),
    path("office/types/", types.page, name="office_types"),
    path("office/types/<uuid:proposal_id>/", types.case, name="office_type"),
    path("office/basics/", basics.index, name="office_basics"),
    path("office/basics/<uuid:school_id>/", basics.page, name="office_basic"),
    path("office/operations/", operations.page, name="office_operations"),
    path("office/", overview.page, name="office"),
    path("office/imports/", imports.page, name="office_imports"),
    path("office/imports/new/<slug:kind>/", imports.handing_in, name="office_import_new"),
    path(
        "office/imports/templates/<slug:kind>.xlsx",
        imports.template,
        name="office_import_template",
    ),
    path("office/imports/<uuid:import_id>/", imports.sheet, name="office_import"),
    path("office/imports/<uuid:import_id>/columns/", imports.columns, name="office_import_columns"),
    path(
        "office/imports/<uuid:import_id>/confirmation/",
        imports.confirmation,
        name="office_import_confirmation",
    ),
    path(
        "office/imports/<uuid:import_id>/cancellation/",
        imports.cancellation,
        name="office_import_cancellation",
    ),
    path(
        "office/imports/<uuid:import_id>/refused.xlsx",
        imports.refused,
        name="office_import_refused",
    ),
    path("office/roster/", rosters.page, name="office_roster"),
    path("office/roster/<uuid:entry_id>/ending/", rosters.ending, name="office_roster_ending"),
    path("office/students/", students.page, name="office_students"),
    path("office/students/codes/", students.codes, name="office_student_codes"),
    path("office/students/ending/", students.ending, name="office_students_ending"),
    path("office/students/kinships/<uuid:link_id>/", students.kinship, name="office_kinship"),
    path("office/verifications/", verifications.page, name="office_verifications"),
    path("office/verifications/next/", verifications.onward, name="office_verification_next"),
    path("office/verifications/batches/", batches.asking, name="office_batches"),
    path("office/verifications/batches/<uuid:batch_id>/", batches.page, name="office_batch"),
    path("office/verifications/<uuid:verification_id>/", verifications.case, name="office_case"),
    path("office/corrections/", office_corrections.page, name="office_corrections"),
    path(
        "office/corrections/<uuid:correction_id>/",
        office_corrections.case,
        name="office_correction",
    ),
    path(
        "office/corrections/<uuid:correction_id>/proof/",
        office_corrections.proof,
        name="office_correction_proof",
    ),
    path("office/phone-changes/", phone_changes.page, name="office_phone_changes"),
    path("office/phone-changes/<uuid:change_id>/", phone_changes.case, name="office_phone_change"),
    path("office/posts/<uuid:post_id>/ending/", office_leaving.ending, name="office_post_ending"),
    path("office/trainings/", office_trainings.choose, name="office_trainings"),
    path(NODE, office_trainings.node, name="office_training_node"),
    path(NODE + "schools/", office_trainings.schools, name="office_training_schools"),
    path(NODE + "reminders/", office_reminders.page, name="office_reminders"),
    path("office/teachers/", office_teachers.listing, name="office_teachers"),
    path("office/teachers/<uuid:person_id>/", office_teachers.page, name="office_teacher"),
    path("office/teachers/<uuid:person_id>/number/", numbers.page, name="office_teacher_number"),
    path("office/exports/", office_exports.listing, name="office_exports"),
    path("office/exports/<uuid:export_id>/", office_exports.page, name="office_export"),
    path("office/exports/files/<str:token>/", office_exports.file, name="office_export_file"),
    path("office/certificates/", office_certificates.page, name="office_certificates"),
    path(
        "office/certificates/archives/",
        office_certificates.archive,
        name="office_certificate_archives",
    ),
    *deed_urls.PATTERNS,
    path("desk/", desk_queue.page, name="desk"),
    path("desk/next/", desk_queue.onward, name="desk_next"),
    path("desk/mine/", desk_queue.mine, name="desk_mine"),
    path("desk/tickets/<uuid:ticket_id>/", desk_ticket.page, name="desk_ticket"),
    path("desk/tickets/<uuid:ticket_id>/taking/", desk_ticket.taking, name="desk_ticket_taking"),
    path(
        "desk/tickets/<uuid:ticket_id>/release/", desk_ticket.releasing, name="desk_ticket_release"
    ),
    path(
        "desk/tickets/<uuid:ticket_id>/handover/", desk_ticket.handing, name="desk_ticket_handover"
    ),
    path("desk/tickets/<uuid:ticket_id>/closing/", desk_ticket.closing, name="desk_ticket_closing"),
    path("desk/tickets/<uuid:ticket_id>/merging/", desk_ticket.joining, name="desk_ticket_merging"),
    path("desk/pictures/<uuid:attachment_id>/", desk_ticket.picture, name="desk_ticket_picture"),
    path("desk/tickets/<uuid:ticket_id>/looking/", looks.looking_from, name="desk_ticket_looking"),
    path("desk/search/", looks.search, name="desk_search"),
    path("desk/looks/<uuid:look_id>/", looks.page, name="desk_look"),
    path("desk/looks/<uuid:look_id>/fact/", looks.unmask, name="desk_look_fact"),
    path("desk/answers/", canned.page, name="desk_canned_answers"),
    path("desk/answers/new/", canned.new, name="desk_canned_new"),
    path("desk/answers/<uuid:answer_id>/", canned.change, name="desk_canned_change"),
    path("desk/answers/<uuid:answer_id>/ending/", canned.ending, name="desk_canned_ending"),
    path("desk/numbers/", desk_numbers.page, name="desk_numbers"),
    path("desk/trail/", desk_trail.page, name="desk_trail"),
    path("desk/phone-changes/", desk_phones.page, name="desk_phones"),
    path("desk/phone-changes/<uuid:change_id>/", desk_phones.case, name="desk_phone"),
    path(
        "desk/phone-changes/<uuid:change_id>/picture/",
        desk_phones.picture,
        name="desk_phone_picture",
    ),
    path("desk/agents/", desk_agents.page, name="desk_agents"),
    path("desk/agents/<uuid:right_id>/ending/", desk_agents.ending, name="desk_agent_ending"),
]

handler400 = "yanxiu.web.shared.refusals.bad_request"
handler403 = "yanxiu.web.shared.refusals.forbidden"
handler404 = "yanxiu.web.shared.refusals.not_found"
handler500 = "yanxiu.web.shared.refusals.server_error"
