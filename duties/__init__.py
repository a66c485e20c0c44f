"""What each post owes by when: the home page, and the frame that shows how much is waiting."""
