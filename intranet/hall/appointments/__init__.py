"""Appointments at the hall: chosen and cancelled by whoever comes, listed for who receives them."""
