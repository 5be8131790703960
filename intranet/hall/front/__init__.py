"""The hall in public: its front page, and the screen that hangs in it."""
