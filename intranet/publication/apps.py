from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "intranet.publication"
    label = "publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from intranet.disclosure.corrections import install_corrections
        from intranet.disclosure.going_live import install_gate
        from intranet.disclosure.matter_permissions import install_submission_check, install_workflow_finder
        from intranet.publication import signals  # noqa: F401
        from intranet.publication.claims import claims_of
        from intranet.publication.draft_mail import install_draft_mail
        from intranet.publication.history import corrections_for
        from intranet.publication.leaving import register_part
        from intranet.publication.leaving_rights import groups_of, places_taken_by
        from intranet.publication.release import reasons_against_release
        from intranet.publication.routes import workflow_for
        from intranet.publication.submission import reasons_against_person

        install_draft_mail()
        install_corrections(corrections_for)
        register_part(claims_of)
        register_part(places_taken_by)
        register_part(groups_of)
        install_gate(reasons_against_release)
        install_workflow_finder(workflow_for)
        install_submission_check(reasons_against_person)
