"""A team's queue as it is drawn: its views, its pages, and what their sealed headers say."""
