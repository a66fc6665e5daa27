"""Figures as reports in words: for the office's own days and weeks, and for everybody."""
