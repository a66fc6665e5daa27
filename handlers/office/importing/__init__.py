"""A plan meets what stands: what is new, what changes, what stays, and every reason why it cannot."""
