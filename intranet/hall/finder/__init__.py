"""“Which guide do I need?”: from what a visitor is and wants to do to the guides of what that asks for."""
