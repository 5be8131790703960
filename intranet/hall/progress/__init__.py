"""What an applicant sees of a case: the public page, opened by the case's number and its check code together."""
