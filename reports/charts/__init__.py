"""Charts as SVG: specs (specs.py), drawn by Vega-Lite in a child process (draw.py), made fit for a page (tidy.py)."""
