from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HallConfig(AppConfig):
    name = "intranet.hall"
    label = "hall"
    verbose_name = _("Government affairs hall")

    def ready(self) -> None:
        from intranet.disclosure.page_parts import register_page_part
        from intranet.hall import signals  # noqa: F401
        from intranet.hall.api.described import described
        from intranet.hall.due_cases.reminding import cases_by_person, questions_by_person
        from intranet.hall.fees.reminding import fees_by_person
        from intranet.hall.fees.scrutiny import charged_elsewhere, lost_audits, no_fee_beside_fees, unknown_items
        from intranet.hall.guide_part import guide_part
        from intranet.hall.guides.checking import as_its_items
        from intranet.hall.guides.reminding import guides_by_person
        from intranet.hall.leaving import cases_of, questions_of
        from intranet.hall.results.case_part import case_part
        from intranet.hall.results.reminding import hindered_results_by_person
        from intranet.hall.signatures.reminding import signatures_by_person, unsigned_by_anybody_by_person
        from intranet.publication.leaving import register_part as register_part_of_leaving
        from intranet.publication.reminders.parts import register_part
        from intranet.publication.scrutiny.checks import register_ban, register_check
        from search.describing import register_calls

        register_calls(described)
        register_check(as_its_items)
        register_check(unknown_items)
        register_check(charged_elsewhere)
        register_check(no_fee_beside_fees)
        register_page_part(guide_part)
        register_page_part(case_part)
        register_part_of_leaving(cases_of)
        register_part_of_leaving(questions_of)
        register_ban(lost_audits)
        register_part(cases_by_person)
        register_part(signatures_by_person)
        register_part(unsigned_by_anybody_by_person)
        register_part(questions_by_person)
        register_part(fees_by_person)
        register_part(guides_by_person)
        register_part(hindered_results_by_person)
