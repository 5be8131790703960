"""The paper that an applicant takes home."""
