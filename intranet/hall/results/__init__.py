"""Decisions on cases disclosed as results: proposed as masked drafts, linked both ways, shown with their guide."""
