from typing import Any

from django.core.management.base import BaseCommand

from intranet.disclosure.models import AttachedDocument, DisclosedImage, DisclosedRendition, ExtractedText
from intranet.disclosure.public_copies import ensure_copies, withheld_files


class Command(BaseCommand):
    help = (
        "Make what readers get of every file of which that is missing or was made by an earlier version, "
        "and make renditions anew that tell more than their pixels."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        documents = AttachedDocument.objects.select_related("public_copy").order_by("pk")
        images = DisclosedImage.objects.select_related("public_copy").order_by("pk")
        made = ensure_copies(documents.iterator(chunk_size=500)) + ensure_copies(images.iterator(chunk_size=500))
        telling = [rendition for rendition in DisclosedRendition.objects.iterator(chunk_size=500) if rendition.tells]
        for rendition in telling:
            rendition.delete()
        ExtractedText.objects.orphaned().delete()
        if not options["verbosity"]:
            return
        self.stdout.write(f"{made} files looked through, {len(telling)} renditions to be made anew.")
        for copy in withheld_files():
            self.stdout.write(f"Withheld: {copy.source_name}. Its editor is told in the admin.")
