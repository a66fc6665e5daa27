"""The half that faces the internet: it lets people in, talks with them, seals what they say, and cannot open it."""
