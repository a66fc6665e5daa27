"""Speed, measured beside what one would build instead: `python -m bench`. Nothing here is part of the product."""
